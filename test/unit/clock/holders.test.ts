/** 责任人: who holds what is waited for, and whom an act of supervision addresses, is the one whose turn it is. */
import { describe, expect, it } from 'vitest';
import { allowed, deadlinesOf } from '../../../cases/index.ts';
import { addressee } from '../../../cases/clock/holder.ts';
import * as b from '../../support/scenarios/build.ts';
import { find } from '../../support/scenarios/clock.ts';
import { move, random } from '../../support/walk.ts';
import { World, actor, day } from '../../support/world.ts';

const holder = (w: World): [string | undefined, string] => [find(w, 'stage')?.role, addressee(w.state).role];

describe('the stage is held by', () => {
  it.each([['blue', 'HUB'], ['yellow', 'LDR_DEPUTY'], ['red', 'LDR_CHIEF']] as const)('the one who signs the closing of a %s case: %s', (colour, role) => {
    const w = new World();
    b.toPrelim(w, 'blue');
    w.state = { ...w.state, stage: 'signoff', grade: w.state.grade && { ...w.state.grade, colour } };
    expect(holder(w)).toEqual([role, role]);
  });

  it('the leader while a grading into red waits for one, and by the head of the office before and after', () => {
    const w = new World();
    b.toRegistered(w);
    expect(holder(w)).toEqual(['HUB', 'HUB']);
    b.go(w, 'triage', b.hub, { colour: 'red', track: 'immediate', reasonCode: 'U3' });
    expect(holder(w)).toEqual(['LDR_DEPUTY', 'LDR_DEPUTY']);
    b.go(w, 'returnProposal', b.deputy);
    expect(holder(w)).toEqual(['HUB', 'HUB']);
  });

  it('somebody above those who approved or signed, for an objection to the closing', () => {
    const w = new World();
    b.toPublic(w);
    b.go(w, 'raiseObjection', b.intake);
    const [role] = holder(w);
    expect(w.state.duties.filter((d) => d.role === role && ['approval', 'signer'].includes(d.duty))).toEqual([]);
    expect(role).toBe('LDR_DEPUTY');
  });

  it('the unit while it has the case, whatever the office is asked meanwhile', () => {
    const w = new World();
    b.toDrafting(w);
    b.go(w, 'suspend', b.uh, { resumeBy: b.inDays(w, 30) });
    expect(find(w, 'stage')).toMatchObject({ row: '18', role: 'UH', unit: 'U1' });
    expect(addressee(w.state)).toEqual({ role: 'UH', unit: 'U1' });
  });
});

describe('an urge', () => {
  it('to a leader who does not sign reaches that leader, who answers it; it is shown with its own limit', () => {
    const w = new World();
    b.toPrelim(w, 'blue');
    w.state = { ...w.state, stage: 'signoff', grade: w.state.grade && { ...w.state.grade, colour: 'yellow' } };
    w.wait(day);
    b.go(w, 'issueUrge', b.sup);
    expect(find(w, 'reply:B1')).toMatchObject({ role: 'LDR_DEPUTY', unit: null });
    b.go(w, 'replyAct', b.deputy);
    expect(find(w, 'reply:B1')).toBeUndefined();
  });
});

describe('a proposal', () => {
  it('is held by a role that may approve it, in any life', () => {
    let seen = 0;
    for (let seed = 1; seed <= 16; seed += 1) {
      const w = new World();
      const dice = random(seed * 53);
      for (let n = 0; n < 60; n += 1) {
        move(w, dice);
        for (const d of deadlinesOf(w.state, w.pack).filter((x) => x.id.startsWith('proposal:'))) {
          const who = actor(d.role, 9);
          const may = allowed(w.state, who, w.at, w.pack, w.facts()).find((a) => a.row === 'P1' && a.zh.endsWith(` ${d.id.split(':')[1]}`));
          expect(may?.refusal?.code, `${d.id} ${d.role} ${w.state.proposals.find((p) => d.id.endsWith(p.proposalId))?.row}`).not.toBe('ROLE-NOT-ALLOWED');
          seen += 1;
        }
      }
    }
    expect(seen).toBeGreaterThan(50);
  }, 60_000);
});

describe('the document of an act', () => {
  it('names its issuer, the one it goes to, and when it was served', () => {
    const w = new World();
    b.toImmediate(w);
    b.go(w, 'issueUrge', b.sup);
    expect(w.entries.at(-1)?.body.documents).toMatchObject([{ signer: b.sup.person, recipient: ['UH@U1', 'UL@U1'], servedAt: w.entries.at(-1)?.at }]);
    const office = new World();
    b.toRegistered(office);
    b.go(office, 'issueUrge', b.sup);
    expect(office.entries.at(-1)?.body.documents).toMatchObject([{ recipient: ['HUB'], servedAt: office.entries.at(-1)?.at }]);
  });
});
