import { type DayStep, type Explained, type Part, dateAt, dueDateAt } from '../cases/index.ts';
import type { Seen } from '../client/index.ts';
import type { Calendar } from '../schemas/index.ts';
import { fill, say } from './messages.ts';
import { type Paper, dateTime, personName } from './page.ts';
import { pad } from './table.ts';
import { amountUnits, dayWords, stepWords, weekdays, whyWords } from './words/deadline.ts';

/** A deadline day by day: what was received when, each day that counts or does not, pauses, and who set a date. */

/** More days than this are folded into runs of the same kind. */
const mostLines = 40;

const number = (n: number): string => String(Math.round(n * 10) / 10);
const counted = (n: number, many: string): string => `${number(n)} ${n === 1 ? many.replace(/s$/, '') : many}`;
export const amountIn = ({ amount, unit }: { amount: number; unit: keyof typeof amountUnits }): { zh: string; en: string } => ({ zh: `${number(amount)}${amountUnits[unit].zh}`, en: counted(amount, amountUnits[unit].en) });

const long = (ms: number): { zh: string; en: string } => ({ zh: `计${number(ms / 3_600_000)}小时`, en: counted(ms / 3_600_000, 'hours') });
const countedWords = (s: DayStep): { zh: string; en: string } => (s.ms === null ? { zh: fill(stepWords.counted.zh, { n: s.n ?? '' }), en: fill(stepWords.counted.en, { n: s.n ?? '' }) } : long(s.ms));

/** 周末 and 放假 with its name; what is provisional says so. */
function remarks(s: DayStep): { zh: string; en: string } {
  const kind = dayWords[s.kind];
  const zh = [s.why === null ? '' : whyWords[s.why].zh, s.name === '' ? kind.zh : s.kind === 'holiday' ? s.name : `${kind.zh} (${s.name})`, s.provisional ? '暂定' : ''].filter((w) => w !== '');
  const en = [s.why === null ? '' : whyWords[s.why].en, kind.en, s.provisional ? 'provisional' : ''].filter((w) => w !== '');
  return { zh: zh.join(', '), en: en.join(', ') };
}

function line(s: DayStep): string {
  const what = s.step === 'counted' ? countedWords(s) : stepWords[s.step];
  const why = remarks(s);
  const join = (a: string, b: string): string => (b === '' ? a : `${a} ${b}`);
  return `${s.date} 周${weekdays[s.weekday]}  ${pad(join(what.zh, why.zh), 28)}  ${join(what.en, why.en)}`.trimEnd();
}

type Fold = { readonly first: DayStep; readonly last: DayStep; readonly days: number };
const alike = (a: DayStep, b: DayStep): boolean => a.step === b.step && a.kind === b.kind && a.name === b.name && a.why === b.why && a.provisional === b.provisional && (a.ms === null) === (b.ms === null);
/** Days that follow each other and say the same; on natural days a weekend counts like any other day. */
const folds = (steps: readonly DayStep[], natural: boolean): Fold[] =>
  steps.reduce<Fold[]>((all, s) => {
    const open = all.at(-1);
    const same = open !== undefined && (natural && s.step === 'counted' && open.first.step === 'counted' ? s.provisional === open.first.provisional : alike(open.first, s));
    return same ? [...all.slice(0, -1), { ...open, last: s, days: open.days + 1 }] : [...all, { first: s, last: s, days: 1 }];
  }, []);

const short = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
const between = ({ first, last }: Fold): string => {
  const [a, b] = [first.date, last.date];
  return `${a.slice(0, 4)}年${short(a)}至${a.slice(0, 4) === b.slice(0, 4) ? '' : `${b.slice(0, 4)}年`}${a.slice(0, 7) === b.slice(0, 7) ? `${Number(b.slice(8, 10))}日` : short(b)}`;
};

function folded(f: Fold, natural: boolean): string {
  if (f.days === 1) return line(f.first);
  const why = natural && f.first.step === 'counted' ? { zh: '', en: '' } : remarks(f.first);
  const [zh, en] = f.first.step === 'counted' ? [`计${f.days}日 (第${f.first.n ?? ''}至${f.last.n ?? ''}日)`, `${f.days} days counted`] : [`${stepWords[f.first.step].zh} ${f.days}日`, `${f.days} days ${stepWords[f.first.step].en}`];
  return `${pad(`${between(f)}  ${zh} ${why.zh}`.trimEnd(), 44)}  ${en}${why.en === '' ? '' : `, ${why.en}`}`;
}

export function dayLines(steps: readonly DayStep[], natural: boolean): string[] {
  return steps.length <= mostLines ? steps.map(line) : folds(steps, natural).map((f) => folded(f, natural));
}

const untilText = (due: Explained['due'], calendar: Calendar | null): string => say('dueAt', { at: calendar !== null && dateAt(calendar, due.instant) !== due.date ? `${due.date} 24:00` : dateTime(due.instant, calendar) });

export const byWords = (cause: Seen, paper: Paper): { zh: string; at: string; by: string; type: string } | null =>
  cause && { zh: cause.zh, at: dateTime(cause.at, paper.calendar), by: personName(cause.by, paper.directory), type: cause.type };

/** One part of how a deadline came to its date, and its days. */
function partLines(p: Part<Seen>, paper: Paper): string[] {
  const at = (instant: number): string => dateTime(instant, paper.calendar);
  switch (p.part) {
    case 'counted': {
      const amount = amountIn(p.amount);
      return [say('partCounted', { from: at(p.from), amount: amount.zh, amountEn: amount.en }), ...dayLines(p.steps, p.amount.unit === 'd'), untilText(p.due, paper.calendar)];
    }
    case 'rest':
      return [say('partRest', { from: at(p.from), n: p.left }), ...dayLines(p.steps, false), untilText(p.due, paper.calendar)];
    case 'paused':
      return [p.to === null ? say('partPausedSince', { from: at(p.from) }) : say('partPaused', { from: at(p.from), to: at(p.to) })];
    case 'set': {
      const by = byWords(p.cause, paper);
      const date = paper.calendar === null ? '' : dueDateAt(paper.calendar, p.due);
      return [by ? say('partSet', { ...by, date }) : say('partSetBy', { date })];
    }
  }
}

/** The date that a part came to holds until a pause moved it. */
export function explainLines(parts: readonly Part<Seen>[], paper: Paper): string[] {
  return parts.flatMap((p, n) => {
    const lines = partLines(p, paper);
    const cutShort = (p.part === 'counted' || p.part === 'rest') && parts.slice(n + 1).some((next) => next.part === 'paused');
    return cutShort ? lines.slice(0, -1) : lines;
  });
}
