import { countdownOf } from '../../cases/index.ts';
import { type Calendar, type Words, fillWords, roles } from '../../schemas/index.ts';
import { deadlineName } from '../../schemas/deadline-words.ts';
import { countdownWords, dueDateWords } from '../countdown.ts';

/** The words of notices: Chinese first, English beside it. They name case, unit, role and limit, and no person. */
export const markWords = {
  remind: { zh: '提醒', en: 'reminder' },
  nearDue: { zh: '临期', en: 'due soon' },
  fallBehind: { zh: '滞后', en: 'behind' },
  fallOverdue: { zh: '逾期', en: 'overdue' },
} as const;

const sentences = {
  ahead: { zh: '{date} 到期, {left}', en: 'due {date}, {left}' },
  late: { zh: '{date} 已到期, {left}', en: 'was due {date}, {left}' },
  provisional: { zh: '; 暂定: 该年日历未公布', en: '; provisional: the calendar of that year is not published' },
  cited: { zh: '; 依据 {cited}', en: '; by {cited}' },
  mark: { zh: '【{what}】{of}: {limit} {due}', en: '[{what}] {of}: {limit} {due}' },
  act: { zh: '【{what}】{of}', en: '[{what}] {of}' },
  total: { zh: ': 整改总期限由 {before} 改为 {after}', en: ': the total limit moves from {before} to {after}' },
  rater: { zh: '【{what}】{of}: 请告知评价人', en: '[{what}] {of}: the rater is to be told' },
  gap: { zh: '【责任链空缺】{of}: {places}; 通知已送上一级, 请补齐人员目录', en: '[gap in the report line] {of}: {places}; the next level up was told; the directory needs somebody there' },
  superior: { zh: ' (送其上级)', en: ' (to the superior)' },
  digest: { zh: '{day} 通知汇总: {cases} 件案件, {sums}', en: 'notices of {day}: {cases} cases, {sums}' },
  acts: { zh: '办理', en: 'acts' },
  gaps: { zh: '责任链空缺', en: 'gaps in the report line' },
  vacant: { zh: '{role}无人担任', en: '{role}: nobody' },
  recused: { zh: '{role}均须回避', en: '{role}: all in conflict' },
} as const;

export const sentence = (of: keyof typeof sentences, values: Readonly<Record<string, string | Words>> = {}): Words => fillWords(sentences[of], values);

/** `回复督办 A1`, `本环节 (核验中)`; a rater is not named, not even by reference. @param stage the public one, which anybody may know */
export function limitWords(id: string, stage?: unknown): Words {
  const kind = id.split(':')[0] ?? '';
  const note = kind === 'stage' && typeof stage === 'string' && stage !== '' ? ` (${stage})` : '';
  const { zh, en } = deadlineName(kind === 'callback' ? kind : id);
  return { zh: zh + note, en: en + note };
}

/** `2026-03-09 到期, 还剩2个工作日`, counted as the board counts it. */
export function dueWords(calendar: Calendar, { due, provisional }: { due: number; provisional: boolean }, now: number): Words {
  const said = sentence(now >= due ? 'late' : 'ahead', { date: dueDateWords(calendar, due), left: countdownWords(countdownOf(calendar, due, now)) });
  const note = provisional ? sentence('provisional') : { zh: '', en: '' };
  return { zh: said.zh + note.zh, en: said.en + note.en };
}

/** `教育局 责任领导(分管)无人担任`. */
export const gapWords = (role: string, unit: string | null, why: 'vacant' | 'recused'): Words => {
  const of: Words = Object.hasOwn(roles, role) ? roles[role as keyof typeof roles] : { zh: role, en: role };
  return sentence(why, { role: { zh: unit === null ? of.zh : `${unit} ${of.zh}`, en: unit === null ? role : `${role} of ${unit}` } });
};
