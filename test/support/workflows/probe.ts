/** A bundle of its own for the test of preloading. */
import { core } from '../../../workflows/core.ts';
import { sightings } from './preloaded-counter.ts';

const ownModule = {};

/** How many workflows of this worker saw the same core before, and the same copy of this very module. */
export async function probeWorkflow(): Promise<{ core: number; schemas: number; own: number; parses: boolean }> {
  const parses = core().Envelope.safeParse({}).success;
  return { core: sightings(core()), schemas: sightings(core().CaseState), own: sightings(ownModule), parses };
}
