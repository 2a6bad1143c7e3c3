import { readFile } from 'node:fs/promises';
import { Edition, compileCalendar, compilePolicy } from '../cases/index.ts';
import { type Pack, Policy } from '../schemas/index.ts';
import type { Ledger } from '../ledger/index.ts';

const fromData = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`../data/${name}`, import.meta.url), 'utf8'));

/** The pack that comes with the product: default limits (限时方案) and the published calendar (日历). */
export async function defaultPack(): Promise<{ pack: Pack; names: { policy: string; calendar: string } }> {
  const policy = compilePolicy(Policy.omit({ hash: true }).parse(await fromData('policy-default.json')));
  const edition = Edition.parse(await fromData('calendar-cn.json'));
  return { pack: { policy, calendar: compileCalendar(edition) }, names: { policy: policy.id, calendar: edition.id } };
}

/** Puts the default pack into a ledger that has none; one that was chosen since stays in force. */
export async function seedPack(ledger: Pick<Ledger, 'currentPack' | 'savePack'>, at: number): Promise<void> {
  if ((await ledger.currentPack()) !== null) return;
  const { pack, names } = await defaultPack();
  await ledger.savePack(pack, names, at);
}
