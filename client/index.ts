export type * from './client.ts';
export { connect, createClient, defaultTaskQueue, type Connecting, type Parts } from './connect.ts';
export { caseSearchAttributes } from '../workflows/messages.ts';
export { checkFolder, clearRunning, prepareFolder, readRunning, writeRunning, Running } from './running.ts';
