import { epochDay, isWorkingDay, dateOf, type ClosingStage, type Schedule } from '../../cases/index.ts';
import type { Calendar } from '../../schemas/index.ts';
import { label, say } from '../messages.ts';
import type { Ink } from '../output.ts';
import { pad, widthOf } from '../table.ts';

/** A line of the chart: what it is called, and the days that it takes, by date. `slackFrom`: it could begin so early. */
export type Bar = { readonly name: string; readonly from: string; readonly to: string; readonly sign: Sign; readonly slackFrom?: string };
/** Each kind of bar has a sign of its own; colour only repeats it. */
export type Sign = '|' | '#' | '=' | '*' | 'v' | 's' | 'r' | 'c';
const stageSigns: Readonly<Record<ClosingStage, Sign>> = { selfCheck: 's', reinspection: 'r', closureReview: 'c' };
const tones: Partial<Readonly<Record<Sign, Parameters<Ink>[0]>>> = { '#': 'red', v: 'green', '*': 'yellow' };

const mostColumns = 60;
/** A chart shows at most so many days; what lies outside stands at its edge. */
const mostDays = 3660;
const longestName = 26;

type Frame = { readonly days: readonly string[]; readonly perColumn: number };

/** The working days from the first date to the last, several to a column where they are many. */
const frameOf = (calendar: Calendar, from: string, to: string): Frame => {
  const first = epochDay(from);
  const days: string[] = [];
  for (let day = first; day <= Math.min(epochDay(to), first + mostDays); day += 1) if (isWorkingDay(calendar, day).working) days.push(dateOf(day));
  return { days, perColumn: Math.max(1, Math.ceil(days.length / mostColumns)) };
};

/** Columns of the first working day from a date on, and of the last up to one. */
const firstColumn = ({ days, perColumn }: Frame, date: string): number => {
  const i = days.findIndex((d) => d >= date);
  return Math.floor((i < 0 ? Math.max(0, days.length - 1) : i) / perColumn);
};
const lastColumn = ({ days, perColumn }: Frame, date: string): number => Math.floor(Math.max(0, days.findLastIndex((d) => d <= date)) / perColumn);

const barText = (frame: Frame, bar: Bar, ink: Ink): string => {
  const to = lastColumn(frame, bar.to);
  const from = Math.min(to, firstColumn(frame, bar.from));
  const early = Math.min(from, bar.slackFrom === undefined ? from : firstColumn(frame, bar.slackFrom));
  const body = bar.sign.repeat(to - from + 1);
  return ' '.repeat(early) + '.'.repeat(from - early) + (tones[bar.sign] === undefined ? body : ink(tones[bar.sign] ?? 'grey', body));
};

/** `03-02     03-16`: every tenth column by its first day. */
const axisText = ({ days, perColumn }: Frame): string => {
  const columns = Math.ceil(days.length / perColumn);
  const ticks = Array.from({ length: Math.ceil(columns / 10) }, (_, i) => pad((days[i * 10 * perColumn] ?? '').slice(5), 10));
  return ticks.join('').trimEnd();
};

const cut = (text: string): string => {
  if (widthOf(text) <= longestName) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    if (widthOf(kept + segment) > longestName - 2) break;
    kept += segment;
  }
  return `${kept}..`;
};

/** 挂图作战 as text: a line for each bar, aligned also where a character is two columns wide. */
export function gantt(bars: readonly Bar[], { calendar, ink }: { calendar: Calendar; ink: Ink }): string {
  if (bars.length === 0) return say('empty');
  const dates = bars.flatMap((b) => [b.slackFrom ?? b.from, b.from, b.to]).sort();
  const frame = frameOf(calendar, dates[0] ?? '', dates.at(-1) ?? '');
  if (frame.days.length === 0) return say('empty');
  const names = bars.map((b) => cut(b.name));
  const width = Math.max(...names.map(widthOf));
  const lines = bars.map((b, i) => `${pad(names[i] ?? '', width)}  ${barText(frame, b, ink)}`.trimEnd());
  const scale = say('ganttScale', { n: frame.perColumn, from: frame.days[0] ?? '', to: frame.days.at(-1) ?? '' });
  return [`${' '.repeat(width)}  ${axisText(frame)}`, ...lines, say('ganttKey'), scale].join('\n');
}

export const todayBar = (today: string): Bar => ({ name: label('today'), from: today, to: today, sign: '|' });

type Named = (taskId: string) => string;
/** The bars of a schedule: tasks in order, then the days kept free. A task of no length, or with its day fixed, is a point. */
export const barsOf = (schedule: Exclude<Schedule, { kind: 'broken' }>, nameOf: Named): Bar[] => [
  ...schedule.tasks.map((t): Bar => ({
    name: nameOf(t.taskId),
    from: t.latestStart,
    to: t.latestFinish,
    sign: t.duration === 0 || t.fixed ? '*' : t.critical ? '#' : '=',
    ...(t.slack > 0 ? { slackFrom: t.earliestStart } : {}),
  })),
  ...schedule.stages.map((s): Bar => ({ name: label(s.stage), from: s.start, to: s.finish, sign: stageSigns[s.stage] })),
];
