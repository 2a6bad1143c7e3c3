import type { Packs, Recorded } from '../cases/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';
import { type CaseState, type Pack, caseError } from '../schemas/index.ts';

export const missingPack = (): Error => caseError('INTERNAL', { zh: '限时方案缺失', en: 'the pack of the case is missing' });

/** The pack by which a case is judged now. @throws INTERNAL */
export async function packOf(ledger: Pick<RemoteLedger, 'pack'>, { policy, calendar }: Pick<CaseState, 'policy' | 'calendar'>): Promise<Pack> {
  const pack = await ledger.pack({ policy, calendar });
  if (!pack) throw missingPack();
  return pack;
}

const keyOf = (policy: string, calendar: string): string => `${policy} ${calendar}`;

/** Every pack that the headers of a case name: the one that it was born with, and those that it adopted. */
export async function packsOf(
  ledger: Pick<RemoteLedger, 'pack'>,
  entries: readonly Pick<Recorded, 'header'>[],
): Promise<Exclude<Packs, Pack>> {
  const found = new Map<string, Pack>();
  for (const { policy, calendar } of new Map(entries.map(({ header }) => [keyOf(header.policy, header.calendar), header])).values()) {
    const pack = await ledger.pack({ policy, calendar });
    if (pack !== null) found.set(keyOf(policy, calendar), pack);
  }
  return (policy, calendar) => found.get(keyOf(policy, calendar));
}
