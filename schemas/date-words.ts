import { civilDate, lastDay } from './civil-date.ts';
import { withDigits } from './numerals.ts';
import { compact, normalise } from './width.ts';

/**
 * Dates as people write them in ledgers and files (完成时限, 评价时间). Words that name a span stand for its **last day**, since what
 * they set is a limit: 6月底, 6月下旬 and 6月 are 06-30, 上旬 and 月初 the 10th, 中旬 the 20th, 月中 the 15th, 二季度 and 上半年 06-30,
 * 年底 and 年内 12-31, 年初 01-31. 前, 内 and 完成 behind a date change nothing: the day itself is still in time.
 * A year that is not written is that of `reference`, also where the day then lies behind it: which one was meant cannot be known.
 * 立行立改 and 长期坚持 are no dates but answers of their own. Two-digit years, month before day, 2026.6 (which may be the number
 * 2026.60) and the serial numbers of spreadsheets are not guessed.
 */
export type DateWords =
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'instant'; readonly date: string /** Since midnight in Asia/Shanghai. */; readonly seconds: number }
  | { readonly kind: 'immediate' }
  | { readonly kind: 'longTerm' }
  | { readonly kind: 'error'; readonly rule: 'BAD-DATE'; readonly why: 'form' | 'noSuchDay' };

type Day = { year: number; month: number; day: number };
type Pattern = { readonly is: RegExp; readonly day: (found: readonly string[], year: number) => Day };

const immediate = /^(?:立行立改|立即整改|立即(?:办理|完成)?|即知即改|即行即改|立查立改|边查边改|即时整改)$/;
const longTerm = /^(?:(?:长期|持续|常态化|并|、|,)+(?:坚持|推进|整改|开展|落实)*|长期坚持(?:并)?持续(?:推进|整改))$/;

const clean = (text: string): string => withDigits(compact(text)).replace(/[((]?(?:星期|周)[一二三四五六日天][))]?/g, '');

/** What may stand behind a date without changing it: that something is then done, and 前 or 内. */
const done = /(?:整改|全部)?(?:完成|办结|销号|到位|落实)?(?:整改)?[。.;]?$/;
const within = /(?:之前|以前|前|以内|之内|内)$/;
const whole = (source: string): RegExp => new RegExp(`^${source}$`);

const n = Number;
const years = '(?:(\\d{4})年|(今年|本年|明年|去年))?';
const yearIn = ([, written, word]: readonly string[], year: number): number =>
  written !== undefined ? n(written) : year + (word === '明年' ? 1 : word === '去年' ? -1 : 0);
const monthEnd = (year: number, month: number): Day => ({ year, month, day: lastDay(year, month) });

const partOfMonth: Readonly<Record<string, (year: number, month: number) => number>> = {
  初: () => 10,
  上旬: () => 10,
  中: () => 15,
  中旬: () => 20,
  下旬: lastDay,
  底: lastDay,
  末: lastDay,
};
const partOfYear: Readonly<Record<string, number>> = { 初: 1, 上半年: 6, 中: 6, 下半年: 12, 底: 12, 末: 12, 内: 12, 终: 12 };
const quarters: Readonly<Record<string, number>> = { '1': 3, '2': 6, '3': 9, '4': 12 };

/** Patterns that name a day. Of those with `years` the groups 1 and 2 are the year. */
const patterns: readonly Pattern[] = [
  { is: /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, day: (f) => ({ year: n(f[1]), month: n(f[3]), day: n(f[4]) }) },
  { is: /^(\d{4})(\d{2})(\d{2})$/, day: (f) => ({ year: n(f[1]), month: n(f[2]), day: n(f[3]) }) },
  { is: whole(`${years}(\\d{1,2})月(\\d{1,2})(?:日|号)?`), day: (f, y) => ({ year: yearIn(f, y), month: n(f[3]), day: n(f[4]) }) },
  { is: /^(\d{4})[-/](\d{1,2})$/, day: (f) => monthEnd(n(f[1]), n(f[2])) },
  { is: whole(`${years}(\\d{1,2})月份?`), day: (f, y) => monthEnd(yearIn(f, y), n(f[3])) },
  {
    is: whole(`${years}(\\d{1,2})月份?(上旬|中旬|下旬|初|中|底|末)`),
    day: (f, y) => ({ year: yearIn(f, y), month: n(f[3]), day: partOfMonth[f[4] ?? '']?.(yearIn(f, y), n(f[3])) ?? 0 }),
  },
  { is: whole(`${years}第?([1-4])季度(?:末|底)?`), day: (f, y) => monthEnd(yearIn(f, y), quarters[f[3] ?? ''] ?? 0) },
  { is: whole(`${years}(上半年|下半年)(?:末|底)?`), day: (f, y) => monthEnd(yearIn(f, y), partOfYear[f[3] ?? ''] ?? 0) },
  {
    is: whole('(?:(\\d{4})年?|(今年|本年|明年|去年|年))(初|中|底|末|内|终)'),
    day: (f, y) => monthEnd(yearIn(f, y), partOfYear[f[3] ?? ''] ?? 0),
  },
  { is: /^(?:(\d{4})年|(今年|本年|明年|去年))(?:度|全年)?$/, day: (f, y) => monthEnd(yearIn(f, y), 12) },
];

function dayIn(text: string, year: number): Day | undefined {
  for (const { is, day } of patterns) {
    const found = is.exec(text);
    if (found) return day(found, year);
  }
  return undefined;
}

/** 年内 and 年底前 both end as a limit may: words are cut off one by one, and each time what is left may be a date. */
function dayOf(text: string, year: number): Day | undefined {
  const bare = text.replace(done, '');
  return dayIn(text, year) ?? dayIn(bare, year) ?? dayIn(bare.replace(within, ''), year);
}

const clock =
  /^(.+?[\d日号])(?:T|\s)?(上午|下午|中午|晚上|凌晨)?(\d{1,2})(?::|时|点)(?:(\d{1,2})(?:分|:(\d{1,2})(?:\.\d+)?|分(\d{1,2})秒)?)?(?:\+08:?00)?$/;
const packed = /^(\d{8})(\d{2})(\d{2})(\d{2})?$/;

type Clocked = { readonly date: string; readonly seconds: number | undefined };

/** Hours, minutes and seconds since midnight; undefined for no time of day. 24:00 is the end of the day. */
function secondsOf(hours: number, minutes: number, seconds: number): number | undefined {
  const total = hours * 3600 + minutes * 60 + seconds;
  return minutes < 60 && seconds < 60 && total <= 86_400 ? total : undefined;
}

/** Parts a time of day from the date before it; `text` still has the blank between the two. */
function clocked(text: string): Clocked | undefined {
  const digits = packed.exec(text);
  if (digits) return { date: digits[1] ?? '', seconds: secondsOf(n(digits[2]), n(digits[3]), n(digits[4] ?? 0)) };
  const found = clock.exec(text);
  if (!found) return undefined;
  const [, date = '', half, hours, minutes = '0', a, b] = found;
  const afternoon = (half === '下午' || half === '晚上') && n(hours) < 12 ? 12 : 0;
  return { date: clean(date), seconds: secondsOf(n(hours) + afternoon, n(minutes), n(a ?? b ?? 0)) };
}

const error = (why: 'form' | 'noSuchDay'): DateWords => ({ kind: 'error', rule: 'BAD-DATE', why });

function dated(day: Day | undefined, seconds?: number): DateWords {
  if (day === undefined) return error('form');
  const date = day.year >= 1900 && day.year <= 2199 ? civilDate(day.year, day.month, day.day) : undefined;
  if (date === undefined) return error('noSuchDay');
  return seconds === undefined ? { kind: 'date', date } : { kind: 'instant', date, seconds };
}

/**
 * Reads a date, a moment or the words that stand for a limit.
 * @param reference `2026-02-13`: the day of the file or of the import, whose year stands where none is written
 */
export function parseDate(text: string, { reference }: { reference: string }): DateWords {
  if (text.length > 100) return error('form');
  const plain = clean(text);
  if (immediate.test(plain)) return { kind: 'immediate' };
  if (longTerm.test(plain)) return { kind: 'longTerm' };
  const year = n(reference.slice(0, 4));
  const day = dayOf(plain, year);
  if (day !== undefined) return dated(day);
  const time = clocked(withDigits(normalise(text)).replace(/\s*(?:星期|周)[一二三四五六日天]\s*/g, ' '));
  if (time === undefined) return error('form');
  return time.seconds === undefined ? error('noSuchDay') : dated(dayIn(time.date, year), time.seconds);
}
