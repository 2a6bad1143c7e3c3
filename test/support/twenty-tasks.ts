/** A case with twenty tasks, as large as one is expected to be: what crosses into every run of it. */
import { randomUUID } from 'node:crypto';
import { currentVersion } from '../../cases/index.ts';
import type { CaseState, Plan } from '../../schemas/index.ts';
import { planOf } from './payloads.ts';
import { go, lead, sup, both, toAssigned, uc, uh, hub, uo } from './scenarios/build.ts';
import { World, pack } from './world.ts';

export const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const taskIds = Array.from({ length: 20 }, (_, n) => `N${n + 1}`);

function planOfTwenty(w: World): Plan {
  const plan = planOf(w);
  const [first] = plan.tasks;
  if (first === undefined) throw new Error('the plan has no task');
  return { ...plan, tasks: taskIds.map((taskId) => ({ ...first, taskId, measure: '修订办事指南并向窗口人员逐项说明, 一次告知', target: '不再跑第二趟' })) };
}

/** 二十项任务: each begun and shown by its owner; and, where wished, closed by two people. */
export function twentyTasks(closed: boolean): CaseState {
  const w = new World();
  // Ids as long as those that clients make.
  const envelope = w.envelope.bind(w);
  w.envelope = (type, by, payload, more) => envelope(type, by, payload, { commandId: `c-${randomUUID()}`, ...more });
  toAssigned(w, 'yellow', 'list');
  go(w, 'signFor', uc);
  go(w, 'submitPlan', uh, { plan: planOfTwenty(w) });
  both(w, 'approvePlan', [hub]);
  for (const taskId of taskIds) {
    go(w, 'startTask', uo, { taskId });
    go(w, 'submitTaskProof', uo, { taskId });
    if (closed) both(w, 'closeTask', [lead, sup], { taskId });
  }
  return w.state;
}

/** What a run starts with. */
export const inputOf = (state: CaseState) => ({ caseNo: state.caseNo, machine: currentVersion, pack, carried: { state, outbox: [], previousRun: 'x'.repeat(36), unkept: [] } });

