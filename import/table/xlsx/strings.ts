import { type Limits, within } from '../limits.ts';
import type { Package } from './package.ts';
import { type Handler, parse } from './xml.ts';

/** Shared strings, packed: bytes in one block and where each starts, because a million small strings cost far more than their letters. */
export class StringPool {
  #bytes = Buffer.alloc(2 ** 16);
  #starts = new Uint32Array(2 ** 10);
  #length = 0;
  count = 0;

  add(text: string, limits: Limits): void {
    const size = Buffer.byteLength(text);
    within(limits, 'sharedStrings', this.count + 1);
    within(limits, 'sharedStringBytes', this.#length + size);
    this.#grow(size);
    this.#starts[this.count] = this.#length;
    this.#bytes.write(text, this.#length);
    this.#length += size;
    this.count += 1;
  }

  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.count)) return undefined;
    const end = index + 1 < this.count ? this.#starts[index + 1] : this.#length;
    return this.#bytes.toString('utf8', this.#starts[index], end);
  }

  #grow(size: number): void {
    if (this.count >= this.#starts.length) {
      const starts = new Uint32Array(this.#starts.length * 2);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    if (this.#length + size <= this.#bytes.length) return;
    const bytes = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length + size));
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = bytes;
  }
}

/** _x000D_ is how XML writes what it cannot hold; _x005F_ keeps an underscore from starting one. */
export const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;

/** The text of one string: its runs (rich text) in a row, without the reading aids (拼音) above them. */
export class RichText implements Handler {
  #text = '';
  #inText = false;
  #phonetic = 0;

  open(name: string): void {
    if (name === 'rPh') this.#phonetic += 1;
    this.#inText = name === 't';
  }
  text(text: string): void {
    if (this.#inText && this.#phonetic === 0) this.#text += text;
  }
  close(name: string): void {
    if (name === 'rPh') this.#phonetic -= 1;
    this.#inText = false;
  }
  take(): string {
    const text = unescaped(this.#text);
    this.#text = '';
    return text;
  }
}

export async function readStrings(parts: Package, path: string | undefined, limits: Limits): Promise<StringPool> {
  const pool = new StringPool();
  if (path === undefined || !parts.has(path)) return pool;
  const text = new RichText();
  const handler: Handler = {
    open: (name) => text.open(name),
    text: (t) => text.text(t),
    close: (name) => {
      text.close(name);
      if (name === 'si') pool.add(text.take(), limits);
    },
  };
  for await (const _ of parse(parts.text(path), handler));
  return pool;
}
