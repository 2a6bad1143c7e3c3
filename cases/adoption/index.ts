/** 启用日历版本, 改用限时方案: what another pack does to the dates of a case, and the recorded act. */
export { datesUnder, packWith } from './dates.ts';
export type { DateChange } from './compare.ts';
export { adopt, adoptionId } from './act.ts';
