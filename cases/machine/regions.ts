import { type AnyStateMachine, createMachine, transition } from 'xstate';
import type { CaseState, TaskState } from '../../schemas/index.ts';

/**
 * The side regions (并行区) as small statecharts of their own: one of each a case, and a task or a rater's call-back one for each of
 * them. The state keeps the name, `advance` asks the chart. They hold no data and no time.
 */
const region = (id: string, initial: string, states: Record<string, Record<string, string>>) =>
  createMachine({ id, initial, states: Object.fromEntries(Object.entries(states).map(([name, on]) => [name, { on }])) });

const reopen = { reopen: 'todo' };
export const regions = {
  task: region('task', 'todo', {
    todo: { start: 'doing', waive: 'waived', ...reopen },
    doing: { submit: 'submitted', waive: 'waived', ...reopen },
    submitted: { close: 'taskClosed', return: 'taskReturned', ...reopen },
    taskClosed: reopen,
    taskReturned: { start: 'doing', waive: 'waived', ...reopen },
    waived: {},
  }),
  extension: region('extension', 'none', {
    none: { ask: 'pending' },
    pending: { grant: 'granted', deny: 'denied', void: 'none' },
    granted: { ask: 'pending' },
    denied: { ask: 'pending' },
  }),
  suspension: region('suspension', 'none', { none: { suspend: 'running' }, running: { renew: 'renewed', resume: 'none' }, renewed: { resume: 'none' } }),
  appeal: region('appeal', 'none', { none: { file: 'filed' }, filed: { withdraw: 'none', decide: 'decided' }, decided: { file: 'filed' } }),
  callback: region('callback', 'none', {
    none: { raise: 'due' },
    due: { reach: 'done', miss: 'unreachable', raise: 'due' },
    unreachable: { reach: 'done', miss: 'unreachable', raise: 'due' },
    done: { raise: 'due' },
  }),
  spotCheck: region('spotCheck', 'none', { none: { start: 'active' }, active: { end: 'none' } }),
  ratification: region('ratification', 'none', {
    none: { owe: 'due' },
    due: { sign: 'done', return: 'returned', owe: 'due' },
    returned: { sign: 'done', owe: 'due' },
    done: { owe: 'due' },
  }),
  alert: region('alert', 'none', {
    none: { blue: 'blue', yellow: 'yellow', red: 'red' },
    blue: { yellow: 'yellow', red: 'red', clear: 'none' },
    yellow: { red: 'red', clear: 'none' },
    red: { clear: 'none' },
  }),
} as const;
export type RegionId = keyof typeof regions;

type Names = {
  task: TaskState;
  extension: CaseState['extension']['state'];
  suspension: CaseState['suspension']['state'];
  appeal: CaseState['appeal']['state'];
  callback: CaseState['raters'][number]['callback']['state'];
  spotCheck: CaseState['spotCheck']['state'];
  ratification: CaseState['ratification']['state'];
  alert: CaseState['alert']['level'];
};

/** Next state of a region; where the chart knows no such move the state stays (a colour never falls by being raised again). */
export const advance = <R extends RegionId>(id: R, from: Names[R], event: string): Names[R] => {
  const machine: AnyStateMachine = regions[id];
  const [next] = transition(machine, machine.resolveState({ value: from, context: {} }), { type: event });
  return next.value as Names[R];
};
