import { type Countdown, dateTimeAt, dueDateAt, endsWithDay } from '../cases/index.ts';
import { type Calendar, type Words, fillWords } from '../schemas/index.ts';

/** How long there still is, in the words that people use: one place for boards, pages and notices. */
const words = {
  days: { zh: '还剩{n}个工作日', en: '{n} working days left' },
  today: { zh: '今日到期', en: 'due today' },
  daysLate: { zh: '逾期{n}个工作日', en: '{n} working days late' },
  late: { zh: '已逾期, 不足1个工作日', en: 'late by less than a working day' },
  time: { zh: '还剩{zhTime}', en: '{enTime} left' },
  timeLate: { zh: '逾期{zhTime}', en: '{enTime} late' },
} as const;

const timeWords = (minutes: number): { zhTime: string; enTime: string } => {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  const zh = `${h > 0 ? `${h}小时` : ''}${m > 0 ? `${m}分${h > 0 ? '' : '钟'}` : ''}`;
  const en = [...(h > 0 ? [`${h} h`] : []), ...(m > 0 ? [`${m} min`] : [])].join(' ');
  return zh === '' ? { zhTime: '不足1分钟', enTime: 'less than a minute' } : { zhTime: zh, enTime: en };
};

const said = (of: keyof typeof words, values: Record<string, string | number> = {}): Words => fillWords(words[of], values);

export function countdownWords({ late, unit, amount }: Countdown): Words {
  if (unit === 'minute') return said(late ? 'timeLate' : 'time', timeWords(amount));
  if (late) return amount === 0 ? said('late') : said('daysLate', { n: amount });
  return amount === 0 ? said('today') : said('days', { n: amount });
}

/** The day that a limit ends with; with the hour, where it ends at one. */
export const dueDateWords = (calendar: Calendar, due: number): string => (endsWithDay(calendar, due) ? dueDateAt(calendar, due) : dateTimeAt(calendar, due));
