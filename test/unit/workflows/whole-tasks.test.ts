import type { ActivateInput } from '@temporalio/workflow';
import { expect, it } from 'vitest';
import { wholeTasks } from '../../../workflows/whole-tasks.ts';

type Job = 'fireTimer' | 'doUpdate' | 'queryWorkflow';
const activation = (seconds: number, historyLength: number, ...jobs: Job[]): ActivateInput =>
  ({
    activation: { timestamp: { seconds, nanos: 5 }, historySizeBytes: seconds, historyLength, jobs: jobs.map((job) => ({ [job]: {} })) },
    batchIndex: 0,
  }) as unknown as ActivateInput;

function handled(...inputs: ActivateInput[]): number[] {
  const activate = wholeTasks(() => false);
  const seen: number[] = [];
  for (const input of inputs) activate(input, ({ activation: { historyLength } }) => seen.push(historyLength ?? 0));
  return seen;
}

it('what comes task by task is handled, a second look at the same task too', () => {
  expect(handled(activation(1, 3, 'doUpdate'), activation(2, 9, 'fireTimer'), activation(2, 9, 'doUpdate'))).toEqual([3, 9, 9]);
});

it('events that come before their task are refused, by a word that the client knows', () => {
  expect(() => handled(activation(1, 3, 'doUpdate'), activation(1, 8, 'fireTimer'))).toThrow('TASK-NOT-BEGUN: event 8');
});

it('a query is answered whenever it comes', () => {
  expect(handled(activation(1, 3, 'doUpdate'), activation(1, 8, 'queryWorkflow'), activation(2, 9, 'fireTimer'))).toEqual([3, 8, 9]);
});

it('where a recorded history ends between two tasks, its last events wait', () => {
  const activate = wholeTasks(() => true);
  const jobs: number[] = [];
  for (const input of [activation(1, 3, 'doUpdate'), activation(1, 8, 'fireTimer')]) activate(input, ({ activation }) => jobs.push(activation.jobs?.length ?? 0));
  expect(jobs).toEqual([1, 0]);
});
