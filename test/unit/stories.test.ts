/** The twelve stories of domain 7 on the pure core: the same files that the demonstration drives through the public client. */
import { describe, expect, it } from 'vitest';
import { Edition, compileCalendar, compilePolicy } from '../../cases/index.ts';
import { directory } from '../../demo/directory.ts';
import type { Driver, Note } from '../../demo/driver.ts';
import { type Story, stories } from '../../demo/stories/index.ts';
import { type Pack, Policy } from '../../schemas/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };
import policy from '../../data/policy-demo.json' with { type: 'json' };
import { CoreClient } from '../support/core-client.ts';

const pack: Pack = { policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)), calendar: compileCalendar(Edition.parse(calendar)) };
/** Monday 2026-03-02, 09:00 in Shanghai. */
const monday = Date.UTC(2026, 2, 2, 1);

const play = async (s: Story) => {
  const client = new CoreClient(directory, pack, monday);
  const notes: Note[] = [];
  const driver: Driver = {
    client,
    calendar: pack.calendar,
    now: () => client.at,
    waitUntil: async (instant) => {
      client.at = Math.max(client.at, instant);
    },
    note: (n) => notes.push(n),
  };
  const cases = await s.run(driver);
  return { client, notes, cases };
};

describe('the twelve stories', () => {
  for (const s of stories) {
    it(`story ${s.story.no} ends in ${s.story.stage} and replays from its entries`, async () => {
      const { client, cases } = await play(s);
      const stage = (no: string) => client.cases.get(no)?.state.stage;
      expect(stage(cases[0] ?? '')).toBe(s.story.stage);
      for (const no of cases) {
        const replayed = client.refold(no);
        expect(replayed.divergence).toBeNull();
        expect(replayed.state?.stateHash).toBe(client.cases.get(no)?.state.stateHash);
      }
    });
  }
});
