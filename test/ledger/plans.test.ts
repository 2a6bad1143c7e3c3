/** The plan of a case as its readers see it: over a ledger that the twelve stories left, with nothing running. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OfficeClient, createClient } from '../../client/index.ts';
import { ganttPage } from '../../cli/plan/page.ts';
import { inkFor } from '../../cli/output.ts';
import * as who from '../../demo/people.ts';
import { type CaseState, codeOf } from '../../schemas/index.ts';
import type { CoreClient } from '../support/core-client.ts';
import { secret, temporaryLedger } from '../support/ledger.ts';
import { fillWithStories } from '../support/stories-ledger.ts';

let open: Awaited<ReturnType<typeof temporaryLedger>>;
let core: CoreClient;
let client: OfficeClient;
let planned: CaseState[];

beforeAll(async () => {
  open = await temporaryLedger({ door: false });
  core = await fillWithStories(open.ledger);
  client = createClient({ temporal: null, ledger: open.ledger, sealSecret: secret, now: () => core.at });
  planned = [...core.cases.values()].map((c) => c.state).filter((s) => s.plan !== null);
});
afterAll(() => open.remove());

describe('the plan of a case', () => {
  it('is the one in force, read back from the entries', async () => {
    expect(planned.length).toBeGreaterThan(1);
    for (const state of planned) {
      const found = await client.plan(state.caseNo, who.hub);
      expect(found.versions.at(-1)?.plan).toEqual(state.plan?.plan);
      expect(found.versions).toHaveLength(state.plan?.version ?? 0);
      expect(found.tasks.map((t) => t.taskId)).toEqual(state.tasks.map((t) => t.taskId));
      expect([found.measured, found.faults]).toEqual([false, []]);
    }
  });

  it('shows a supporting unit its own tasks alone, and a unit outside nothing', async () => {
    const state = planned.find((s) => s.tasks.some((t) => t.unit !== s.responsibility.leadUnit));
    const other = state?.tasks.find((t) => t.unit !== state.responsibility.leadUnit);
    const seen = await client.plan(state?.caseNo ?? '', { as: other?.owner ?? '', role: 'COOP' });
    const own = state?.tasks.filter((t) => t.unit === other?.unit).map((t) => t.taskId);
    expect(seen.tasks.map((t) => t.taskId)).toEqual(own);
    expect(seen.versions.flatMap((v) => v.plan.tasks.map((t) => t.unit)).every((u) => u === other?.unit)).toBe(true);
    const units = [state?.responsibility.leadUnit, ...(state?.responsibility.coops.map((c) => c.unit) ?? [])];
    const stranger = ['JTJ', 'YBJ', 'WJW', 'YCYY'].find((u) => !units.includes(u));
    expect(stranger).toBeDefined();
    expect(await client.plan(state?.caseNo ?? '', who.of(stranger ?? '').uh).then(() => 'shown', codeOf)).toBe('NOT-FOR-YOU');
  });

  it('judges a draft by the deadline and the calendar of the case', async () => {
    const state = planned[0] as CaseState;
    const draft = { tasks: [{ taskId: 'X1', duration: 500, after: [] }] };
    const found = await client.plan(state.caseNo, who.hub, draft);
    expect(found.measured).toBe(true);
    expect(found.drafts.map((d) => d.taskId)).toEqual(['X1']);
  });

  it('is drawn task by task, with the word for its state', async () => {
    const state = planned[0] as CaseState;
    const page = ganttPage(await client.plan(state.caseNo, who.hub), inkFor({ write: () => undefined }, {}));
    for (const t of state.tasks) expect(page).toContain(t.taskId);
    expect(page).toContain('第 1 版');
    expect(page).not.toContain('\u001b');
  });
});
