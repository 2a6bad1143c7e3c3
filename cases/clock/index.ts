export { deadlinesOf, seenByUnit as deadlinesForUnit } from './deadlines.ts';
export { officeAlertOf, allMarks, timeMarks, runningOf, type TimeMark, type AlertLevel } from './marks.ts';
export { instantOfMark, spentAt, whenSpent } from './moment.ts';
export { amountOf } from './limit.ts';
export { dueStandingOf, standings, type Standing } from './standing.ts';
