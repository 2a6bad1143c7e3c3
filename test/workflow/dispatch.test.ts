/** Effects: handed over once under their key, by a dispatcher that no failing receiver holds up. */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { noticeFolder } from '../../activities/index.ts';
import { readNotices } from '../../client/index.ts';
import { noticesBy } from '../../client/notice/address.ts';
import { Notice } from '../../schemas/notice.ts';
import { LiveCase, scaledPack } from '../support/case.ts';
import { testDirectory } from '../support/directory.ts';
import { temporaryFolder } from '../support/ledger.ts';
import { onServer } from '../support/on-server.ts';
import { startBench, startWorker, until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const on = onServer();

type Case = ReturnType<typeof on.newCase>;
const delivered = (one: Case, least: number) =>
  until(async () => {
    const rows = await on.bench.ledger.effects({ case: one.caseNo });
    return rows.length >= least && rows.every((row) => row.deliveredAt !== null) ? rows : null;
  }, 'delivery');

/** What lies in the folder about a case, as `PERSON name`, and its lines in the log. */
async function toldOf(one: Case): Promise<{ files: string[]; lines: string[] }> {
  const folder = join(on.bench.dataDir, 'notices');
  const paths = (await readdir(folder, { recursive: true }).catch(() => [])).filter((path) => path.includes(one.caseNo) && path.endsWith('.json'));
  const told = (text: string): string => {
    const n = Notice.parse(JSON.parse(text));
    return `${n.person ?? n.role} ${n.kind === 'missing-superior' ? n.key.slice(one.caseNo.length + 1) : n.name}`;
  };
  const files = await Promise.all(paths.map(async (path) => told(await readFile(join(folder, path), 'utf8'))));
  const log = await readFile(join(on.bench.dataDir, 'notices.jsonl'), 'utf8').catch(() => '');
  const lines = log.split('\n').filter((line) => line.includes(one.caseNo)).map(told);
  return { files: files.toSorted(), lines: lines.toSorted() };
}

async function toTriaged(one: Case): Promise<void> {
  await one.open();
  await one.do('verifyStart', actor('VERIFIER'));
  await one.do('confirmValid', actor('VERIFIER'));
  await one.do('triage', actor('HUB'), { payload: { colour: 'blue', track: 'immediate', reasonCode: 'N0' } });
}
async function toAssigned(one: Case): Promise<void> {
  await toTriaged(one);
  await one.do('assign', actor('HUB'));
}

/** `bai` is the liaison of U1 and `wang` its head; nobody leads anything in U2. */
beforeAll(() => on.bench.ledger.importDirectory(testDirectory, Date.now()));

it('a notice reaches everybody who holds the role, each in a file of their own and by one line, and is marked as delivered', async () => {
  const one = on.newCase();
  await toAssigned(one);
  await delivered(one, 3);
  const { files, lines } = await toldOf(one);
  expect(files).toEqual(expect.arrayContaining(['bai assign', 'rater capture', 'rater confirmValid', 'wang assign']));
  expect(lines).toEqual(files);
});

it('a superior whom nobody is, is reported to the office', async () => {
  const one = on.newCase();
  await toAssigned(one);
  await delivered(one, 3);
  const { coops } = (await one.look()).responsibility;
  const { files } = await toldOf(one);
  expect(coops.map((c) => c.unit)).toEqual(['U2']);
  expect(files).toEqual(expect.arrayContaining(['fen assign', 'zhu missing:COOP@U2', 'zhu missing:UH@U2']));
});

it('handed over again, by another dispatcher or after a restart, changes nothing', async () => {
  const one = on.newCase();
  await toAssigned(one);
  const effects = await delivered(one, 3);
  const before = await toldOf(one);
  const { ledger, dataDir } = on.bench;
  const others = [1, 2].map(() => noticeFolder({ dataDir, address: noticesBy(ledger, Date.now) }));
  await Promise.all(effects.flatMap(({ deliveredAt: _at, attempts: _n, ...effect }) => others.map((deliver) => deliver(effect))));
  expect(await toldOf(one)).toEqual(before);
});

it('a receiver that fails for one person keeps that notice pending; the others are told, and the case goes on', async () => {
  const [one, other] = [on.newCase(), on.newCase()];
  await Promise.all([toTriaged(one), toAssigned(other)]);
  const key = `${one.caseNo}:${(await one.look()).seq + 1}:assign`;
  // Where this person's file should be written there is a folder.
  const inTheWay = join(on.bench.dataDir, 'notices', 'bai', `${key.replaceAll(':', '%3A')}.json.part`);
  await mkdir(inTheWay, { recursive: true });
  await one.do('assign', actor('HUB'));
  await delivered(other, 3);
  const stuck = await until(async () => (await on.bench.ledger.effects({ case: one.caseNo })).find((e) => e.attempts > 0), 'an attempt');
  expect([stuck.name, stuck.deliveredAt]).toEqual(['assign', null]);
  expect((await toldOf(one)).files).toContain('wang assign');
  expect((await toldOf(one)).files).not.toContain('bai assign');
  expect((await one.do('signFor', actor('UC'))).receipt?.outcome).toBe('done');
  await rm(inTheWay, { recursive: true });
  await delivered(one, 3);
  expect((await toldOf(one)).files.filter((f) => f === 'bai assign')).toHaveLength(1);
});

it('a receiver that always fails holds no case up: attempts are counted, and it is told once it can be', async () => {
  const { nativeConnection, namespace, taskQueue: queue } = on.server;
  const dataDir = await temporaryFolder('xiaohao-broken-');
  await writeFile(join(dataDir, 'notices'), 'no folder');
  const taskQueue = `${queue}-broken`;
  const bench = await startBench({ nativeConnection, namespace, taskQueue }, { dataDir });
  const one = new LiveCase({ client: bench.client, taskQueue });
  await toAssigned(one);
  expect((await one.do('signFor', actor('UC'))).view.stageZh).toContain('立行立改');
  await until(async () => (await bench.ledger.effects({ case: one.caseNo })).every((e) => e.attempts > 0 && e.deliveredAt === null), 'an attempt for each');
  await rm(join(dataDir, 'notices'));
  await until(async () => (await bench.ledger.effects({ case: one.caseNo })).every((e) => e.deliveredAt !== null), 'the sweep');
  // No directory there: nobody could be told, and that is what lies in the folder.
  expect((await readdir(join(dataDir, 'notices'))).toSorted()).toEqual(['_nobody', '_rater']);
  await bench.stop();
});

it('time tells the head of the unit once of each mark, in working days of the case, also when the worker is exchanged meanwhile', async () => {
  const { nativeConnection: connection, namespace, taskQueue: queue } = on.server;
  const taskQueue = `${queue}-marks`;
  const bench = await startBench({ nativeConnection: connection, namespace, taskQueue });
  await bench.ledger.importDirectory({ ...testDirectory, people: testDirectory.people.map((p) => (p.id === 'wang' ? { ...p, id: 'UH-1@U1' } : p)) }, Date.now());
  const pack = scaledPack(200);
  await bench.ledger.savePack(pack, { policy: '限时方案', calendar: '日历' }, Date.now());
  const one = new LiveCase({ client: bench.client, taskQueue, pack });
  await toAssigned(one);
  await until(async () => (await bench.ledger.effects({ case: one.caseNo })).some((e) => e.data['mark'] !== undefined), 'the first mark');
  await bench.worker.stop();
  const worker = await startWorker({ connection, namespace, taskQueue, ledger: bench.ledger, dataDir: bench.dataDir });
  const overdue = await until(async () => (await readNotices(bench.dataDir, { person: 'UH-1@U1' })).find((n) => n.name === 'fallOverdue' && n.limit?.id === 'total'), 'the end of the total');
  expect(overdue.text.zh).toMatch(/^【逾期】\S+ 教育局: 整改总期限 2026-\d\d-\d\d 已到期, 逾期\d+个工作日$/);
  await until(async () => (await bench.ledger.effects({ case: one.caseNo })).every((e) => e.deliveredAt !== null), 'delivery');
  const log = (await readFile(join(bench.dataDir, 'notices.jsonl'), 'utf8')).trim().split('\n').map((line) => Notice.parse(JSON.parse(line)));
  const marks = log.filter((n) => n.kind === 'mark').map((n) => `${n.person} ${n.key}`);
  expect(new Set(marks).size).toBe(marks.length);
  const ofTotal = log.filter((n) => n.person === 'UH-1@U1' && n.limit?.id === 'total').map((n) => n.limit?.mark);
  expect(new Set(ofTotal).size).toBe(ofTotal.length);
  await worker.stop();
  await bench.stop();
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
