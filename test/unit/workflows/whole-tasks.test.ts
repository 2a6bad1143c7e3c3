import type { ActivateInput } from '@temporalio/workflow';
import { expect, it } from 'vitest';
import { wholeTasks } from '../../../workflows/whole-tasks.ts';

const activation = (historyLength: number, isReplaying: boolean, job: object): ActivateInput =>
  ({ activation: { historyLength, isReplaying, jobs: [job] }, batchIndex: 0 }) as unknown as ActivateInput;
const replayed = (length: number) => activation(length, true, { fireTimer: {} });
const fresh = (length: number) => activation(length, false, { doUpdate: {} });
const query = (length: number, queryId = 'legacy_query') => activation(length, true, { queryWorkflow: { queryId } });

function handled(...inputs: ActivateInput[]): number[] {
  const activate = wholeTasks();
  const seen: number[] = [];
  for (const input of inputs) activate(input, ({ activation: { historyLength } }) => seen.push(historyLength ?? 0));
  return seen;
}

it('what comes with its task is handled, queries that came with it too', () => {
  expect(handled(replayed(3), fresh(9), query(9, '9930eb55'), fresh(14))).toEqual([3, 9, 9, 14]);
});

it('a query that came alone is answered from what was replayed, again and again', () => {
  expect(handled(replayed(3), replayed(9), query(9), query(9))).toEqual([3, 9, 9, 9]);
});

it('a query that came alone fails after what may have come with it, by a word that is known', () => {
  expect(() => handled(replayed(3), fresh(9), query(9))).toThrow('TASK-NOT-BEGUN: event 9');
});
