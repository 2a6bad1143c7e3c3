/** Every rule of the register has its scenario: one that lacks it does not compile. */
import type { RuleId } from '../../../schemas/index.ts';
import { checking } from './checking.ts';
import { fixing } from './fixing.ts';
import { general } from './general.ts';
import { intakeScenarios } from './intake.ts';
import type { Scenario } from './scenario.ts';
import { signing } from './signing.ts';
import { supervisionScenarios } from './supervision.ts';

export const scenarios: Record<RuleId, Scenario> = { ...general, ...intakeScenarios, ...fixing, ...checking, ...signing, ...supervisionScenarios };
export * from './scenario.ts';
