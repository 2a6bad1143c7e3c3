/** Effects: handed over once under their key, by a dispatcher that no failing receiver holds up. */
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { onServer } from '../support/on-server.ts';
import { until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const on = onServer();

it('a notice reaches its folder and its log once, and is marked as delivered', async () => {
  const one = on.newCase();
  await one.open();
  await one.do('verifyStart', actor('VERIFIER'));
  await one.do('confirmValid', actor('VERIFIER'));
  const effects = await until(async () => {
    const rows = await on.bench.ledger.effects({ case: one.caseNo });
    return rows.length >= 2 && rows.every((row) => row.deliveredAt !== null) ? rows : null;
  }, 'delivery');
  const files = (await readdir(join(on.bench.dataDir, 'notices'))).filter((name) => name.startsWith(one.caseNo));
  expect(files).toHaveLength(effects.length);
  const log = (await readFile(join(on.bench.dataDir, 'notices.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).key as string);
  expect(log.filter((key) => key.startsWith(one.caseNo)).sort()).toEqual(effects.map((e) => e.key).sort());
});

it('a receiver that fails for one keeps that one pending and the others are handed over', async () => {
  const [one, other] = [on.newCase(), on.newCase()];
  const file = join(on.bench.dataDir, 'notices', `${one.caseNo}_1_capture.json.part`);
  await mkdir(file, { recursive: true });
  await Promise.all([one.open(), other.open()]);
  await until(async () => (await on.bench.ledger.effects({ case: other.caseNo }))[0]?.deliveredAt, 'the other notice');
  const [stuck] = await until(
    async () => (await on.bench.ledger.effects({ case: one.caseNo })).filter((e) => e.attempts > 0),
    'an attempt',
  );
  expect(stuck?.deliveredAt ?? null).toBeNull();
  await rm(file, { recursive: true });
  await until(async () => (await on.bench.ledger.effects({ case: one.caseNo }))[0]?.deliveredAt, 'the sweep');
});

it('raters of a merged case join the other one, once, by a signal that the dispatcher sends', async () => {
  const [from, into] = [on.newCase(), on.newCase()];
  await into.open();
  await from.open();
  from.world.facts = factsWithTarget(from.world.facts.bind(from.world), into.caseNo);
  await from.do('merge', actor('INTAKE'), { payload: { into: into.caseNo } });
  await until(async () => (await into.look()).seq === 2, 'the raters');
  await until(
    async () => (await on.bench.ledger.effects({ case: from.caseNo })).filter((e) => e.kind === 'raters' && e.deliveredAt !== null)[0],
    'delivery',
  );
  const joined = (await into.look()).seq;
  // Handed over again under its key it changes nothing.
  const [effect] = (await on.bench.ledger.effects({ case: from.caseNo })).filter((e) => e.kind === 'raters');
  await into.handle.signal('raters', (effect?.data as { move: unknown } | undefined)?.move);
  expect([(await into.look()).seq, joined]).toEqual([2, 2]);
});

const factsWithTarget = (facts: () => ReturnType<ReturnType<typeof on.newCase>['world']['facts']>, caseNo: string) => () => {
  const found = facts();
  return { ...found, ...(found.target ? { target: { ...found.target, caseNo } } : {}) };
};
