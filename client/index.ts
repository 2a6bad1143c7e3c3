export type * from './client.ts';
export { connect, createClient, defaultTaskQueue, type Connecting, type Parts } from './connect.ts';
export { caseSearchAttributes } from '../workflows/messages.ts';
export { checkFolder, clearRunning, prepareFolder, readRunning, writeRunning, Running } from './running.ts';
export { everyProblem } from './pages.ts';
export { rebuildProjections, type CaseFault, type Difference, type RebuildReport } from './rebuild.ts';
export type { Statistics } from './statistics.ts';
export { openDuties, type DutyKind, type OpenDuty } from './handover.ts';
export { publicView, type Monthly, type PublicNotice, type PublicView } from './publish.ts';
