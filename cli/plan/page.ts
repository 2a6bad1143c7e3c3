import { type Cited, type PlanFault, type Schedule, chainWords, citeWords, scheduleWords } from '../../cases/index.ts';
import type { CasePlan } from '../../client/index.ts';
import { type Calendar, taskStateWords, wordIn } from '../../schemas/index.ts';
import { both, label, say } from '../messages.ts';
import type { Ink } from '../output.ts';
import { dateTime } from '../page.ts';
import { table } from '../table.ts';
import { type Bar, barsOf, gantt, todayBar } from './gantt.ts';

/** What a draft comes to: the schedule, and why it would be refused. */
export type Checked = {
  readonly deadline: string | null;
  /** Where the deadline comes from; nothing for one that was only asked about. */
  readonly cite: readonly Cited[];
  readonly schedule: Schedule;
  readonly faults: readonly PlanFault[];
  readonly measured: boolean;
  readonly calendar: Calendar;
};
const mostFaults = 20;
const faultLines = (faults: readonly PlanFault[], ink: Ink): string[] => [
  ...faults.slice(0, mostFaults).map((f) => ink('red', both(scheduleWords(f)))),
  ...(faults.length > mostFaults ? [say('moreFaults', { n: faults.length - mostFaults })] : []),
];

type Names = ReadonlyMap<string, string | undefined>;
const nameIn = (names: Names) => (taskId: string): string => [taskId, names.get(taskId)].filter(Boolean).join(' ');

const rowsOf = (schedule: Exclude<Schedule, { kind: 'broken' }>, names: Names, ink: Ink): string => {
  const rows = schedule.tasks.map((t) => {
    const word = t.critical ? ink('red', both({ zh: '是', en: 'yes' })) : '';
    return [nameIn(names)(t.taskId), String(t.duration), t.latestStart, t.latestFinish, String(t.slack), word];
  });
  return table([label('task'), label('duration'), label('latestStart'), label('latestFinish'), label('slack'), label('critical')], rows);
};

/** 期限 and its source, on a line of its own. */
const deadlineLines = ({ deadline, cite }: Pick<Checked, 'deadline' | 'cite'>): string[] =>
  deadline === null || cite.length === 0 ? [] : [say('planDeadlineBy', { deadline, cite: citeWords(cite) })];

/** First what it comes to, then each task, then the chart. */
export function checkPage(checked: Checked, names: Names, ink: Ink): string {
  const { deadline, schedule, faults, measured, calendar } = checked;
  const wrong = faultLines(faults, ink);
  if (schedule.kind === 'broken') return wrong.join('\n');
  if (!measured) return [say('planDatesOnly'), ...deadlineLines(checked), ...wrong].join('\n');
  const begin = schedule.tasks.map((t) => t.latestStart).sort()[0] ?? '';
  const stands = schedule.kind === 'feasible' && faults.length === 0 && deadline !== null ? [say('planStands', { lastDay: schedule.lastDay ?? '', deadline, begin, margin: schedule.margin })] : [];
  const head = [...wrong, ...stands, ...deadlineLines(checked), ...(deadline === null ? [say('planNoDeadline')] : []), say('criticalChain', { chain: schedule.chains.map(chainWords).join('; ') }), ...(schedule.provisional ? [say('planProvisional')] : [])];
  return [head.join('\n'), rowsOf(schedule, names, ink), gantt([todayBar(schedule.today), ...barsOf(schedule, nameIn(names))], { calendar, ink })].join('\n\n');
}

/** The tasks of a case, done ones too, and every plan that was in force. A plan of dates alone is drawn by its dates. */
export function ganttPage(plan: CasePlan, ink: Ink): string {
  const { schedule, calendar, measured, today } = plan;
  const names: Names = new Map(plan.tasks.map((t) => [t.taskId, `${t.measure} (${wordIn(taskStateWords, t.state)})`]));
  const scheduled = schedule.kind !== 'broken' && measured ? barsOf(schedule, nameIn(names)) : [];
  const drawn = schedule.kind !== 'broken' && measured ? new Set(schedule.tasks.map((t) => t.taskId)) : new Set<string>();
  const isDone = (state: string): boolean => ['submitted', 'taskClosed', 'waived'].includes(state);
  const byDate = plan.tasks.filter((t) => !drawn.has(t.taskId)).map((t): Bar => ({ name: nameIn(names)(t.taskId), from: t.due, to: t.due, sign: isDone(t.state) ? 'v' : '*', ...(isDone(t.state) || t.due < today ? {} : { slackFrom: today }) }));
  const head = [...deadlineLines(plan), ...faultLines(plan.faults, ink), ...(measured ? [] : [say('planDatesOnly')])];
  const versions = plan.versions.map((v) => say('planVersion', { version: v.version, at: dateTime(v.at, calendar), by: v.by, reason: v.reason === null ? '' : `: ${v.reason}` }));
  return [head.join('\n'), gantt([...(plan.tasks.length === 0 ? [] : [todayBar(today)]), ...byDate, ...scheduled], { calendar, ink }), versions.join('\n')].filter((part) => part !== '').join('\n\n');
}
