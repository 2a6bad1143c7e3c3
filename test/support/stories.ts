/** The stories of the demonstration on the pure core: no server, no waiting. */
import { Edition, compileCalendar, compilePolicy } from '../../cases/index.ts';
import { directory } from '../../demo/directory.ts';
import type { Note, StoryDriver } from '../../demo/driver.ts';
import type { Story } from '../../demo/stories/index.ts';
import { type Pack, Policy } from '../../schemas/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };
import policy from '../../data/policy-demo.json' with { type: 'json' };
import { CoreClient } from './core-client.ts';
import { signalsFor } from './signals.ts';

const pack: Pack = { policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)), calendar: compileCalendar(Edition.parse(calendar)) };
/** Monday 2026-03-02, 09:00 in Shanghai. */
const monday = Date.UTC(2026, 2, 2, 1);

/** Plays one story to its end. */
export const play = async (s: Story): Promise<{ client: CoreClient; notes: Note[]; cases: string[] }> => {
  const client = new CoreClient(directory, pack, monday);
  const notes: Note[] = [];
  const driver: StoryDriver = {
    client,
    calendar: pack.calendar,
    now: () => client.at,
    waitUntil: async (instant) => {
      client.at = Math.max(client.at, instant);
    },
    note: (n) => notes.push(n),
    signal: signalsFor(client, () => client.at),
  };
  const cases = await s.run(driver);
  return { client, notes, cases };
};
