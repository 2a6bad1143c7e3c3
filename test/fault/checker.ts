/** Judges a run by what clients saw and what is on record, and by nothing that the engine says about itself. */
import { type Packs, type Recorded, refold } from '../../cases/index.ts';
import { verifyChain } from '../../ledger/index.ts';
import { Body, type CaseState, Header, type Receipt, type StoredEntry, canonical, payloads } from '../../schemas/index.ts';
import { bodyHash } from './repeating.ts';
import type { Line, Sent } from './log.ts';

/** One case as found at the end. `live`: asked of the worker that ran it; `replayed`: asked of one that had to replay its history first. */
export type Found = {
  caseNo: string;
  entries: StoredEntry[];
  head: { seq: number; hash: string } | null;
  pack: Packs | null;
  boardHash: string | null;
  live: CaseState;
  replayed: CaseState;
  /** What Worker.runReplayHistories said against its history. */
  replayError: string | null;
  refusals: { commandId: string; code: string }[];
};
type Outcome = { sent: Sent; caseNo: string } & ({ ok: Receipt | null } | { code: string });

/** @returns what is wrong, in words; empty when every promise was kept */
export function faultsOf(lines: readonly Line[], cases: readonly Found[]): string[] {
  const { outcomes, open } = outcomesOf(lines);
  const known = new Set(cases.map((c) => c.caseNo));
  const orphans = outcomes.filter((o) => 'ok' in o && !known.has(o.caseNo)).map((o) => `${o.caseNo}: accepted ${o.sent.commandId}, and there is no such case`);
  return [...open, ...orphans, ...cases.flatMap((c) => faultsOfCase(c, outcomes.filter((o) => o.caseNo === c.caseNo)))];
}

function outcomesOf(lines: readonly Line[]): { outcomes: Outcome[]; open: string[] } {
  const sent = new Map<number, Sent>();
  const outcomes: Outcome[] = [];
  for (const line of lines) {
    if (line.t === 'invoke') sent.set(line.op, line);
    const of = line.t === 'ok' || line.t === 'refused' ? sent.get(line.op) : undefined;
    if (of === undefined) continue;
    sent.delete(of.op);
    if (line.t === 'ok') outcomes.push({ sent: of, caseNo: line.caseNo, ok: line.receipt });
    if (line.t === 'refused') outcomes.push({ sent: of, caseNo: line.caseNo, code: line.code });
  }
  return { outcomes, open: [...sent.values()].map((s) => `${s.key}: nobody knows what became of ${s.commandId} ${s.type}`) };
}

function faultsOfCase(found: Found, outcomes: readonly Outcome[]): string[] {
  const entries = found.entries.map((e) => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) }));
  const faults = [...chainFaults(found), ...commandFaults(entries, outcomes), ...refusalFaults(found, outcomes), ...stateFaults(found, entries)];
  return faults.map((fault) => `${found.caseNo}: ${fault}`);
}

/** Sequences dense from 1, every hash in its place, nothing cut off. */
function chainFaults({ entries, head }: Found): string[] {
  if (entries.length === 0 || head === null) return ['nothing is on record'];
  const chain = verifyChain(entries, { head });
  const dense = entries.every((e, i) => e.seq === i + 1) ? [] : ['the sequence is not dense'];
  return chain.ok ? dense : [...dense, `${chain.fault} at ${chain.seq}: ${chain.detail}`];
}

/** No accepted command lost, none applied twice, none on record that nobody sent or that was only ever refused. */
function commandFaults(entries: readonly Recorded[], outcomes: readonly Outcome[]): string[] {
  const byId = grouped(outcomes, (o) => o.sent.commandId);
  const recorded = grouped(entries.filter((e) => e.header.commandId !== undefined), (e) => e.header.commandId ?? '');
  const stray = [...recorded.keys()].filter((id) => !byId.has(id)).map((id) => `${id} is on record and nobody sent it`);
  return [...stray, ...[...byId].flatMap(([id, of]) => faultsOfCommand(id, of, recorded.get(id) ?? []))];
}

function grouped<T>(all: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of all) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function faultsOfCommand(id: string, outcomes: readonly Outcome[], entries: readonly Recorded[]): string[] {
  const oks = outcomes.flatMap((o) => ('ok' in o ? [o] : []));
  const [first] = oks;
  if (first === undefined) return entries.length === 0 ? [] : [`${id} was refused and is on record`];
  if (entries.length === 0) return [`${id} was accepted and is lost`];
  const reused = outcomes.filter((o) => 'code' in o);
  const [entry] = entries;
  return [
    ...(entries.length > 1 ? [`${id} was applied ${entries.length} times`] : []),
    ...(oks.some((o) => canonical(o.ok) !== canonical(first.ok)) ? [`${id} has two receipts`] : []),
    ...(oks.some((o) => o.sent.body !== first.sent.body) ? [`${id} was accepted with two bodies`] : []),
    ...reused.filter((o) => o.code !== 'COMMAND-ID-REUSED').map((o) => `${id} was accepted and refused with ${o.code}`),
    ...reused.filter((o) => o.sent.body === first.sent.body).map(() => `${id} was accepted and called reused with the same body`),
    ...(entry === undefined ? [] : entryFaults(id, first, entry)),
  ];
}

/** What is on record is what was accepted. A capture is made from its feedback, so its body is its own. */
function entryFaults(id: string, { sent, ok }: { sent: Sent; ok: Receipt | null }, { header, body }: Recorded): string[] {
  const seq = ok?.seq ?? header.seq;
  const isCommand = (type: string): type is keyof typeof payloads => Object.hasOwn(payloads, type);
  const other = sent.type !== 'capture' && isCommand(sent.type) && bodyHash(sent.type, body.payload) !== sent.body;
  return [
    ...(header.type === sent.type && seq === header.seq ? [] : [`${id} is on record as ${header.type} ${header.seq}, accepted as ${sent.type} ${seq}`]),
    ...(other ? [`${id} is on record with another body`] : []),
  ];
}

/** Whatever was refused is on record as refused. */
function refusalFaults({ refusals }: Found, outcomes: readonly Outcome[]): string[] {
  const seen = new Set(refusals.map((r) => `${r.commandId} ${r.code}`));
  const refused = outcomes.flatMap((o) => ('code' in o ? [`${o.sent.commandId} ${o.code}`] : []));
  return [...new Set(refused)].filter((r) => !seen.has(r)).map((r) => `the refusal ${r} is not on record`);
}

/** live == refolded == replayed, to the last byte of canonical JSON, and the projection was made from the same state. */
function stateFaults({ pack, live, replayed, boardHash, replayError }: Found, entries: readonly Recorded[]): string[] {
  if (pack === null) return ['its pack is missing'];
  const { state, divergence } = refold(entries, pack);
  const texts = { refolded: canonical(state), replayed: canonical(replayed) };
  return [
    ...(divergence === null ? [] : [`replayed by the rules it parts from the record at ${divergence.seq}: ${divergence.what}`]),
    ...Object.entries(texts).flatMap(([name, text]) => (text === canonical(live) ? [] : [`${name} and live state differ`])),
    ...(boardHash === live.stateHash ? [] : ['the board is of another state']),
    ...(replayError === null ? [] : [`its history does not replay: ${replayError}`]),
  ];
}
