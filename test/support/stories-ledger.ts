/** A ledger as the twelve stories leave it, without waiting for them: played on the pure core, appended for real. */
import { Edition, compileCalendar, compilePolicy } from '../../cases/index.ts';
import { directory } from '../../demo/directory.ts';
import { stories } from '../../demo/stories/index.ts';
import { shippedPolicy } from '../../import/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { type Pack, Policy, type PolicyPack } from '../../schemas/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };
import policy from '../../data/policy-demo.json' with { type: 'json' };
import { CoreClient } from './core-client.ts';
import { signalsFor } from './signals.ts';

export const storyPack: Pack = { policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)), calendar: compileCalendar(Edition.parse(calendar)) };
/** The text of that policy: the demonstration as it was before red limits were stretched. */
export const storyPolicy = async (): Promise<PolicyPack> => ({ ...(await shippedPolicy('demo')), version: 1, limits: (await shippedPolicy('default')).limits });
/** Monday 2026-03-02, 09:00 in Shanghai. */
export const storyStart = Date.UTC(2026, 2, 2, 1);

/** All twelve in one world, one after the other. */
export async function playStories(): Promise<CoreClient> {
  const client = new CoreClient(directory, storyPack, storyStart);
  const waitUntil = async (instant: number): Promise<void> => {
    client.at = Math.max(client.at, instant);
  };
  const signal = signalsFor(client, () => client.at);
  for (const story of stories) await story.run({ client, signal, calendar: storyPack.calendar, now: () => client.at, waitUntil, note: () => undefined });
  return client;
}

/** @returns the world that was played, with the numbers of its cases */
export async function fillWithStories(ledger: Ledger): Promise<CoreClient> {
  const client = await playStories();
  await ledger.savePack(storyPack, { policy: storyPack.policy.id, calendar: 'cn' }, storyStart);
  await ledger.keepPolicy({ policy: storyPack.policy, text: await storyPolicy() }, storyStart);
  await ledger.importDirectory(directory, storyStart);
  for (const feedback of client.feedbacks.values()) await ledger.saveFeedback(feedback);
  await Promise.all([...client.cases.keys()].map((caseNo) => ledger.append(client.batch(caseNo))));
  return client;
}
