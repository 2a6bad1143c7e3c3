/** Who may know of which deadline, now and in the past: the client over a ledger that the twelve stories left. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deadlinesOf } from '../../cases/index.ts';
import { type OfficeClient, createClient } from '../../client/index.ts';
import * as who from '../../demo/people.ts';
import { type CaseState, codeOf } from '../../schemas/index.ts';
import type { CoreClient } from '../support/core-client.ts';
import { secret, temporaryLedger } from '../support/ledger.ts';
import { fillWithStories, storyPack } from '../support/stories-ledger.ts';

let open: Awaited<ReturnType<typeof temporaryLedger>>;
let core: CoreClient;
let client: OfficeClient;
let states: CaseState[];

beforeAll(async () => {
  open = await temporaryLedger({ door: false });
  core = await fillWithStories(open.ledger);
  client = createClient({ temporal: null, ledger: open.ledger, sealSecret: secret, now: () => core.at });
  states = [...core.cases.values()].map((c) => c.state);
});
afterAll(() => open.remove());

const unitSide = ['UC', 'UO', 'UL', 'UH', 'LEAD', 'COOP'];

describe('the deadlines of a case', () => {
  it('are to the office those that are in force, each explained, and the whole history of cycles', async () => {
    const outcomes = new Set<string>();
    for (const s of states) {
      const found = await client.deadlines(s.caseNo, who.hub);
      expect(found.complete).toBe(true);
      expect(found.deadlines.map((d) => d.id)).toEqual(deadlinesOf(s, storyPack).map((d) => d.id));
      for (const d of found.deadlines) expect(d.parts.length).toBeGreaterThan(0);
      expect(found.history.length).toBeGreaterThan(0);
      for (const r of found.history) outcomes.add(r.outcome);
    }
    expect([...outcomes].toSorted()).toEqual(expect.arrayContaining(['met', 'missed', 'void']));
  });

  it('are to a unit its own, without a stage of the office, and by positions of the history that it sees', async () => {
    let asked = 0;
    for (const s of states.filter((one) => one.responsibility.leadUnit !== null)) {
      const unit = s.responsibility.leadUnit ?? '';
      const as = who.of(unit).uh;
      const [found, history] = await Promise.all([client.deadlines(s.caseNo, as), client.history(s.caseNo, as)]);
      for (const d of [...found.deadlines, ...found.history]) {
        expect([d.id, d.unit]).toEqual([d.id, unit]);
        if (d.id === 'stage') expect(unitSide).toContain(d.role);
      }
      const causes = [...found.history.flatMap((r) => [r.endedBy, ...r.changes.map((c) => c.cause)]), ...found.deadlines.flatMap((d) => d.parts.map((p) => p.cause))].filter((c) => c !== null);
      for (const c of causes) expect([c.position, c.type, c.by]).toEqual([c.position, history[c.position - 1]?.type, history[c.position - 1]?.by]);
      expect(JSON.stringify(found)).not.toMatch(/"seq"|startReinspection|passPrelim|reinspectionPass|voidVisit|orderSpotCheck/);
      asked += causes.length;
    }
    expect(asked).toBeGreaterThan(20);
  });

  it('are nothing to a unit outside, and call-backs nothing to inspectors', async () => {
    const s = states.find((one) => one.responsibility.leadUnit !== null) as CaseState;
    const stranger = ['JTJ', 'YBJ', 'WJW', 'YCYY'].find((u) => ![s.responsibility.leadUnit, ...s.responsibility.coops.map((c) => c.unit)].includes(u)) ?? '';
    expect(await client.deadlines(s.caseNo, who.of(stranger).uh).then(() => 'shown', codeOf)).toBe('NOT-FOR-YOU');
    const [desk, inspector] = [new Set<string>(), new Set<string>()];
    for (const one of states) {
      for (const r of (await client.deadlines(one.caseNo, who.hub)).history) desk.add(r.id.split(':')[0] ?? '');
      for (const r of (await client.deadlines(one.caseNo, who.il)).history) inspector.add(r.id.split(':')[0] ?? '');
    }
    expect([desk.has('callback'), inspector.has('callback')]).toEqual([true, false]);
  });
});
