import { type CaseState, type Effect, type EntryDraft, type Envelope, type Imported, type Pack, type Receipt, type Refusal, refusal } from '../schemas/index.ts';
import { type Case, admit } from './admit.ts';
import { dutiesOf, addDuties } from './duties.ts';
import { withFacts } from './facts/index.ts';
import { eventOf, fire, type Fired } from './fire.ts';
import { type Machine, ask, brokenRule, machineOf, timed } from './machine/index.ts';
import { advance } from './machine/regions.ts';
import { openProposal } from './proposal.ts';
import { type Act, namedIn, record } from './record.ts';
import { refuseByRule, refuseTo } from './refusing.ts';
import { sentBefore } from './repeat.ts';
import { missingToRatify, takeOver } from './takeover.ts';
import { wrongImport } from './facts/imported.ts';
import { addressee } from './clock/holder.ts';
import type { Row } from './row.ts';
import { settleTime } from './time.ts';

/** The instant and the pack by which a command is judged. `at` is server time, read once. */
export type Context = { at: number; pack: Pack };
export type Stepped =
  | { ok: true; repeat: false; state: CaseState; entries: EntryDraft[]; effects: Effect[]; receipt: Receipt }
  /** Known id and content: nothing steps; the receipt is null when it is older than the state remembers. */
  | { ok: true; repeat: true; state: CaseState; entries: []; effects: []; receipt: Receipt | null; seq: number }
  | { ok: false; refusal: Refusal };

const no = (r: Refusal): Stepped => ({ ok: false, refusal: r });

/**
 * One of the two doors of the core: a command, judged and carried out on a state to which time has already been applied (`fold`).
 * Pure and total: it never throws for anything a sender can cause. Refusals name the rule.
 */
export const step = (state: CaseState, env: Envelope, { at, pack }: Context): Stepped => {
  const m = machineOf(state.machine);
  if (!m) return no(refusal('MACHINE-UNKNOWN', { zh: state.machine, en: state.machine }));
  const before = sentBefore(state, env);
  if (before) return before;
  const admitted = admit(state, { type: env.type, payload: env.payload, actor: env.actor, facts: env.facts, expectedRevision: env.expectedRevision }, m, at, pack);
  if ('code' in admitted) return no(admitted);
  return carryOut(state, env, admitted, m, { at, pack });
};

const carryOut = (state: CaseState, env: Envelope, k: Case, m: Machine, ctx: Context): Stepped => {
  if (env.type === 'returnProposal' || env.type === 'withdrawProposal') return drop(state, env, k, m, ctx);
  const ratifying = k.proposal?.ratify != null;
  const broken = ratifying ? null : brokenRule(k.target, k.look);
  if (broken) return no(refuseByRule(broken, k.target, k.ground, (k.proposal ? k.proposal.payload : env.payload) as Record<string, unknown>));
  if (ratifying) return ratified(state, env, k, m, ctx);
  if (env.type === 'capture' && env.payload.imported !== undefined) return captureOver(state, env, env.payload.imported, k, m, ctx);
  const complete = k.position + 1 >= k.chain.length;
  if (!complete) return k.proposal ? passOn(state, env, k, ctx) : propose(state, env, k, m, ctx);
  return fireRow(state, env, k, m, ctx);
};

const base = (env: Envelope, k: Case, before: CaseState, ctx: Context) => ({
  type: env.type,
  row: k.row,
  before,
  actor: env.actor,
  at: ctx.at,
  payload: env.payload as Record<string, unknown>,
  facts: env.facts,
  privy: [...(k.proposal ? [k.proposal.by, ...k.proposal.approvers] : []).map((a) => a.person), ...namedIn(k.proposal ? k.proposal.payload : (env.payload as Record<string, unknown>))],
  command: { commandId: env.commandId, fingerprint: env.fingerprint, seal: env.seal, expectedRevision: env.expectedRevision },
});
/** Every act ends so: time is settled at its instant, then it is put on record. */
const recordAt = (ctx: Context, act: Act, visible?: string): Stepped => done(record({ ...act, after: settleTime(act.after, ctx.at, ctx.pack) }, visible));
const done = (r: ReturnType<typeof record>): Stepped =>
  r.receipt === null ? no(refusal('INTERNAL')) : { ok: true, repeat: false, state: r.state, entries: [r.entry], effects: r.effects, receipt: r.receipt };
const chartRefused = (): Stepped => no(refuseTo('NOT-IN-THIS-STATE'));

const fireRow = (state: CaseState, env: Envelope, k: Case, m: Machine, ctx: Context): Stepped => {
  const payload = k.proposal ? k.proposal.payload : (env.payload as Record<string, unknown>);
  const open = k.proposal ? { ...state, proposals: state.proposals.filter((p) => p !== k.proposal) } : state;
  const fired: Fired | null = fire(open, m, { row: k.target, look: k.look, ground: k.ground, at: ctx.at, payload, commandId: env.commandId, current: env.actor, pack: ctx.pack });
  if (fired === null) return chartRefused();
  // An approval is recorded as such; its row is the one that fired, so that documents, notices and audience are that row's.
  const act = { ...base(env, k, state, ctx), row: k.target, after: fired.state, outcome: 'done' as const, voided: fired.voided };
  return recordAt(ctx, act, urgesTheOffice(state, k.target) ? 'office' : newDrawOf(k.target, payload) ? 'covert' : undefined);
};

/** 承接台账: one command, two entries - taken in by a person, and put by the engine where the other ledger left it. */
const captureOver = (state: CaseState, env: Envelope, item: Imported, k: Case, m: Machine, ctx: Context): Stepped => {
  const wrong = wrongImport(item, k.ground);
  if (wrong) return no(wrong);
  const captured = fireRow(state, env, k, m, ctx);
  if (!captured.ok || captured.repeat) return captured;
  const over = takeOver(captured.state, item, env.actor, ctx.at, ctx.pack);
  return { ...captured, state: over.state, entries: [...captured.entries, over.entry], effects: [...captured.effects, ...over.effects] };
};

/** 另行抽签: the case goes back to be visited again, and nothing of it is served. */
const newDrawOf = (row: Row, payload: Record<string, unknown>): boolean => row.command === 'declineSignoff' && payload['newDraw'] === true;

/** An act of supervision on the office's own people, while they hold the case: a unit would read the stage from it. */
const urgesTheOffice = (state: CaseState, row: Row): boolean => row.do.includes('act') && ['issueUrge', 'issueSupervisionLetter', 'issueRedNotice'].includes(row.command) && addressee(state).unit === null;

const propose = (state: CaseState, env: Envelope, k: Case, m: Machine, ctx: Context): Stepped => {
  if (ask(m, state.stage, eventOf(state, k.row, k.look, 'propose')) === null) return chartRefused();
  const opened = openProposal(state, { row: k.row.row, type: env.type, payload: env.payload as Record<string, unknown>, facts: env.facts, by: env.actor, at: ctx.at, visible: k.row.visible, ratify: null });
  const after = { ...opened.state, duties: addDuties(state, dutiesOf(k.ground, env.actor, state.round)) };
  return recordAt(ctx, { ...base(env, k, state, ctx), after, outcome: 'proposed', voided: [], proposalId: opened.proposalId });
};

const passOn = (state: CaseState, env: Envelope, k: Case, ctx: Context): Stepped => {
  const duties = addDuties(state, dutiesOf(k.ground, env.actor, state.round));
  const proposals = state.proposals.map((p) => (p === k.proposal ? { ...p, approvers: [...p.approvers, env.actor] } : p));
  return recordAt(ctx, { ...base(env, k, state, ctx), after: { ...state, proposals, duties }, outcome: 'approved', voided: [] }, k.proposal?.visible);
};

const isTakenOver = (k: Case): boolean => k.proposal?.type === 'takenOver';

/** 补签: the leader signs what was done in urgency. */
const ratified = (state: CaseState, env: Envelope, k: Case, m: Machine, ctx: Context): Stepped => {
  const lacks = missingToRatify(state, k.proposal);
  if (lacks) return no(refuseByRule(lacks, k.row));
  if (ask(m, state.stage, eventOf(state, k.row, k.look, 'fire')) === null) return chartRefused();
  const ratification = { ...state.ratification, state: advance('ratification', state.ratification.state, 'sign') };
  const duties = addDuties(state, dutiesOf({ ...k.ground, actor: k.proposal?.by ?? env.actor }, env.actor, state.round));
  const after = { ...state, ratification, duties, proposals: state.proposals.filter((p) => p !== k.proposal) };
  return recordAt(ctx, { ...base(env, k, state, ctx), after, outcome: 'done', voided: [] }, k.proposal?.visible);
};

/** What comes back from whoever should have approved it is to be done again from now on: a check, a decision about an extension. */
const handedBack = (s: CaseState, p: Case['proposal'], at: number): CaseState => {
  if (!timed(s) || p === null) return s;
  if (p.row === '24') return { ...s, extension: { ...s.extension, since: at } };
  return p.row === 'T3' ? { ...s, tasks: s.tasks.map((t) => (t.taskId === p.payload['taskId'] && t.state === 'submitted' ? { ...t, since: at } : t)) } : s;
};

const drop = (state: CaseState, env: Envelope, k: Case, m: Machine, ctx: Context): Stepped => {
  const look = { ...k.look, f: withFacts(k.look.f, { reason: (env.payload as { reason?: string }).reason ?? null }) };
  const broken = brokenRule(k.row, look);
  if (broken) return no(refuseByRule(broken, k.row));
  const answer = ask(m, state.stage, eventOf(state, k.row, look, 'fire', isTakenOver(k) ? null : (k.proposal?.ratify ?? null)));
  if (answer === null) return chartRefused();
  // An urgent act that is undone by its return leaves nothing to ratify; one that stands stays unratified.
  const returned = answer.moved ? { state: 'none' as const, role: null, due: null } : { ...state.ratification, state: advance('ratification', state.ratification.state, 'return') };
  const ratification = k.proposal?.ratify ? returned : state.ratification;
  const moved = answer.moved ? { stage: answer.stage, stageSince: ctx.at, clocks: { ...state.clocks, settledAt: null } } : {};
  const after = handedBack({ ...state, ratification, proposals: state.proposals.filter((p) => p !== k.proposal), ...moved }, k.proposal, ctx.at);
  return recordAt(ctx, { ...base(env, k, state, ctx), after, outcome: 'done', voided: [] }, k.proposal?.visible);
};
