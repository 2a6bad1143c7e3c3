import { createReadStream } from 'node:fs';
import { badFile } from './limits.ts';

export type TextEncoding = 'utf-8' | 'gb18030';

/** Decoded text in pieces; a byte order mark is left out. @throws the decoder's error at the first byte that does not fit */
async function* decoded(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const bytes of createReadStream(path, { highWaterMark: 2 ** 16 })) yield decoder.decode(bytes as Buffer, { stream: true });
  yield decoder.decode();
}

const misfit = (error: unknown): boolean => (error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** `cut`: all of it fits, and other than ASCII is among it, up to a character of which the end is missing. */
async function fits(path: string, encoding: TextEncoding): Promise<'yes' | 'no' | 'cut'> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let foreign = false;
  const fit = (bytes?: Buffer): boolean => {
    try {
      foreign ||= /[^\0-\x7f]/.test(decoder.decode(bytes, { stream: bytes !== undefined }));
      return true;
    } catch (error) {
      if (misfit(error)) return false;
      throw error;
    }
  };
  for await (const bytes of createReadStream(path, { highWaterMark: 2 ** 16 })) if (!fit(bytes as Buffer)) return 'no';
  return fit() ? 'yes' : foreign ? 'cut' : 'no';
}

/**
 * UTF-8 where every byte fits it, else GB18030: text in GB18030 is practically never valid UTF-8, the other way round often. So a file
 * of UTF-8 that is cut inside a character must not be read as GB18030, which it may well fit.
 * @throws BAD-INPUT where neither fits
 */
export async function encodingOf(path: string): Promise<TextEncoding> {
  const utf8 = await fits(path, 'utf-8');
  if (utf8 === 'yes') return 'utf-8';
  if (utf8 === 'cut') throw badFile('文件不完整: 在一个字的中间断开 (UTF-8)', 'the file is cut off inside a character (UTF-8)');
  if ((await fits(path, 'gb18030')) === 'yes') return 'gb18030';
  throw badFile('文字编码不是 UTF-8 也不是 GB18030', 'encoding: neither UTF-8 nor GB18030');
}

/** The text of a file whose encoding is known. A file that changed since then is refused, not misread. */
export async function* textOf(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  try {
    yield* decoded(path, encoding);
  } catch (error) {
    if (!misfit(error)) throw error;
    throw badFile('读取时文件有变动', 'the file changed while it was read');
  }
}
