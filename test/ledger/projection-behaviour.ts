import { expect, it } from 'vitest';
import { projectionRows, type Ledger, type RemoteLedger } from '../../ledger/index.ts';
import { codeOf, type Board } from '../../schemas/index.ts';
import { batchFrom, batchOf, boardOf, draftOf, T0 } from '../support/ledger.ts';
import type { Subject } from './intake-behaviour.ts';

let cases = 0;
const freshCase = (field = 'JY'): string => `YC-2027-${field}-${String(++cases + 4000)}`;
const codeFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', codeOf);

/** What every store shows of the cases it holds, one sentence each. */
export function projects(subject: () => Subject): void {
  const append: Ledger['append'] = (batch) => subject().append(batch);
  const ledger = (): RemoteLedger => subject().ledger;

  it('shows the newest board and never an older one again', async () => {
    const no = freshCase();
    await append(batchFrom(no, 1, 3, { stage: 'verified', colour: 'red', leadUnit: 'U-A', coopUnits: ['U-B'], due: T0 + 9 }));
    await append(batchOf([draftOf({ case: no, seq: 2 })], { stage: 'old' }));
    expect(await ledger().problem(no)).toMatchObject({ seq: 3, stage: 'verified', colour: 'red', due: T0 + 9 });
    await append(batchFrom(no, 4, 4, { stage: 'rectifying' }));
    expect(await ledger().problem(no)).toEqual(boardOf({ caseNo: no, seq: 4, revision: 4, stage: 'rectifying' }));
  });

  it('lists the ledger of problems by every filter and page', async () => {
    const numbers = Array.from({ length: 5 }, () => freshCase('YL'));
    for (const [i, no] of numbers.entries())
      await append(batchFrom(no, 1, 1, { field: 'YL', stage: i < 3 ? 'planned' : 'ruled', colour: i === 0 ? 'red' : 'blue', leadUnit: 'U-L1', coopUnits: i === 4 ? ['U-L2'] : [], due: i === 2 ? null : T0 + i }));
    const list = async (query: Parameters<RemoteLedger['problems']>[0]): Promise<string[]> => (await ledger().problems({ field: 'YL', ...query })).items.map((b) => b.caseNo);
    expect(await list({})).toEqual(numbers);
    expect(await list({ stage: ['planned'] })).toEqual(numbers.slice(0, 3));
    expect(await list({ colour: 'red' })).toEqual(numbers.slice(0, 1));
    expect(await list({ unit: 'U-L2' })).toEqual(numbers.slice(4));
    expect(await list({ unit: 'U-L1', stage: ['ruled'] })).toEqual(numbers.slice(3));
    expect(await list({ due: { before: T0 + 3 } })).toEqual(numbers.slice(0, 2));
    expect(await list({ limit: 2 })).toEqual(numbers.slice(0, 2));
    const { next } = await ledger().problems({ field: 'YL', limit: 2 });
    expect(await list({ limit: 2, cursor: next ?? '' })).toEqual(numbers.slice(2, 4));
    expect((await ledger().problems()).items).not.toEqual([]);
    expect(await codeFrom(ledger().problems({ limit: 0 }))).toBe('BAD-INPUT');
    expect(await codeFrom(ledger().problems({ due: 'overdue' }))).toBe('BAD-INPUT');
  });

  it('lists tasks as they are now, by every filter and page', async () => {
    const [one, two] = [freshCase('JT'), freshCase('JT')];
    const task = (taskId: string, more: Partial<Board['tasks'][number]> = {}): Board['tasks'][number] => ({ taskId, measure: '加密班次', unit: `U-${one}`, owner: 'P-1', due: '2026-03-20', state: 'doing', rework: false, ...more });
    await append(batchFrom(one, 1, 1, { tasks: [task('T-1'), task('T-2', { state: 'todo', owner: 'P-2' }), task('T-9')] }));
    await append(batchFrom(two, 1, 1, { tasks: [task('T-1', { due: '2026-03-10', rework: true })] }));
    await append(batchFrom(one, 2, 2, { tasks: [task('T-1', { state: 'taskClosed' }), task('T-2', { state: 'todo', owner: 'P-2' })] }));
    const list = async (query: Parameters<RemoteLedger['tasks']>[0]): Promise<string[]> => (await ledger().tasks({ unit: `U-${one}`, ...query })).map((t) => `${t.caseNo} ${t.taskId}`);
    const [a, b, c] = [`${one} T-1`, `${one} T-2`, `${two} T-1`];
    expect(await list({})).toEqual([a, b, c]);
    expect(await list({ case: one })).toEqual([a, b]);
    expect([await list({ owner: 'P-2' }), await list({ state: 'doing' }), await list({ dueBefore: '2026-03-20' })]).toEqual([[b], [c], [c]]);
    expect([await list({ limit: 2 }), await list({ limit: 2, after: { caseNo: one, taskId: 'T-2' } })]).toEqual([[a, b], [c]]);
    expect((await ledger().tasks({ case: two }))[0]).toEqual({ caseNo: two, ...task('T-1', { due: '2026-03-10', rework: true }) });
  });

  it('publishes masked texts within their window, and not those exempt', async () => {
    const [shown, exempt] = [freshCase(), freshCase()];
    const window = { from: T0 + 100, until: T0 + 200 };
    await append(batchFrom(shown, 1, 1, { publication: { text: '校门口已划定停车区', exempt: null, ...window } }));
    await append(batchFrom(exempt, 1, 1, { publication: { text: null, exempt: '涉及隐私', ...window } }));
    const at = async (instant: number): Promise<unknown[]> => (await ledger().publications(instant)).filter((p) => [shown, exempt].includes(p.caseNo));
    expect(await at(T0 + 100)).toEqual([{ caseNo: shown, text: '校门口已划定停车区', ...window }]);
    expect([await at(T0 + 99), await at(T0 + 200)]).toEqual([[], []]);
    await append(batchFrom(shown, 2, 2, { publication: null }));
    expect(await at(T0 + 100)).toEqual([]);
  });

  it('knows in which cases a proof was used, for ever', async () => {
    const [one, two] = [freshCase(), freshCase()];
    const [a, b, c] = ['a', 'b', 'c'].map((x) => x.repeat(64)) as [string, string, string];
    await append(batchFrom(one, 1, 1, { proofs: [a, b] }));
    await append(batchFrom(two, 1, 1, { proofs: [b] }));
    await append(batchFrom(one, 2, 2, { proofs: [] }));
    expect(await ledger().proofSeen([a, b, c])).toEqual({ [a]: [one], [b]: [one, two] });
    expect(await ledger().proofSeen([])).toEqual({});
  });

  it('names the cases that have entries, page by page', async () => {
    const numbers = Array.from({ length: 3 }, () => freshCase('YX')).sort();
    for (const no of numbers) await append(batchFrom(no, 1));
    await ledger().reserveCase({ prefix: 'ZZ', year: 2031, field: 'YX', externalKey: `only-${numbers[0]}`, commandId: 'open' });
    const all: string[] = [];
    for (let page = await ledger().caseNos('', 2); page.length > 0; page = await ledger().caseNos(page.at(-1), 2)) all.push(...page);
    expect(all).toEqual([...new Set(all)].sort());
    expect(all.filter((no) => numbers.includes(no))).toEqual(numbers);
    expect(all.some((no) => no.startsWith('ZZ'))).toBe(false);
  });

  it('gives the projections of a case as rows, and writes them anew while its chain stands still', async () => {
    const no = freshCase();
    const task = { taskId: 'T1', measure: '改\0', unit: 'U-1', owner: 'P-1', due: '2026-03-01', state: 'todo', rework: false };
    const batch = batchFrom(no, 1, 2, { tasks: [task], proofs: ['c'.repeat(64)], publication: { text: '公示', from: T0, until: T0 + 9, exempt: null } });
    await append(batch);
    await ledger().deliver(`${no}:1:told`, T0 + 7);
    const live = await ledger().projections(no);
    expect(live.head).toEqual(await ledger().head(no));
    expect(live.tables).toEqual(projectionRows(await ledger().entries(no), batch.board, batch.effects));
    const rebuilt = { board: { ...batch.board, stage: 'verified', tasks: [] }, effects: batch.effects.slice(0, 1) };
    expect(await ledger().rebuild(no, 1, { ...rebuilt, board: { ...rebuilt.board, seq: 1 } })).toBe(false);
    expect(await ledger().rebuild(freshCase(), 2, { board: boardOf({ caseNo: no, seq: 2 }), effects: [] }).then(() => 'done', codeOf)).toBe('BAD-INPUT');
    expect(await ledger().projections(no)).toEqual(live);
    expect(await ledger().rebuild(no, 2, rebuilt)).toBe(true);
    expect((await ledger().projections(no)).tables).toEqual({ ...live.tables, problems: [{ ...live.tables.problems[0], stage: 'verified', board: rebuilt.board }], tasks: [], effects: live.tables.effects.slice(0, 1) });
    expect(await ledger().effects({ case: no })).toMatchObject([{ deliveredAt: T0 + 7 }]);
    await append(batchFrom(no, 3));
    expect(await ledger().rebuild(no, 2, rebuilt)).toBe(false);
    expect((await ledger().orphans()).map((o) => o.caseNo)).not.toContain(no);
    await ledger().removeOrphan(no);
    expect(await ledger().problem(no)).toMatchObject({ seq: 3 });
  });

  it('counts cases, entries, refusals and stages', async () => {
    const before = await ledger().counts();
    await append(batchFrom(freshCase(), 1, 3, { stage: 'counted' }));
    await ledger().refuse({ case: freshCase(), commandId: 'c-9', fingerprint: '0123456789abcdef', revision: 3, code: 'BAD-INPUT', type: 'close', person: 'P-LI', role: 'UO', unit: 'U-SCHOOL', at: T0, by: 'validator' });
    expect(await ledger().counts()).toEqual({ cases: before.cases + 1, entries: before.entries + 3, refusals: before.refusals + 1, byStage: { ...before.byStage, counted: 1 } });
  });
}
