import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../../../cli/program.ts';
import type { Notice } from '../../../schemas/notice.ts';

let dataDir: string;
const notice = (o: Partial<Notice>): Notice => ({
  key: 'YC-2026-JY-0001:7:nearDue', kind: 'mark', case: 'YC-2026-JY-0001', name: 'nearDue', at: 0, sentAt: Date.UTC(2026, 2, 2, 1), person: 'wang', role: 'UH', unit: 'U1', text: { zh: '【临期】还剩2个工作日', en: '2 left' }, ...o,
});
const all = [
  notice({}), notice({ person: 'fen', role: 'LDR_DEPUTY', unit: null, line: 'superior' }), notice({ key: 'YC-2026-JY-0002:1:capture', case: 'YC-2026-JY-0002', person: null, role: 'rater', unit: null }),
  notice({ key: 'YC-2026-JY-0001:missing:UL@U1', kind: 'missing-superior', person: 'fu', role: 'HUB', unit: null, onBehalfOf: 'zhu' }),
];
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'xiaohao-cli-notices-'));
  // As crashes leave it: one line twice, one cut off.
  await writeFile(join(dataDir, 'notices.jsonl'), [...all, all[0]].map((n) => `${JSON.stringify(n)}\n`).join('') + '{"key":"YC-20');
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function run(...words: string[]): Promise<string> {
  let said = '';
  const stdout = { write: (text: string) => void (said += text) };
  await buildProgram({ stdout, stderr: stdout, env: { XIAOHAO_DATA: dataDir }, now: () => 0 }).parseAsync(['node', 'xiaohao', ...words]);
  return said;
}

describe('xiaohao notices', () => {
  it('lists what was sent to whom, in words, each notice once', async () => {
    const lines = (await run('notices')).trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^2026-03-02 09:00 +wang +U1 第一责任人\(主要负责人\) +【临期】还剩2个工作日$/);
    expect(lines[2]).toContain('上级');
    expect(lines[3]).toContain('评价人');
    expect(lines[4]).toContain('受 zhu 委托');
    expect(lines[5]).toContain('4 份通知');
  });

  it('narrows by person and by case, and prints one JSON document', async () => {
    expect((JSON.parse(await run('--json', 'notices', '--person', 'fen')) as { notices: Notice[] }).notices).toEqual([all[1]]);
    expect((JSON.parse(await run('--json', 'notices', '--case', 'YC-2026-JY-0002')) as { notices: Notice[] }).notices).toEqual([all[2]]);
    expect(await run('notices', '--person', 'nobody')).toContain('没有通知');
  });

  it('sums up for each person and day, as one message would', async () => {
    const text = await run('notices', '--digest');
    expect(text).toContain('wang\n2026-03-02 通知汇总: 1 件案件, 临期 1\n- 【临期】还剩2个工作日');
    expect(text).toContain('fu\n2026-03-02 通知汇总: 1 件案件, 责任链空缺 1');
    const { digests } = JSON.parse(await run('--json', 'notices', '--digest', '--person', 'fen')) as { digests: { person: string; notices: Notice[] }[] };
    expect(digests.map((d) => [d.person, d.notices])).toEqual([['fen', [all[1]]]]);
    expect(await run('notices', '--digest', '--person', 'nobody')).toContain('没有通知');
  });
});
