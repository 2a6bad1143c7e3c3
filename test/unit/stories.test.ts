/** The twelve stories of domain 7 on the pure core: the same files that the demonstration drives through the public client. */
import { describe, expect, it } from 'vitest';
import { Edition, compileCalendar, compilePolicy } from '../../cases/index.ts';
import { directory } from '../../demo/directory.ts';
import type { Driver, Note } from '../../demo/driver.ts';
import { type Story, stories } from '../../demo/stories/index.ts';
import { Directory, type Pack, Policy } from '../../schemas/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };
import policy from '../../data/policy-demo.json' with { type: 'json' };
import { CoreClient } from '../support/core-client.ts';

const pack: Pack = { policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)), calendar: compileCalendar(Edition.parse(calendar)) };
/** Monday 2026-03-02, 09:00 in Shanghai. */
const monday = Date.UTC(2026, 2, 2, 1);

const play = async (s: Story) => {
  const client = new CoreClient(directory, pack, monday);
  const notes: Note[] = [];
  const driver: Driver = {
    client,
    calendar: pack.calendar,
    now: () => client.at,
    waitUntil: async (instant) => {
      client.at = Math.max(client.at, instant);
    },
    note: (n) => notes.push(n),
  };
  const cases = await s.run(driver);
  return { client, notes, cases };
};
const played = Promise.all(stories.map(play));
const stageOf = (client: CoreClient, no: string | undefined) => client.cases.get(no ?? '')?.state.stage;

/** "Refused on the way" in domain 7. 旧佐证再申请 meets PROOF-BEFORE-START already when the old proof is offered: see `refusedEarlier`. */
const refusedOnTheWay = [
  'NO-TASKS',
  'TASKS-OPEN',
  'RATER-NOT-ANSWERED',
  'SAME-PERSON',
  'ROLE-NOT-ALLOWED',
  'OWN-UNIT',
  'SYS-MAY-NOT',
  'SYS-ONLY',
  'CASE-DRAWN',
  'NOT-SIMPLE-BLUE',
  'NO-SOLVED-CALLBACK',
  'REVIEWER-CHECKED-TASK',
  'SIGN-LEVEL',
  'NOT-RATIFIED',
  'CALLBACK-OPEN',
  'WINDOW-RUNNING',
  'NO-INTERIM-MEASURE',
  'DECIDER-INVOLVED',
  'REWORK-EMPTY',
  'PROOF-REUSED',
  'REWORK-NOT-WAIVABLE',
  'COLOUR-BELOW-BEFORE',
  'DESIGNATED-NO-RETURN',
  'UNIT-RETURNED-BEFORE',
  'EXTENSION-TOO-LATE',
  'ALERT-NOT-RAISED',
  'NOT-TWO-WITNESSES',
  'CASE-ENDED',
] as const;
const refusedEarlier = 'PROOF-BEFORE-START';

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
    const codes = new Set((await played).flatMap(({ notes }) => notes.flatMap((n) => (n.kind === 'refused' ? [n.code as string] : []))));
    expect([...refusedOnTheWay, refusedEarlier].filter((code) => !codes.has(code))).toEqual([]);
  });

  it('end as their side cases should', async () => {
    const [nine, ten] = [(await played)[8], (await played)[9]];
    expect(nine && stageOf(nine.client, nine.cases[1])).toBe('explained');
    expect(ten && ten.cases.slice(1).map((no) => stageOf(ten.client, no))).toEqual([
      ...Array.from({ length: 7 }, () => 'merged'),
      'retired',
    ]);
  });

  it('name what time should drive and cannot yet', async () => {
    const ticks = (await played).flatMap(({ notes }) => notes.flatMap((n) => (n.kind === 'tick' ? [n.act] : [])));
    expect(ticks).toEqual(['提醒', '临期', '滞后', '逾期']);
  });

  it('happen in a directory that says it is fictional', () => {
    expect(Directory.parse(directory).fictional).toBe(true);
    expect(directory.units.every((u) => /^1[12]990\d{3}/.test(u.uscc ?? ''))).toBe(true);
  });
});
