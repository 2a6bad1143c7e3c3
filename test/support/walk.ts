/** A seeded walk through the core: mostly towards closing, often astray, sometimes plainly wrong. */
import { allowed } from '../../cases/index.ts';
import { type Actor, type Body, type CommandType, type EntryDraft, type Header, type RoleId, commandTypes, payloads, roles } from '../../schemas/index.ts';
import type { Stepped } from '../../cases/index.ts';
import { goodPayload } from './payloads.ts';
import { type World, actor, day, hour } from './world.ts';

export const random = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Entries as the ledger gives them back, without its hashes. */
export const recorded = (entries: readonly EntryDraft[]): { header: Header; body: Body }[] => {
  const hash = '0'.repeat(64);
  return entries.map(({ body, ...header }) => ({ header: { ...header, bodyHash: hash, bodyCommit: hash, prev: hash }, body }));
};
/** The row that an entry fired, seen from the record alone. */
export const fired = (e: EntryDraft, ...ids: string[]): boolean => e.body.outcome === 'done' && ids.includes(e.body.row) && !['returnProposal', 'withdrawProposal'].includes(e.type);

const roleIds = Object.keys(roles) as RoleId[];
export const everybody: readonly Actor[] = roleIds.flatMap((r) => (['UC', 'UO', 'UL', 'UH', 'LEAD', 'COOP'].includes(r) ? ['U1', 'U2', 'U3'].map((u) => actor(r, 1, u)) : [1, 2, 3].map((n) => actor(r, n))));

const towards: Partial<Record<string, CommandType[]>> = {
  uncaptured: ['capture'],
  captured: ['verifyStart', 'verifyStart', 'verifyStart', 'urgentAssign'],
  verifying: ['confirmValid'],
  registered: ['triage'],
  triaged: ['assign'],
  assigned: ['signFor'],
  reassignReview: ['reassign', 'designate'],
  immediate: ['addMeasure', 'startTask', 'submitTaskProof', 'closeTask', 'replyCitizen', 'confirmValid', 'reportDone'],
  planDrafting: ['submitPlan'],
  planReview: ['approvePlan'],
  rectifying: ['startTask', 'submitTaskProof', 'closeTask', 'replyCitizen', 'confirmValid', 'applyClosure'],
  suspended: ['resume'],
  'closureApplied.filed': ['acceptApplication'],
  'closureApplied.supplementing': ['submitSupplement'],
  prelimReview: ['recordCallback', 'passByCallback', 'passPrelim'],
  'reinspection.awaiting': ['recordCallback', 'startReinspection'],
  'reinspection.active': ['reinspectionPass', 'reinspectionFail'],
  signoff: ['recordCallback', 'confirmValid', 'signClosure'],
  'publicizing.open': ['confirmClosure', 'raiseObjection'],
  'publicizing.checking': ['dismissObjection', 'upholdObjection'],
  closed: ['archive', 'reRate', 'orderLookback'],
  lookback: ['lookbackStable'],
  invalidReview: ['upholdInvalid', 'rejectInvalid'],
};

export type Move = { type: CommandType; by: Actor; result: Stepped; enabled: boolean };

const shuffled = <T>(list: readonly T[], rnd: () => number): T[] => list.map((x) => [rnd(), x] as const).sort((a, b) => a[0] - b[0]).map(([, x]) => x);
const sabotage = (payload: unknown, rnd: () => number): unknown => {
  const keys = Object.keys(payload as object);
  const key = keys[Math.floor(rnd() * keys.length)];
  if (key === undefined || rnd() > 0.15) return payload;
  const { [key]: gone, ...rest } = payload as Record<string, unknown>;
  return Array.isArray(gone) ? { ...rest, [key]: [] } : rest;
};

const wanted = (w: World, rnd: () => number, neglected: readonly CommandType[]): CommandType => {
  const r = rnd();
  if (w.state.proposals.length > 0 && r < 0.75) return rnd() < 0.85 ? 'approveProposal' : 'returnProposal';
  if (r < 0.85) {
    const list = (towards[w.state.stage] ?? []).filter((c) => !neglected.includes(c));
    const fitting = list.filter((c) => sensible(w, c) || rnd() < 0.05);
    return fitting[Math.floor(rnd() * fitting.length)] ?? 'instruct';
  }
  return commandTypes[Math.floor(rnd() * commandTypes.length)] as CommandType;
};

const states: Partial<Record<CommandType, readonly string[]>> = { startTask: ['todo', 'taskReturned'], submitTaskProof: ['doing'], closeTask: ['submitted'] };
const taskFor = (w: World, type: CommandType) => w.state.tasks.find((t) => states[type]?.includes(t.state));
const ownerOf = (w: World, type: CommandType): Actor | undefined => {
  const task = type === 'closeTask' ? undefined : taskFor(w, type);
  return task && { person: task.owner, role: 'UO', unit: task.owner.split('@')[1] ?? 'U1', memberOf: [task.owner.split('@')[1] ?? 'U1'], conflicted: false };
};
/** Is there something on which the command could work? */
const sensible = (w: World, type: CommandType): boolean => {
  if (states[type]) return taskFor(w, type) !== undefined;
  if (type === 'addMeasure') return w.state.tasks.length === 0;
  if (type === 'confirmValid') return w.state.stage === 'verifying' || (w.state.verification.later && !w.state.verification.verified);
  if (type === 'replyCitizen') return w.state.raters.some((x) => x.answeredAt === null);
  if (type === 'recordCallback') return w.state.raters.some((x) => x.callback.state === 'due');
  return true;
};

/** Somebody who may do it, if anybody may; else whoever comes first. */
const somebody = (w: World, type: CommandType, rnd: () => number): { by: Actor; enabled: boolean } => {
  const owner = ownerOf(w, type);
  const people = owner && rnd() < 0.9 ? [owner] : shuffled(everybody, rnd);
  const may = (a: Actor) => allowed(w.state, a, w.at + 60_000, w.pack, w.facts(), type).some((x) => x.enabled);
  const able = rnd() < 0.06 ? undefined : people.find(may);
  const by = able ?? (people[0] as Actor);
  return { by, enabled: able !== undefined || may(by) };
};

/** One step of the walk; what is neglected is done by chance only. */
export const move = (w: World, rnd: () => number, neglected: readonly CommandType[] = []): Move | null => {
  const stuck = ['publicizing.open', 'closed', 'archived', 'explained', 'invalidated', 'merged', 'transferredOut'].includes(w.state.stage);
  if (rnd() < (stuck ? 0.5 : 0.08)) w.wait(stuck ? Math.floor(rnd() * 40) * day : Math.floor(rnd() * 60) * hour);
  if (w.state.stage === 'retired') return null;
  const type = wanted(w, rnd, neglected);
  const { by, enabled } = somebody(w, type, rnd);
  const raw = sabotage(JSON.parse(JSON.stringify(goodPayload[type](w, by, rnd))), rnd);
  const parsed = payloads[type].safeParse(raw);
  if (!parsed.success) return null;
  const payload = JSON.parse(JSON.stringify(parsed.data)) as unknown;
  w.wait(0);
  return { type, by, enabled, result: w.send(w.envelope(type, by, payload)) };
};
