/** The pure core: two doors, `step` and `fold`, and what may be asked of a state. It knows no clock, no network and no engine. */
export { step, type Context, type Stepped } from './step.ts';
export { fold, type Folded } from './fold.ts';
export { blank } from './blank.ts';
export { refold, type Divergence, type Recorded } from './refold.ts';
export { noteRun, moveRaters, halt, type RatersMove } from './engine.ts';
export { allowed } from './allowed.ts';
export { viewOf, boardOf } from './view.ts';
export { publicStage } from './record.ts';
export { nextDue, marksOf, type Mark } from './marks.ts';
export { mayRead, readsCallbacks, type Matter, type Reading } from './permission.ts';
export { suggestTriage, type Suggestion } from './triage.ts';
export { currentVersion, knownVersions, machineOf } from './machine/index.ts';
export { kindOf } from './facts/case.ts';
export { compilePolicy } from './policy.ts';
export { datesUnder, type DateChange } from './adoption.ts';
export * from './calendar/index.ts';
export * from './statistics/index.ts';
