import { type Actor, type Audience, type Body, type CaseState, type DocumentRecord, type Effect, type EntryDraft, type Receipt, type Seal, documents, hashOf, sideOf, stages } from '../schemas/index.ts';
import { addressee } from './clock/holder.ts';
import { timed } from './machine/version.ts';
import type { Row } from './row.ts';
import { sealState } from './hash.ts';

/** How an act becomes part of the record: audience, documents, entry, receipt, notices. */

/** One accepted act, as `step` and `fold` hand it over. */
export type Act = {
  readonly type: string;
  readonly row: Row;
  readonly outcome: Body['outcome'];
  readonly before: CaseState;
  readonly after: CaseState;
  readonly actor: Actor;
  readonly at: number;
  readonly effectiveAt?: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly facts: Body['facts'];
  readonly voided: readonly string[];
  readonly proposalId?: string;
  /** 密件: whom the act names, beside its actor: who proposed and approved it before, and whom its payload lists. */
  readonly privy?: readonly string[];
  /** Whom a mark of time tells, instead of whom its row names. */
  readonly to?: Effect['to'];
  readonly command?: { commandId: string; fingerprint: string; seal: Seal; expectedRevision?: number | undefined };
};

const unitSide = (a: Actor): boolean => ['unit', 'coop'].includes(sideOf(a.role));

/**
 * Who may know that it happened. `asRow` rows carry the visibility of the row they stand for. What is served is hidden until then:
 * a proposal of such a row stays with those who must know of it for good.
 */
export const audienceOf = (row: Row, outcome: Body['outcome'], state: CaseState, actor: Actor, visible: string = row.visible, privy: readonly string[] = []): Audience => {
  const fired = outcome === 'done';
  const team = [...new Set([actor.person, ...(state.visit?.team ?? [])])].sort();
  if (visible === 'case' || visible === 'office') return { scope: visible };
  if (visible === 'sealed') return { scope: 'sealed', people: [...new Set([actor.person, ...privy])].sort() };
  if (visible === 'served' && fired) return { scope: 'served', reveal: 'served' };
  return { scope: 'covert', people: team, reveal: 'operationEnded' };
};
/** People whom a payload lists as those who may know. */
export const namedIn = (payload: Readonly<Record<string, unknown>>): string[] => (Array.isArray(payload['named']) ? (payload['named'] as string[]) : []);
export const seenByUnit = (a: Audience): boolean => a.scope === 'case' || a.scope === 'served';

/** Whom a document goes to: the role, and of which unit, which gets none of what it may not see; `holder` by who held the stage then. Recorded as the row names them in the first version. */
const recipientsOf = ({ row, after }: Act, seen: boolean): string[] =>
  timed(after) ? row.notify.flatMap((r) => unitsFor(r, after)).filter(({ unit }) => seen || unit === null).map(({ role, unit }) => (unit === null ? role : `${role}@${unit}`)) : [...row.notify];

/** Numbered by the position that the document's readers see: the case's sequence would tell a unit how much it does not. */
const documentsOf = (act: Act, position: string, seen: boolean): DocumentRecord[] =>
  act.outcome !== 'done'
    ? []
    : act.row.docs.map((kind) => {
        const zh = documents[kind as keyof typeof documents].zh;
        // An act of supervision is served on the office's own people as well: their answer counts from then.
        const served = (seen && (act.row.visible === 'case' || act.row.visible === 'served')) || (timed(act.after) && act.row.do.includes('act'));
        const body = { kind, case: act.after.caseNo, payload: act.payload, signer: act.actor.person, at: act.at };
        return { kind, number: `${act.after.caseNo}-${position}-${zh}`, signer: act.actor.person, recipient: recipientsOf(act, seen), servedAt: served ? act.at : null, hash: hashOf(body) };
      });

const unitsFor = (role: string, s: CaseState): { role: string; unit: string | null }[] => {
  if (role === 'COOP') return s.responsibility.coops.map((c) => ({ role, unit: c.unit }));
  if (['UC', 'UO', 'UL', 'UH', 'LEAD'].includes(role)) return [{ role, unit: s.responsibility.leadUnit ?? s.matter.ratedUnit }];
  if (role === 'holder') return [addressee(s)];
  return [{ role, unit: null }];
};

/**
 * One notice of the act, to everybody whom the row names; the key makes delivery idempotent. A unit is told of nothing that it may not
 * see, and of a sealed act (密件) nobody is told by role.
 */
const noticesOf = (act: Act, seq: number, audience: Audience): Effect[] => {
  const all = act.outcome === 'done' && audience.scope !== 'sealed' ? (act.to ?? act.row.notify.flatMap((r) => unitsFor(r, act.after))) : [];
  const to = seenByUnit(audience) ? all : all.filter((x) => x.unit === null);
  if (to.length === 0) return [];
  const name = act.type;
  return [{ key: `${act.after.caseNo}:${seq}:${name}`, kind: 'notice', case: act.after.caseNo, seq, to, name, at: act.at, data: { ...(act.to ? act.payload : {}), row: act.row.row, stage: publicStage(act.after) ?? '' } }];
};

/** A merge tells the other case whose raters now stand there; a split fetches them back. */
const ratersOf = (act: Act, seq: number): Effect[] => {
  const kind = act.row.command === 'merge' ? 'join' : act.row.command === 'splitMerged' ? 'leave' : null;
  const into = kind === 'join' ? act.after.mergedInto : act.before.mergedInto;
  if (kind === null || act.outcome !== 'done' || into === null) return [];
  const raters = act.after.raters.filter((r) => !r.withdrawn).map(({ raterId, feedbackId, named }) => ({ raterId, feedbackId, named }));
  const key = `${act.after.caseNo}:${seq}:raters`;
  return [{ key, kind: 'raters', case: act.after.caseNo, seq, to: [], name: kind, at: act.at, data: { into, move: { key, kind, from: act.after.caseNo, raters } } }];
};

/** What a unit, search attributes, memo and Temporal's own pages are told about the stage: the unit view of the table. */
export const publicStage = (s: CaseState): string | null => (s.stage === 'uncaptured' ? null : stages[s.stage].unitView);

/** Older ones are in the ledger: as many as may wait for it while it is behind. */
const keptReceipts = 64;

/**
 * Closes an act: positions, receipt, hashes, entry. The unit's own revision counts only what it may see, and a unit's receipt names
 * no place in the sequence: gaps would tell it of visits.
 */
export const record = (act: Act, visible?: string): { state: CaseState; entry: EntryDraft; effects: Effect[]; receipt: Receipt | null } => {
  const { before, after, actor, command } = act;
  const seq = before.seq + 1;
  const audience = audienceOf(act.row, act.outcome, after, actor, visible, act.privy);
  const unit = unitSide(actor);
  const revision = before.revision + 1;
  const unitRevision = before.unitRevision + (seenByUnit(audience) ? 1 : 0);
  const outcome = act.outcome === 'noop' ? 'done' : act.outcome;
  const stage = unit ? (publicStage(after) ?? '') : after.stage;
  const receipt: Receipt | null = command
    ? { commandId: command.commandId, seq: unit ? null : seq, revision: unit ? unitRevision : revision, stage, at: act.at, outcome, ...(act.proposalId ? { proposalId: act.proposalId } : {}) }
    : null;
  const state = sealState({
    ...after,
    seq,
    revision,
    unitRevision,
    commands: command ? { ...after.commands, [command.commandId]: { fingerprint: command.fingerprint, seq } } : after.commands,
    receipts: receipt ? [...after.receipts, receipt].slice(-keptReceipts) : after.receipts,
  });
  const entry: EntryDraft = {
    v: 1,
    case: state.caseNo,
    seq,
    type: act.type,
    at: act.at,
    ...(act.effectiveAt === undefined ? {} : { effectiveAt: act.effectiveAt }),
    ...(command ? { commandId: command.commandId, fingerprint: command.fingerprint } : {}),
    actor: { person: actor.person, role: actor.role, unit: actor.unit, ...(actor.onBehalfOf ? { onBehalfOf: actor.onBehalfOf.person } : {}) },
    machine: state.machine,
    policy: state.policy,
    calendar: state.calendar,
    audience,
    before: before.stateHash,
    after: state.stateHash,
    body: {
      row: act.row.row,
      outcome: act.outcome,
      payload: act.payload,
      actor,
      facts: act.facts,
      ...(command?.expectedRevision === undefined ? {} : { expectedRevision: command.expectedRevision }),
      ...(command ? { seal: command.seal } : {}),
      documents: documentsOf(act, seenByUnit(audience) ? String(unitRevision) : `N${seq}`, seenByUnit(audience)),
      voided: [...act.voided],
      from: before.stage,
      to: after.stage,
      receipt,
    },
  };
  return { state, entry, effects: [...noticesOf(act, seq, audience), ...ratersOf(act, seq)], receipt };
};
