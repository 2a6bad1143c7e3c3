export { deadlinesOf, seenByUnit as deadlinesForUnit } from './deadlines.ts';
export { amountOf } from './limit.ts';
export { dueStandingOf, standings, type Standing } from './standing.ts';
