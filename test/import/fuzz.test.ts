/** Damaged and hostile files: each ends in rows or in a refusal, in time. Nothing else may come out, least of all the process. */
import { Workbook } from '@cj-tech-master/excelts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeOf } from '../../schemas/index.ts';
import { csv, gb18030, readBytes } from '../support/table.ts';
import { type Part, parts, textRow, zip } from '../support/zip.ts';

type Change = { readonly kind: 'flip' | 'drop' | 'double' | 'noise'; readonly at: number; readonly length: number; readonly byte: number };

const change = fc.record({
  kind: fc.constantFrom<Change['kind']>('flip', 'drop', 'double', 'noise'),
  // Anywhere alike: values near 0 are what the library likes best.
  at: fc.noBias(fc.nat(999_999)).map((n) => n / 1_000_000),
  length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })),
  byte: fc.oneof(fc.constantFrom(...Buffer.from('0159AZaz<>/="&; ')), fc.integer({ min: 0, max: 255 })),
});
const changes = fc.array(change, { minLength: 1, maxLength: 6 });

function changed(bytes: Buffer, { kind, at, length, byte }: Change): Buffer {
  const from = Math.floor(at * bytes.length);
  const [before, part, after] = [bytes.subarray(0, from), bytes.subarray(from, from + length), bytes.subarray(from + length)];
  if (kind === 'drop') return Buffer.concat([before, after]);
  if (kind === 'double') return Buffer.concat([before, part, part, after]);
  return Buffer.concat([before, kind === 'flip' ? part.map((b) => b ^ (byte || 1)) : Buffer.alloc(part.length, byte), after]);
}
const mutated = (bytes: Buffer, list: readonly Change[]): Buffer => list.reduce(changed, Buffer.from(bytes));

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<T>((_, reject) => setTimeout(() => reject(new Error('it hangs')), 20_000).unref())]);

/** @returns whether it was read; throws for anything that is neither rows nor a refusal */
async function endsWell(bytes: Buffer): Promise<boolean> {
  try {
    const { sheets } = await inTime(readBytes(bytes));
    for (const { rows } of sheets) for (const row of rows) expect(row.row).toBeGreaterThan(0);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'BAD-INPUT') throw error;
    return false;
  }
}

async function fuzz(bytes: Buffer, runs: number): Promise<{ read: number; refused: number }> {
  const ends = { read: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      ends[(await endsWell(mutated(bytes, list))) ? 'read' : 'refused'] += 1;
    }),
    { numRuns: runs },
  );
  return ends;
}

async function written(): Promise<Buffer> {
  const book = new Workbook();
  const sheet = book.addWorksheet('明细');
  sheet.addRows([
    ['台账'],
    ['编号', '责任单位', '', '时间'],
    ['', '牵头', '配合', ''],
    [1, '教育局', '街道', new Date(Date.UTC(2026, 5, 30))],
    [2, { formula: 'A4', result: 1 }, true, '6月底'],
  ]);
  for (const range of ['A1:D1', 'A2:A3', 'B2:C2', 'D2:D3']) sheet.mergeCells(range);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const rows = [
  ['编号', '评价', '电话'],
  ['P1', '跑了,"三趟"', '13812345678'],
  ['P2', '慢\n很慢', ''],
  ['P3', '', '0571-88886666'],
];
const table = csv(rows, { delimiter: ',', lineEnd: '\r\n', quoteAll: false, endLine: true });

it('a spreadsheet with changed bytes is read or refused', async () => {
  const ends = await fuzz(await written(), 1500);
  expect(ends.refused).toBeGreaterThan(500);
});

it('a sound zip of changed XML is read or refused', async () => {
  const all = parts({
    sheets: [
      textRow(1, 'a', 'b') + textRow(2, '1', '2') + '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>46203.5</v></c></row>',
    ],
    strings: '<si><t>甲</t></si><si><r><t>红</t></r><rPh><t>h</t></rPh></si>',
    styles: '<numFmts><numFmt numFmtId="170" formatCode="yyyy-mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>',
    after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
  });
  const ends = { true: 0, false: 0 };
  await fc.assert(
    fc.asyncProperty(fc.nat(all.length - 1), change, async (which, one) => {
      const damaged = (p: Part, i: number): Part => (i === which ? { ...p, data: changed(Buffer.from(p.data), one) } : p);
      ends[`${await endsWell(zip(all.map(damaged)))}`] += 1;
    }),
    { numRuns: 1500 },
  );
  expect(Math.min(ends.true, ends.false)).toBeGreaterThan(50);
});

it.each([
  ['UTF-8', Buffer.from(`\uFEFF${table}`)],
  ['GB18030', gb18030(table)],
  ['JSONL', Buffer.from('{"a":{"b":"甲"},"c":[1,2]}\n{"a":{"b":"乙"}}\n{"d":1e300}\n')],
])('a text file with changed bytes is read or refused: %s', async (_, bytes) => {
  const ends = await fuzz(bytes, 1000);
  expect(ends.read + ends.refused).toBeGreaterThanOrEqual(1000);
  expect(ends.read).toBeGreaterThan(100);
});

it('bytes of any kind are read or refused, also behind the beginning of a zip', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.boolean(), async (bytes, asZip) => {
      await endsWell(Buffer.concat([asZip ? Buffer.from('PK\x03\x04') : Buffer.alloc(0), bytes]));
    }),
    { numRuns: 1000 },
  );
});

it('a spreadsheet cut off at any byte is refused', async () => {
  const bytes = zip(parts({ sheets: [textRow(1, 'a', 'b') + textRow(2, '1', '2')] }));
  for (let cut = 1; cut < bytes.length; cut++) expect([cut, await endsWell(bytes.subarray(0, cut))]).toEqual([cut, cut === 1]);
});
