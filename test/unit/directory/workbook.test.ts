import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as demo } from '../../../demo/directory.ts';
import { type Sheet, writeBook } from '../../../export/index.ts';
import { faultsOf, openTable, readDirectory } from '../../../import/index.ts';
import { type Directory, Directory as DirectorySchema, roles } from '../../../schemas/index.ts';
import { contextFor } from '../../support/rows.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'xiaohao-directory-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

type Table = { name: string; headers: readonly string[]; rows: readonly (readonly (string | undefined)[])[] };
const sheet = ({ name, headers, rows }: Table) => (): Sheet => ({ name, columns: headers.map((header) => ({ header, width: 12, kind: 'text' })), rows: rows.map((cells) => ({ cells: cells.map((c) => c ?? null) })) });

/** The demonstration's directory as offices keep it: a workbook of five sheets. */
const tables = (d: Directory): Table[] => [
  { name: '单位', headers: ['单位编号', '单位名称', '统一社会信用代码', '上级单位', '单位类型', '领域', '撤并日期', '并入单位'], rows: d.units.map((u) => [u.id, u.name, u.uscc, u.parent, u.kind, u.field, u.until, u.mergedInto]) },
  { name: '人员', headers: ['人员编号', '姓名', '电话', '任职单位', '角色', '职务', '任职起', '任职止'], rows: d.people.flatMap((p) => p.terms.map((t) => [p.id, p.name, p.phone, t.unit, roles[t.role].zh, t.title, t.from, t.to])) },
  { name: '委托', headers: ['委托人', '受托人', '委托角色', '委托单位', '委托起', '委托止', '授权文书'], rows: d.delegations.map((x) => [x.from, x.to, x.role, x.unit, x.since, x.until, x.document]) },
  { name: '回避', headers: ['回避人员', '回避单位', '回避理由'], rows: d.conflicts.map((c) => [c.person, c.unit, c.reason]) },
  { name: '设置', headers: ['目录名称', '编号前缀', '是否虚构'], rows: [[d.name, d.prefix, d.fictional ? '是' : '否']] },
];
let made = 0;
async function read(all: readonly Table[]) {
  const path = join(folder, `${(made += 1)}.xlsx`);
  await writeBook(path, all.map(sheet), 0);
  const file = await openTable(path);
  try {
    return await readDirectory(file, contextFor());
  } finally {
    await file.close();
  }
}

describe('a directory workbook', () => {
  it('reads as the directory that it was written from', async () => {
    const { directory, errors } = await read(tables(demo));
    expect(errors).toEqual([]);
    expect(DirectorySchema.parse(directory)).toEqual(DirectorySchema.parse(demo));
    expect(faultsOf(DirectorySchema.parse(directory))).toEqual([]);
  });
  it('in any order of sheets and columns, and keeps name and prefix where it has no settings', async () => {
    const turned = tables(demo).toReversed().filter((t) => t.name !== '设置').map((t) => ({ ...t, headers: t.headers.toReversed(), rows: t.rows.map((r) => r.toReversed()) }));
    const { directory } = await read(turned);
    expect([directory.name, directory.prefix, directory.units.length]).toEqual(['测试区', 'YC', demo.units.length]);
    expect(new Set(directory.people.map((p) => p.id))).toEqual(new Set(demo.people.map((p) => p.id)));
  });
  it('names every wrong cell, and shows no phone number', async () => {
    const broken = tables(demo).map((t) => (t.name === '人员' ? { ...t, rows: [['p 1', '甲', '13812345', 'ZGB', '船长', undefined, '昨天', undefined], ...t.rows.slice(1)] } : t));
    const { errors } = await read(broken);
    expect(errors.map((e) => [e.sheet, e.row, e.column, e.rule])).toEqual([
      ['人员', 2, '人员编号', 'BAD-CODE'],
      ['人员', 2, '电话', 'BAD-PHONE'],
      ['人员', 2, '角色', 'BAD-CATEGORY'],
      ['人员', 2, '任职起', 'BAD-DATE'],
    ]);
    expect(JSON.stringify(errors)).not.toContain('13812345');
  });
});

describe('a directory as a whole', () => {
  const faults = (change: (d: Directory) => Partial<Directory>): string[] => faultsOf({ ...demo, ...change(demo) }).map((f) => f.path);
  const unit = (id: string, more: Partial<Directory['units'][number]>) => (d: Directory) => ({ units: d.units.map((u) => (u.id === id ? { ...u, ...more } : u)) });
  it('has no fault when it is the demonstration’s, unless it stops being fictional', () => {
    expect(faults(() => ({}))).toEqual([]);
    expect(faults(() => ({ fictional: false })).length).toBe(demo.units.length);
  });
  it('points at what points nowhere, stands twice, or turns in a circle', () => {
    expect(faults(unit('JYJ', { parent: 'XX' }))).toEqual(['units.JYJ.parent']);
    expect(faults(unit('SJ', { parent: 'JYJ' }))).toContain('units.SJ.parent');
    expect(faults(unit('JYJ', { uscc: '11990100MB0X00027B' }))).toEqual(['units.JYJ.uscc']);
    expect(faults(unit('JYJ', { uscc: '11990100MB0X00086D' }))).toEqual(['units.ZGB.uscc', 'units.JYJ.uscc']);
    expect(faults((d) => ({ people: [...d.people, d.people[0] as Directory['people'][number]] }))).toEqual([`people.${demo.people[0]?.id}`]);
    expect(faults(() => ({ delegations: [{ from: 'hub-1', to: 'hub-1', role: 'HUB', unit: 'ZGB', since: '2026-02-01', until: '2026-01-01', document: 'D' }] }))).toEqual(['delegations.hub-1→hub-1', 'delegations.hub-1→hub-1']);
  });
});
