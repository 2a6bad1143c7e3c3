/** A pack that counts to other numbers than the case table does: each binds, in both directions. */
import { describe, expect, it } from 'vitest';
import { compilePack, notByTable } from '../../../cases/policy/index.ts';
import { shippedPolicy } from '../../../import/index.ts';
import type { PolicyPack } from '../../../schemas/index.ts';
import { act, approval, both, chief, deputy, go, hub, il, toRectifying, toVisit, uh } from '../../support/scenarios/build.ts';
import { extended, longer } from '../../support/scenarios/fixing.ts';
import { play } from '../../support/scenarios/scenario.ts';
import { until } from '../../support/scenarios/supervision.ts';
import { World, day, pack as worldPack } from '../../support/world.ts';

const standardPack = await shippedPolicy('default');
const packOf = (change: (pack: PolicyPack) => void): PolicyPack => {
  const pack = structuredClone(standardPack);
  change(pack);
  return pack;
};
const under = (change: (pack: PolicyPack) => void): World => new World('YC-2026-JY-0001', undefined, { ...worldPack, policy: compilePack(packOf(change)) });
const codeOf = (w: World, one: Parameters<typeof play>[1]): string => {
  const answer = play(w, one);
  return answer.ok ? 'ok' : answer.refusal.code;
};

describe('a pack that counts otherwise', () => {
  const another = (extensions: number): World => {
    const w = under(({ caps }) => void (caps.extensions.value = extensions));
    toRectifying(w);
    extended(w, [hub]);
    return w;
  };
  it('asks for the chief after as many extensions as it says', () => {
    const one = another(1);
    go(one, 'requestExtension', uh, { due: longer(one) });
    go(one, 'grantExtension', hub);
    expect(codeOf(one, approval(one, deputy))).toBe('EXTENSION-NEEDS-CHIEF');
    expect(codeOf(one, approval(one, chief))).toBe('ok');
    const three = another(3);
    extended(three, [hub, deputy]);
    go(three, 'requestExtension', uh, { due: longer(three) });
    go(three, 'grantExtension', hub);
    expect(codeOf(three, approval(three, deputy))).toBe('ok');
  });

  it('wants an extension filed as many working days before as it says', () => {
    const asked = (days: number): string => {
      const w = under(({ caps }) => void (caps.extensionNotice.amount = days));
      toRectifying(w);
      w.wait((w.state.clocks.totalDue ?? w.at) - w.at - 4 * day);
      return codeOf(w, act(w, 'requestExtension', uh, { due: longer(w) }));
    };
    expect([asked(1), asked(10)]).toEqual(['ok', 'EXTENSION-TOO-LATE']);
  });

  it('raises red after as many extensions, and as many failed rounds, as it says', () => {
    const byExtensions = (extensionsRed: number): string => {
      const w = under(({ thresholds }) => void (thresholds.extensionsRed.value = extensionsRed));
      toRectifying(w);
      extended(w, [hub]);
      return w.state.alert.level;
    };
    const byFails = (failsRed: number): string => {
      const w = under(({ thresholds }) => void (thresholds.failsRed.value = failsRed));
      toVisit(w);
      both(w, 'reinspectionFail', [il, hub]);
      return w.state.alert.level;
    };
    expect([byExtensions(3), byExtensions(1)]).toEqual(['none', 'red']);
    expect([byFails(2), byFails(1)]).toEqual(['yellow', 'red']);
  });

  it('lets a talk be held after as many days of red, and as many failed rounds, as it says', () => {
    const afterRed = (days: number): string => {
      const w = under(({ thresholds }) => void (thresholds.talkAfterRed.amount = days));
      toRectifying(w);
      until(w, 'red');
      w.wait(4 * day);
      return codeOf(w, act(w, 'summonTalk', deputy));
    };
    expect([afterRed(1), afterRed(5)]).toEqual(['ok', 'TALK-GROUND']);
    const afterFails = (failsRed: number): string => {
      const w = under(({ thresholds }) => void (thresholds.failsRed.value = failsRed));
      toVisit(w);
      both(w, 'reinspectionFail', [il, hub]);
      return codeOf(w, act(w, 'summonTalk', deputy));
    };
    expect(afterFails(1)).toBe('ok');
    expect(afterFails(2)).not.toBe('ok');
  });

  it('is refused where the table alone decides: who approves, the ladder, what may be done once, and by which unit it is counted', () => {
    const strange = (change: (pack: PolicyPack) => void): string[] => notByTable(packOf(change));
    expect(strange(({ caps, thresholds }) => {
      caps.extensions.value = 5;
      caps.redExtensionNotice.amount = 8;
      thresholds.failsRed.value = 3;
      thresholds.planReturnsTalk.value = 4;
    })).toEqual([]);
    expect(strange(({ caps }) => void (caps.renewals.value = 2))).toEqual(['caps.renewals']);
    expect(strange(({ caps }) => void (caps.extensionNotice.unit = 'h'))).toEqual(['caps.extensionNotice.unit']);
    expect(strange(({ thresholds }) => void (thresholds.overdueTimes.value = 4))).toEqual(['thresholds.overdueTimes']);
    expect(strange(({ ladder }) => void ladder.pop())).toEqual(['ladder']);
  });
});
