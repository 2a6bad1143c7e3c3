/** How fast is a case replayed from its entries, as an auditor does it? */
import { Edition, compileCalendar, compilePolicy, refold, type Recorded } from '../cases/index.ts';
import calendar from '../data/calendar-cn.json' with { type: 'json' };
import policy from '../data/policy-demo.json' with { type: 'json' };
import { directory } from '../demo/directory.ts';
import { stories } from '../demo/stories/index.ts';
import { type Pack, Policy } from '../schemas/index.ts';
import { signalsFor } from '../test/support/signals.ts';
import { CoreClient } from '../test/support/core-client.ts';
import type { Row } from './row.ts';

const forMs = 3000;
/** Monday 2026-03-02, 09:00 in Shanghai. */
const monday = Date.UTC(2026, 2, 2, 1);

export async function refoldEntries(): Promise<Row[]> {
  const pack: Pack = { policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)), calendar: compileCalendar(Edition.parse(calendar)) };
  const cases = (await Promise.all(stories.map((story) => told(story.run, pack)))).flat();
  const begun = performance.now();
  let entries = 0;
  for (let n = 0; performance.now() - begun < forMs; n += 1) entries += replayed(cases[n % cases.length] ?? [], pack);
  return [{ zh: '重放', question: 'entries refolded and compared', measured: (entries * 1000) / (performance.now() - begun), unit: '/s', note: `${cases.length} cases of the stories` }];
}

async function told(run: (typeof stories)[number]['run'], pack: Pack): Promise<Recorded[][]> {
  const client = new CoreClient(directory, pack, monday);
  const waitUntil = async (instant: number): Promise<void> => void (client.at = Math.max(client.at, instant));
  await run({ client, signal: signalsFor(client, () => client.at), calendar: pack.calendar, now: () => client.at, waitUntil, note: () => undefined });
  const stored = [...client.cases.values()].map(({ entries }) => entries.map(({ body, ...header }) => ({ header: { ...header, bodyHash: '', bodyCommit: '', prev: '' }, body })));
  return JSON.parse(JSON.stringify(stored)) as Recorded[][];
}

function replayed(entries: readonly Recorded[], pack: Pack): number {
  const { divergence, count } = refold(entries, pack);
  if (divergence !== null) throw new Error(`entry ${divergence.seq}: ${divergence.what}`);
  return count;
}
