/** 倒排工期: pure, the calendar an argument. */
export { backwardSchedule, type Schedule, type ScheduleInput, type TaskTimes } from './backward.ts';
export { closingStages, defaultReserve, measureOf, reserveOf, reserveDays, type ClosingStage, type Measure, type Reserve, type StageTimes } from './reserve.ts';
export { faultsIn, faultsOfPlan, scheduleFaults, scheduleOf, type PlanFault, type ScheduleFault } from './guard.ts';
export { isMeasured, type PlannedTask, type PlannedTasks, type Scheduled } from './planned.ts';
export type { Bound, Shortage } from './short.ts';
export { planHistory, type PlanVersion } from './history.ts';
export { allScheduleWords, chainWords, scheduleWords } from './words.ts';
export { inOrder, type Draft, type NetworkFault } from './network.ts';
