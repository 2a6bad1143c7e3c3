import { expect, it } from 'vitest';

type Raw = (sql: string) => Promise<unknown[]>;
/** What nobody may do to an entry. */
export const changes = {
  update: "update entries set body = '{}' where seq = 2",
  delete: 'delete from entries where seq = 3',
  truncate: 'truncate entries',
};

/** As the login that owns the tables, over a ledger with three entries: two bars, trigger and privilege. */
export function appendOnly(raw: Raw): void {
  it('cannot be changed by their owner: a trigger refuses', async () => {
    await raw('reset role');
    for (const [name, sql] of Object.entries(changes)) await expect(raw(sql), name).rejects.toThrow(/append-only/);
    expect(await raw('select seq from entries order by seq')).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
  });

  it('cannot be changed in the role of the ledger: it has no right to', async () => {
    await raw('set role xiaohao_ledger');
    for (const [name, sql] of Object.entries(changes)) await expect(raw(sql), name).rejects.toThrow(/permission denied/);
    await expect(raw('alter table entries disable trigger all')).rejects.toThrow(/must be owner/);
    await raw('reset role');
  });
}
