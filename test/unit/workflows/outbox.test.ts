import { describe, expect, it } from 'vitest';
import { Outbox, bytesOf } from '../../../workflows/outbox.ts';
import { boardOf, draftOf } from '../../support/ledger-drafts.ts';

const draft = (seq: number, text?: string) => draftOf({ seq, ...(text === undefined ? {} : { text }) });
const filled = (count: number, text?: string, of = draft): Outbox => {
  const outbox = new Outbox();
  for (let seq = 1; seq <= count; seq += 1) outbox.push([of(seq, text)], [], boardOf({ seq }));
  return outbox;
};

describe('the outbox', () => {
  it('cuts what waits into batches of at most fifty entries, each with the board at its own end', () => {
    const batches = filled(120).waiting;
    expect(batches.map((b) => b.entries.length)).toEqual([50, 50, 20]);
    expect(batches.map((b) => b.board.seq)).toEqual([50, 100, 120]);
  });

  it('cuts at 256 KB, counted in UTF-8', () => {
    const batches = filled(100, '督'.repeat(3000)).waiting;
    for (const batch of batches) expect(Buffer.byteLength(JSON.stringify(batch.entries))).toBeLessThan(257 * 1024);
    expect(batches.flatMap((b) => b.entries.map((e) => e.seq))).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  });

  it('closes the batch that is being sent, so that a repeat of it is byte-identical', () => {
    const outbox = filled(2);
    const taken = JSON.stringify(outbox.take());
    outbox.push([draft(3)], [], boardOf({ seq: 3 }));
    expect(JSON.stringify(outbox.take())).toBe(taken);
    outbox.sent();
    expect(outbox.take()?.entries.map((e) => e.seq)).toEqual([3]);
    outbox.sent();
    expect(outbox.isEmpty).toBe(true);
  });

  it('crosses into the next run in the same batches', () => {
    const outbox = filled(60);
    expect(new Outbox(JSON.parse(JSON.stringify(outbox.waiting))).waiting).toEqual(outbox.waiting);
  });

  it('keeps a group in one batch where it fits, and splits one that fits none', () => {
    const outbox = filled(48);
    outbox.push(
      [49, 50, 51].map((seq) => draft(seq)),
      [],
      boardOf({ seq: 51 }),
    );
    expect(outbox.waiting.map((b) => b.entries.length)).toEqual([48, 3]);
    const many = new Outbox();
    many.push(
      Array.from({ length: 130 }, (_, n) => draft(n + 1)),
      [],
      boardOf({ seq: 130 }),
    );
    expect(many.waiting.map((b) => b.entries.length)).toEqual([50, 50, 30]);
  });

  it('is behind above 500 entries or 512 KB, and not at them', () => {
    // Smaller than any real entry, so that their number decides.
    const small = (seq: number) => ({ ...draft(seq), body: {} }) as ReturnType<typeof draft>;
    expect([filled(500, undefined, small).isBehind, filled(501, undefined, small).isBehind]).toEqual([false, true]);
    expect([filled(50, '督'.repeat(3000)).isBehind, filled(60, '督'.repeat(3000)).isBehind]).toEqual([false, true]);
  });

  it('knows what the ledger has', () => {
    const outbox = filled(60);
    outbox.take();
    outbox.sent();
    expect([outbox.isRecorded(50), outbox.isRecorded(51)]).toEqual([true, false]);
  });

  it('counts bytes as UTF-8 does', () => {
    for (const text of ['abc', '督办', 'é', '𠮷', '销号 closed 𠮷'] as const)
      expect(bytesOf(text)).toBe(Buffer.byteLength(JSON.stringify(text)));
  });
});
