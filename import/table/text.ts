import { createReadStream } from 'node:fs';
import { badFile } from './limits.ts';

export type TextEncoding = 'utf-8' | 'gb18030';

/** Decoded text in pieces; a byte order mark is left out. @throws the decoder's error at the first byte that does not fit */
async function* decoded(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const bytes of createReadStream(path, { highWaterMark: 2 ** 16 })) yield decoder.decode(bytes as Buffer, { stream: true });
  yield decoder.decode();
}

async function fits(path: string, encoding: TextEncoding): Promise<boolean> {
  try {
    for await (const _ of decoded(path, encoding));
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

/**
 * UTF-8 where every byte fits it, else GB18030: text in GB18030 is practically never valid UTF-8, the other way round often.
 * @throws BAD-INPUT where neither fits
 */
export async function encodingOf(path: string): Promise<TextEncoding> {
  if (await fits(path, 'utf-8')) return 'utf-8';
  if (await fits(path, 'gb18030')) return 'gb18030';
  throw badFile('文字编码不是 UTF-8 也不是 GB18030', 'encoding: neither UTF-8 nor GB18030');
}

/** The text of a file whose encoding is known. A file that changed since then is refused, not misread. */
export async function* textOf(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  try {
    yield* decoded(path, encoding);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw badFile('读取时文件有变动', 'the file changed while it was read');
  }
}
