import { closureEffects } from './closure.ts';
import { intakeEffects } from './intake.ts';
import { supervisionEffects } from './supervision.ts';
import { workEffects } from './work.ts';

/** Every verb of the case table but the two of the proposals themselves, which `proposal.ts` carries out. */
export const effects = { ...intakeEffects, ...workEffects, ...closureEffects, ...supervisionEffects } as const;
export type EffectId = keyof typeof effects | 'fireOrPassOn' | 'dropProposal';
export type { Doing, Effect } from './effect.ts';
