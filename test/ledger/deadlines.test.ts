/** `xiaohao case show`: each deadline explained, over a real ledger, as its readers may see it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../cli/run.ts';
import { defaultPack, seedPack } from '../../cli/seed.ts';
import type { CaseDeadlines } from '../../client/index.ts';
import type { Feedback } from '../../schemas/index.ts';
import { CoreClient } from '../support/core-client.ts';
import { testDirectory } from '../support/directory.ts';
import { temporaryLedger } from '../support/ledger.ts';

/** Friday 2026-02-13, 18:00 in Shanghai: after closing, before a working Saturday and nine days of 春节. */
const start = Date.parse('2026-02-13T18:00:00+08:00');
const feedback: Feedback = { feedbackId: 'F-1', kind: 'rating', level: 1, named: true, channel: '窗口评价器', field: 'JY', matter: { code: 'M-1', name: '入学材料' }, ratedUnit: 'U1', receivedAt: start, saidAt: start - 5, text: '跑了三趟' } as Feedback;

let open: Awaited<ReturnType<typeof temporaryLedger>>;
let core: CoreClient;
let no: string;

type Ran = { code: number; out: string; err: string };
async function xiaohao(...words: string[]): Promise<Ran> {
  const said = { out: '', err: '' };
  const code = await runCli(words, { stdout: { write: (t: string) => (said.out += t) }, stderr: { write: (t: string) => (said.err += t) }, env: { XIAOHAO_DATA: open.dataDir }, now: () => core.at });
  process.exitCode = 0;
  return { code, ...said };
}
const deadlines = async (as: string): Promise<CaseDeadlines> => (JSON.parse((await xiaohao('case', 'show', no, '--as', as, '--json')).out) as { deadlines: CaseDeadlines }).deadlines;
const keep = (): Promise<unknown> => open.ledger.append(core.batch(no));

beforeAll(async () => {
  open = await temporaryLedger();
  await seedPack(open.ledger, start);
  await open.ledger.importDirectory(testDirectory, start);
  core = new CoreClient(testDirectory, (await defaultPack()).pack, start);
  await open.ledger.saveFeedback(feedback);
  no = (await core.openCase(feedback, { as: 'li', commandId: 'open:F-1' })).caseNo;
  await core.command(no, 'verifyStart', {}, { as: 'he' });
  await keep();
});
afterAll(() => open.remove());

const lineWith = (text: string, words: string): string => text.split('\n').find((l) => l.includes(words)) ?? '';
const toAssigned = async (): Promise<void> => {
  await core.command(no, 'confirmValid', { record: { facts: '属实', contacted: '是', conclusion: '属实' } }, { as: 'he' });
  await core.command(no, 'triage', { colour: 'yellow', track: 'list', reasonCode: 'S1' }, { as: 'zhu' });
  await core.command(no, 'assign', { leadUnit: 'U1', unitHead: 'wang', coopUnits: [] }, { as: 'zhu' });
  await keep();
};

describe('xiaohao case show', () => {
  it('has a line for each deadline with its rule, its start and its source, and says how to have it explained', async () => {
    const { code, out } = await xiaohao('case', 'show', no, '--as', 'zhu');
    expect(code).toBe(0);
    expect(lineWith(out, '本环节')).toContain('(属实 · substantiated)  2026-02-26 (还剩4个工作日 · 4 working days left)');
    expect(lineWith(out, '依据')).toMatch(/属实 \(4\) 3个工作日, 自登记起 \(2026-02-13 18:00\) · 3 working days from the intake; 已用办公时间 0小时 \(0%\).*依据 本产品的建议值/);
    expect(out).toContain('日历 cn-2024-2026, 限时方案 default-1');
    expect(out).toContain('--explain');
    expect(out).not.toContain('2026-02-16 周一');
  });

  it('with --explain counts the days one by one: after closing, a working Saturday, the holiday by its name', async () => {
    const { out } = await xiaohao('case', 'show', no, '--as', 'zhu', '--explain');
    const days = out.split('\n').flatMap((l) => /^ {8}(2026-\S+ 周\S  \S+ ?\S*)/.exec(l)?.[1]?.trim() ?? []);
    expect(days).toHaveLength(14);
    expect([days[0], days[1], days[2], days.at(-1)]).toEqual(['2026-02-13 周五  到达, 顺延收到', '2026-02-14 周六  收到当日, 不算', '2026-02-15 周日  不计 春节', '2026-02-26 周四  第3日']);
    expect(lineWith(out, '2026-02-13 周五')).toContain('下班后');
    expect(lineWith(out, '2026-02-14 周六')).toContain('调休上班 (春节)');
    expect(out).toContain('到期 2026-02-26 24:00');
  });

  it('with --json has every day, and the deadlines of before with how they ended', async () => {
    const found = await deadlines('zhu');
    expect(found).toMatchObject({ caseNo: no, edition: 'cn-2024-2026', policy: 'default-1', counting: 'whole', complete: true });
    expect(found.deadlines).toMatchObject([{ id: 'stage', row: '4', anchor: 'capture', amount: { amount: 3, unit: 'wd' }, standing: 'running', left: 4, act: { zh: '属实' }, cite: [{ id: 'design', title: '本产品的建议值' }] }]);
    const [part] = found.deadlines[0]?.parts ?? [];
    expect(part).toMatchObject({ part: 'counted', cause: { type: 'verifyStart', position: 2, by: 'he' }, due: { date: '2026-02-26' } });
    expect(found.history.map((r) => [r.row, r.outcome, r.endedBy?.type ?? null])).toEqual([['3', 'met', 'verifyStart'], ['4', 'running', null]]);
  });

  it('shows the office both totals, the unit its own alone and without what only the office may know', async () => {
    await toAssigned();
    const [office, unit] = [await deadlines('zhu'), await deadlines('wang')];
    expect(office.deadlines.map((d) => d.id)).toEqual(['stage', 'citizen', 'total']);
    expect(unit.deadlines.map((d) => d.id).toSorted()).toEqual(['stage', 'total']);
    expect(unit.history.every((r) => r.unit === 'U1')).toBe(true);
    expect(unit.deadlines.find((d) => d.id === 'total')?.parts).toMatchObject([{ cause: { type: 'assign', position: 1 } }]);
    const history = JSON.parse((await xiaohao('case', 'history', no, '--as', 'zhu', '--json')).out) as { position: number; type: string }[];
    expect(office.deadlines.find((d) => d.id === 'total')?.parts).toMatchObject([{ cause: { type: 'assign', position: history.find((h) => h.type === 'assign')?.position } }]);
    expect((await xiaohao('case', 'show', no, '--as', 'wang')).out).not.toContain('对群众的总期限');
  });

  it('folds a long limit into runs of days, and lists each of them in --json', async () => {
    const { out } = await xiaohao('case', 'show', no, '--as', 'zhu', '--explain');
    expect(out).toContain('2026年2月15日至4月15日  计60日 (第1至60日)');
    const total = (await deadlines('zhu')).deadlines.find((d) => d.id === 'total')?.parts[0];
    expect(total?.part === 'counted' ? total.steps.length : 0).toBe(62);
  });

  it('says who set a date, and both dates of an extension', async () => {
    await core.command(no, 'signFor', {}, { as: 'bai' });
    core.at += 3_600_000;
    await core.command(no, 'requestExtension', { due: '2026-04-30', cause: '须等预算', interimPlan: '先开绿色窗口' }, { as: 'wang' });
    await core.command(no, 'grantExtension', {}, { as: 'zhu' });
    await keep();
    const { out } = await xiaohao('case', 'show', no, '--as', 'zhu', '--explain');
    expect(lineWith(out, '整改总期限')).toContain('2026-04-30');
    expect(out).toMatch(/批准延期 定 \(2026-\S+ \S+ 朱\S*\).*原为 2026-04-15/);
    expect(out).toMatch(/批准延期: 定为 2026-04-30/);
    const found = await deadlines('wang');
    expect(found.history.filter((r) => r.id === 'total').map((r) => [r.outcome, r.endedBy?.type ?? null, r.original !== null])).toEqual([['void', 'grantExtension', false], ['running', null, true]]);
  });

  it('shows the office what it is itself late with, and no unit', async () => {
    const other = { ...feedback, feedbackId: 'F-2' };
    await open.ledger.saveFeedback(other);
    const second = (await core.openCase(other, { as: 'li', commandId: 'open:F-2' })).caseNo;
    await core.command(second, 'verifyStart', {}, { as: 'he' });
    core.at += 20 * 86_400_000;
    await core.command(second, 'instruct', { text: '抓紧核实' }, { as: 'fen' });
    await open.ledger.append(core.batch(second));
    const { out } = await xiaohao('case', 'show', second, '--as', 'zhu');
    expect(lineWith(out, '办内预警')).toMatch(/办内预警 office alert +红·逾期/);
    expect(lineWith(out, '本环节')).toContain('逾期');
    expect((await xiaohao('case', 'show', no, '--as', 'wang')).out).not.toContain('办内预警');
  });

  it('is refused to another unit', async () => {
    expect((await xiaohao('case', 'show', no, '--as', 'wei')).code).toBe(3);
  });
});

describe('xiaohao board', () => {
  it('says with --json by which row, amount and start each deadline runs, and what it rests on', async () => {
    const { deadlines: rows } = JSON.parse((await xiaohao('board', '--as', 'zhu', '--json')).out) as { deadlines: { id: string; caseNo: string }[] };
    expect(rows.find((r) => r.id === 'citizen' && r.caseNo === no)).toMatchObject({ caseNo: no, row: 'due', amount: { amount: 60, unit: 'd' }, anchor: 'capture', cite: [{ id: 'design', title: '本产品的建议值', article: null }] });
    expect(rows.find((r) => r.id === 'stage' && r.caseNo === no)).toMatchObject({ row: '18', amount: { amount: 5, unit: 'wd' }, anchor: 'stateEntered', cite: [{ title: expect.stringMatching(/\S/) as string }] });
  });
});
