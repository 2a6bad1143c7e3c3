/** What an auditor does with every case at the end: walks its chain, replays its entries, compares with what is live. */
import { type Recorded, refold } from '../cases/index.ts';
import { packsOf } from '../client/packs.ts';
import { verifyChain, type LedgerReader } from '../ledger/index.ts';
import { type Basis, wrongFirings } from './oracle/index.ts';
import { Body, type Board, type CaseState, type ErrorCode, Header, type StoredEntry } from '../schemas/index.ts';

/** `firings`: what time did and should not have, or did not and should, by an oracle that knows the entries alone. */
export type Audited = { entries: number; faults: string[]; chainVerified: boolean; refoldEqual: boolean; firings: string[] };
type Look = { basis: Basis; now: () => number; ledger: Pick<LedgerReader, 'entries' | 'head' | 'problem' | 'pack'>; live: (caseNo: string) => Promise<CaseState> };

const page = 500;
const onItsWay = 5_000;
const entriesOf = async (ledger: Look['ledger'], caseNo: string): Promise<StoredEntry[]> => {
  const all: StoredEntry[] = [];
  for (;;) {
    const some = await ledger.entries(caseNo, { after: all.length, limit: page });
    all.push(...some);
    if (some.length < page) return all;
  }
};
const read = (e: StoredEntry): Recorded => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) });

/** The ledger is a little behind the cases: waits until it shows what is live. */
const caughtUp = async ({ ledger, live }: Look, caseNo: string): Promise<{ state: CaseState; board: Board | null }> => {
  for (let n = 0; ; n += 1) {
    const [state, board] = [await live(caseNo), await ledger.problem(caseNo)];
    if (board?.seq === state.seq || n >= 100) return { state, board };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** @returns what is wrong with this case, in words; nothing when all holds */
const auditOne = async (look: Look, caseNo: string): Promise<Audited> => {
  const { state, board } = await caughtUp(look, caseNo);
  const [entries, head] = [await entriesOf(look.ledger, caseNo), await look.ledger.head(caseNo)];
  const chain = verifyChain(entries, { head });
  const recorded = entries.map(read);
  // What fell due a moment ago may still be on its way here.
  const firings = wrongFirings(recorded, look.basis, look.now() - onItsWay);
  const replayed = recorded.length > 0 ? refold(recorded, await packsOf(look.ledger, recorded)) : null;
  const hashes = [replayed?.state?.stateHash, board?.stateHash, state.stateHash];
  const equal = replayed?.divergence === null && hashes.every((h) => h === state.stateHash);
  const faults = [
    ...(chain.ok ? [] : [`${caseNo}: ${chain.fault} at ${chain.seq}: ${chain.detail}`]),
    ...(equal
      ? []
      : [
          `${caseNo}: replay, board and live state differ${replayed?.divergence ? ` at ${replayed.divergence.seq}: ${replayed.divergence.what}` : ''}`,
        ]),
  ];
  return { entries: entries.length, faults, chainVerified: chain.ok && entries.length > 0, refoldEqual: equal, firings };
};

export const audit = async (look: Look, caseNos: readonly string[]): Promise<Audited> => {
  const all: Audited[] = [];
  for (const caseNo of caseNos) all.push(await auditOne(look, caseNo));
  return {
    entries: all.reduce((n, a) => n + a.entries, 0),
    faults: all.flatMap((a) => a.faults),
    firings: all.flatMap((a) => a.firings),
    chainVerified: all.length > 0 && all.every((a) => a.chainVerified),
    refoldEqual: all.length > 0 && all.every((a) => a.refoldEqual),
  };
};

/** Refusals that were shown, but of which the ledger keeps no record at that case, or fewer than there were. */
export const notOnRecord = async (
  ledger: Pick<LedgerReader, 'refusals'>,
  shown: readonly { caseNo: string; code: ErrorCode }[],
): Promise<string[]> => {
  const kept = tally((await ledger.refusals({ limit: 1000 })).map((r) => [`${r.code} of ${r.case}`, r.count]));
  const wanted = tally(shown.map((r) => [`${r.code} of ${r.caseNo}`, 1]));
  return [...wanted].flatMap(([what, times]) => {
    const found = kept.get(what) ?? 0;
    return found < times ? [`refusal ${what} is on record ${found} times, not ${times}`] : [];
  });
};
const tally = (of: readonly (readonly [string, number])[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const [what, n] of of) sums.set(what, (sums.get(what) ?? 0) + n);
  return sums;
};
