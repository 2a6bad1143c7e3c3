import { describe, expect, it } from 'vitest';
import { type Limits, defaultLimits } from '../../../import/table/index.ts';
import { type ByHand, type Part, parts, textRow, zip } from '../../support/zip.ts';
import { readBytes } from '../../support/table.ts';

const small: ByHand = { sheets: [textRow(1, 'a', 'b') + textRow(2, '1', '2')], strings: '<si><t>甲</t></si><si><t>乙</t></si>' };
const refused = async (bytes: Buffer, words: string, limits: Partial<Limits> = {}) => {
  const error = await readBytes(bytes, { limits }).then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toMatchObject({ code: 'BAD-INPUT', refusal: { field: 'file', zh: expect.stringContaining(words) } });
};
const withSheet = (data: string, more: Partial<ByHand> = {}) => zip(parts({ ...small, sheets: [data], ...more }));
const sheetPart = (data: string, more: Partial<Part> = {}): Part => ({ name: 'xl/worksheets/sheet1.xml', data, ...more });

describe('a file over a limit is refused, and told which', () => {
  it.each<[string, Partial<Limits>]>([
    ['文件字节数', { fileBytes: 100 }],
    ['部件数', { zipEntries: 3 }],
    ['单个部件', { entryBytes: 200 }],
    ['全部部件', { totalBytes: 600 }],
    ['行数', { rows: 1 }],
    ['列数', { columns: 1 }],
    ['共享字符串数', { sharedStrings: 1 }],
    ['共享字符串字节数', { sharedStringBytes: 4 }],
  ])('%s', async (words, limits) => refused(zip(parts(small)), words, limits));

  it('formulas and merged ranges', async () => {
    const formula = `${textRow(1, 'a', 'b')}<row r="2"><c r="A2"><f>1</f></c><c r="B2"><f>1</f></c></row>`;
    await refused(withSheet(formula), '公式数', { formulas: 1 });
    await refused(withSheet('', { after: '<mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/>' }), '合并单元格数', { merges: 1 });
  });

  it('a column far out, and a CSV with too many', async () => {
    await refused(withSheet(`${textRow(1, 'a', 'b')}<row r="2"><c r="XFD2"><v>1</v></c></row>`), '列数');
    await refused(Buffer.from(`${Array.from({ length: 600 }, (_, i) => i).join(',')}\n`), '列数');
  });

  it('a zip bomb: a small file, an endless part', async () => {
    const bomb = zip([...parts(small).slice(0, 3), sheetPart(' '.repeat(20 * 2 ** 20))]);
    expect(bomb.length).toBeLessThan(40_000);
    await refused(bomb, '压缩比');
  });

  it('a part that unpacks to more than it claims', async () => {
    const data = String(parts(small).find((p) => p.name.includes('sheet1'))?.data);
    await refused(zip([...parts(small).slice(0, 3), sheetPart(data + ' '.repeat(9000), { claims: data.length })]), '不是完好');
  });

  it('a billion laughs: whoever declares a document type is not read further', async () => {
    const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    await refused(zip(parts({ ...small, before: `<!DOCTYPE lolz [<!ENTITY l0 "lol">${entities}]>` })), 'DTD');
    await refused(withSheet(textRow(1, '&l9;', 'b')), '不是完好');
  });

  it('a text without end, and tags without end', async () => {
    await refused(withSheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>${'字'.repeat(2 ** 20)}</t></is></c></row>`), '过长');
    await refused(withSheet('<a>'.repeat(100) + '</a>'.repeat(100)), '不是完好');
  });
});

describe('a file that is not what it seems is refused', () => {
  it.each<[string, Buffer, string]>([
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xls'],
    ['a zip of something else', zip([{ name: 'a.txt', data: 'x' }]), '不是完好'],
    ['two parts of one name', zip([...parts(small), ...parts(small).slice(-1)]), '不是完好'],
    ['a path that climbs out', zip([...parts(small), { name: '../../etc/x', data: 'x' }]), '不是完好'],
    ['rows out of order', withSheet(textRow(2, 'a', 'b') + textRow(1, 'a', 'b')), '不是完好'],
    ['a shared string that is not there', withSheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), '不是完好'],
    ['XML that is none', withSheet('<row'), '不是完好'],
  ])('%s', async (_, bytes, words) => refused(bytes, words));

  it('a folder, and nothing at all', async () => {
    const { openTable } = await import('../../../import/table/index.ts');
    await expect(openTable('.')).rejects.toMatchObject({ code: 'BAD-INPUT' });
    await expect(openTable('./no-such-file')).rejects.toMatchObject({ code: 'BAD-INPUT' });
  });

  it('has a limit for everything that a file can make large', () => {
    expect(Object.values(defaultLimits).every((n) => Number.isSafeInteger(n) && n > 0)).toBe(true);
  });
});
