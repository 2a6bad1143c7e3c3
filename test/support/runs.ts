/** The deadlines of a world over time, from its entries alone. */
import { cyclesOf, partsOf, refold, type Part, type Run, type Visit } from '../../cases/index.ts';
import { recorded } from './walk.ts';
import type { World } from './world.ts';

export const runsOf = (w: World, now = w.at): Run[] => {
  const steps: Visit[] = [];
  const { divergence } = refold(recorded(w.entries), w.pack, (step) => steps.push(step));
  if (divergence) throw new Error(`${divergence.seq}: ${divergence.what}`);
  return cyclesOf(steps, now);
};
export const partsIn = (w: World, id: string): Part[] => partsOf({ editionOf: () => null, counting: 'whole' }, runsOf(w).filter((r) => r.id === id));
