/** What every run of a case starts with: sent, stored and parsed again each time. */
import { bytes, inputOf, twentyTasks } from '../test/support/twenty-tasks.ts';
import type { Row } from './row.ts';

const aim = { atMost: 32 };
export async function startArguments(): Promise<Row[]> {
  const [underWay, closed] = [false, true].map((all) => bytes(inputOf(twentyTasks(all))) / 1024);
  return [
    { zh: '20 项任务的案件, 进行中', question: 'start arguments and state of a case with 20 tasks, all shown', measured: underWay ?? 0, unit: 'KB', aim },
    { zh: '20 项任务的案件, 全部销号', question: 'the same, all closed', measured: closed ?? 0, unit: 'KB', aim },
  ];
}
