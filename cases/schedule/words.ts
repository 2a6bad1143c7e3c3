import type { Words } from '../../schemas/index.ts';
import type { PlanFault } from './guard.ts';
import type { Shortage } from './short.ts';

const most = 10;
const chained = (ids: readonly string[]): string => ids.slice(0, most).join(' → ') + (ids.length > most ? ' …' : '');
const days = (n: number): string => `${n} working day${n === 1 ? '' : 's'}`;

/** One chain of tasks; those of one step stand side by side. */
export const chainWords = (steps: Shortage['steps']): string => chained(steps.map((ids) => ids.slice(0, most).join('、')));
const boundWords = ({ bounds, lastDay }: Shortage): Words => {
  const all = [
    ...bounds.slice(0, most).map(({ taskId, by, date }) => (by === 'fixed' ? { zh: `${taskId} 固定于 ${date}`, en: `${taskId} is fixed on ${date}` } : { zh: `${taskId} 时限 ${date}`, en: `${taskId} is due ${date}` })),
    ...(lastDay === null ? [] : [{ zh: `任务最迟 ${lastDay} 做完`, en: `the tasks must end by ${lastDay}` }]),
  ];
  return all.length === 0 ? { zh: '', en: '' } : { zh: ` (${all.map((w) => w.zh).join(', ')})`, en: ` (${all.map((w) => w.en).join(', ')})` };
};

/** A fault in both languages, with the working days that are missing and the tasks that cause it. */
export const scheduleWords = (fault: PlanFault): Words => {
  switch (fault.kind) {
    case 'unknownPredecessor':
      return { zh: `任务 ${fault.taskId} 的前置任务 ${fault.after} 不在清单中`, en: `task ${fault.taskId} waits for ${fault.after}, which is not in the list` };
    case 'duplicate':
      return { zh: `任务编号 ${fault.taskId} 重复`, en: `task number ${fault.taskId} stands twice` };
    case 'circle':
      return { zh: `前置任务互相等待: ${chained(fault.tasks)}`, en: `tasks wait for each other: ${chained(fault.tasks)}` };
    case 'short': {
      const by = boundWords(fault);
      return { zh: `工期不足 ${fault.shortage} 个工作日: ${chainWords(fault.steps)}${by.zh}`, en: `${days(fault.shortage)} short: ${chainWords(fault.steps)}${by.en}` };
    }
    case 'past':
      return { zh: `任务 ${fault.taskId} 的完成时限 ${fault.due} 已过`, en: `task ${fault.taskId} is due ${fault.due}, which is past` };
    case 'afterLastDay':
      return { zh: `任务 ${fault.taskId} 的完成时限 ${fault.due} 晚于任务最迟做完的 ${fault.lastDay}`, en: `task ${fault.taskId} is due ${fault.due}, after ${fault.lastDay}, by which the tasks must end` };
    case 'inCircle':
      return { zh: `任务 ${fault.taskId} 的前置任务互相等待`, en: `task ${fault.taskId} waits in a circle` };
    case 'nodeAfterDue':
      return { zh: `任务 ${fault.taskId} 有节点晚于其完成时限`, en: `task ${fault.taskId} has a node after its own due date` };
    case 'dueBefore':
      return { zh: `任务 ${fault.taskId} 的完成时限早于前置任务 ${fault.before} 的时限`, en: `task ${fault.taskId} is due before ${fault.before}, for which it waits` };
    case 'dueTooLate':
      return {
        zh: `任务 ${fault.taskId} 的完成时限超出 ${fault.lastDay} 共 ${fault.shortage} 个工作日 (须留出自查、暗访复查和销号审核)`,
        en: `task ${fault.taskId} is due ${days(fault.shortage)} after ${fault.lastDay}, leaving too little for self-check, reinspection and review`,
      };
    case 'dueTooSoon':
      return {
        zh: `任务 ${fault.taskId} 的完成时限距前置任务 ${fault.before} 的时限不足其工期, 差 ${fault.shortage} 个工作日`,
        en: `task ${fault.taskId} is due too soon after ${fault.before}: ${days(fault.shortage)} short`,
      };
  }
};

/** All of them on one line in each language; empty words for none. */
export const allScheduleWords = (faults: readonly PlanFault[]): Words => {
  const words = faults.slice(0, most).map(scheduleWords);
  return { zh: words.map((w) => w.zh).join('; '), en: words.map((w) => w.en).join('; ') };
};
