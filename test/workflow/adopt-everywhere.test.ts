/** Every case that is not retired, moved to another edition or pack, each with an outcome of its own. */
import { expect, it } from 'vitest';
import { compileCalendar, compilePack } from '../../cases/index.ts';
import type { OfficeClient } from '../../client/index.ts';
import { rehearseAdoption, rebuildProjections } from '../../client/index.ts';
import { newestEdition } from '../../cli/seed.ts';
import { shippedPolicy } from '../../import/index.ts';
import { type Feedback, Header } from '../../schemas/index.ts';
import { scaledPack } from '../support/case.ts';
import { withClient } from '../support/client.ts';
import { until } from '../support/worker.ts';

const stack = withClient();
const hub = { as: 'zhu' };
const feedback = (n: number, ratedUnit = 'U1'): Feedback => ({
  feedbackId: `e-${n}`,
  kind: 'rating',
  level: 1,
  named: true,
  channel: '网办',
  field: 'JY',
  matter: { code: `M${n}`, name: '入学材料' },
  ratedUnit,
  place: '东湖区',
  receivedAt: 1,
  text: '跑了三趟',
  rater: { raterId: `r-${n}`, name: '陈小明' },
});
const open = async (n: number, ratedUnit?: string): Promise<string> =>
  (await stack.client.openCase(feedback(n, ratedUnit), { as: 'li', commandId: `open-${n}` })).caseNo;
const office = (): OfficeClient => stack.more() as OfficeClient;
const headers = async (caseNo: string): Promise<Header[]> =>
  (await stack.ledger.entries(caseNo)).map((e) => Header.parse(JSON.parse(e.header)));
/** Marks may lie between: a limit of one working day is near from the start. */
const settled = async (caseNo: string, type: string): Promise<void> => {
  await until(async () => (await headers(caseNo)).some((h) => h.type === type), `${type} of ${caseNo}`);
};
const acts = async (caseNo: string): Promise<Header[]> => (await headers(caseNo)).filter((h) => h.actor.role !== 'SYS');

it('adopts in each, finds on the second run that all have it, and leaves out whom its asker may not touch', async () => {
  const edition = await newestEdition();
  const calendar = compileCalendar({
    ...edition,
    years: edition.years.map((y) =>
      y.year === 2026 ? { ...y, off: [...y.off, ['2026-12-30', '2026-12-31', '停止办公'] as [string, string, string]] } : y,
    ),
  });
  const adopted = { name: 'changed', calendar };
  const plain = [await open(1), await open(2)];
  const own = await open(3, 'OFFICE');
  const born = await stack.ledger.currentPack();
  await stack.ledger.savePack(scaledPack(86_400_000 / 2), { policy: 'default-1', calendar: 'scaled' }, Date.now());
  const fast = await open(4);
  for (const caseNo of [...plain, own, fast]) await settled(caseNo, 'capture');

  expect((await rehearseAdoption(stack.ledger, adopted, Date.now())).cases).toBe(4);
  const seen: number[] = [];
  const report = await office().adoptEverywhere(adopted, hub, (n) => seen.push(n));
  expect(report).toMatchObject({ cases: 4, adopted: 3, unchanged: 0, refused: 1, failed: 0 });
  expect(report.items.filter((i) => i.outcome === 'refused')).toMatchObject([{ caseNo: own, code: 'OWN-UNIT' }]);
  expect(seen).toHaveLength(4);
  for (const caseNo of [...plain, fast]) await settled(caseNo, 'adoptCalendar');

  const again = await office().adoptEverywhere(adopted, hub);
  expect(again).toMatchObject({ adopted: 0, unchanged: 3, refused: 1 });
  expect(await acts(plain[0] ?? '')).toMatchObject([
    { type: 'capture', calendar: born?.calendar.hash },
    { type: 'adoptCalendar', calendar: calendar.hash },
  ]);
  const scaled = (await acts(fast)).at(-1);
  const pack = await stack.ledger.pack({ policy: scaled?.policy ?? '', calendar: scaled?.calendar ?? '' });
  expect([pack?.calendar.scale?.msPerDay, pack?.calendar.years]).toEqual([86_400_000 / 2, calendar.years]);
  expect((await stack.client.history(fast, hub)).at(-1)).toMatchObject({ type: 'adoptCalendar', zh: '启用日历版本', by: 'zhu' });
});

it('is refused whole to who is nobody, and case by case to who is not the head of the office', async () => {
  const policy = compilePack(await shippedPolicy('example-city'));
  const adopted = { name: 'example-city', policy };
  await expect(office().adoptEverywhere(adopted, { as: 'nobody' })).rejects.toMatchObject({ code: 'UNKNOWN-PERSON' });
  const report = await office().adoptEverywhere(adopted, { as: 'wang' });
  expect(new Set(report.items.map((i) => i.code))).toEqual(new Set(['ROLE-NOT-ALLOWED']));
  await expect(office().adopt('YC-2026-JY-9999', adopted, hub)).rejects.toMatchObject({ code: 'UNKNOWN-CASE' });
});

it('leaves projections that are what the entries say, under every pack that these name', async () => {
  const report = await rebuildProjections(stack.ledger, { check: true });
  expect(report).toMatchObject({ differing: [], faults: [], orphans: [] });
  expect(report.cases).toBe(4);
});
