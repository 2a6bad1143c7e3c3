/** The twelve stories of domain 7 on the pure core: the same files that the demonstration drives through the public client. */
import { describe, expect, it } from 'vitest';
import { directory } from '../../demo/directory.ts';
import { stories } from '../../demo/stories/index.ts';
import { type CommandType, Directory, type ErrorCode, zhOf } from '../../schemas/index.ts';
import type { CoreClient } from '../support/core-client.ts';
import { play } from '../support/stories.ts';

const played = Promise.all(stories.map(play));
const stageOf = (client: CoreClient, no: string | undefined) => client.cases.get(no ?? '')?.state.stage;

/**
 * "Refused on the way" in domain 7, each rule at the act that it names. 旧佐证再申请 cannot come so far: PROOF-BEFORE-START refuses the
 * old proof when it is offered, see the last line.
 */
const refusedOnTheWay: readonly (readonly [ErrorCode, CommandType])[] = [
  ['NO-TASKS', 'reportDone'],
  ['TASKS-OPEN', 'reportDone'],
  ['RATER-NOT-ANSWERED', 'reportDone'],
  ['SAME-PERSON', 'approveProposal'],
  ['ROLE-NOT-ALLOWED', 'signClosure'],
  ['OWN-UNIT', 'signClosure'],
  ['SYS-MAY-NOT', 'signClosure'],
  ['SYS-ONLY', 'nearDue'],
  ['CASE-DRAWN', 'passByCallback'],
  ['NOT-SIMPLE-BLUE', 'passByCallback'],
  ['NO-SOLVED-CALLBACK', 'passByCallback'],
  ['REVIEWER-CHECKED-TASK', 'passPrelim'],
  ['SIGN-LEVEL', 'signClosure'],
  ['NOT-RATIFIED', 'signClosure'],
  ['CALLBACK-OPEN', 'signClosure'],
  ['WINDOW-RUNNING', 'confirmClosure'],
  ['NO-INTERIM-MEASURE', 'suspend'],
  ['DECIDER-INVOLVED', 'upholdObjection'],
  ['REWORK-EMPTY', 'reinspectionPartial'],
  ['PROOF-REUSED', 'submitTaskProof'],
  ['REWORK-NOT-WAIVABLE', 'waiveTask'],
  ['COLOUR-BELOW-BEFORE', 'triage'],
  ['DESIGNATED-NO-RETURN', 'requestReturn'],
  ['UNIT-RETURNED-BEFORE', 'reassign'],
  ['EXTENSION-TOO-LATE', 'requestExtension'],
  ['ALERT-NOT-RAISED', 'issueRedNotice'],
  ['NOT-TWO-WITNESSES', 'falseRectification'],
  ['CASE-ENDED', 'raterWithdraw'],
  ['PROOF-BEFORE-START', 'submitTaskProof'],
];

describe('the twelve stories', () => {
  it.each(stories.map((s, i) => ({ no: s.story.no, stage: s.story.stage, i })))('story $no ends in $stage', async ({ stage, i }) => {
    const one = (await played)[i];
    expect(one && stageOf(one.client, one.cases[0])).toBe(stage);
  });

  it('replay from their entries to the same state', async () => {
    for (const { client, cases } of await played) {
      for (const no of cases) {
        const { state, divergence } = client.refold(no);
        expect(divergence).toBeNull();
        expect(state?.stateHash).toBe(client.cases.get(no)?.state.stateHash);
      }
    }
  });

  it('are refused on the way by every rule that domain 7 names', async () => {
    const tried = new Set(
      (await played).flatMap(({ notes }) => notes.flatMap((n) => (n.kind === 'refused' ? [`${n.code} ${n.act}`] : []))),
    );
    expect(refusedOnTheWay.filter(([code, act]) => !tried.has(`${code} ${zhOf(act)}`))).toEqual([]);
  });

  it('try what anybody would think of first', async () => {
    const refused = (await played).flatMap(({ notes }) => notes.filter((n) => n.kind === 'refused'));
    const tried = (code: ErrorCode, who: string, act: string): number =>
      refused.filter((n) => n.code === code && n.who.endsWith(who) && n.act === act).length;
    expect(tried('ROLE-NOT-ALLOWED', '教育局主要负责人', zhOf('signClosure')), 'the unit closes its own case').toBe(1);
    expect(tried('ROLE-NOT-ALLOWED', '暗访员甲', zhOf('signClosure')), 'an inspector signs').toBe(1);
    expect(tried('LISTS-INCOMPLETE', '主要负责人', zhOf('submitPlan')), 'a task without a date').toBe(1);
    expect(tried('TASKS-OPEN', '主要负责人', zhOf('applyClosure')), 'a re-application without rework').toBe(2);
    expect(tried('NOT-FOR-YOU', '交通局责任人', '查看评价人'), 'a stranger reads the complainant').toBe(1);
  });

  it('end as their side cases should', async () => {
    const [nine, ten] = [(await played)[8], (await played)[9]];
    expect(nine && stageOf(nine.client, nine.cases[1])).toBe('explained');
    expect(ten && ten.cases.slice(1).map((no) => stageOf(ten.client, no))).toEqual([
      ...Array.from({ length: 7 }, () => 'merged'),
      'retired',
    ]);
  });

  it('wait for what time does by itself', async () => {
    const byTime = (await played).flatMap(({ notes }) => notes.flatMap((n) => (n.kind === 'time' ? [`${n.story} ${n.act}`] : [])));
    expect(byTime).toEqual(['4 逾期', '7 滞后', '7 提醒', '7 临期', '7 逾期']);
  });

  it('happen in a directory that says it is fictional', () => {
    expect(Directory.parse(directory).fictional).toBe(true);
    expect(directory.units.every((u) => /^1[12]990\d{3}/.test(u.uscc ?? ''))).toBe(true);
  });
});
