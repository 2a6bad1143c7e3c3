import { type Cited, type Run, citeWords, consumedOf, dueStandingOf, standings, type Standing } from '../cases/index.ts';
import { type CaseRules, dueDateWords } from '../client/index.ts';
import { type Board, type Calendar, type Deadline, roles } from '../schemas/index.ts';
import { both, label, say } from './messages.ts';
import { alertWord, colourWord, dueText, extendedFrom, personName, unitName, type Paper } from './page.ts';
import { table } from './table.ts';
import { deadlineName } from '../schemas/deadline-words.ts';
import { standingWords } from './words/board.ts';

/** 期限看板: one deadline of one case, how it stands now, and by what; `alert` is that of the side which owes it. */
export type DueRow = Pick<Board, 'caseNo' | 'matter' | 'stage' | 'colour' | 'ordinary' | 'alert'> & Deadline & Standing & { readonly consumed: Run['consumed']; readonly edition: string; readonly cite: readonly Cited[]; readonly calendar: Calendar };
export type DueWish = { due?: 'overdue' | { before: number }; mine?: (b: Board, d: Deadline) => boolean };

/** What was overdue longest first; what stands still last. */
const order = (r: DueRow): number => (r.standing === 'paused' ? 1 : 0);

const rowOf = (b: Board, d: Deadline, rules: CaseRules, now: number): DueRow => ({
  caseNo: b.caseNo, matter: b.matter, stage: b.stage, colour: b.colour, ordinary: b.ordinary, alert: d.side === 'office' ? b.officeAlert : b.alert,
  ...d, ...dueStandingOf(rules.calendar, d, now), consumed: consumedOf(rules.calendar, d, d.paused ? d.countedFrom : now), edition: rules.edition, cite: rules.cite(d), calendar: rules.calendar,
});

/** The deadlines in force in these cases, as far as the wish goes, each counted by the calendar of its case. */
export const dueRows = (boards: readonly Board[], rulesOf: (b: Board) => CaseRules, now: number, wish: DueWish = {}): DueRow[] =>
  boards
    .flatMap((b) => b.deadlines.filter((d) => wish.mine === undefined || wish.mine(b, d)).map((d) => rowOf(b, d, rulesOf(b), now)))
    .filter((r) => wish.due === undefined || (wish.due === 'overdue' ? r.standing === 'overdue' || r.standing === 'overdueThrice' : r.due < wish.due.before && !r.paused))
    .toSorted((a, b) => order(a) - order(b) || a.due - b.due || (a.caseNo < b.caseNo ? -1 : a.caseNo > b.caseNo ? 1 : 0));

/** Sums up by standing. */
export const dueCounts = (rows: readonly DueRow[]): Record<Standing['standing'], number> =>
  Object.fromEntries(standings.map((s) => [s, rows.filter((r) => r.standing === s).length])) as Record<Standing['standing'], number>;

export function boardPage(rows: readonly DueRow[], cases: number, paper: Paper): string {
  const sum = say('boardSum', { cases, n: rows.length, ...dueCounts(rows) });
  if (rows.length === 0) return `${say('nothingDue')}\n${sum}`;
  const heading = [label('caseNo'), label('colour'), label('alert'), label('whatIsDue'), label('owes'), label('standing'), label('due'), label('cited'), label('matter')];
  return `${table(heading, rows.map((r) => line(r, paper)))}\n${sum}`;
}

const tones: Readonly<Record<Standing['standing'], Parameters<Paper['ink']>[0]>> = { overdueThrice: 'red', overdue: 'red', soon: 'yellow', running: 'green', paused: 'grey' };
export const standingTone = (s: Pick<Standing, 'standing'>): Parameters<Paper['ink']>[0] => tones[s.standing];

function line(r: DueRow, paper: Paper): string[] {
  const { ink } = paper;
  // Nobody counts down what stands still.
  const due = r.paused ? dueDateWords(r.calendar, r.due) : dueText(r.due, r.provisional, { ...paper, calendar: r.calendar });
  return [
    r.caseNo,
    colourWord(r.colour, r.ordinary, ink) ?? '—',
    alertWord(r.alert, ink) ?? '—',
    whatWords(r.id),
    holderWords(r, paper),
    ink(standingTone(r), both(standingWords[r.standing])),
    `${due}${extendedFrom(r.original, r.due, r.calendar)}`,
    citeWords(r.cite) || '—',
    r.matter,
  ];
}

export const whatWords = (id: string): string => both(deadlineName(id));

export function holderWords(r: Pick<Deadline, 'role' | 'unit' | 'person'>, { directory }: Paper): string {
  const person = r.person === null ? roles[r.role].zh : personName(r.person, directory);
  return r.unit === null ? person : `${unitName(r.unit, directory)} ${person}`;
}
