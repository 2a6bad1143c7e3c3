import type { Batch, Board, Effect, EntryDraft } from '../schemas/index.ts';

/** One batch for the ledger: at most so many entries, or bytes of JSON. */
const mostEntries = 50;
const mostBytes = 256 * 1024;
/** Beyond this the case takes no more commands (LEDGER-BEHIND). */
const behindEntries = 500;
const behindBytes = 512 * 1024;

type Slot = { batch: Batch; bytes: number };

/**
 * 待记: what was accepted and is not in the ledger yet, cut into batches as it arrives. Every batch carries the board as it was at its
 * own end, so that the projections never run ahead of the entries. A batch that is being sent is closed: what arrives waits for the next.
 */
export class Outbox {
  readonly #slots: Slot[];
  #sending = false;

  /** `waiting` is what a run before this one left behind, in the same batches: repeats must be byte-identical. */
  constructor(waiting: readonly Batch[] = []) {
    this.#slots = waiting.map((batch) => ({ batch, bytes: bytesOf(batch.entries) + bytesOf(batch.effects) }));
  }

  /** Entries of one act, with the board after it. A group that does not fit one batch is split; each part carries that same board. */
  push(entries: readonly EntryDraft[], effects: readonly Effect[], board: Board): void {
    for (const [n, entry] of entries.entries()) {
      const own = effects.filter((effect) => effect.seq === entry.seq);
      this.#add(entry, own, board, n === 0 ? Math.min(entries.length, mostEntries) : 1);
    }
  }

  #add(entry: EntryDraft, effects: readonly Effect[], board: Board, wanted: number): void {
    const bytes = bytesOf(entry) + bytesOf(effects);
    const open = this.#open(wanted, bytes);
    if (open === undefined) this.#slots.push({ batch: { case: entry.case, entries: [entry], effects: [...effects], board }, bytes });
    else {
      open.batch = { ...open.batch, entries: [...open.batch.entries, entry], effects: [...open.batch.effects, ...effects], board };
      open.bytes += bytes;
    }
  }

  /** The batch that may still grow, when there is room. */
  #open(entries: number, bytes: number): Slot | undefined {
    const last = this.#slots.at(-1);
    if (last === undefined || (this.#sending && this.#slots.length === 1)) return undefined;
    return last.batch.entries.length + entries <= mostEntries && last.bytes + bytes <= mostBytes ? last : undefined;
  }

  /** The oldest batch, closed from now on; call `sent` when the ledger has it. */
  take(): Batch | undefined {
    this.#sending = this.#slots.length > 0;
    return this.#slots[0]?.batch;
  }

  sent(): void {
    this.#slots.shift();
    this.#sending = false;
  }

  get isEmpty(): boolean {
    return this.#slots.length === 0;
  }

  get isBehind(): boolean {
    const sum = (of: (slot: Slot) => number): number => this.#slots.reduce((n, slot) => n + of(slot), 0);
    return sum((slot) => slot.batch.entries.length) > behindEntries || sum((slot) => slot.bytes) > behindBytes;
  }

  /** Is the entry of this place in the ledger already? */
  isRecorded(seq: number): boolean {
    const first = this.#slots[0]?.batch.entries[0];
    return first === undefined || seq < first.seq;
  }

  /** What crosses into the next run. */
  get waiting(): Batch[] {
    return this.#slots.map((slot) => slot.batch);
  }
}

/** Bytes of the JSON text in UTF-8; the sandbox has no encoder. Lone surrogates never occur: schemas refuse them. */
export function bytesOf(value: unknown): number {
  const text = JSON.stringify(value);
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
