/** Projections made anew from entries alone: equal to the live ones, and whatever was done to those is found and put right. */
import { PGlite } from '@electric-sql/pglite';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildProjections } from '../../client/index.ts';
import { openForReading, openLedger, type RemoteLedger } from '../../ledger/index.ts';
import { databaseFolder } from '../../ledger/pglite/folder.ts';
import { secret, temporaryDataDir } from '../support/ledger.ts';
import { fillWithStories } from '../support/stories-ledger.ts';

let dataDir: string;
let numbers: string[];

/** Behind the back of the ledger, as whoever holds the files could. */
async function spoil(...sql: string[]): Promise<void> {
  const database = await PGlite.create(databaseFolder(dataDir));
  for (const one of sql) {
    const { affectedRows } = await database.query(one);
    if (!one.startsWith('alter')) expect([one, affectedRows]).not.toEqual([one, 0]);
  }
  await database.close();
}
async function withFolder<T>(work: (ledger: RemoteLedger) => Promise<T>): Promise<T> {
  const reader = (await openForReading({ dataDir })) as RemoteLedger;
  return work(reader).finally(() => reader.close());
}
const rebuild = (check: boolean) => withFolder((ledger) => rebuildProjections(ledger, { check }));

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  const ledger = await openLedger({ dataDir, sealSecret: secret });
  numbers = [...(await fillWithStories(ledger)).cases.keys()].sort();
  await ledger.close();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('projections made anew', () => {
  it('are equal to the live ones on what the twelve stories leave', async () => {
    expect(await rebuild(true)).toEqual({ cases: numbers.length, equal: numbers.length, differing: [], repaired: [], orphans: [], differences: [], faults: [] });
  });

  it('find what was done to each table, and put it right; what was delivered stays delivered', async () => {
    const before = await withFolder((ledger) => Promise.all(numbers.map((no) => ledger.projections(no))));
    await spoil(
      `update problems set colour = 'blue', board = jsonb_set(board, '{due}', '1') where case_no = (select case_no from problems where colour = 'red' order by case_no limit 1)`,
      `update problems set seq = 9999 where case_no = (select case_no from problems where stage = 'merged' order by case_no limit 1)`,
      `delete from problems where case_no = (select case_no from problems where stage = 'retired')`,
      `update tasks set state = 'taskClosed', owner = 'nobody' where (case_no, task_id) = (select case_no, task_id from tasks order by case_no, task_id limit 1)`,
      `insert into tasks select case_no, 'T99', measure, unit, owner, due, state, rework from tasks order by case_no limit 1`,
      `update publications set text = '张三 13800001234', ends = ends + 99999999 where case_no = (select case_no from publications order by case_no limit 1)`,
      `delete from documents where (case_no, seq, n) in (select case_no, seq, n from documents order by case_no limit 3)`,
      `update documents set signer = 'nobody' where (case_no, seq, n) = (select case_no, seq, n from documents order by case_no desc, seq desc limit 1)`,
      `delete from proofs where sha256 = (select min(sha256) from proofs)`,
      `insert into proofs select repeat('f', 64), case_no from proofs order by case_no limit 1`,
      `update commands set receipt = '{"outcome":"done"}' where (case_no, command_id) = (select case_no, command_id from commands order by case_no, command_id limit 1)`,
      `delete from effects where key = (select min(key) from effects)`,
      `update effects set delivered_at = 5, attempts = 2`,
      `update effects set content = '{}' where key = (select max(key) from effects)`,
      `insert into problems select 'YC-2099-JY-0001', seq, stage, colour, lead_unit, field, due, board from problems limit 1`,
      `insert into proofs values (repeat('e', 64), 'YC-2099-JY-0002')`,
    );
    const found = await rebuild(true);
    const tables = (what: string): string[] => [...new Set(found.differences.filter((d) => d.what === what && !d.caseNo.startsWith('YC-2099')).map((d) => d.table))].sort();
    expect(tables('differs')).toEqual(['commands', 'documents', 'effects', 'problems', 'publications', 'tasks']);
    expect(tables('missing')).toEqual(['documents', 'effects', 'problems', 'proofs']);
    expect(tables('strange')).toEqual(['proofs', 'tasks']);
    expect(found.differences.flatMap((d) => d.columns)).toEqual(expect.arrayContaining(['colour', 'board.due', 'seq', 'owner', 'text', 'ends', 'signer', 'receipt', 'content']));
    expect([found.orphans, found.repaired, found.faults]).toEqual([['YC-2099-JY-0001', 'YC-2099-JY-0002'], [], []]);

    const repaired = await rebuild(false);
    expect([repaired.repaired, repaired.differences]).toEqual([found.differing, found.differences]);
    expect(await rebuild(true)).toMatchObject({ equal: numbers.length, differences: [], orphans: [] });
    expect(await withFolder((ledger) => Promise.all(numbers.map((no) => ledger.projections(no))))).toEqual(before);
    const pending = await withFolder((ledger) => ledger.effects({ pending: true }));
    expect(pending).toHaveLength(1);
  });

  it('touch nothing of a case whose entries do not hold, and go on with the others', async () => {
    const [first = '', second = '', third = ''] = numbers;
    await spoil(
      'alter table entries disable trigger all',
      `update entries set body = replace(body, '"outcome":"done"', '"outcome":"noop"') where case_no = '${first}' and seq = 2`,
      `delete from entries where case_no = '${second}' and seq = (select max(seq) from entries where case_no = '${second}')`,
      `update problems set stage = 'assigned' where case_no in ('${first}', '${third}')`,
    );
    const report = await rebuild(false);
    expect(report.faults.map((f) => [f.caseNo, f.what.split(':')[0]])).toEqual([[first, 'edited'], [second, 'truncated']]);
    expect([report.repaired, report.equal]).toEqual([[third], numbers.length - 3]);
    expect((await withFolder((ledger) => ledger.projections(first))).tables.problems[0]).toMatchObject({ stage: 'assigned' });
  });
});
