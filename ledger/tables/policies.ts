import { badInput, canonical, CaseError, caseError, hashOf, packId, Policy, PolicyPack } from '../../schemas/index.ts';
import type { Queries } from '../sql-store.ts';
import { sameOrRefuse } from './once.ts';

/** A policy pack that the ledger knows by its compiled form; `since` is when it last became the one for new cases. */
export type KeptPolicy = { hash: string; id: string; name: string; savedAt: number; current: boolean; since: number | null };

/** Adoptions wait for each other, so that each names the pack before it. */
const LOCK = 7_216_005;

/** Keeps both forms of a pack under the hash of the compiled one, within its transaction. @throws BAD-INPUT: other content under the same name and version */
export async function keepPolicy(tx: Queries, given: { policy: Policy; text: PolicyPack }, at: number): Promise<void> {
  const [policy, text] = [Policy.safeParse(given.policy), PolicyPack.safeParse(given.text)];
  if (!policy.success) throw new CaseError(badInput(policy.error, 'policy'));
  if (!text.success) throw new CaseError(badInput(text.error, 'policy'));
  const { hash, ...amounts } = policy.data;
  if (hashOf(amounts) !== hash || amounts.id !== packId(text.data)) throw caseError('BAD-INPUT', { field: 'policy', zh: '哈希或名称不符', en: 'hash or name is not that of the pack' });
  await keepCompiled(tx, policy.data, text.data.title.zh, at);
  await keepText(tx, hash, text.data, at);
}

async function keepCompiled(tx: Queries, policy: Policy, title: string, at: number): Promise<void> {
  await tx.query('insert into policies (hash, name, content, saved_at) values ($1, $2, $3, $4) on conflict (hash) do nothing', [policy.hash, title, canonical(policy), at]);
}

async function keepText(tx: Queries, hash: string, text: PolicyPack, at: number): Promise<void> {
  const content = canonical(text);
  await tx.query('insert into policy_texts (hash, name, version, content, saved_at) values ($1, $2, $3, $4, $5) on conflict do nothing', [hash, text.name, text.version, content, at]);
  const [kept] = await tx.query('select content from policy_texts where name = $1 and version = $2', [text.name, text.version]);
  sameOrRefuse(`policy ${packId(text)}`, kept && JSON.parse(String(kept['content'])), text);
}

/** Makes a kept pack the one for new cases; the calendar stays. @returns whether it was another before. @throws BAD-INPUT, NOT-RUNNING */
export async function adoptPolicy(tx: Queries, hash: string, at: number): Promise<boolean> {
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
  const [known] = await tx.query('select 1 from policies where hash = $1', [hash]);
  if (!known) throw caseError('BAD-INPUT', { field: 'policy', zh: `没有这个限时方案: ${hash}`, en: `no such policy pack: ${hash}` });
  const [now] = await tx.query('select policy from current_pack');
  if (!now) throw caseError('NOT-RUNNING', { zh: '没有现行的限时方案和日历', en: 'no policy pack and calendar in force' });
  if (now['policy'] === hash) return false;
  await tx.query('update current_pack set policy = $1, since = $2', [hash, at]);
  await tx.query('insert into policy_adoptions (hash, before, at) values ($1, $2, $3)', [hash, now['policy'], at]);
  return true;
}

/** Every pack that was ever kept here, the first first. */
export async function readPolicies(db: Queries): Promise<KeptPolicy[]> {
  const rows = await db.query(
    `select p.hash, p.name, p.content, p.saved_at, n.policy is not null as current, coalesce(a.at, n.since) as since
     from policies p left join current_pack n on n.policy = p.hash
     left join (select hash, max(at) as at from policy_adoptions group by hash) a on a.hash = p.hash order by p.saved_at, p.hash`,
  );
  return rows.map((row) => ({
    hash: String(row['hash']),
    id: Policy.parse(JSON.parse(String(row['content']))).id,
    name: String(row['name']),
    savedAt: Number(row['saved_at']),
    current: row['current'] === true,
    since: row['since'] === null ? null : Number(row['since']),
  }));
}

/** Names and citations of a compiled pack; null where it came without. */
export async function readPolicyText(db: Queries, hash: string): Promise<PolicyPack | null> {
  const [row] = await db.query('select content from policy_texts where hash = $1', [hash]);
  return row ? PolicyPack.parse(JSON.parse(String(row['content']))) : null;
}
