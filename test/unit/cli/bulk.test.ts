import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readBulk } from '../../../cli/bulk/rows.ts';
import { writeBook } from '../../../export/index.ts';
import { codeOf } from '../../../schemas/index.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'xiaohao-bulk-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));
const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

const rows = [
  ['YC-2026-JY-0001', 'verifyStart', '', 'he'],
  ['YC-2026-JY-0002', 'signClosure', '{"opinion":"同意"}', 'zhu'],
] as const;

it('the same commands read the same from JSONL, CSV and a spreadsheet', async () => {
  const jsonl = await file('a.jsonl', rows.map(([caseNo, command, data, as]) => JSON.stringify({ caseNo, command, ...(data === '' ? {} : { data: JSON.parse(data) as object }), as })).join('\n'));
  const csv = await file('a.csv', `问题编号,操作,内容,操作人\n${rows.map(([no, command, data, as]) => `${no},${command},"${data.replaceAll('"', '""')}",${as}`).join('\n')}\n`);
  const xlsx = join(folder, 'a.xlsx');
  await writeBook(xlsx, [() => ({ name: '操作', columns: ['caseNo', 'command', 'data', 'as'].map((header) => ({ header, width: 12, kind: 'text' as const })), rows: rows.map((cells) => ({ cells })) })], 0);
  const items = async (path: string) => (await readBulk(path)).map((r) => ('item' in r ? r.item : r.bad));
  const expected = await items(jsonl);
  expect(expected).toHaveLength(2);
  expect(await items(csv)).toEqual(expected);
  expect(await items(xlsx)).toEqual(expected);
});

it('the same file again is the same commands; rows that are none say why', async () => {
  const path = await file('b.csv', 'caseNo,command,data\nYC-2026-JY-0001,verifyStart,\nYC-2026-JY-0001,fly,\nYC-2026-JY-0001,verifyStart,{\n');
  const [first, second] = [await readBulk(path), await readBulk(path)];
  expect(first).toEqual(second);
  expect(first.map((r) => ('item' in r ? 'item' : 'bad'))).toEqual(['item', 'bad', 'bad']);
});

it('a table of something else is refused', async () => {
  expect(await readBulk(await file('c.csv', '姓名,年龄\n甲,3\n')).catch(codeOf)).toBe('BAD-INPUT');
});
