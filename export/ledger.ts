import { dateAt } from '../cases/index.ts';
import { type Board, colourWords, hashOf, trackWords, wordIn } from '../schemas/index.ts';
import type { BookColumn, BookRow, Sheet, Tint } from './book.ts';
import { writeBook } from './book.ts';
import { cellOf, cellText } from './cell.ts';
import { type Column, type ExportKind, type Names, type Row, sheetNames } from './column.ts';
import { columnsOf } from './columns.ts';

/** Who exported what, when, and what of the ledger the reader holds: the sheet 说明. */
export type About = { who: string; at: number; filter: string; entriesBefore: number | null; entriesAfter: () => Promise<number | null> };
export type Export = { kind: ExportKind; path: string; boards: AsyncIterable<Board>; /** What the pack of a case cites for its total due, in words. */ citeOf?: (board: Board) => Promise<string>; names: Names; about: About; onRow?: (rows: number) => void };
/** `stateHash`: SHA-256 over number, seq and state hash of every case in the file, in its order. */
export type Exported = { path: string; kind: ExportKind; cases: number; rows: number; stateHash: string };

/** Writes one list of the ledger of problems, masked, a page of cases at a time. @throws BAD-INPUT when the file cannot be written */
export async function exportLedger({ kind, path, boards, citeOf = () => Promise.resolve(''), names, about, onRow = () => undefined }: Export): Promise<Exported> {
  const seen: string[] = [];
  const cited = new Map<string, Set<string>>();
  let rows = 0;
  async function* counted(): AsyncGenerator<BookRow> {
    for await (const board of boards) {
      seen.push(`${board.caseNo} ${board.seq} ${board.stateHash}`);
      if (kind === 'closures' && board.due !== null) noteSource(cited, board, await citeOf(board));
      for (const row of rowsOf(kind, board, rows)) yield bookRow(columnsOf(kind), row, names);
      rows += rowsIn(kind, board);
      onRow(rows);
    }
  }
  const exported = (): Exported => ({ path, kind, cases: seen.length, rows, stateHash: hashOf(seen) });
  await writeBook(path, [() => ({ name: sheetNames[kind], columns: columnsOf(kind).map(bookColumn), rows: counted() }), () => aboutSheet(exported, names, about, cited)], about.at);
  return exported();
}

const rowsIn = (kind: ExportKind, board: Board): number => (kind === 'tasks' ? board.tasks.length : 1);
const rowsOf = (kind: ExportKind, board: Board, before: number): Row[] =>
  kind === 'tasks' ? board.tasks.map((task, i) => ({ n: before + i + 1, board, task })) : [{ n: before + 1, board, task: null }];

function bookColumn({ zh, kind, width, words }: Column): BookColumn {
  const shown = kind === 'date' || kind === 'count' || kind === 'rate' ? kind : 'text';
  return { header: zh, width, kind: shown, ...(words ? { choices: Object.values(words) } : {}) };
}

function bookRow(columns: readonly Column[], row: Row, names: Names): BookRow {
  const cells = columns.map((column) => cellOf(column, column.of(row, names)));
  const colour = row.board.colour;
  const at = columns.findIndex((c) => c.key === 'colour');
  const tints: Tint[] = at >= 0 && (colour === 'red' || colour === 'yellow' || colour === 'blue') ? [{ column: at, tone: colour }] : [];
  return { cells, tints };
}

/** 期限依据: by grade and track, for the dates in the file. Cases of other packs may cite something else for the same. */
function noteSource(cited: Map<string, Set<string>>, { colour, track, ordinary }: Board, source: string): void {
  if (source === '' || colour === null || track === null) return;
  const grade = `${ordinary ? '一般件' : wordIn(colourWords, colour)} ${wordIn(trackWords, track)}`;
  cited.set(grade, (cited.get(grade) ?? new Set()).add(source));
}

function aboutSheet(exported: () => Exported, names: Names, about: About, cited: ReadonlyMap<string, ReadonlySet<string>>): Sheet {
  async function* rows(): AsyncGenerator<BookRow> {
    const { kind, cases, rows: written, stateHash } = exported();
    const entriesAfter = await about.entriesAfter();
    const lines: (readonly [string, string | null])[] = [
      ['内容 content', sheetNames[kind]],
      ['导出人 by', about.who],
      ['导出时间 at', `${dateAt(names.calendar, about.at)} (${new Date(about.at).toISOString()})`],
      ['筛选 filter', about.filter],
      ['案件 cases', String(cases)],
      ['行 rows', String(written)],
      ['台账分录 entries', entriesAfter === null ? null : about.entriesBefore === entriesAfter ? String(entriesAfter) : `${about.entriesBefore ?? ''} → ${entriesAfter}`],
      ['状态摘要 state', entriesAfter === null ? null : `SHA-256 ${stateHash}`],
      ...[...cited].sort(([a], [b]) => (a < b ? -1 : 1)).map(([grade, sources]) => ['期限依据 source of the due date', `${grade}: ${[...sources].join('; ')}`] as const),
      ['脱敏 masking', '本表不含评价人信息; 群众原始诉求不随表导出。No data of raters; what they said is not exported.'],
      ['撇号 apostrophe', "以 = + - @ 开头的文字前加一个 ' , 导入时去掉。One apostrophe is put before what looks like a formula; the import takes it away."],
      ['日历 calendar', names.calendar.scale ? '演示日历 (时间已压缩) · a demonstration calendar, its time is scaled' : null],
    ];
    for (const [name, value] of lines) if (value !== null) yield { cells: [name, cellText(value)] };
  }
  return { name: '说明', columns: [{ header: '项目 item', width: 22, kind: 'text' }, { header: '说明 what', width: 80, kind: 'text' }], rows: rows() };
}
