/** 倒排工期: pure, the calendar an argument. */
export { backwardSchedule, type Schedule, type ScheduleInput, type TaskTimes } from './backward.ts';
export { closingStages, defaultReserve, reserveOf, reserveDays, type ClosingStage, type Reserve, type StageTimes } from './reserve.ts';
export { faultsIn, faultsOfPlan, isMeasured, scheduleFaults, scheduleOf, type PlannedTask, type PlannedTasks, type ScheduleFault } from './guard.ts';
export { planHistory, type PlanVersion } from './history.ts';
export { allScheduleWords, scheduleWords } from './words.ts';
export { inOrder, type Draft, type NetworkFault } from './network.ts';
