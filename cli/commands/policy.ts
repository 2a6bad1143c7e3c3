import type { Command } from 'commander';
import { type Finding, compilePack, diffPolicies, lintPolicy, lintRules, notByTable, plainWeekdays, dateAt } from '../../cases/index.ts';
import { readPolicyFile, shippedPolicies } from '../../import/index.ts';
import { type KeptPolicy, type LedgerReader, type RemoteLedger, openForClient } from '../../ledger/index.ts';
import { CaseError, Directory, type PolicyPack, badInput, caseError, codeOf, packId } from '../../schemas/index.ts';
import { readJsonFile, readText } from '../input.ts';
import { both, help, label, say, textsOf } from '../messages.ts';
import { note, type Result } from '../output.ts';
import { openLedgerToRead } from '../place.ts';
import { policyPage } from '../policy-page.ts';
import { table } from '../table.ts';
import { adoptCases, withAdopting, type Adopting } from './adopting.ts';
import { using, type Act, type Run } from './context.ts';

type Looking = Pick<LedgerReader, 'policies' | 'policyText' | 'directory'>;
type Add = (group: Command, act: (command: Command) => Act) => void;

export function addPolicy(program: Command, act: (command: Command) => Act): void {
  const group = program.command('policy').description(both(help.policy));
  for (const add of [addList, addShow, addLint, addDiff, addAdopt]) add(group, act);
}

/** Packs are read with no ledger, too: those that come with the product, and files. */
async function withLedger<T>(run: Run, work: (ledger: Looking | null) => Promise<T>): Promise<T> {
  const ledger = await openLedgerToRead(run.place).catch((error: unknown) => {
    if (codeOf(error) === 'NOT-RUNNING') return null;
    throw error;
  });
  return work(ledger).finally(() => ledger?.close());
}

/** A file, a pack in the ledger by name-version or hash, or one that comes with the product. @throws BAD-INPUT */
async function packNamed(name: string, ledger: Looking | null): Promise<PolicyPack> {
  if (/\.ya?ml$/i.test(name)) return readPolicyFile(await readText(name));
  const shipped = (await shippedPolicies()).find((p) => p.name === name || packId(p) === name);
  const kept = shipped === undefined ? (await ledger?.policies())?.find((p) => isMeant(p, name)) : undefined;
  const found = shipped ?? (kept && (await textOf(kept, ledger)));
  if (!found) throw caseError('BAD-INPUT', { field: 'policy', ...textsOf('policyUnknown', { name }) });
  return found;
}
const isMeant = (kept: KeptPolicy, name: string): boolean => kept.id === name || (/^[0-9a-f]{8,64}$/.test(name) && kept.hash.startsWith(name));

/** Kept by an earlier release, without texts: the product's own text when that compiles to the same hash. @throws BAD-INPUT */
async function textOf(kept: KeptPolicy, ledger: Looking | null): Promise<PolicyPack> {
  const text = (await ledger?.policyText(kept.hash)) ?? (await shippedPolicies()).find((p) => compilePack(p).hash === kept.hash);
  if (!text) throw caseError('BAD-INPUT', { field: 'policy', ...textsOf('policyNoText', { name: kept.id }) });
  return text;
}

const addList: Add = (group, act) => {
  const command = group.command('list').description(both(help.policyList));
  command.action(() =>
    act(command)((run) =>
      withLedger(run, async (ledger) => {
        const kept = (await ledger?.policies()) ?? [];
        const shipped = (await shippedPolicies()).map((p) => ({ id: packId(p), title: p.title.zh, notice: p.notice?.zh ?? null, effectiveFrom: p.effectiveFrom, hash: compilePack(p).hash }));
        const own = kept.filter((k) => !shipped.some((s) => s.hash === k.hash)).map((k) => ({ id: k.id, title: k.name, notice: null, effectiveFrom: null, hash: k.hash }));
        const all = [...shipped, ...own].map((p) => ({ ...p, current: kept.some((k) => k.current && k.hash === p.hash), since: kept.find((k) => k.hash === p.hash)?.since ?? null }));
        const rows = all.map((p) => [p.id, [p.title, ...(p.notice === null ? [] : [p.notice])].join(' — '), p.effectiveFrom ?? '', p.current ? label('yes') : '', p.hash.slice(0, 12)]);
        return { json: all, text: table(['id', label('pack'), label('effectiveFrom'), label('current'), label('hash')], rows) };
      }),
    ),
  );
};

const addShow: Add = (group, act) => {
  const command = group.command('show').description(both(help.policyShow)).argument('[pack]', both(help.policyPack));
  command.action((name: string | undefined) =>
    act(command)((run) =>
      withLedger(run, async (ledger) => {
        const current = name === undefined ? (await ledger?.policies())?.find((p) => p.current) : undefined;
        const pack = current ? await textOf(current, ledger) : await packNamed(name ?? 'default', ledger);
        const { hash } = compilePack(pack);
        return { json: { hash, ...pack }, text: policyPage(pack, hash) };
      }),
    ),
  );
};

const addLint: Add = (group, act) => {
  const command = group.command('lint').description(both(help.policyLint)).argument('[pack]', both(help.policyPack), 'default').option('--directory <file>', both(help.policyDirectory));
  command.action((name: string, o: { directory?: string }) =>
    act(command)((run) =>
      withLedger(run, async (ledger) => {
        const pack = await packNamed(name, ledger);
        compilePack(pack);
        const directory = o.directory === undefined ? ((await ledger?.directory())?.directory ?? null) : await directoryIn(o.directory);
        if (!directory) note(run.out, say('noRolesChecked'));
        const found = lintPolicy(pack, directory && { directory, today: civilToday(run.now()) });
        if (found.length > 0) process.exitCode = 1;
        return { json: { id: packId(pack), findings: found, rolesChecked: directory !== null }, text: findingsPage(pack, found) };
      }),
    ),
  );
};

/** @throws BAD-INPUT */
async function directoryIn(path: string): Promise<Directory> {
  const parsed = Directory.safeParse(await readJsonFile(path));
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'directory'));
  return parsed.data;
}

const civilToday = (now: number): string => dateAt(plainWeekdays, now);
const findingsPage = (pack: PolicyPack, found: readonly Finding[]): string =>
  found.length === 0 ? say('policyClean', { id: packId(pack) }) : `${say('policyFound', { id: packId(pack), n: found.length })}\n${table([label('rule'), label('finding'), '', ''], found.map((f) => [f.rule, f.zh, f.en, f.path]))}`;

const addDiff: Add = (group, act) => {
  const command = group.command('diff').description(both(help.policyDiff)).argument('<before>', both(help.policyPack)).argument('<after>', both(help.policyPack));
  command.action((a: string, b: string) =>
    act(command)((run) =>
      withLedger(run, async (ledger) => {
        const changes = diffPolicies(await packNamed(a, ledger), await packNamed(b, ledger));
        const rows = changes.map((c) => [c.path, c.before ?? '—', c.after ?? '—']);
        return { json: changes, text: changes.length === 0 ? say('policySame') : table([label('item'), label('before'), label('after')], rows) };
      }),
    ),
  );
};

type AdoptOptions = Adopting & { everyCase?: boolean };
const addAdopt: Add = (group, act) => {
  const command = withAdopting(group.command('adopt').description(both(help.policyAdopt)).argument('<pack>', both(help.policyPack))).option('--every-case', both(help.adoptEveryCase));
  command.action((name: string, o: AdoptOptions) => act(command)((run) => (o.case === undefined && o.everyCase !== true ? adoptForNew(run, name, o) : adoptInCases(run, name, o))));
};

/** For new cases alone. @throws BAD-INPUT */
function adoptForNew(run: Run, name: string, o: AdoptOptions): Promise<Result> {
  const stray = o.dryRun === true ? '--dry-run' : o.as === undefined ? undefined : '--as';
  if (stray !== undefined) throw caseError('BAD-INPUT', { field: stray, ...textsOf('adoptNoCase') });
  return using(openForClient({ dataDir: run.place.dataDir, databaseUrl: run.place.databaseUrl }), async (ledger) => {
    const text = await packNamed(name, ledger);
    const policy = compilePack(text);
    await checkAdoption(text, ledger, run.now());
    await ledger.keepPolicy({ policy, text }, run.now());
    const changed = await ledger.adoptPolicy(policy.hash, run.now());
    if (text.notice) note(run.out, both(text.notice));
    return { json: { id: policy.id, hash: policy.hash, changed }, text: say(changed ? 'policyAdopted' : 'policyAlready', { id: policy.id }) };
  });
}

/** In cases that exist; what is in force for new ones stays. @throws BAD-INPUT */
async function adoptInCases(run: Run, name: string, o: AdoptOptions): Promise<Result> {
  if (o.case !== undefined && o.everyCase === true) throw caseError('BAD-INPUT', { field: '--case', ...textsOf('adoptOneWay') });
  const text = await withLedger(run, (ledger) => packNamed(name, ledger));
  const policy = compilePack(text);
  if (text.notice) note(run.out, both(text.notice));
  return adoptCases(run, { adopted: { name: text.title.zh, policy }, named: { policy: policy.id }, check: (ledger) => checkAdoption(text, ledger, run.now()), keep: (ledger) => ledger.keepPolicy({ policy, text }, run.now()) }, o);
}

/** What would promise what no case keeps, or what lint finds, is not adopted. @throws BAD-INPUT */
async function checkAdoption(pack: PolicyPack, ledger: RemoteLedger, now: number): Promise<void> {
  const refuse = (words: { zh: string; en: string }, field = 'policy'): never => {
    throw caseError('BAD-INPUT', { field, ...words });
  };
  const [directory, inForce] = [(await ledger.directory())?.directory ?? null, await ledger.currentPack()];
  const today = dateAt(inForce?.calendar ?? plainWeekdays, now);
  if (today < pack.effectiveFrom) refuse(textsOf('policyTooEarly', { id: packId(pack), date: pack.effectiveFrom, today }), 'effectiveFrom');
  if (pack.demonstration && directory?.fictional !== true) refuse(textsOf('policyDemonstration'), 'demonstration');
  const strange = notByTable(pack);
  if (strange.length > 0) refuse(textsOf('policyRoles', { what: strange.join(', ') }), 'approvers');
  const [first, ...more] = lintPolicy(pack, directory && { directory, today });
  if (first) refuse({ zh: [first, ...more].map((f) => `${f.rule} ${f.zh}`).join('\n    '), en: [first, ...more].map((f) => `${lintRules[f.rule].en} (${f.path})`).join('; ') }, first.path);
}
