export { awaited, deadlinesOf, seenByUnit as deadlinesForUnit } from './deadlines.ts';
export { amountOf, limitOf, type Limit } from './limit.ts';
export { standingOf, standings, type Standing } from './standing.ts';
