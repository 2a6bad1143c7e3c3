import type { ScheduleFault } from './guard.ts';

type Words = { zh: string; en: string };
const most = 10;
const chained = (ids: readonly string[]): string => ids.slice(0, most).join(' → ') + (ids.length > most ? ' …' : '');
const days = (n: number): string => `${n} working day${n === 1 ? '' : 's'}`;

/** A fault in both languages, with the working days that are missing and the tasks that cause it. */
export const scheduleWords = (fault: ScheduleFault): Words => {
  switch (fault.kind) {
    case 'unknownPredecessor':
      return { zh: `任务 ${fault.taskId} 的前置任务 ${fault.after} 不在清单中`, en: `task ${fault.taskId} waits for ${fault.after}, which is not in the list` };
    case 'duplicate':
      return { zh: `任务编号 ${fault.taskId} 重复`, en: `task number ${fault.taskId} stands twice` };
    case 'circle':
      return { zh: `前置任务互相等待: ${chained(fault.tasks)}`, en: `tasks wait for each other: ${chained(fault.tasks)}` };
    case 'short': {
      const by = fault.lastDay === null ? { zh: '', en: '' } : { zh: ` (任务最迟 ${fault.lastDay} 做完)`, en: ` (the tasks must end by ${fault.lastDay})` };
      return { zh: `工期不足 ${fault.shortage} 个工作日: ${chained(fault.tasks)}${by.zh}`, en: `${days(fault.shortage)} short: ${chained(fault.tasks)}${by.en}` };
    }
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
export const allScheduleWords = (faults: readonly ScheduleFault[]): Words => {
  const words = faults.slice(0, most).map(scheduleWords);
  return { zh: words.map((w) => w.zh).join('; '), en: words.map((w) => w.en).join('; ') };
};
