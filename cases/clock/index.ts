export { deadlinesOf, isOfUnit, seenByUnit as deadlinesForUnit } from './deadlines.ts';
export { officeAlertOf, timeMarks, runningOf, type TimeMark, type AlertLevel } from './marks.ts';
export { instantOfMark, spentAt, whenSpent } from './moment.ts';
export { amountOf } from './limit.ts';
export { dueStandingOf, standings, type Standing } from './standing.ts';
export { countingOf, daysCounted, explainDue, explainedUntil, explainRest, type Counting, type DayKind, type DayStep, type Explained, type Sheet, type StepKind } from './explain.ts';
export { consumedOf, cyclesOf, outcomes, type Cause, type Change as RunChange, type Outcome, type Run } from './cycles.ts';
export { partsOf, partsWithout, type Part } from './course.ts';
export { citesOfDeadline, type Cited, type Graded } from './cites.ts';
