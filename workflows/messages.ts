import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { RatersMove } from '../cases/index.ts';
import type { Actor, Adoption, Allowed, Answer, Batch, CaseState, EdgeFacts, Effect, Envelope, Pack, View } from '../schemas/index.ts';

/** All that a client needs to talk to a case: ids, how to start one, one Update, queries, signals. */

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

/** In the message of a query that failed because the task which brings what happened last has not begun: ask again. */
export const taskNotBegun = 'TASK-NOT-BEGUN';

export const commandUpdate = defineUpdate<Answer, [Envelope]>('command');
/** 启用日历版本, 改用限时方案: the pack travels whole, because a workflow looks nothing up. What it is, its content says. */
export const adoptUpdate = defineUpdate<Answer, [Adoption, Pack]>('adopt');
/** Queries take `now`: a query's own clock is that of the last activation. Time is applied to a copy. */
export const viewQuery = defineQuery<View, [{ reader: Actor; now: number }]>('view');
export const allowedQuery = defineQuery<Allowed[], [{ actor: Actor; now: number; facts?: EdgeFacts }]>('allowed');
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
