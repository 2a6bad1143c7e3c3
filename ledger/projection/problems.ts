import { Board, CaseError, ProblemQuery, badInput, caseError, restingStages, type ProblemPage, type ProblemSort } from '../../schemas/index.ts';
import type { ProblemScope } from '../ledger.ts';
import { pageSize } from '../sql-text.ts';
import type { Queries, Row } from '../sql-store.ts';
import { type Cursor, orderOf, readCursor, writeCursor } from './cursor.ts';

/** Collects conditions with their parameters. */
type Wish = { conditions: string[]; params: unknown[] };
const param = (w: Wish, value: unknown): string => `$${w.params.push(value)}`;

/** Red first. */
const rank = `(case p.colour when 'red' then 1 when 'yellow' then 2 when 'blue' then 3 end)`;
/** By bytes, so that every store agrees. */
const number = `(p.case_no collate "C")`;
const columns: Readonly<Record<ProblemSort, string>> = {
  caseNo: number,
  due: 'p.due',
  captured: `(p.board->>'capturedAt')::bigint`,
  since: `(p.board->>'since')::bigint`,
  colour: rank,
};

/**
 * One page of the ledger of problems, 100 cases unless told. The page after is found by the values at which this one ended, so that
 * what comes in meanwhile neither doubles nor hides a row. @throws BAD-INPUT
 */
export async function readProblems(db: Queries, query: ProblemQuery = {}, scope: ProblemScope = {}): Promise<ProblemPage> {
  const parsed = ProblemQuery.safeParse(query);
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  const q = parsed.data;
  const size = pageSize(q.limit, 100);
  const order = orderOf(q);
  const wish: Wish = { conditions: ['true'], params: [] };
  filter(wish, q, scope);
  if (q.cursor !== undefined) wish.conditions.push(behind(wish, order, readCursor(q.cursor, order)));
  const sorted = order.sort === 'caseNo' ? `${number} ${order.order}` : `${columns[order.sort]} ${order.order} nulls last, ${number}`;
  const rows = await db.query(
    `select p.board, p.case_no, ${columns[order.sort]} as value from problems p where ${wish.conditions.join(' and ')} order by ${sorted} limit ${param(wish, size + 1)}`,
    wish.params,
  );
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  return { items: shown.map((row) => Board.parse(row['board'])), next: last === undefined ? null : writeCursor(order, endOf(last)) };
}

function endOf(row: Row): Cursor {
  const value = row['value'];
  return { caseNo: String(row['case_no']), value: typeof value === 'string' || value === null ? value : Number(value) };
}

/** Rows that stand behind the end of a page. Where values are missing they stand last, by number. */
function behind(w: Wish, { sort, order }: ReturnType<typeof orderOf>, { value, caseNo }: Cursor): string {
  const than = order === 'asc' ? '>' : '<';
  const no = param(w, caseNo);
  if (sort === 'caseNo') return `${number} ${than} ${no}`;
  const column = columns[sort];
  if (value === null) return `(${column} is null and ${number} > ${no})`;
  const at = `${param(w, value)}::bigint`;
  return `(${column} ${than} ${at} or (${column} = ${at} and ${number} > ${no}) or ${column} is null)`;
}

function filter(w: Wish, q: ProblemQuery, scope: ProblemScope): void {
  const add = (condition: string): void => void w.conditions.push(condition);
  const unit = scope.unit === undefined ? undefined : param(w, scope.unit);
  // A unit's stages are its public ones; a case that has none yet is not there for it.
  const stage = unit === undefined ? 'p.stage' : `p.board->>'unitStage'`;
  if (unit !== undefined) add(`${stage} is not null and ${takesPart(unit)}`);
  if (scope.stages !== undefined) add(`p.stage = any(${param(w, scope.stages)}::text[])`);
  if (q.stage !== undefined) add(`${stage} = any(${param(w, q.stage)}::text[])`);
  if (q.colour !== undefined) add(`p.colour = ${param(w, q.colour)}`);
  if (q.field !== undefined) add(`p.field = ${param(w, q.field)}`);
  if (q.unit !== undefined) add(takesPart(param(w, q.unit)));
  if (q.source !== undefined) add(`p.board->>'source' = ${param(w, q.source)}`);
  if (q.channel !== undefined) add(cameBy(param(w, channelMark(q.channel))));
  if (q.due !== undefined) add(fallsDue(w, q.due, scope.at));
  if (q.mine !== undefined) add(isMine(param(w, q.mine), unit));
  if (q.kind !== undefined) add(kindIs(w, q.kind, unit));
}

const takesPart = (unit: string): string => `(p.lead_unit = ${unit} or p.board->'coopUnits' @> to_jsonb(${unit}::text))`;

/**
 * The channel inside the stored text of a feedback, which is canonical JSON: a quotation mark inside a string is escaped there, so
 * that this text stands for the field alone. Not read as JSON in SQL, which refuses a NUL that a person may have typed.
 */
const channelMark = (channel: string): string => `"channel":${JSON.stringify(channel)}`;
const cameBy = (mark: string): string =>
  `exists (select from jsonb_array_elements_text(p.board->'feedback') as said(id) join feedback f on f.feedback_id = said.id where position(${mark}::text in f.content) > 0)`;

/** @throws BAD-INPUT when asked what is overdue without a moment */
function fallsDue(w: Wish, due: NonNullable<ProblemQuery['due']>, at: number | undefined): string {
  const before = due === 'overdue' ? at : due.before;
  if (before === undefined) throw caseError('BAD-INPUT', { field: 'due', zh: '缺少时刻', en: 'overdue at which moment?' });
  // What does not run falls due at no time.
  return `(p.board->>'kind' = 'open' and p.due < ${param(w, before)} and not p.stage = any(${param(w, restingStages)}::text[]))`;
}

/** Of tasks a unit knows those that it may see: all of a case that it leads, else its own. */
function isMine(person: string, unit: string | undefined): string {
  const named = ['unitHead', 'dutyLeader', 'owner', 'liaison', 'caseLeader'].map((key) => `p.board->>'${key}'`).join(', ');
  const seen = unit === undefined ? '' : ` and (p.lead_unit = ${unit} or t.unit = ${unit})`;
  return `(${person} in (${named}) or exists (select from tasks t where t.case_no = p.case_no and t.owner = ${person}${seen}))`;
}

/** To a unit a sealed case is one that was archived: whether it may still come back is not its to know. */
function kindIs(w: Wish, kind: NonNullable<ProblemQuery['kind']>, unit: string | undefined): string {
  if (unit === undefined || kind === 'open') return `p.board->>'kind' = ${param(w, kind)}`;
  return kind === 'settled' ? `p.board->>'kind' <> 'open'` : 'false';
}
