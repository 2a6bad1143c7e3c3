import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, csv, gb18030, readBytes } from '../../support/table.ts';

const plain = { delimiter: ',', lineEnd: '\r\n', quoteAll: false, endLine: true };
const headers = ['projectNo', 'satisfaction', '文字评价', '电话'];
const anyText = fc.string({
  unit: fc.constantFrom('a', '7', '中', '差', '"', ',', ';', '\t', '\n', '\r', ' ', '=', "'", '评'),
  maxLength: 12,
});
const style = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  quoteAll: fc.boolean(),
  endLine: fc.boolean(),
});
/** A cell of blanks only is an empty one; ="x" is how exports write x. */
const kept = (text: string): boolean => text.trim() !== '' && !/^="[^"]*"$/.test(text);

describe('a CSV file', () => {
  it('reads the same whatever the order of columns, delimiter, quoting and line ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(headers, { minLength: 2 }),
        fc.array(fc.array(anyText, { minLength: 4, maxLength: 4 }), { maxLength: 8 }),
        style,
        fc.boolean(),
        async (columns, rows, how, bom) => {
          const body = rows.map((r) => columns.map((_, i) => r[i] ?? ''));
          const file = await readBytes((bom ? '\uFEFF' : '') + csv([columns, ...body], how));
          const expected = body
            .map((r) => Object.fromEntries(columns.flatMap((c, i) => (kept(r[i] ?? '') ? [[c, r[i]]] : []))))
            .filter((_, i) => (body[i] ?? []).some((c) => c.trim() !== ''));
          const skip = body.flat().some((c) => /^="[^"]*"$/.test(c));
          fc.pre(!skip);
          expect(file.sheets[0]?.headers).toEqual(columns);
          expect(cellsOf(file)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads the same in UTF-8 and in GB18030', async () => {
    const text = csv([headers, ['P1', '1', '办事，跑了三趟。', '13812345678'], ['P2', '5', '好', '']], plain);
    const [utf8, gb] = [await readBytes(text), await readBytes(gb18030(text))];
    expect([utf8.encoding, gb.encoding]).toEqual(['utf-8', 'gb18030']);
    expect(cellsOf(gb)).toEqual(cellsOf(utf8));
    expect(gb.sheets[0]?.headers).toEqual(headers);
  });

  it('in no known encoding is refused by that name', async () => {
    await expect(readBytes(Buffer.from([0x61, 0xff, 0x0a]))).rejects.toMatchObject({ code: 'BAD-INPUT', refusal: { field: 'file' } });
    await expect(readBytes(Buffer.from([0x61, 0xff, 0x0a]))).rejects.toThrow(/UTF-8.*GB18030/);
    await expect(readBytes(Buffer.from('\uFEFFa,b', 'utf16le'))).rejects.toThrow('UTF-16');
  });

  it('keeps 18 digits as they stand, and the text inside ="..."', async () => {
    expect(cellsOf(await readBytes('证件号,编码\n110105194912310021,="0012"\n'))).toEqual([{ 证件号: '110105194912310021', 编码: '0012' }]);
  });

  it('finds its header below titles, and by what the caller knows', async () => {
    const text = '云川市整改台账\n填报单位：教育局,2026年\n问题编号,问题描述,完成时限\n1,慢,6月底\n';
    const known = await readBytes(text, { isHeader: (cells) => cells.includes('问题编号') });
    expect(known.sheets[0]).toMatchObject({ headers: ['问题编号', '问题描述', '完成时限'], headerRow: 3 });
    expect((await readBytes('云川市整改台账\na,b\n1,2\n')).sheets[0]).toMatchObject({ headers: ['a', 'b'], headerRow: 2 });
  });

  it('takes the delimiter of the header, not that of a title', async () => {
    expect((await readBytes('关于甲,乙的台账\na;b;c\n1,5;2;3\n')).sheets[0]?.headers).toEqual(['a', 'b', 'c']);
    expect((await readBytes('sep=;\r\na;b\r\n1;2\r\n')).sheets[0]).toMatchObject({ headers: ['a', 'b'], headerRow: 2, rows: [{ row: 3 }] });
  });

  it('names a column twice only with a number, and one without a name by its letter', async () => {
    expect((await readBytes('备注,,备注,备注\n1,2,3,4\n')).sheets[0]?.headers).toEqual(['备注', '列B', '备注(2)', '备注(3)']);
  });

  it('breaks a row with more cells than headers and pads one with fewer', async () => {
    expect(cellsOf(await readBytes('a,b\n1,2,3\n4\n5,6,\n'))).toEqual([expect.stringContaining('多出列'), { a: '4' }, { a: '5', b: '6' }]);
  });

  it('breaks the last row where the file is cut off, and no other', async () => {
    expect(cellsOf(await readBytes('a,b,c\n1,2\n1,2'))).toEqual([{ a: '1', b: '2' }, expect.stringContaining('中断')]);
    expect(cellsOf(await readBytes('a,b\n1,2'))).toEqual([{ a: '1', b: '2' }]);
  });

  it('goes on at the next line behind text that follows a closing quote', async () => {
    expect(cellsOf(await readBytes('a,b\n"x"y,"2\n3,4\n'))).toEqual([expect.stringContaining('引号之后'), { a: '3', b: '4' }]);
  });

  it('a quote that never closes breaks what it swallows, never more, and says where it opened', async () => {
    const file = await readBytes('a,b\n1,2\n"3,4\n5,6\n');
    expect(cellsOf(file)).toEqual([{ a: '1', b: '2' }, expect.stringContaining('第3行')]);
    expect(file.sheets[0]?.rows.map((r) => r.row)).toEqual([2, 3]);
  });

  it('counts rows as spreadsheets do: empty lines and a cell over several lines included', async () => {
    const rows = (await readBytes('a,b\n"1\n1",2\n\n3,4\n')).sheets[0]?.rows ?? [];
    expect(rows.map((r) => r.row)).toEqual([2, 4]);
  });

  it('breaks a row with NUL in it, and a line beyond the limit', async () => {
    const limits = { lineLength: 50 };
    const file = await readBytes(`a,b\n1,\0\n${'x'.repeat(60)},1\n"${'y,'.repeat(60)}\n3,4\n`, { limits });
    expect(cellsOf(file)).toEqual([
      expect.stringContaining('控制字符'),
      expect.stringContaining('50'),
      expect.stringContaining('50'),
      { a: '3', b: '4' },
    ]);
  });

  it('marks a cell that is too long and leaves its neighbours alone', async () => {
    const file = await readBytes(`a,b\n${'x'.repeat(20)},1\n`, { limits: { cellLength: 10 } });
    expect(file.sheets[0]?.rows[0]).toMatchObject({ cells: { a: 'x'.repeat(10), b: '1' }, faults: { a: 'tooLong' } });
  });

  it('never shows an inherited property as a cell', async () => {
    const row = (await readBytes('constructor,__proto__,c\n,x,1\n')).sheets[0]?.rows[0];
    expect(row?.cells['constructor']).toBeUndefined();
    expect(Object.entries(row?.cells ?? {})).toEqual([
      ['__proto__', 'x'],
      ['c', '1'],
    ]);
  });

  it('cut off at any byte ends in rows or a refusal: whole rows before the cut are the same', async () => {
    const text = csv([headers, ['P1', '1', '跑了\n"三趟"', '13812345678'], ['P2', '2', '慢, 很慢', ''], ['P3', '1', '差', '1']], plain);
    for (const bytes of [Buffer.from(text), gb18030(text)]) {
      const whole = cellsOf(await readBytes(bytes));
      for (let cut = 1; cut < bytes.length; cut++) {
        const read = await readBytes(bytes.subarray(0, cut)).catch((error: unknown) => error);
        if ((read as { code?: string }).code === 'BAD-INPUT') continue;
        const rows = cellsOf(read as Awaited<ReturnType<typeof readBytes>>);
        expect(rows.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, rows.length - 1)));
      }
    }
  });

  it.each(['', '\n\n', '\uFEFF'])('without anything in it has no sheet or is refused: %j', async (text) => {
    const sheets = await readBytes(text).then(
      (f) => f.sheets,
      (error: { code: string }) => error.code,
    );
    expect([[], 'BAD-INPUT']).toContainEqual(sheets);
  });

  it('with a header that cannot be read is refused: a row would be taken for it', async () => {
    await expect(readBytes('"a"x,b\n1,2\n')).rejects.toMatchObject({ code: 'BAD-INPUT' });
  });
});
