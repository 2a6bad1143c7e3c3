import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Actor, Allowed, Answer, CaseState, EdgeFacts, Envelope, Pack, View } from '../schemas/index.ts';

/** All that a client needs to talk to a case: ids, one Update, queries, one signal. */

export const caseWorkflowType = 'caseWorkflow';
export const caseWorkflowId = (caseNo: string): string => `case/${caseNo}`;
/** With the command id alone the server would answer a reused id with another body from its own memory, without asking us. */
export const commandUpdateId = (commandId: string, fingerprint: string): string => `${commandId}:${fingerprint}`;

/** What a case starts with; `carried` is the state that crosses a continue-as-new. */
export type CaseInput = {
  caseNo: string;
  machine: string;
  pack: Pack;
  carried?: { state: CaseState; outbox: unknown; previousRun: string };
};

export const commandUpdate = defineUpdate<Answer, [Envelope]>('command');
/** Queries take `now`: a query's own clock is that of the last activation. Time is applied to a copy. */
export const viewQuery = defineQuery<View, [{ reader: Actor; now: number }]>('view');
export const allowedQuery = defineQuery<Allowed[], [{ actor: Actor; now: number; facts?: EdgeFacts }]>('allowed');
export const stateQuery = defineQuery<CaseState, [{ now: number }]>('state');
/** Asks for a new run at the next activation that handles no Update. */
export const renewSignal = defineSignal('renew');
