/** Tasks, rework and rounds as the entries tell of them: rows 16a, 18 to 21a, 28c to 37, 44. */
import type { Plan, Rework } from '../../schemas/index.ts';
import type { Life, Task } from './life.ts';

type Words = { measure: string; target: string; mark: string };
const words = (t: Words): string => JSON.stringify([t.measure, t.target, t.mark]);
export const newTask = (id: string, since: number, due: string, of: Words): Task => ({ id, state: 'todo', since, due, set: since, text: words(of), rework: false, returnedAt: null });

/** The next number that no task has. */
export const nextId = (life: Life): string => {
  let n = life.counter + 1;
  while (life.tasks.some((t) => t.id === `T${n}`)) n += 1;
  return `T${n}`;
};

/** A task of the plan keeps what was done for it, unless it is done already and now says something else. */
const planned = (life: Life, p: Plan['tasks'][number], at: number): Task => {
  const answers = p.rework ?? p.taskId;
  const found = life.tasks.find((t) => t.id === answers && (t.id === p.taskId || t.rework));
  const done = found !== undefined && ['submitted', 'closed', 'waived'].includes(found.state);
  const same = found !== undefined && found.id === p.taskId && found.text === words(p);
  const fresh = newTask(p.taskId, at, p.due ?? '', p);
  if (found && (!done || same)) return { ...found, id: p.taskId, due: p.due ?? '', set: at, text: words(p) };
  return found?.rework ? { ...fresh, rework: true, returnedAt: found.returnedAt } : fresh;
};
export const setPlan = (life: Life, plan: Plan | null, at: number): void => {
  if (plan === null) return;
  const kept = life.tasks.filter((t) => t.rework && !plan.tasks.some((p) => (p.rework ?? p.taskId) === t.id));
  life.tasks = [...kept, ...plan.tasks.map((p) => planned(life, p, at))];
  life.nodes = plan.tasks.flatMap((t) => t.nodes.map((n, i) => ({ task: t.taskId, number: i + 1, what: n.what, due: n.due, set: at })));
  life.counter += plan.tasks.length;
  life.draft = null;
};

/** 返工: tasks reopened or added, dated by the return. */
export const sendBack = (life: Life, rework: readonly Rework[], at: number, visit: boolean): void => {
  const { due, firstDue, overdue, base, cap } = life;
  life.lastReturn = { visit, at, application: life.application, tasks: visit ? life.tasks : [], dates: { due, firstDue, overdue, base, cap } };
  for (const r of rework) {
    const known = life.tasks.find((t) => t.id === r.taskId);
    const id = known?.id ?? nextId(life);
    const task = known ?? newTask(id, at, r.due, { measure: r.content, target: r.content, mark: r.mark });
    // The completion mark is the return's from now on; what the task is about stays.
    const [measure = '', target = ''] = JSON.parse(task.text) as string[];
    const again: Task = { ...task, state: task.state === 'waived' ? 'waived' : 'todo', since: at, due: r.due, set: at, text: words({ measure, target, mark: r.mark }), rework: true, returnedAt: at };
    life.tasks = known ? life.tasks.map((t) => (t === known ? again : t)) : [...life.tasks, again];
    if (!known) life.counter += 1;
  }
};

const noCalls = (life: Life): void => {
  for (const r of life.raters) r.calling = null;
};
export const nextRound = (life: Life): void => {
  life.round += 1;
  life.application = null;
  life.window = null;
  life.objections = [];
  noCalls(life);
};

/** Nothing of what moved the dates of a round counts in the next. */
export const noMoves = () => ({ limitDays: null, cap: null, granted: null, pauses: [], begun: null, base: null, reported: 0, shown: new Set<string>(), given: new Map(), turns: 0, beneath: null, revisit: false }) satisfies Partial<Life>;

/** 重开: nothing of the old round counts. */
export const startAfresh = (life: Life): void => {
  nextRound(life);
  Object.assign(life, {
    grade: null, tasks: [], draft: null, fails: 0, lastReturn: null, lead: null, head: null, coops: [], interim: false, nodes: [], planReturns: 0, overdue: null, ...noMoves(),
    assigned: null, ordered: null, due: null, firstDue: null, closedAt: null, settledAt: null, lookbacks: [],
    extension: { count: 0, pending: false, due: null, asked: 0, since: 0 }, verify: { ...life.verify, later: life.takenOver && !life.verify.done },
  } satisfies Partial<Life>);
  for (const r of life.raters) r.contacted = false;
};

/** 虚假整改: whatever was begun is rework too; from a look-back the case starts afresh. */
export const foundSham = (life: Life, rework: readonly Rework[], at: number): void => {
  if (life.stage === 'lookback') return startAfresh(life);
  const named = rework.map((r) => r.taskId);
  const touched = life.tasks.filter((t) => t.state !== 'waived' && t.state !== 'todo' && !named.includes(t.id));
  const rest = touched.map((t): Rework => ({ taskId: t.id, content: '', owner: '', due: t.due, mark: (JSON.parse(t.text) as string[])[2] ?? '' }));
  sendBack(life, [...rework, ...rest], at, true);
  nextRound(life);
};
