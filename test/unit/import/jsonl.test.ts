import { describe, expect, it } from 'vitest';
import { cellsOf, readBytes } from '../../support/table.ts';

describe('a JSONL file', () => {
  it('gives nested fields by dotted path, lists with commas, and all fields that any line has', async () => {
    const file = await readBytes('{"rater":{"mobile":"138"},"evalDetail":["510","517"]}\n{"late":true,"n":null}\n');
    expect(file).toMatchObject({
      format: 'jsonl',
      encoding: 'utf-8',
      sheets: [{ headers: ['rater.mobile', 'evalDetail', 'late'], headerRow: 0 }],
    });
    expect(cellsOf(file)).toEqual([{ 'rater.mobile': '138', evalDetail: '510,517' }, { late: 'true' }]);
  });

  it('breaks a line that is no object, and never repeats what stood in it', async () => {
    const file = await readBytes('{"a":1}\n{"a":"张三 13812345678"\n[1]\n"x"\n\n{"a":2}');
    expect(file.sheets[0]?.rows.map((r) => [r.row, r.broken !== undefined])).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [4, true],
      [6, false],
    ]);
    expect(JSON.stringify(file)).not.toMatch(/张三|138/);
  });

  it('writes numbers in full and marks those that may have lost digits', async () => {
    const [row] = (await readBytes('{"id":110105194912310021,"small":1.5e-7,"count":3}')).sheets[0]?.rows ?? [];
    expect(row).toMatchObject({ cells: { small: '0.00000015', count: '3' }, faults: { id: 'precisionLost' } });
  });

  it('breaks a line that means one field twice, or is nested without end', async () => {
    const deep = `{"a":${'{"a":'.repeat(50)}1${'}'.repeat(50)}}`;
    const file = await readBytes(`{"a.b":1,"a":{"b":2}}\n${deep}\n{"c":"\\ud800"}\n`);
    expect(file.sheets[0]?.rows.map((r) => r.broken)).toEqual([
      expect.stringContaining('字段重复'),
      expect.stringContaining('嵌套'),
      expect.stringContaining('控制字符'),
    ]);
  });

  it('breaks a line beyond the limit without keeping it', async () => {
    const file = await readBytes(`{"a":"${'x'.repeat(100)}"}\n{"a":"1"}\n`, { limits: { lineLength: 50 } });
    expect(cellsOf(file)).toEqual([expect.stringContaining('50'), { a: '1' }]);
  });
});
