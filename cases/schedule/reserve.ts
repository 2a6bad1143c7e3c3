import type { Calendar, Pack, Policy } from '../../schemas/index.ts';
import { policyPart } from '../policy/index.ts';

/** Working days that are kept free before the deadline, from the tasks on: 自查, 暗访复查缓冲, 销号审核. */
export const closingStages = ['selfCheck', 'reinspection', 'closureReview'] as const;
export type ClosingStage = (typeof closingStages)[number];
export type Reserve = Readonly<Record<ClosingStage, number>>;

/** What a pack keeps free. */
export const reserveOf = (policy: Policy): Reserve => {
  const { reinspectionBuffer, selfCheck, closureReview } = policyPart(policy, 'caps');
  return { selfCheck: selfCheck?.amount ?? defaultReserve.selfCheck, reinspection: reinspectionBuffer.amount, closureReview: closureReview?.amount ?? defaultReserve.closureReview };
};

/** By what a plan is measured: the days of the case's calendar, and those that its pack keeps free. */
export type Measure = { readonly calendar: Calendar; readonly reserve: Reserve };
export const measureOf = ({ calendar, policy }: Pack): Measure => ({ calendar, reserve: reserveOf(policy) });

/** Five days for whoever goes and looks; one for the unit's own check, and two for the review and the signature behind it. */
export const defaultReserve: Reserve = { selfCheck: 1, reinspection: 5, closureReview: 2 };

export const reserveDays = (reserve: Reserve): number => closingStages.reduce((n, stage) => n + reserve[stage], 0);

export type StageTimes = { readonly stage: ClosingStage; readonly start: string; readonly finish: string };

/** Which working days each stage takes behind the last day of work; a stage of no days is left out. */
export const stagesFrom = (horizon: number, reserve: Reserve): { stage: ClosingStage; start: number; finish: number }[] => {
  let end = horizon;
  return closingStages.flatMap((stage) => {
    const start = end + 1;
    end += reserve[stage];
    return reserve[stage] === 0 ? [] : [{ stage, start, finish: end }];
  });
};
