import type { CommandType } from '../../schemas/index.ts';
import type { Facts } from '../look.ts';
import type { Row } from '../row.ts';
import { closureFacts, earlyFacts } from './closure.ts';
import type { Ground } from './ground.ts';
import { intakeFacts } from './intake.ts';
import { supervisionFacts } from './supervision.ts';
import { workFacts } from './work.ts';

type Compute = (payload: never, g: Ground) => Facts;
const computed: Partial<Record<CommandType, Compute>> = { ...intakeFacts, ...workFacts, ...closureFacts, ...supervisionFacts };

/** Facts that a row's rules read: time and state first, then what its payload says or names. The payload's type is the row's. */
export const factsFor = (row: Row, payload: Readonly<Record<string, unknown>>, g: Ground): Facts => withFacts(earlyFacts(g), computed[row.command]?.(payload as never, g) ?? {});

/** More facts over those there are; what nobody asks for is not computed. */
export const withFacts = (facts: Facts, more: Facts): Facts => Object.assign(Object.create(facts) as Facts, more);
