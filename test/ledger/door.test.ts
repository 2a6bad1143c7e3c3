import { mkdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectRemote, openForReading, openLedger, type Ledger, type RemoteLedger } from '../../ledger/index.ts';
import { doorPath, serveDoor } from '../../ledger/door.ts';
import { batchFrom, secret, temporaryDataDir, temporaryFolder, temporaryLedger } from '../support/ledger.ts';
import { behaves } from './behaviour.ts';

describe('the ledger through its door', () => {
  let owner: Awaited<ReturnType<typeof temporaryLedger>>;
  let remote: RemoteLedger;
  beforeAll(async () => {
    owner = await temporaryLedger();
    remote = await connectRemote(owner.dataDir);
  });
  afterAll(async () => {
    await remote.close();
    await owner.remove();
  });

  behaves(() => ({ ledger: remote, append: owner.ledger.append }));

  it('has no append', async () => {
    expect(Object.keys(remote)).not.toContain('append');
    const replies = await rawDialogue(await doorPath(owner.dataDir), [`{"id":7,"method":"append","args":[]}\n`, `{"id":8,"method":"constructor","args":[]}\n`, `{"id":9,"method":"counts"}\n`], 3);
    expect(replies.filter((r) => !r.ok).map((r) => r.id)).toEqual([7, 8]);
    expect(replies.filter((r) => r.ok).map((r) => r.id)).toEqual([9]);
  });

  it('is for the same user only', async () => {
    const socket = await stat(await doorPath(owner.dataDir));
    expect(socket.isSocket()).toBe(true);
    expect(socket.mode & 0o777).toBe(0o600);
  });

  it('answers many calls at once, whatever their order', async () => {
    await owner.ledger.append(batchFrom('YC-2026-YX-0001', 1, 40));
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => remote.entries('YC-2026-YX-0001', { after: i, limit: 1 })));
    expect(answers.map(([entry]) => entry?.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('hangs up on noise and serves the others', async () => {
    await expect(rawDialogue(await doorPath(owner.dataDir), ['no JSON at all\n'], 1)).rejects.toThrow(/hung up/);
    expect(await remote.head('YC-2026-YX-9999')).toBeNull();
  });

  it('serves whoever opens the folder to read', async () => {
    const reader = await openForReading({ dataDir: owner.dataDir });
    expect(await reader.counts()).toEqual(await remote.counts());
    await reader.close();
  });
});

describe('a door that comes and goes', () => {
  it('is not there when nothing runs', async () => {
    const dataDir = await temporaryFolder();
    await expect(connectRemote(dataDir)).rejects.toMatchObject({ code: 'NOT-RUNNING' });
    await expect(openForReading({ dataDir })).rejects.toMatchObject({ code: 'NOT-RUNNING' });
    await rm(dataDir, { recursive: true });
  });

  it('is found below the temporary folder when its own path is too long for a socket', async () => {
    const dataDir = join(await temporaryFolder(), '很深的文件夹'.repeat(6), 'x'.repeat(60));
    await mkdir(dataDir, { recursive: true });
    const door = await serveDoor(countingLedger(), dataDir);
    expect(door.path.startsWith(dataDir)).toBe(false);
    const remote = await connectRemote(dataDir);
    expect(await remote.counts()).toEqual(counted);
    await remote.close();
    await door.close();
    await expect(connectRemote(dataDir)).rejects.toMatchObject({ code: 'NOT-RUNNING' });
  });

  it('may close and open again behind a client: calls fail meanwhile and then go through', async () => {
    const dataDir = await temporaryFolder();
    const first = await serveDoor(countingLedger(), dataDir);
    const remote = await connectRemote(dataDir);
    const [late, closed] = [remote.durability(), first.close()];
    await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await closed;
    await expect(remote.counts()).rejects.toMatchObject({ code: 'NOT-RUNNING' });
    const second = await serveDoor(countingLedger(), dataDir);
    expect(await remote.counts()).toEqual(counted);
    await remote.close();
    await expect(remote.counts()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await second.close();
    await rm(dataDir, { recursive: true });
  });

  it('is not needed to read a folder that nobody has open; whoever reads keeps others out meanwhile', async () => {
    const dataDir = await temporaryDataDir();
    const ledger = await openLedger({ dataDir, sealSecret: secret });
    await ledger.append(batchFrom('YC-2026-JY-0001', 1, 2));
    await ledger.close();
    const reader = await openForReading({ dataDir });
    expect(await reader.head('YC-2026-JY-0001')).toMatchObject({ seq: 2 });
    expect(Object.keys(reader)).not.toContain('append');
    await expect(openLedger({ dataDir, sealSecret: secret })).rejects.toMatchObject({ code: 'LEDGER-LOCKED' });
    await reader.close();
    await rm(dataDir, { recursive: true });
  });
});

const counted = { cases: 1, entries: 2, refusals: 3, byStage: {} };
/** Behind a door there is only what is called. `durability` never answers. */
const countingLedger = (): Ledger => ({ counts: async () => counted, durability: () => new Promise(() => undefined) }) as unknown as Ledger;

/** Writes these bytes and reads so many lines of answer. */
function rawDialogue(path: string, lines: string[], answers: number): Promise<{ id: number; ok: boolean }[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => lines.forEach((line) => socket.write(line)));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      const found = text.split('\n').slice(0, -1);
      if (found.length < answers) return;
      resolve(found.map((line) => JSON.parse(line) as { id: number; ok: boolean }));
      socket.destroy();
    });
    socket.on('close', () => reject(new Error('hung up')));
    socket.on('error', reject);
  });
}
