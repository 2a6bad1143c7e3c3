import { dateAt, dueDateAt } from '../cases/index.ts';
import { type Board, actWords, colourWords, stages, visitWords, wordIn } from '../schemas/index.ts';
import type { Names } from './column.ts';

/** How the facts of a case stand in a cell. */

export const dayOf = (at: number | null, { calendar }: Names): string | null => (at === null ? null : dateAt(calendar, at));
export const dueDayOf = (due: number | null, { calendar }: Names): string | null => (due === null ? null : dueDateAt(calendar, due));

export const unitName = (id: string | null | undefined, { directory }: Names): string | null => (id ? (directory?.units.find((u) => u.id === id)?.name ?? id) : null);
export const unitNames = (ids: readonly string[], names: Names): string => ids.map((id) => unitName(id, names)).join('、');

/** Office holders are named as the lists of duties name them; of two with one name the id says which. */
export function personName(id: string | null | undefined, { directory }: Names): string | null {
  if (!id) return null;
  const name = directory?.people.find((p) => p.id === id)?.name;
  if (name === undefined) return id;
  return directory?.people.some((p) => p.name === name && p.id !== id) ? `${name} (${id})` : name;
}

/** Duties that a board of an earlier version does not name. */
export const holderOf = (board: Board, duty: 'dutyLeader' | 'liaison' | 'caseLeader'): string | null => {
  const id: unknown = (board as Readonly<Record<string, unknown>>)[duty];
  return typeof id === 'string' ? id : null;
};

/** One text of many, numbered when there are several. */
export const listed = (texts: readonly (string | undefined)[]): string | null => {
  const given = texts.filter((t): t is string => t !== undefined && t !== '');
  if (given.length <= 1) return given[0] ?? null;
  return given.map((t, i) => `${i + 1}. ${t}`).join('\n');
};

/** 环节 as the reader knows it. */
export const stageWord = ({ stage }: Board): string => (Object.hasOwn(stages, stage) ? stages[stage as keyof typeof stages].zh : stage);

/** 完成率: closed tasks among those not waived; null where there are none. */
export function shareDone({ tasks }: Board): number | null {
  const owed = tasks.filter((t) => t.state !== 'waived');
  return owed.length === 0 ? null : owed.filter((t) => t.state === 'taskClosed').length / owed.length;
}

export function supervision({ alert, acts = [] }: Board): string | null {
  const alerts = alert === 'none' ? [] : [`${wordIn(colourWords, alert)}预警`];
  return [...alerts, ...acts.map((a) => `${wordIn(actWords, a.code)}(${a.answered ? '已回复' : '待回复'})`)].join('；') || null;
}

export const checkWay = ({ check }: Board): string | null => {
  if (!check) return null;
  return check.by === 'callback' ? '回访核销' : check.mode === null ? '暗访' : `${wordIn(visitWords, check.mode)}暗访`;
};
export const checkResult = ({ check, fails = 0 }: Board): string | null => {
  if (check) return check.by === 'callback' ? '已解决' : '合格';
  return fails > 0 ? `不合格 ${fails} 次` : null;
};
export const lookbackResult = ({ lookbacks }: Board): string | null => (lookbacks && lookbacks.planned > 0 ? `${lookbacks.done}/${lookbacks.planned} 次未反弹` : null);

export function remarks(b: Board): string | null {
  const notes = [b.round > 1 ? `第${b.round}轮整改` : '', b.dueProvisional ? '期限暂定(该年日历未公布)' : '', b.ordinary ? '一般件' : ''];
  return notes.filter((n) => n !== '').join('；') || null;
}
