/** `xiaohao policy` over a ledger, with no workflow engine: what it says, what it adopts and what it refuses. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../cli/run.ts';
import { defaultPack, seedPack } from '../../cli/seed.ts';
import { directory } from '../../demo/directory.ts';
import { shippedPolicy, writePolicy } from '../../import/index.ts';
import type { PolicyPack } from '../../schemas/index.ts';
import { temporaryLedger } from '../support/ledger.ts';

let open: Awaited<ReturnType<typeof temporaryLedger>>;
let folder: string;
const now = Date.UTC(2026, 2, 2, 2);

type Ran = { code: number; out: string; err: string };
async function xiaohao(words: string[], env: Record<string, string> = { XIAOHAO_DATA: open.dataDir }): Promise<Ran> {
  const said = { out: '', err: '' };
  process.exitCode = 0;
  const code = await runCli(words, { stdout: { write: (t: string) => (said.out += t) }, stderr: { write: (t: string) => (said.err += t) }, env, now: () => now });
  const exit = code === 0 ? Number(process.exitCode ?? 0) : code;
  process.exitCode = 0;
  return { code: exit, ...said };
}
async function fileOf(change: (p: PolicyPack) => void, from: 'default' | 'demo' | 'example-city' = 'default'): Promise<string> {
  const pack = structuredClone(await shippedPolicy(from));
  change(pack);
  const path = join(folder, `${pack.name}-${pack.version}-${Math.abs(JSON.stringify(pack).length)}.yaml`);
  await writeFile(path, writePolicy(pack));
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xiaohao-policy-'));
  open = await temporaryLedger();
  await seedPack(open.ledger, now);
});
afterAll(async () => {
  await open.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('a ledger that was seeded', () => {
  it('has the citations of the default pack, also when an earlier release left the amounts alone', async () => {
    const { pack, text } = await defaultPack();
    expect(await open.ledger.policyText(pack.policy.hash)).toEqual(text);
    const old = await temporaryLedger({ door: false });
    await old.ledger.savePack(pack, { policy: 'default-1', calendar: 'cn' }, now - 1);
    await seedPack(old.ledger, now);
    expect(await old.ledger.policyText(pack.policy.hash)).toEqual(text);
    expect((await old.ledger.policies()).map((p) => [p.id, p.savedAt, p.current])).toEqual([['default-1', now - 1, true]]);
    await old.remove();
  });
});

describe('xiaohao policy', () => {
  it('lists, shows with sources, lints and compares with no ledger at all', async () => {
    const nowhere = { XIAOHAO_DATA: join(folder, 'nothing') };
    const list = JSON.parse((await xiaohao(['policy', 'list', '--json'], nowhere)).out) as { id: string; current: boolean }[];
    expect(list.map((p) => [p.id, p.current])).toEqual([['default-1', false], ['demo-2', false], ['example-city-1', false]]);
    const shown = (await xiaohao(['policy', 'show', 'example-city'], nowhere)).out;
    expect(shown).toContain('不是法律意见');
    expect(shown).toMatch(/签收 +0.5 个工作日 +交办 +某市接诉即办工作条例\(虚构\)第十二条/);
    expect(await xiaohao(['policy', 'lint', 'demo'], nowhere)).toMatchObject({ code: 0, err: expect.stringContaining('未查批准角色') as string });
    const changes = JSON.parse((await xiaohao(['policy', 'diff', 'default', 'demo', '--json'], nowhere)).out) as { path: string }[];
    expect(changes.map((c) => c.path)).toContain('fixed.publicity');
    expect(await xiaohao(['policy', 'show', 'none-9'], nowhere)).toMatchObject({ code: 2, err: expect.stringContaining('none-9') as string });
    expect(await xiaohao(['policy', 'adopt', 'example-city'], nowhere)).toMatchObject({ code: 1, err: expect.stringContaining('NOT-RUNNING') as string });
  });

  it('lint ends with 1 when it finds something, and says the rule in both languages', async () => {
    await open.ledger.importDirectory({ ...directory, people: directory.people.filter((p) => !p.terms.some((t) => t.role === 'LDR_CHIEF')) }, now);
    const found = await xiaohao(['policy', 'lint', await fileOf((p) => void (p.limits['F3'] = { ...(p.limits['F3'] as PolicyPack['limits'][string]), amount: 31 }))]);
    expect(found.code).toBe(1);
    for (const words of ['CEILING-EXCEEDED', '超过法定上限', 'a legal ceiling is exceeded', 'APPROVER-MISSING', '主要领导']) expect(found.out).toContain(words);
  });

  it('adopts nothing that lint finds, that is not in effect yet, that scales time in a real directory, or that the case table does not keep', async () => {
    const before = await open.ledger.currentPack();
    const wrong: [string, string][] = [
      [await fileOf((p) => void (p.version = 2)), 'APPROVER-MISSING'],
      [await fileOf((p) => void Object.assign(p, { version: 3, effectiveFrom: '2026-03-03' })), '2026-03-03'],
      [await fileOf((p) => void Object.assign(p.caps.renewals, { value: 2 })), 'caps.renewals'],
    ];
    for (const [path, why] of wrong) expect(await xiaohao(['policy', 'adopt', path]), path).toMatchObject({ code: 2, err: expect.stringContaining(why) as string });
    await open.ledger.importDirectory({ ...directory, fictional: false }, now);
    expect(await xiaohao(['policy', 'adopt', 'demo'])).toMatchObject({ code: 2, err: expect.stringContaining('虚构的人员目录') as string });
    expect(await open.ledger.currentPack()).toEqual(before);
    expect(await open.ledger.policies()).toHaveLength(1);
  });

  it('adopts a pack once, shows it as the one in force, and keeps the one before under its hash', async () => {
    const before = await open.ledger.currentPack();
    expect(await xiaohao(['policy', 'adopt', 'example-city'])).toMatchObject({ code: 0, out: expect.stringContaining('今后登记的新案') as string, err: expect.stringContaining('不是法律意见') as string });
    expect((await xiaohao(['policy', 'adopt', 'example-city-1'])).out).toContain('已是现行方案');
    const current = await open.ledger.currentPack();
    expect([current?.policy.id, current?.calendar]).toEqual(['example-city-1', before?.calendar]);
    expect((await xiaohao(['policy', 'show'])).out).toContain('example-city-1');
    expect(JSON.parse((await xiaohao(['policy', 'show', before?.policy.hash.slice(0, 12) ?? '', '--json'])).out)).toMatchObject({ hash: before?.policy.hash, name: 'default' });
    const list = JSON.parse((await xiaohao(['policy', 'list', '--json'])).out) as { id: string; current: boolean }[];
    expect(list.filter((p) => p.current).map((p) => p.id)).toEqual(['example-city-1']);
  });

  it('refuses another text under a name and version that were adopted', async () => {
    const path = await fileOf((p) => void (p.title = { zh: '改了名称', en: 'renamed' }), 'example-city');
    expect(await xiaohao(['policy', 'adopt', path])).toMatchObject({ code: 2, err: expect.stringContaining('example-city-1') as string });
  });
});
