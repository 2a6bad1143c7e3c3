/** The words on the screen: a colour never without its word, a date never without its calendar. */
import { dateAt, toCivil, workingDaysBetween } from '../cases/index.ts';
import { type Board, type Calendar, alertWords, stages, wordIn } from '../schemas/index.ts';

const colours: Readonly<Record<string, string>> = { red: '红·急事急办', yellow: '黄·特事特办', blue: '蓝·难事稳办' };
export const colourOf = (b: Pick<Board, 'colour' | 'ordinary'>): string =>
  b.colour === null ? '—' : b.ordinary ? '蓝·一般件' : (colours[b.colour] ?? b.colour);

export const alertOf = (b: Pick<Board, 'alert'>): string => (b.alert === 'none' ? '—' : wordIn(alertWords, b.alert));
export const stageOf = (stage: string): string => (Object.hasOwn(stages, stage) ? stages[stage as keyof typeof stages].zh : stage);

/** Working days that remain to the due date; a settled case owes nothing any more. */
export const countdownOf = (b: Pick<Board, 'kind' | 'due'>, calendar: Calendar, now: number): string => {
  if (b.due === null || b.kind !== 'open') return '—';
  const left = workingDaysBetween(calendar, toCivil(calendar, now).day, toCivil(calendar, b.due - 1).day);
  return left >= 0 ? `剩 ${left} 个工作日` : `已逾期 ${-left} 个工作日`;
};
export const todayOf = (calendar: Calendar, now: number): string => dateAt(calendar, now);
export const scaleNote = '日期为按比例缩放的演示日历 · dates are of a scaled demonstration calendar (1 日 = 0.5 s)';
