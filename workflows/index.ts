/** What a worker runs. Clients need `messages.ts` alone. */
export { caseWorkflow } from './case.ts';
export { dispatchWorkflow } from './dispatch.ts';
