import * as z from 'zod';
import type { PlannedTasks } from '../../cases/index.ts';
import { type SourceRow, bind, openTable } from '../../import/index.ts';
import { CaseError, PlanTask, badInput, caseError, parseDate } from '../../schemas/index.ts';
import { parseJson, readText } from '../input.ts';
import { textsOf } from '../messages.ts';

/** A draft says what scheduling needs; of the rest of a plan nothing is asked here. */
const DraftTask = PlanTask.pick({ taskId: true, after: true, duration: true, due: true, fixed: true }).extend({ nodes: PlanTask.shape.nodes.unwrap().optional(), measure: PlanTask.shape.measure.optional(), target: PlanTask.shape.target.optional(), mark: PlanTask.shape.mark.optional() });
export type DraftTask = z.infer<typeof DraftTask>;
const most = 200;
const Drafts = z.object({ tasks: z.array(DraftTask).max(most) });
export type DraftPlan = PlannedTasks & { readonly tasks: readonly DraftTask[] };

/** The columns of a task list, by our names or in Chinese; those of the exported 任务清单 among them. */
const columns = {
  taskId: { headers: ['任务编号'] },
  after: { headers: ['前置任务', '紧前任务'] },
  duration: { headers: ['工期(工作日)', '工期'] },
  due: { headers: ['完成时限', '时限'] },
  fixed: { headers: ['固定节点', '固定日期'] },
  measure: { headers: ['整改措施', '措施'] },
  target: { headers: ['整改目标', '目标'] },
  mark: { headers: ['完成标志'] },
} as const;
type Key = keyof typeof columns;
type Header = Readonly<Partial<Record<Key, string>>>;

/**
 * A plan as JSON (`{"tasks":[..]}`, or the payload `{"plan":{..}}`), or its task list as CSV or XLSX.
 * @param today the year of dates that name none
 * @throws BAD-INPUT naming the field or the row
 */
export async function readDraft(path: string, today: string): Promise<DraftPlan> {
  const json = /\.json$/i.test(path);
  const given = json ? planIn(parseJson('file', await readText(path))) : { tasks: await tasksInTable(path, today) };
  const parsed = Drafts.safeParse(given);
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  if (parsed.data.tasks.length === 0) throw caseError('BAD-INPUT', { field: 'tasks', ...textsOf('planNoTasks') });
  return parsed.data;
}
const planIn = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'plan' in value ? value.plan : value);

async function tasksInTable(path: string, today: string): Promise<object[]> {
  const file = await openTable(path, { isHeader: (cells) => bind<Key>(columns, cells).header.taskId !== undefined });
  try {
    const tasks: object[] = [];
    for await (const sheet of file.sheets()) {
      const { header } = bind<Key>(columns, sheet.headers);
      if (header.taskId === undefined) continue;
      for await (const row of sheet.rows()) {
        const task = taskIn(row, header, today);
        if (task !== null) tasks.push(task);
        if (tasks.length > most) throw caseError('BAD-INPUT', { field: 'tasks', ...textsOf('planTooMany') });
      }
    }
    return tasks;
  } finally {
    await file.close();
  }
}

const badRow = (row: number, what: string): Error => caseError('BAD-INPUT', { field: `row ${row}`, ...textsOf('planBadRow', { row, what }) });

/** null for a row without a task number: totals and notes below a list. */
function taskIn(row: SourceRow, header: Header, today: string): object | null {
  if (row.broken !== undefined) throw badRow(row.row, row.broken);
  const cell = (key: Key): string | undefined => row.cells[header[key] ?? '']?.trim() || undefined;
  for (const key of Object.keys(header) as Key[]) if (row.faults[header[key] ?? ''] !== undefined) throw badRow(row.row, `${header[key]}: ${row.faults[header[key] ?? '']}`);
  if (cell('taskId') === undefined) return null;
  const date = (key: Key): string | undefined => {
    const text = cell(key);
    if (text === undefined) return undefined;
    const read = parseDate(text, { reference: today });
    if (read.kind !== 'date' && read.kind !== 'instant') throw badRow(row.row, `${header[key]}: ${text}`);
    return read.date;
  };
  const days = cell('duration');
  if (days !== undefined && !/^\d{1,3}$/.test(days)) throw badRow(row.row, `${header.duration}: ${days}`);
  const after = (cell('after') ?? '').split(/[,,、;;\s]+/).filter((id) => id !== '' && !/^[-—无/]+$/.test(id));
  const all = { taskId: cell('taskId'), after, duration: days === undefined ? undefined : Number(days), due: date('due'), fixed: date('fixed'), measure: cell('measure'), target: cell('target'), mark: cell('mark') };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
