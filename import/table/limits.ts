import { type CaseError, caseError } from '../../schemas/index.ts';

/**
 * How much of a file is read before it is refused (读取上限). Each is a count or a size that an honest office file stays far below:
 * a file beyond one of them is refused as a whole, except where a cell or a line alone is too long: that is a fault of its row.
 */
export type Limits = {
  /** The file as it lies on disk. */
  readonly fileBytes: number;
  /** Parts in the zip. */
  readonly zipEntries: number;
  /** One part, and all of them, unpacked. */
  readonly entryBytes: number;
  readonly totalBytes: number;
  /** Unpacked size by packed size, of a part above 8 MiB: honest sheets reach some 30, zeros some 1,000. */
  readonly compressionRatio: number;
  /** Rows of all sheets that hold anything. */
  readonly rows: number;
  readonly columns: number;
  /** Characters; what is longer is a fault of the cell. */
  readonly cellLength: number;
  /** Characters of a line or record of a text file; what is longer is a broken row. */
  readonly lineLength: number;
  readonly sharedStrings: number;
  readonly sharedStringBytes: number;
  readonly merges: number;
  readonly formulas: number;
};

export const defaultLimits: Limits = {
  fileBytes: 256 * 2 ** 20,
  zipEntries: 2000,
  entryBytes: 512 * 2 ** 20,
  totalBytes: 1024 * 2 ** 20,
  compressionRatio: 300,
  rows: 500_000,
  columns: 512,
  cellLength: 32_767,
  lineLength: 2 ** 20,
  sharedStrings: 2_000_000,
  sharedStringBytes: 128 * 2 ** 20,
  merges: 100_000,
  formulas: 500_000,
};

const names: Readonly<Record<keyof Limits, { zh: string; en: string }>> = {
  fileBytes: { zh: '文件字节数', en: 'bytes of the file' },
  zipEntries: { zh: '压缩包内部件数', en: 'parts in the zip' },
  entryBytes: { zh: '单个部件解压后字节数', en: 'unpacked bytes of one part' },
  totalBytes: { zh: '全部部件解压后字节数', en: 'unpacked bytes of all parts' },
  compressionRatio: { zh: '压缩比', en: 'compression ratio' },
  rows: { zh: '行数', en: 'rows' },
  columns: { zh: '列数', en: 'columns' },
  cellLength: { zh: '单元格字数', en: 'characters of a cell' },
  lineLength: { zh: '单行字数', en: 'characters of a line' },
  sharedStrings: { zh: '共享字符串数', en: 'shared strings' },
  sharedStringBytes: { zh: '共享字符串字节数', en: 'bytes of shared strings' },
  merges: { zh: '合并单元格数', en: 'merged ranges' },
  formulas: { zh: '公式数', en: 'formulas' },
};

/** The file cannot be read, and why. */
export const badFile = (zh: string, en: string): CaseError => caseError('BAD-INPUT', { field: 'file', zh, en });

/** @throws BAD-INPUT that names the limit, once `value` is above it */
export function within(limits: Limits, limit: keyof Limits, value: number): void {
  if (value <= limits[limit]) return;
  const { zh, en } = names[limit];
  throw badFile(`超过上限: ${zh} (${limits[limit]})`, `over the limit of ${en} (${limits[limit]})`);
}
