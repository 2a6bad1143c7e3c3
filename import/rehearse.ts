import { hashOf } from '../schemas/index.ts';
import { type Incoming, type IntakeDeps, type Taken, isPast, kept, rejected } from './intake.ts';

/** --dry-run: what would become of each chunk, by the ledger's own judgement, with nothing kept. Rows of this file are remembered by hash. */
export function rehearsal(deps: Pick<IntakeDeps, 'ledger'>): (chunk: readonly Incoming[]) => Promise<Taken[]> {
  const seen = new Map<string, string>();
  return async (chunk) => {
    const known = await deps.ledger.rehearse(chunk.map(({ item }) => (isPast(item) ? { past: item.past } : { feedback: item.feedback })));
    return chunk.map((one, i) => {
      const hash = contentHash(one);
      const before = seen.get(one.key);
      if (before === undefined) seen.set(one.key, hash);
      const outcome = before === undefined ? (known[i] ?? 'new') : before === hash ? 'same' : 'other';
      return outcome === 'open' ? rejected(one, 'OPEN-HERE') : outcome === 'other' ? rejected(one, 'OTHER-CONTENT') : kept(one, outcome);
    });
  };
}

/** When it was received is the import's own time. */
function contentHash({ item }: Incoming): string {
  if (isPast(item)) return hashOf(item.past);
  const { receivedAt: _at, ...content } = item.feedback;
  return hashOf(content);
}
