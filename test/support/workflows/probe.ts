/** A bundle of its own for tests of preloading and of the wake-up. */
import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import { core } from '../../../workflows/core.ts';
import { alarmClock } from '../../../workflows/wake.ts';
import { sightings } from './preloaded-counter.ts';

const ownModule = {};

/** How many workflows of this worker saw the same core before, and the same copy of this very module. */
export async function probeWorkflow(): Promise<{ core: number; schemas: number; own: number; parses: boolean }> {
  const parses = core().Envelope.safeParse({}).success;
  return { core: sightings(core()), schemas: sightings(core().CaseState), own: sightings(ownModule), parses };
}

/** Arms its alarm as signals say, and ends after so many wake-ups. */
export async function alarmWorkflow(wakeUps: number): Promise<number> {
  let woken = 0;
  const arm = alarmClock(() => {
    woken += 1;
  });
  setHandler(defineSignal<[number | null]>('arm'), arm);
  await condition(() => woken === wakeUps);
  return woken;
}
