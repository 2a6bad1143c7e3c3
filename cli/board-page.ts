import { dateAt, dueDateAt, dueStandingOf, standings, type Standing } from '../cases/index.ts';
import { type Board, type Calendar, type Deadline, roles } from '../schemas/index.ts';
import { both, fill, label, say } from './messages.ts';
import { colourWord, dueText, personName, unitName, type Paper } from './page.ts';
import { table } from './table.ts';
import { deadlineWords, standingWords } from './words/board.ts';

/** 期限看板: one deadline of one case, and how it stands now. */
export type DueRow = Pick<Board, 'caseNo' | 'matter' | 'stage' | 'colour' | 'ordinary' | 'alert'> & Deadline & Standing;
export type DueWish = { due?: 'overdue' | { before: number }; mine?: string };

/** What was overdue longest first; what stands still last. */
const order = (r: DueRow): number => (r.standing === 'paused' ? 1 : 0);

/** The deadlines in force in these cases, as far as the wish goes. */
export const dueRows = (boards: readonly Board[], calendar: Calendar, now: number, wish: DueWish = {}): DueRow[] =>
  boards
    .flatMap((b) => b.deadlines.map((d): DueRow => ({ caseNo: b.caseNo, matter: b.matter, stage: b.stage, colour: b.colour, ordinary: b.ordinary, alert: b.alert, ...d, ...dueStandingOf(calendar, d, now) })))
    .filter((r) => (wish.due === undefined || (wish.due === 'overdue' ? r.standing === 'overdue' || r.standing === 'overdueThrice' : r.due < wish.due.before)) && (wish.mine === undefined || r.person === null || r.person === wish.mine))
    .toSorted((a, b) => order(a) - order(b) || a.due - b.due || (a.caseNo < b.caseNo ? -1 : a.caseNo > b.caseNo ? 1 : 0));

/** Sums up by standing. */
export const dueCounts = (rows: readonly DueRow[]): Record<Standing['standing'], number> =>
  Object.fromEntries(standings.map((s) => [s, rows.filter((r) => r.standing === s).length])) as Record<Standing['standing'], number>;

export function boardPage(rows: readonly DueRow[], cases: number, paper: Paper): string {
  const sum = say('boardSum', { cases, n: rows.length, ...dueCounts(rows) });
  if (rows.length === 0) return `${say('nothingDue')}\n${sum}`;
  const heading = [label('caseNo'), label('colour'), label('alert'), label('whatIsDue'), label('owes'), label('standing'), label('due'), label('matter')];
  return `${table(heading, rows.map((r) => line(r, paper)))}\n${sum}`;
}

const tones: Readonly<Record<Standing['standing'], Parameters<Paper['ink']>[0]>> = { overdueThrice: 'red', overdue: 'red', soon: 'yellow', running: 'green', paused: 'grey' };
export const standingTone = (s: Pick<Standing, 'standing'>): Parameters<Paper['ink']>[0] => tones[s.standing];

function line(r: DueRow, paper: Paper): string[] {
  const { ink, calendar } = paper;
  const original = r.original === null || calendar === null ? '' : `; ${say('extended', { date: dueDateAt(calendar, r.original) })}`;
  // Nobody counts down what stands still.
  const due = r.paused && calendar !== null ? dateAt(calendar, r.due - 1) : dueText(r.due, r.provisional, paper);
  return [
    r.caseNo,
    colourWord(r.colour, r.ordinary, ink) ?? '—',
    r.alert === 'none' ? '—' : (colourWord(r.alert, false, ink) ?? '—'),
    whatWords(r.id),
    holderWords(r, paper),
    ink(standingTone(r), both(standingWords[r.standing])),
    `${due}${original}`,
    r.matter,
  ];
}

export function whatWords(id: string): string {
  const [kind = '', ...rest] = id.split(':');
  const words: { zh: string; en: string } = Object.hasOwn(deadlineWords, kind) ? deadlineWords[kind as keyof typeof deadlineWords] : { zh: kind, en: kind };
  const of = rest.join(':');
  return both({ zh: fill(words.zh, { of }), en: fill(words.en, { of }) });
}

export function holderWords(r: Pick<Deadline, 'role' | 'unit' | 'person'>, { directory }: Paper): string {
  const person = r.person === null ? roles[r.role].zh : personName(r.person, directory);
  return r.unit === null ? person : `${unitName(r.unit, directory)} ${person}`;
}
