import { readFile } from 'node:fs/promises';
import { Edition, compileCalendar, compilePack } from '../cases/index.ts';
import { shippedPolicy } from '../import/index.ts';
import type { Pack, PolicyPack } from '../schemas/index.ts';
import type { Ledger } from '../ledger/index.ts';

const fromData = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`../data/${name}`, import.meta.url), 'utf8'));

/** Calendar editions that come with the product, the oldest first: cases may be pinned to any of them, so none is ever taken out. */
const editionFiles = ['calendar-cn.json', 'calendar-cn-2024-2026.json'] as const;
export const shippedEditions = (): Promise<Edition[]> => Promise.all(editionFiles.map(async (name) => Edition.parse(await fromData(name))));
/** The one for new ledgers. */
export async function newestEdition(): Promise<Edition> {
  const newest = (await shippedEditions()).at(-1);
  if (!newest) throw new Error('no edition is shipped');
  return newest;
}

/** The pack that comes with the product: default limits (限时方案), with their citations, and the published calendar (日历). */
export async function defaultPack(): Promise<{ pack: Pack; names: { policy: string; calendar: string }; text: PolicyPack }> {
  const text = await shippedPolicy('default');
  const policy = compilePack(text);
  const edition = await newestEdition();
  return { pack: { policy, calendar: compileCalendar(edition) }, names: { policy: policy.id, calendar: edition.id }, text };
}

type Seeded = Pick<Ledger, 'currentPack' | 'savePack' | 'saveEdition' | 'policyText' | 'keepPolicy'>;

/** Keeps what is shipped, and puts the default pack into a ledger that has none; one that was chosen since stays in force. */
export async function seedPack(ledger: Seeded, at: number): Promise<void> {
  for (const edition of await shippedEditions()) await ledger.saveEdition({ edition, calendar: compileCalendar(edition) }, at);
  const { pack, names, text } = await defaultPack();
  if ((await ledger.currentPack()) === null) await ledger.savePack(pack, names, at);
  // A ledger of an earlier release has the amounts alone; a text that it has already is the first, and stays.
  if ((await ledger.policyText(pack.policy.hash)) === null) await ledger.keepPolicy({ policy: pack.policy, text }, at);
}
