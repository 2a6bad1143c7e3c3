/** Lists of problems against a second opinion in plain JavaScript, and what a unit may learn from them. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, everyProblem, type As, type CaseClient } from '../../client/index.ts';
import type { ProblemScope } from '../../ledger/index.ts';
import { type Board, type Feedback, type ProblemQuery, type ProblemSort, codeOf, restingStages, stages } from '../../schemas/index.ts';
import { defaultPack } from '../../cli/seed.ts';
import { testDirectory } from '../support/directory.ts';
import { batchFrom, T0, temporaryLedger } from '../support/ledger.ts';

type Open = Awaited<ReturnType<typeof temporaryLedger>>;
const stageIds = Object.keys(stages) as (keyof typeof stages)[];
const channels = ['网办 PC', '大厅 "1 号" 窗口', '12345'];
const fieldCodes = ['JY', 'SB', 'YL'] as const;
const people = ['wang', 'ren', 'gao', 'nobody'];

/** The board of case `n`, mixed so that every column has equal and missing values. */
function boardAt(n: number): Partial<Board> {
  const pick = <T>(all: readonly T[], salt: number): T => all[(n * 7 + salt * 13 + Math.floor(n / 5)) % all.length] as T;
  const stage = pick(stageIds, 1);
  return {
    stage,
    unitStage: stages[stage].unitView,
    kind: stages[stage].kind,
    since: T0 + pick([1, 2, 3], 2),
    capturedAt: T0 + pick([1, 1, 5, 9], 3),
    field: pick(fieldCodes, 4),
    source: pick(['rating', 'hotline'], 5),
    colour: pick(['red', 'yellow', 'blue', null], 6),
    due: pick([null, T0 + 10, T0 + 20, T0 + 20, T0 + 30], 7),
    leadUnit: pick(['U1', 'U2', null], 8),
    coopUnits: pick([[], ['U1'], ['U3']], 9),
    unitHead: pick(['wang', null], 10),
    owner: pick(['ren', null], 11),
    feedback: [`F-${n % 4}`],
    tasks: n % 3 === 0 ? [{ taskId: 'T1', measure: '改', unit: pick(['U1', 'U2'], 12), owner: 'gao', due: '2026-03-01', state: 'todo', rework: false }] : [],
  };
}
const feedbackOf = (n: number): Feedback => ({
  feedbackId: `F-${n}`, kind: 'rating', level: 1, named: true, channel: channels[n % channels.length] ?? '', field: 'JY', matter: { code: 'M-1', name: '入学' }, receivedAt: T0,
  text: `"channel":"${channels[(n + 1) % channels.length] ?? ''}"\0`,
});

describe('a list of problems', () => {
  let open: Open;
  let boards: Board[];
  beforeAll(async () => {
    open = await temporaryLedger();
    for (let n = 0; n < 4; n += 1) await open.ledger.saveFeedback(feedbackOf(n));
    const numbers = Array.from({ length: 90 }, (_, n) => `YC-2026-${fieldCodes[n % 3]}-${String(n + 1).padStart(4, '0')}`);
    await Promise.all(numbers.map((no, n) => open.ledger.append(batchFrom(no, 1, 1, boardAt(n)))));
    boards = (await open.ledger.problems({ limit: 1000 })).items;
  });
  afterAll(() => open.remove());

  const walk = async (query: ProblemQuery, scope: ProblemScope): Promise<string[]> => {
    const found: string[] = [];
    for await (const b of everyProblem((q) => open.ledger.problems(q, scope), query)) found.push(b.caseNo);
    return found;
  };

  it('holds what a second opinion holds, in the same order, however it is cut into pages', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, anyScope, async (query, scope) => {
        expect(await walk(query, scope)).toEqual(expected(boards, query, scope).map((b) => b.caseNo));
      }),
      { numRuns: 120 },
    );
  });

  it('neither doubles nor hides a row when others come in between two pages', async () => {
    const query: ProblemQuery = { sort: 'due', limit: 10, field: 'JY' };
    const first = await open.ledger.problems(query);
    const at = first.items.at(-1)?.due ?? 0;
    await open.ledger.append(batchFrom('YC-2026-JY-0000', 1, 1, { field: 'JY', due: T0 + 1, stage: 'assigned' }));
    await open.ledger.append(batchFrom('YC-2026-JY-0998', 1, 1, { field: 'JY', due: T0 + 99, stage: 'assigned' }));
    const rest = await walk({ ...query, cursor: first.next ?? '' }, {});
    expect(rest).toContain('YC-2026-JY-0998');
    expect(rest).not.toContain('YC-2026-JY-0000');
    expect(new Set([...first.items.map((b) => b.caseNo), ...rest]).size).toBe(first.items.length + rest.length);
    expect(boards.filter((b) => b.field === 'JY' && (b.due === null || b.due > at)).every((b) => rest.includes(b.caseNo))).toBe(true);
  });

  it('takes only the cursor of a page in its own order', async () => {
    const { next } = await open.ledger.problems({ sort: 'due', limit: 3 });
    const forged = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const bad = [next ?? '', 'nonsense', '', forged('caseNo', 'asc', 5, 'x'), forged('caseNo', 'asc', "' or true --", "x' or true --"), forged('due', 'asc', 1.5, 'x')];
    for (const cursor of bad) expect(await open.ledger.problems({ cursor }).then(() => 'taken', codeOf)).toBe('BAD-INPUT');
  });
});

const anyQuery: fc.Arbitrary<ProblemQuery> = fc.record(
  {
    stage: fc.uniqueArray(fc.constantFrom(...stageIds, '核验中', '已销号'), { minLength: 1, maxLength: 12 }),
    colour: fc.constantFrom('red', 'yellow', 'blue'),
    unit: fc.constantFrom('U1', 'U2', 'U3', 'U9'),
    field: fc.constantFrom(...fieldCodes),
    source: fc.constantFrom('rating', 'hotline', 'visit'),
    channel: fc.constantFrom(...channels, '没有'),
    due: fc.oneof(fc.constant('overdue' as const), fc.constantFrom(5, 20, 21, 99).map((n) => ({ before: T0 + n }))),
    mine: fc.constantFrom(...people),
    kind: fc.constantFrom('open', 'settled', 'final'),
    sort: fc.constantFrom('caseNo', 'due', 'captured', 'since', 'colour'),
    order: fc.constantFrom('asc', 'desc'),
    limit: fc.constantFrom(1, 3, 7, 1000),
  },
  { requiredKeys: [] },
);
const anyScope: fc.Arbitrary<ProblemScope> = fc.record({ at: fc.constant(T0 + 25), unit: fc.constantFrom('U1', 'U2', 'U3') }, { requiredKeys: ['at'] });

/** The same question, answered another way. */
function expected(boards: readonly Board[], q: ProblemQuery, { unit, at = 0 }: ProblemScope): Board[] {
  const takesPart = (b: Board, u: string): boolean => b.leadUnit === u || b.coopUnits.includes(u);
  const stageOf = (b: Board): string | null => (unit === undefined ? b.stage : b.unitStage);
  const kindOf = (b: Board): string => (unit !== undefined && b.kind === 'final' ? 'settled' : b.kind);
  const due = (b: Board): boolean => {
    if (q.due === undefined) return true;
    if (b.kind !== 'open' || b.due === null) return false;
    return b.due < (q.due === 'overdue' ? at : q.due.before) && !restingStages.includes(b.stage);
  };
  const mine = (b: Board): boolean =>
    q.mine === undefined || [b.unitHead, b.owner].includes(q.mine) || b.tasks.some((t) => t.owner === q.mine && (unit === undefined || b.leadUnit === unit || t.unit === unit));
  const shown = boards.filter(
    (b) =>
      (unit === undefined || (b.unitStage !== null && takesPart(b, unit))) &&
      (q.stage?.includes(stageOf(b) ?? '') ?? true) &&
      (q.colour ?? b.colour) === b.colour &&
      (q.unit === undefined || takesPart(b, q.unit)) &&
      (q.field ?? b.field) === b.field &&
      (q.source ?? b.source) === b.source &&
      (q.channel === undefined || b.feedback.some((id) => channels[Number(id.slice(2)) % channels.length] === q.channel)) &&
      due(b) && mine(b) && (q.kind ?? kindOf(b)) === kindOf(b),
  );
  return shown.toSorted((a, b) => compare(a, b, q.sort ?? 'caseNo', q.order ?? 'asc'));
}

function compare(a: Board, b: Board, sort: ProblemSort, order: 'asc' | 'desc'): number {
  const sign = order === 'asc' ? 1 : -1;
  const byNumber = a.caseNo < b.caseNo ? -1 : 1;
  if (sort === 'caseNo') return sign * byNumber;
  const value = (x: Board): number | null => ({ due: x.due, captured: x.capturedAt, since: x.since, colour: x.colour === null ? null : ['red', 'yellow', 'blue'].indexOf(x.colour) })[sort];
  const [left, right] = [value(a), value(b)];
  if (left === right) return byNumber;
  if (left === null || right === null) return left === null ? 1 : -1;
  return sign * (left - right);
}

describe('what a unit learns from lists', () => {
  let [covert, quiet]: Open[] = [];
  const bai: As = { as: 'bai' };
  const clientOf = (open: Open | undefined): CaseClient => {
    if (open === undefined) throw new Error('not open yet');
    return createClient({ temporal: null, ledger: open.ledger, sealSecret: 's'.repeat(16), now: () => T0 + 1_000_000 });
  };
  const hiddenStages = ['prelimReview', 'reinspection.awaiting', 'reinspection.active', 'signoff'] as const;
  /** Two worlds that differ in nothing but what a unit may not know. */
  const fill = async (secret: boolean): Promise<Open> => {
    const open = await temporaryLedger();
    const { pack, names } = await defaultPack();
    await open.ledger.savePack(pack, names, T0);
    await open.ledger.importDirectory(testDirectory, T0);
    const same = (n: number): Partial<Board> => ({ leadUnit: n % 2 === 0 ? 'U1' : 'U2', coopUnits: n % 4 === 1 ? ['U1'] : [], capturedAt: T0 + (n % 3), due: T0 + (n % 5), colour: n % 2 === 0 ? 'red' : 'blue' });
    for (let n = 0; n < 20; n += 1) {
      const stage = (secret ? hiddenStages[n % 4] : undefined) ?? 'prelimReview';
      const revision = secret ? 3 + (n % 7) : 3;
      const more = { stage, unitStage: '核验中', kind: 'open', since: T0 + (secret ? n * 1000 : 0), revision, proofs: secret ? ['a'.repeat(64)] : [] } as const;
      await open.ledger.append(batchFrom(`YC-2026-JY-${1000 + n}`, 1, secret ? 1 + (n % 7) : 1, { ...same(n), ...more }));
      // Cases that the unit may not know of at all lie between those that it may.
      if (secret) await open.ledger.append(batchFrom(`YC-2026-JY-${1000 + n}5`, 1, 1, { ...same(n), stage: 'registered', unitStage: null, leadUnit: 'U1' }));
    }
    return open;
  };
  beforeAll(async () => {
    [covert, quiet] = await Promise.all([fill(true), fill(false)]);
  });
  afterAll(async () => void (await Promise.all([covert?.remove(), quiet?.remove()])));

  it('is the same, byte for byte, whatever goes on behind 核验中: every filter, order, page and cursor', async () => {
    const asked: ProblemQuery[] = [{}, ...['核验中', '已销号', ...hiddenStages].map((stage) => ({ stage: [stage] }))];
    for (const sort of ['caseNo', 'due', 'captured', 'colour'] as const) for (const order of ['asc', 'desc'] as const) asked.push({ sort, order, limit: 3 });
    asked.push({ due: 'overdue' }, { due: { before: T0 + 3 } }, { kind: 'open' }, { kind: 'settled' }, { kind: 'final' }, { unit: 'U2' }, { mine: 'wang' }, { colour: 'red', limit: 1 }, { source: 'rating' });
    for (const query of asked) {
      const [a, b] = await Promise.all([covert, quiet].map((open) => pages(clientOf(open), query, bai)));
      expect([query, a]).toEqual([query, b]);
    }
  });

  it('is nothing by what its rows do not show: since when, by which channel', async () => {
    const ask = (query: ProblemQuery): Promise<unknown> => clientOf(covert).problems(query, bai).then(() => 'told', codeOf);
    expect(await ask({ sort: 'since' })).toBe('NOT-FOR-YOU');
    expect(await ask({ channel: '12345' })).toBe('NOT-FOR-YOU');
    expect(await covert?.ledger.refusals({ limit: 5 })).toMatchObject([{ person: 'bai', type: 'read:problems', code: 'NOT-FOR-YOU' }]);
  });

  it('is nothing by an invented cursor or a query with a key of its own', async () => {
    const forged = Buffer.from(JSON.stringify(['since', 'asc', T0, 'YC-2026-JY-1000'])).toString('base64url');
    const bad = [{ cursor: forged }, { sort: 'revision' }, { scope: {} }, { unitStage: null }, { sort: 'caseNo; drop table problems' }] as unknown as ProblemQuery[];
    for (const query of bad) expect([query, await clientOf(covert).problems(query, bai).then(() => 'told', codeOf)]).toEqual([query, 'BAD-INPUT']);
  });

  it('is of its own cases alone; the archivist sees what is closed; a citizen nothing', async () => {
    expect((await pages(clientOf(covert), {}, { as: 'wei' })).every((page) => page.items.every((b) => b.leadUnit === 'U2'))).toBe(true);
    expect((await clientOf(covert).problems({}, { as: 'dang' })).items).toEqual([]);
    expect((await clientOf(covert).problems({ sort: 'since', limit: 2 }, { as: 'zhu' })).items).toHaveLength(2);
  });
});

async function pages(client: CaseClient, query: ProblemQuery, as: As): Promise<{ items: Board[]; next: string | null }[]> {
  const all = [await client.problems(query, as)];
  for (let next = all[0]?.next; next; next = all.at(-1)?.next) all.push(await client.problems({ ...query, cursor: next }, as));
  return all;
}
