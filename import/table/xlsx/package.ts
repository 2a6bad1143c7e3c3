import { crc32 } from 'node:zlib';
import { posix } from 'node:path';
import { type Entry, type ZipFile, openPromise } from 'yauzl';
import { codeOf } from '../../../schemas/index.ts';
import { type Limits, badFile, within } from '../limits.ts';

/** The parts of a spreadsheet by their paths in the zip: xl/worksheets/sheet1.xml. */
export type Package = {
  has(path: string): boolean;
  /** Text of one part, piece by piece; it must be UTF-8. */
  text(path: string): AsyncGenerator<string>;
  close(): void;
};

export const broken = (): Error => badFile('不是完好的 .xlsx 文件', 'not a sound .xlsx file');

/** What yauzl, zlib and the decoder throw is about the file; what a program error throws is not. */
export const aboutFile = (error: unknown): unknown =>
  codeOf(error) !== undefined || error instanceof ReferenceError || (error instanceof TypeError && !('code' in error)) ? error : broken();

const ratioFrom = 8 * 2 ** 20;

function checkEntry(entry: Entry, limits: Limits): void {
  within(limits, 'entryBytes', entry.uncompressedSize);
  const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1);
  if (entry.uncompressedSize > ratioFrom) within(limits, 'compressionRatio', Math.ceil(ratio));
}

/** yauzl itself refuses names that climb out of the folder; two parts of one name could be read either way. */
async function entriesOf(zip: ZipFile, limits: Limits): Promise<Map<string, Entry>> {
  within(limits, 'zipEntries', zip.entryCount);
  const entries = new Map<string, Entry>();
  let [count, total] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    within(limits, 'zipEntries', (count += 1));
    within(limits, 'totalBytes', (total += entry.uncompressedSize));
    checkEntry(entry, limits);
    if (entries.has(entry.fileName)) throw broken();
    entries.set(entry.fileName, entry);
  }
  return entries;
}

async function* decoded(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  if (!entry.canDecodeFileData()) throw badFile('文件已加密或压缩方式不支持', 'encrypted, or packed in an unknown way');
  const stream = await zip.openReadStreamPromise(entry);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let sum = 0;
  try {
    for await (const bytes of stream) {
      sum = crc32(bytes as Buffer, sum);
      yield decoder.decode(bytes as Buffer, { stream: true });
    }
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32) throw broken();
  yield decoder.decode();
}

/** @throws BAD-INPUT where the zip is damaged or beyond a limit: sizes are believed only because yauzl holds the data to them */
export async function openPackage(path: string, limits: Limits): Promise<Package> {
  try {
    const zip = await openPromise(path, { autoClose: false, strictFileNames: false, validateEntrySizes: true });
    return await packageOf(zip, limits).catch((error: unknown) => {
      zip.close();
      throw error;
    });
  } catch (error) {
    throw aboutFile(error);
  }
}

async function packageOf(zip: ZipFile, limits: Limits): Promise<Package> {
  const entries = await entriesOf(zip, limits);
  return {
    has: (name) => entries.has(name),
    close: () => zip.close(),
    async *text(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw broken();
      try {
        yield* decoded(zip, entry);
      } catch (error) {
        throw aboutFile(error);
      }
    },
  };
}

/** Where a part's own list of neighbours lies: xl/workbook.xml has xl/_rels/workbook.xml.rels. */
export const relationsPath = (part: string): string => posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);

/** A neighbour's path, told from the part that names it or from the root. */
export const resolvePart = (from: string, target: string): string =>
  (target.startsWith('/') ? posix.normalize(target) : posix.join(posix.dirname(from), target)).replace(/^\/+/, '');
