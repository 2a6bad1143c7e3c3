import type { CaseState, Pack } from '../../schemas/index.ts';
import { policyPart } from './compile.ts';

/**
 * What the case table counts to: an extension after the second, a talk after two failed rounds, two returned plans or five days of red. A
 * pack may count to another number. Then what it calls enough is said to be as many as the table asks for, and less stays less.
 */
const enough = { extensions: 2, fails: 2, planReturns: 2, redForDays: 5 } as const;
const inTermsOf = (table: number, counted: number, wanted: number): number => (counted >= wanted ? Math.max(counted, table) : Math.min(counted, table - 1));

/** The counts of a case as the rules of the table compare them. */
export function countsUnder({ policy }: Pick<Pack, 'policy'>, state: CaseState): { extensions: number; fails: number; planReturns: number } {
  const { extensions } = policyPart(policy, 'caps');
  const { failsRed, planReturnsTalk } = policyPart(policy, 'thresholds');
  return {
    extensions: inTermsOf(enough.extensions, state.extension.count, extensions),
    fails: inTermsOf(enough.fails, state.fails, failsRed),
    planReturns: inTermsOf(enough.planReturns, state.planReturns, planReturnsTalk),
  };
}

/** Working days of red, counted, as the rule compares them. */
export const redDaysUnder = ({ policy }: Pick<Pack, 'policy'>, days: number): number => (days * enough.redForDays) / policyPart(policy, 'thresholds').talkAfterRed.amount;
