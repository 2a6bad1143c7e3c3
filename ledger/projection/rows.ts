import { type Board, Body, type Effect, Header, type StoredEntry, canonical } from '../../schemas/index.ts';
import { asJson } from '../sql-text.ts';

/**
 * What one case has in each projection, as rows of its tables: a function of its entries, with the board and the effects to which the
 * rules lead from them. Live rows and those made anew come from here, so that they can be compared byte for byte.
 */
export type ProjectionRow = Readonly<Record<string, unknown>>;
export type Projections = { readonly [T in ProjectionTable]: readonly ProjectionRow[] };
export type ProjectionTable = keyof typeof projectionTables;

/** Columns by their SQL types; `key` tells the rows of one case apart. `kept` columns are no projection: they tell what was delivered. */
export const projectionTables = {
  problems: { key: [], columns: { case_no: 'text', seq: 'integer', stage: 'text', colour: 'text', lead_unit: 'text', field: 'text', due: 'bigint', board: 'jsonb' } },
  tasks: { key: ['task_id'], columns: { case_no: 'text', task_id: 'text', measure: 'text', unit: 'text', owner: 'text', due: 'text', state: 'text', rework: 'boolean' } },
  publications: { key: [], columns: { case_no: 'text', text: 'text', starts: 'bigint', ends: 'bigint', exempt: 'text' } },
  documents: {
    key: ['seq', 'n'],
    columns: { case_no: 'text', seq: 'integer', n: 'integer', kind: 'text', number: 'text', signer: 'text', recipient: 'jsonb', served_at: 'bigint', hash: 'text' },
  },
  proofs: { key: ['sha256'], columns: { sha256: 'text', case_no: 'text' } },
  commands: { key: ['command_id'], columns: { case_no: 'text', command_id: 'text', fingerprint: 'text', seq: 'integer', receipt: 'jsonb' } },
  acts: {
    key: ['seq'],
    columns: { case_no: 'text', seq: 'integer', type: 'text', fired: 'text', outcome: 'text', from_stage: 'text', to_stage: 'text', at: 'bigint' },
  },
  effects: { key: ['key'], columns: { key: 'text', kind: 'text', case_no: 'text', seq: 'integer', at: 'bigint', content: 'text' } },
} as const satisfies Record<string, { key: readonly string[]; columns: Readonly<Record<string, string>> }>;

export const tableNames = Object.keys(projectionTables) as ProjectionTable[];

export const problemRow = (b: Board): ProjectionRow => ({ case_no: b.caseNo, seq: b.seq, stage: b.stage, colour: b.colour, lead_unit: b.leadUnit, field: b.field, due: b.due, board: b });

export const taskRows = (b: Board): ProjectionRow[] =>
  b.tasks.map((t) => ({ case_no: b.caseNo, task_id: t.taskId, measure: t.measure, unit: t.unit, owner: t.owner, due: t.due, state: t.state, rework: t.rework }));

export const publicationRows = ({ caseNo, publication: p }: Board): ProjectionRow[] => (p ? [{ case_no: caseNo, text: p.text, starts: p.from, ends: p.until, exempt: p.exempt }] : []);

export const proofRows = (b: Board): ProjectionRow[] => b.proofs.map((sha256) => ({ sha256, case_no: b.caseNo }));

/** 文书, numbered within their entry. */
export const documentRows = (caseNo: string, seq: number, { documents }: Pick<Body, 'documents'>): ProjectionRow[] =>
  documents.map((d, n) => ({ case_no: caseNo, seq, n, kind: d.kind, number: d.number, signer: d.signer, recipient: d.recipient, served_at: d.servedAt, hash: d.hash }));

/** What was done, dated at the instant by which all arithmetic goes. */
export const actRow = (h: Pick<Header, 'case' | 'seq' | 'type' | 'at' | 'effectiveAt'>, b: Pick<Body, 'row' | 'outcome' | 'from' | 'to'>): ProjectionRow => ({
  case_no: h.case, seq: h.seq, type: h.type, fired: b.row, outcome: b.outcome, from_stage: b.from, to_stage: b.to, at: h.effectiveAt ?? h.at,
});

export const effectRows = (effects: readonly Effect[]): ProjectionRow[] => effects.map((e) => ({ key: e.key, kind: e.kind, case_no: e.case, seq: e.seq, at: e.at, content: canonical(e) }));

type Read = { header: Header; body: Body };
const commandRows = ({ header, body }: Read): ProjectionRow[] =>
  header.commandId === undefined ? [] : [{ case_no: header.case, command_id: header.commandId, fingerprint: header.fingerprint ?? '', seq: header.seq, receipt: body.receipt }];

/** Every row that the case should have, each table in the order of its key, as the store gives them back. */
export function projectionRows(entries: readonly StoredEntry[], board: Board, effects: readonly Effect[]): Projections {
  const read = entries.map((e): Read => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) }));
  const rows: Projections = {
    problems: [problemRow(board)],
    tasks: taskRows(board),
    publications: publicationRows(board),
    documents: read.flatMap(({ header, body }) => documentRows(header.case, header.seq, body)),
    proofs: proofRows(board),
    commands: read.flatMap(commandRows),
    acts: read.map(({ header, body }) => actRow(header, body)),
    effects: effectRows(effects),
  };
  return Object.fromEntries(tableNames.map((table) => [table, inOrder(table, stored(rows[table]))])) as unknown as Projections;
}

/** What PostgreSQL text cannot hold is shown as U+FFFD there. */
const stored = (rows: readonly ProjectionRow[]): ProjectionRow[] => JSON.parse(asJson(rows)) as ProjectionRow[];

/** One row for each key, the first, sorted by its text. */
export function inOrder(table: ProjectionTable, rows: readonly ProjectionRow[]): ProjectionRow[] {
  const byKey = new Map<string, ProjectionRow>();
  for (const row of rows) if (!byKey.has(keyOf(table, row))) byKey.set(keyOf(table, row), row);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

export const keyOf = (table: ProjectionTable, row: ProjectionRow): string => projectionTables[table].key.map((column) => String(row[column])).join(' ');
