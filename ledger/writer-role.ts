import { sqlState } from './sql-text.ts';
import type { SqlStore } from './sql-store.ts';

/** Nobody logs in as it; sessions of the ledger take it after the migrations. */
export const WRITER = 'xiaohao_ledger';

/** One process at a time: PostgreSQL refuses two that grant on the same table at once ("tuple concurrently updated"). */
const ALONE = 'select pg_advisory_xact_lock(7216004);';

/**
 * Takes the right to change entries away from the sessions of the ledger, as a second bar behind the trigger. Where the login may not
 * make roles, it takes the right away from the login itself. @returns the role to take, if any
 */
export async function grantWriter(store: SqlStore): Promise<string | null> {
  await store.transaction((tx) => tx.script(`${ALONE} ${MAKE}`));
  const role = (await mayTake(store)) ? WRITER : null;
  await store.transaction((tx) => tx.script(`${ALONE} ${role ? GRANT : 'revoke update, delete, truncate on entries from current_user'}`));
  return role;
}

/** Asked by trying: since version 16 a member of a role may not always take it. */
async function mayTake(store: SqlStore): Promise<boolean> {
  try {
    await store.transaction((tx) => tx.script(`set local role ${WRITER}`));
    return true;
  } catch (error) {
    if (refusals.has(sqlState(error) ?? '')) return false;
    throw error;
  }
}

/** No such role; not this login's to take. */
const refusals: ReadonlySet<string> = new Set(['22023', '42501']);

/** For a store with one session: takes the role at once. */
export async function restrict(store: SqlStore): Promise<void> {
  const role = await grantWriter(store);
  if (role) await store.query(`set role ${role}`);
}

const MAKE = `
do $$ begin
  if not exists (select from pg_roles where rolname = '${WRITER}') then create role ${WRITER} nologin; end if;
  if not pg_has_role(current_user, '${WRITER}', 'USAGE') then execute format('grant ${WRITER} to %I', current_user); end if;
exception when others then raise notice 'no role ${WRITER}: %', sqlerrm;
end $$`;

const GRANT = `
do $$ begin execute format('grant usage on schema %I to ${WRITER}', current_schema()); end $$;
grant select, insert, update, delete on heads, case_keys, commands, case_counters, case_numbers, refusals, effects, exhibits, directories,
  policies, calendars, current_pack, draws, runs, problems, tasks, publications, documents, proofs, acts to ${WRITER};
grant select, insert on entries, reads, feedback, sealed, ledger_keys, past_problems, editions, policy_texts, policy_adoptions to ${WRITER};
grant update (case_no) on feedback to ${WRITER};
revoke update, delete, truncate on entries from ${WRITER};
grant select on migrations to ${WRITER}`;
