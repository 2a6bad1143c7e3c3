/**
 * A process to be killed. `node --import tsx child.ts MODE DATA_DIR`; each line on stdout is something that has happened.
 *   open     opens the ledger, says `open`, stays; or says the code of the refusal
 *   append   opens, then appends one entry after the other: `done 1`, `done 2`, ...
 *   before, after   appends two entries, then a third one whose transaction kills the process at that point
 *   intake-before, intake-after   takes in one chunk, then a second one whose transaction kills the process at that point
 *   lock     takes the lock alone, stays
 *   make     makes the database
 */
import { openLedger } from '../../ledger/index.ts';
import { ensureDatabase } from '../../ledger/pglite/folder.ts';
import { takeLock } from '../../ledger/pglite/lock.ts';
import { codeOf } from '../../schemas/index.ts';
import { batchFrom, chunks, secret } from '../support/ledger-drafts.ts';

const [mode = '', dataDir = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const stay = (): void => void setInterval(() => undefined, 1000);
const no = 'YC-2026-JY-0001';

async function append(point?: 'beforeCommit' | 'afterCommit'): Promise<void> {
  let seq = 1;
  const die = (): void => void (seq === 3 && process.kill(process.pid, 'SIGKILL'));
  const ledger = await openLedger({ dataDir, sealSecret: secret, ...(point ? { hooks: { [point]: die } } : {}) });
  for (; ; seq++) {
    await ledger.append(batchFrom(no, seq));
    say(`done ${seq}`);
  }
}

async function takeIn(point: 'beforeCommit' | 'afterCommit'): Promise<void> {
  const die = (cases: string[]): void => void (cases.includes('YC-2026-ZW-0004') && process.kill(process.pid, 'SIGKILL'));
  const ledger = await openLedger({ dataDir, sealSecret: secret, hooks: { [point]: die } });
  for (const chunk of chunks) {
    await ledger.intake(chunk, { prefix: 'YC', year: 2026 }, 1);
    say(`took ${chunk.length}`);
  }
}

const modes: Record<string, () => Promise<unknown>> = {
  open: () => openLedger({ dataDir, sealSecret: secret, door: false }).then(() => say('open')).then(stay),
  append: () => append(),
  before: () => append('beforeCommit'),
  after: () => append('afterCommit'),
  'intake-before': () => takeIn('beforeCommit'),
  'intake-after': () => takeIn('afterCommit'),
  lock: () => takeLock(dataDir).then(() => say('locked')).then(stay),
  make: () => ensureDatabase(dataDir),
};
await modes[mode]?.().catch((error: unknown) => say(codeOf(error) ?? String(error)));
