import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { RatersMove } from '../cases/index.ts';
import type { Actor, Adoption, Allowed, Answer, Batch, CaseState, EdgeFacts, Effect, Envelope, Pack, View } from '../schemas/index.ts';

/** All that a client needs to talk to a case: ids, how to start one, Updates, a query, signals. */

export const caseWorkflowType = 'caseWorkflow';
export const caseWorkflowId = (caseNo: string): string => `case/${caseNo}`;
/** With the command id alone the server would answer a reused id with another body from its own memory, without asking us. */
export const commandUpdateId = (commandId: string, fingerprint: string): string => `${commandId}:${fingerprint}`;

/** What a run starts with: the pack that the case has by then; `carried` is what crosses a continue-as-new. */
export type CaseInput = {
  caseNo: string;
  machine: string;
  pack: Pack;
  carried?: { state: CaseState; outbox: Batch[]; previousRun: string /** Earlier runs whose history is not kept yet. */; unkept: string[] };
};

/** How a run of a case ends when no other follows it: its last right to come back lapsed, or nothing was ever captured. */
export type CaseOutcome = { caseNo: string; ended: 'retired' | 'uncaptured' };

/** Search attributes that a namespace must know before a case starts there, with Temporal's names of their types. */
export const caseSearchAttributes = { CaseStage: 'Keyword', CaseColour: 'Keyword', CaseUnit: 'Keyword', CaseNextDue: 'Datetime' } as const;
export type CaseSearchAttribute = keyof typeof caseSearchAttributes;

/**
 * How a case is started, for update-with-start. The short task time-out is what lets another worker take over within seconds; a number
 * that was used never starts again, as far as the retention reaches (the ledger's reservation reaches further).
 */
export const caseStartOptions = (input: CaseInput, taskQueue: string) =>
  ({
    workflowId: caseWorkflowId(input.caseNo),
    taskQueue,
    args: [input] as [CaseInput],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowTaskTimeout: '3s',
  }) as const;

/** In the message of a query that failed because what it saw may not have happened yet (workflows/whole-tasks.ts): ask again. */
export const taskNotBegun = 'TASK-NOT-BEGUN';

export const commandUpdate = defineUpdate<Answer, [Envelope]>('command');
/** 启用日历版本, 改用限时方案: the pack travels whole, because a workflow looks nothing up. What it is, its content says. */
export const adoptUpdate = defineUpdate<Answer, [Adoption, Pack]>('adopt');
/** What is looked at, at an instant `now` (ms): what this reader may see, what this person may do, or the whole state. */
export type Look =
  | { of: 'view'; reader: Actor; now: number }
  | { of: 'allowed'; actor: Actor; now: number; facts?: EdgeFacts }
  | { of: 'state'; now: number };
export type Sight = { view: View; allowed: Allowed[]; state: CaseState };
/**
 * 查看: an Update that is always refused, by a failure of the type `seenType` whose only detail is what was seen. A refused Update leaves
 * nothing in the history, as a query does; unlike a query it comes with a workflow task, so that it cannot move a case out of its
 * order (docs/design/workflow.md).
 */
export const lookUpdate = defineUpdate<never, [Look]>('look');
export const seenType = 'SEEN';
/** For a case that has ended, where nothing can be moved any more. `now`: a query's own clock is that of the last activation. */
export const stateQuery = defineQuery<CaseState, [{ now: number }]>('state');
/** Asks for a new run at the next activation that handles no Update. */
export const renewSignal = defineSignal('renew');
/** 并单: raters of another case join this one or go back (rows 1, 1a): an effect of that case, counted once by its key. */
export const ratersSignal = defineSignal<[RatersMove]>('raters');

/** One dispatcher for each kind of effect (事项) of a deployment, which is what serves one task queue. */
export type EffectKind = Effect['kind'];
export const dispatchWorkflowType = 'dispatchWorkflow';
export const dispatchWorkflowId = (kind: EffectKind, taskQueue: string): string => `dispatch/${kind}/${taskQueue}`;
/** Something may be waiting: sent by the appender; a sweep finds what it missed. */
export const wakeSignal = defineSignal('wake');
