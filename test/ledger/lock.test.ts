import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockOwner, openLedger } from '../../ledger/index.ts';
import { databaseFolder } from '../../ledger/pglite/folder.ts';
import { takeLock, type Lock } from '../../ledger/pglite/lock.ts';
import { thisProcess } from '../../ledger/pglite/process-mark.ts';
import { codeOf } from '../../schemas/index.ts';
import { startChild, type Child } from '../support/ledger-child.ts';
import { secret, temporaryDataDir, temporaryFolder } from '../support/ledger.ts';

let dataDir: string;
let children: Child[];
beforeEach(async () => {
  dataDir = await temporaryFolder();
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await rm(dataDir, { recursive: true, force: true });
});
const child = (mode: string): Child => {
  const started = startChild(mode, dataDir);
  children.push(started);
  return started;
};
const claims = async (): Promise<string[]> => (await readdir(join(dataDir, 'lock'))).filter((name) => name !== 'owner');
/** Every file and folder with size and time of change. */
const snapshot = async (folder: string): Promise<string[]> => {
  const found = (await readdir(folder, { recursive: true })).toSorted();
  return Promise.all(found.map(async (name) => stat(join(folder, name)).then((s) => `${name} ${s.size} ${s.mtimeMs} ${s.ctimeMs}`)));
};
const codeFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'taken', codeOf);

describe('the lock of a data folder', () => {
  it('lets one in: a second opener in another process is refused and touches nothing', async () => {
    const owner = child('lock');
    await owner.said('locked');
    expect(await lockOwner(dataDir)).toBe(owner.process.pid);
    const before = await readdir(dataDir);
    await expect(openLedger({ dataDir, sealSecret: secret })).rejects.toMatchObject({ code: 'LEDGER-LOCKED', message: expect.stringContaining(String(owner.process.pid)) });
    expect(await readdir(dataDir)).toEqual(before);
    expect((await claims()).length).toBe(1);
    await expect(readdir(databaseFolder(dataDir))).rejects.toThrow(/ENOENT/);
  });

  it('keeps a second opener from every file of a ledger that is open, try after try', async () => {
    await rm(dataDir, { recursive: true });
    dataDir = await temporaryDataDir();
    const owner = child('open');
    await owner.said('open');
    const before = await snapshot(dataDir);
    for (let tries = 0; tries < 20; tries++) expect(await codeFrom(openLedger({ dataDir, sealSecret: secret }))).toBe('LEDGER-LOCKED');
    expect(await snapshot(dataDir)).toEqual(before);
  });

  it('is taken over from an owner that was killed', async () => {
    const owner = child('lock');
    await owner.said('locked');
    await owner.kill();
    const lock = await takeLock(dataDir);
    expect(await lockOwner(dataDir)).toBe(process.pid);
    expect((await claims()).length).toBe(1);
    await lock.release();
    expect([await lockOwner(dataDir), await claims()]).toEqual([null, []]);
  });

  it('goes to exactly one of several that take over at once', async () => {
    const owner = child('lock');
    await owner.said('locked');
    await owner.kill();
    const heirs = [child('lock'), child('lock'), child('lock')];
    while (heirs.some(({ lines }) => lines.length === 0)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heirs.flatMap(({ lines }) => lines).toSorted()).toEqual(['LEDGER-LOCKED', 'LEDGER-LOCKED', 'locked']);
  });

  it('never has two owners, however many come at once', async () => {
    for (let round = 0; round < 20; round++) {
      const held: Lock[] = [];
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => takeLock(dataDir).then((lock) => void held.push(lock), codeOf)));
      expect(held.length).toBeLessThanOrEqual(1);
      expect(outcomes.filter((o) => o === 'LEDGER-LOCKED').length).toBe(8 - held.length);
      await Promise.all(held.map((lock) => lock.release()));
    }
  });

  it('knows a dead owner by its start, also when its number is used again', async () => {
    const place = async (more: object): Promise<void> => {
      await rm(join(dataDir, 'lock'), { recursive: true, force: true });
      await mkdir(join(dataDir, 'lock'), { recursive: true });
      await writeFile(join(dataDir, 'lock', '1-0123456789ab'), JSON.stringify({ ...(await thisProcess()), ...more }));
      await writeFile(join(dataDir, 'lock', 'owner'), '1-0123456789ab');
    };
    const tried = async (more: object): Promise<unknown> => {
      await place(more);
      return codeFrom(takeLock(dataDir).then((lock) => lock.release()));
    };
    expect(await tried({})).toBe('LEDGER-LOCKED');
    expect(await tried({ started: 'another time' })).toBe('taken');
    expect(await tried({ boot: 'before the machine was started anew' })).toBe('taken');
    expect(await tried({ boot: 'x', host: 'another machine' })).toBe('LEDGER-LOCKED');
    expect(await tried({ space: 'another container', pid: 1 })).toBe('LEDGER-LOCKED');
  });

  it('takes an empty claim, as a power cut may leave one, for nobody', async () => {
    await mkdir(join(dataDir, 'lock'), { recursive: true });
    await writeFile(join(dataDir, 'lock', '1-0123456789ab'), '');
    await writeFile(join(dataDir, 'lock', 'owner'), '1-0123456789ab');
    expect(await lockOwner(dataDir)).toBeNull();
    expect(await codeFrom(takeLock(dataDir).then((lock) => lock.release()))).toBe('taken');
    expect(await claims()).toEqual([]);
  });

  it('passes over what a killed process had not finished writing', async () => {
    await mkdir(join(dataDir, 'lock'), { recursive: true });
    await writeFile(join(dataDir, 'lock', 'new-1-0123456789ab'), '{"pid":');
    await writeFile(join(dataDir, 'lock', 'owner'), 'nobody');
    expect(await codeFrom(takeLock(dataDir).then((lock) => lock.release()))).toBe('taken');
  });
});
