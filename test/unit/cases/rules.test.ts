/** The register of rules (domain 6.9), one test each: the act that breaks the rule is refused by it, and accepted once put right. */
import { describe, expect, it } from 'vitest';
import { type RuleId, ruleIds, rules } from '../../../schemas/index.ts';
import { type Scenario, play, scenarios } from '../../support/scenarios/index.ts';
import { World } from '../../support/world.ts';

const sentence = (id: RuleId, s: Scenario): string =>
  `${id}: ${s.what} is refused${s.behind ? ` (by ${s.behind})` : ''}, ${'never' in s ? `and for good: ${s.never}` : `and accepted once ${s.once}`}`;

const refused = (id: RuleId, s: Scenario): World => {
  const w = new World();
  s.given(w);
  const act = s.wrong(w);
  const before = { ...w.state };
  const answer = play(w, act);
  expect(answer.ok ? 'accepted' : answer.refusal.code).toBe(s.behind ?? id);
  if (answer.ok) return w;
  expect(answer.refusal.zh).toContain(rules[s.behind ?? id].zh.slice(0, 4));
  expect(answer.refusal.en.length).toBeGreaterThan(10);
  expect(w.state).toEqual(before);
  return w;
};

const accepted = (s: Scenario, w: World): void => {
  if ('never' in s) return;
  s.afresh?.(w);
  const act = s.right(w);
  const answer = act === true || play(w, act);
  expect(answer === true || answer.ok ? 'accepted' : `${answer.refusal.code} ${answer.refusal.en}`).toBe('accepted');
};

describe('each rule of the register', () => {
  for (const id of ruleIds) {
    const s = scenarios[id];
    it(sentence(id, s), () => {
      const w = refused(id, s);
      accepted(s, 'afresh' in s ? new World() : w);
    });
  }
});
