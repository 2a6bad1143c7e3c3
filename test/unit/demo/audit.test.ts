/** chainVerified, refoldEqual and wrongFirings of the summary are found out and not written down: each lie turns one of them false. */
import { beforeAll, describe, expect, it } from 'vitest';
import { audit, notOnRecord } from '../../../demo/audit.ts';
import { stories } from '../../../demo/stories/index.ts';
import { boardOf } from '../../../cases/index.ts';
import { GENESIS, type RefusalRow, sealEntry } from '../../../ledger/index.ts';
import { shippedPolicy } from '../../../import/index.ts';
import { type CaseState, Edition, type EntryDraft, type Pack, type StoredEntry } from '../../../schemas/index.ts';
import calendar from '../../../data/calendar-cn.json' with { type: 'json' };
import { play } from '../../support/stories.ts';

type Record_ = {
  drafts: readonly EntryDraft[];
  entries: StoredEntry[];
  live: CaseState;
  board: CaseState;
  head: StoredEntry | undefined;
  pack: Pack | null;
};

const basis = { policyText: await shippedPolicy('demo'), edition: Edition.parse(calendar) };
const key = 'ab'.repeat(32);
const chained = (drafts: readonly EntryDraft[]): StoredEntry[] =>
  drafts.reduce<StoredEntry[]>((all, draft) => [...all, sealEntry(draft, all.at(-1)?.hash ?? GENESIS, key)], []);

let sound: Record_;
beforeAll(async () => {
  const { client, cases } = await play(stories[7] as (typeof stories)[number]);
  const { state, entries: drafts } = client.cases.get(cases[0] ?? '') ?? {};
  if (!state || !drafts) throw new Error('story 8 left no case');
  const entries = chained(drafts);
  sound = { drafts, entries, live: state, board: state, head: entries.at(-1), pack: client.pack };
});

const found = async (change: (r: Record_) => Partial<Record_> = () => ({}), cases?: string[]) => {
  const r = { ...sound, ...change(sound) };
  const ledger = {
    entries: async (_no: string, page: { after?: number } = {}) => r.entries.slice(page.after ?? 0),
    head: async () => (r.head ? { seq: r.head.seq, hash: r.head.hash } : null),
    problem: async () => boardOf(r.board, sound.pack as Pack),
    pack: async () => r.pack,
  };
  const { chainVerified, refoldEqual, faults } = await audit({ ledger, live: async () => r.live, basis, now: () => Number.MAX_SAFE_INTEGER }, cases ?? [r.live.caseNo]);
  return { chainVerified, refoldEqual, faults: faults.length };
};
const elsewhere = (s: CaseState): CaseState => ({ ...s, stateHash: 'f'.repeat(64) });

describe('the audit at the end of the demonstration', () => {
  it('finds nothing wrong with a sound record', async () => {
    expect(await found()).toEqual({ chainVerified: true, refoldEqual: true, faults: 0 });
  });

  it('sees an entry whose body was changed behind its hash', async () => {
    const edited = await found(({ entries }) => ({
      entries: entries.map((e, i) => (i === 1 ? { ...e, body: e.body.replace('"outcome":"', '"outcome": "') } : e)),
    }));
    expect(edited).toEqual({ chainVerified: false, refoldEqual: true, faults: 1 });
  });

  it('sees a cut tail, in the chain and in the replay', async () => {
    expect(await found(({ entries }) => ({ entries: entries.slice(0, -1) }))).toEqual({
      chainVerified: false,
      refoldEqual: false,
      faults: 2,
    });
  });

  it('sees by replay what was rewritten together with every hash', async () => {
    const rewritten = await found(({ drafts }) => {
      const entries = chained(drafts.map((d, i) => (i === 1 ? { ...d, at: d.at + 1, after: 'e'.repeat(64) } : d)));
      return { entries, head: entries.at(-1) };
    });
    expect(rewritten).toEqual({ chainVerified: true, refoldEqual: false, faults: 1 });
  });

  it('sees a live case, or a board, that says something else than the entries', async () => {
    expect(await found(({ live }) => ({ live: elsewhere(live) }))).toMatchObject({ chainVerified: true, refoldEqual: false });
    expect(await found(({ board }) => ({ board: elsewhere(board) }))).toMatchObject({ chainVerified: true, refoldEqual: false });
  });

  it('claims nothing of what it cannot see: no rules to replay by, no entries, no cases', async () => {
    expect(await found(() => ({ pack: null }))).toMatchObject({ refoldEqual: false });
    expect(await found(() => ({ entries: [], head: undefined }))).toMatchObject({ chainVerified: false, refoldEqual: false });
    expect(await found(() => ({}), [])).toMatchObject({ chainVerified: false, refoldEqual: false });
  });
});

describe('the firings of the demonstration', () => {
  const firings = async (change: (drafts: EntryDraft[]) => EntryDraft[]): Promise<number> => {
    const { client, cases } = await play(stories[6] as (typeof stories)[number]);
    const { state, entries: drafts } = client.cases.get(cases[0] ?? '') ?? {};
    if (!state || !drafts) throw new Error('story 7 left no case');
    const entries = chained(change([...drafts]));
    const ledger = { entries: async (_no: string, page: { after?: number } = {}) => entries.slice(page.after ?? 0), head: async () => null, problem: async () => boardOf(state, client.pack), pack: async () => client.pack };
    return (await audit({ ledger, live: async () => state, basis, now: () => client.at }, [state.caseNo])).firings.length;
  };
  const at = (drafts: readonly EntryDraft[]): number => drafts.findIndex((d) => d.type === 'fallBehind');

  it('are none of them wrong', async () => expect(await firings((drafts) => drafts)).toBe(0));
  it('are seen to be missing, to have come a minute early, and to have come twice', async () => {
    expect(await firings((drafts) => drafts.toSpliced(at(drafts), 1))).toBeGreaterThan(0);
    expect(await firings((drafts) => drafts.map((d, i) => (i === at(drafts) ? { ...d, effectiveAt: (d.effectiveAt ?? 0) - 60_000 } : d)))).toBeGreaterThan(0);
    expect(await firings((drafts) => drafts.toSpliced(at(drafts) + 1, 0, drafts[at(drafts)] as EntryDraft))).toBeGreaterThan(0);
  });
});

describe('the refusals of the demonstration', () => {
  const ledgerWith = (rows: readonly { case: string; code: string; count: number }[]) => ({ refusals: async () => rows as RefusalRow[] });
  const shown = [
    { caseNo: 'YC-2026-JY-0001', code: 'NO-TASKS' },
    { caseNo: 'YC-2026-JY-0001', code: 'NO-TASKS' },
    { caseNo: 'YC-2026-ZF-0001', code: 'NO-TASKS' },
  ] as const;

  it('are all on record, each at its case and as often as it was refused', async () => {
    const rows = [
      { case: 'YC-2026-JY-0001', code: 'NO-TASKS', count: 2 },
      { case: 'YC-2026-ZF-0001', code: 'NO-TASKS', count: 1 },
    ];
    expect(await notOnRecord(ledgerWith(rows), shown)).toEqual([]);
    expect(await notOnRecord(ledgerWith(rows.slice(0, 1)), shown)).toEqual([
      'refusal NO-TASKS of YC-2026-ZF-0001 is on record 0 times, not 1',
    ]);
    expect(await notOnRecord(ledgerWith([{ ...rows[0], count: 1 } as (typeof rows)[number], ...rows.slice(1)]), shown)).toEqual([
      'refusal NO-TASKS of YC-2026-JY-0001 is on record 1 times, not 2',
    ]);
  });
});
