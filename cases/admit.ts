import { type Actor, type CaseState, type CommandType, type EdgeFacts, type Pack, type Proposal, type Refusal, type RoleId, refusal, sideOf } from '../schemas/index.ts';
import { conditions } from './conditions.ts';
import { caseFacts, kindOf } from './facts/case.ts';
import { type Ground } from './facts/ground.ts';
import { officeAlertOf } from './clock/marks.ts';
import { addressee } from './clock/holder.ts';
import { factsFor, withFacts } from './facts/index.ts';
import { mustRecuse, ownUnit, separated } from './duties.ts';
import type { ActorFacts, Look } from './look.ts';
import { type Machine, timed } from './machine/index.ts';
import { mayAct, wrongUnit } from './permission.ts';
import { refuseTo } from './refusing.ts';
import type { Row } from './row.ts';

/** What a command is about before its own guards are asked: its row, who must act, and what the guards look at. */
export type Case = {
  readonly row: Row;
  /** The row whose guards decide and which fires: that of the proposal, for an approval. */
  readonly target: Row;
  readonly ground: Ground;
  readonly look: Look;
  /** Steps needed; `position` of them were taken before this command. */
  readonly chain: readonly (readonly RoleId[])[];
  readonly position: number;
  readonly proposal: Proposal | null;
};
export type Asked = { type: CommandType; payload: Readonly<Record<string, unknown>>; actor: Actor; facts: EdgeFacts; expectedRevision?: number | undefined };

const actorFacts = (a: Actor): ActorFacts => ({ id: a.person, role: a.role, unit: a.unit, forRole: a.forRole ?? a.role, conflicted: a.conflicted });
export const unitSide = (a: Pick<Actor, 'role'>): boolean => ['unit', 'coop'].includes(sideOf(a.role));
const isPending = (type: CommandType): boolean => ['approveProposal', 'returnProposal', 'withdrawProposal'].includes(type);
const isSystemRow = (row: Row): boolean => row.steps.length === 1 && row.steps[0]?.roles[0] === 'SYS';

export const rowFor = (m: Machine, stage: CaseState['stage'], type: CommandType): Row | undefined => m.rows.find((r) => r.command === type && r.from.includes(stage));

/** Roles of each step that the row needs under these facts. */
const chainOf = (row: Row, look: Look): (readonly RoleId[])[] => row.steps.filter((s) => s.if === undefined || conditions[s.if](look)).map((s) => s.roles);

/** A step that was waited for stays to be taken, although the case needs it no more: nobody else completes the act. */
const waitedFor = (row: Row, chain: Ground['chain'], position: number): Ground['chain'] => (position < chain.length ? chain : row.steps.slice(0, position + 1).map((s) => s.roles));

/** Facts of edge for a re-check: what was kept with the proposal, overlaid by what was looked up for the approver. */
const mergeFacts = (old: EdgeFacts, now: EdgeFacts): EdgeFacts => ({
  ...old,
  ...now,
  exhibits: { ...old.exhibits, ...now.exhibits },
  people: { ...old.people, ...now.people },
  units: [...new Set([...old.units, ...now.units])],
  proofSeen: { ...old.proofSeen, ...now.proofSeen },
});

/** An act of supervision looks at the alert of whoever it addresses: the unit's, or the office's own. */
const alertFor = (row: Row, { state, pack }: Pick<Ground, 'state' | 'pack'>): { alert?: string } => (row.with.act !== undefined && timed(state) && addressee(state).unit === null ? { alert: officeAlertOf(state, pack) } : {});

/** The look of a row: its facts are computed here and nowhere else. */
export const lookAt = (row: Row, payload: Readonly<Record<string, unknown>>, of: Omit<Ground, 'chain' | 'row'>, expectedRevision?: number): { look: Look; ground: Ground } => {
  const c = { ...caseFacts(of), ...alertFor(row, of) };
  const a = actorFacts(of.actor);
  const look = (g: Ground): Look => ({ c, a, f: withFacts(factsFor(row, payload, g), { expectedRevision: expectedRevision ?? null }) });
  const draft: Ground = { ...of, row, chain: row.steps.map((s) => s.roles) };
  const first = look(draft);
  if (row.steps.every((s) => s.if === undefined)) return { ground: draft, look: first };
  const ground: Ground = { ...draft, chain: chainOf(row, first) };
  return { ground, look: look(ground) };
};

const prepare = (state: CaseState, asked: Asked, row: Row, m: Machine, at: number, pack: Pack): Case => {
  const id = isPending(asked.type) ? (asked.payload['proposalId'] as string) : undefined;
  const proposal = state.proposals.find((p) => p.proposalId === id && (p.visible === 'case' || !unitSide(asked.actor))) ?? null;
  const of = { state, pack };
  if (!proposal) {
    const { look, ground } = lookAt(row, asked.payload, { ...of, actor: asked.actor, actors: [asked.actor], at, edge: asked.facts }, asked.expectedRevision);
    return { row, target: row, ground, look, chain: ground.chain, position: 0, proposal: null };
  }
  const target = proposal.ratify ? row : (m.byId.get(proposal.row) ?? row);
  const actors = [proposal.by, ...proposal.approvers, ...(asked.type === 'approveProposal' ? [asked.actor] : [])];
  const edge = mergeFacts(proposal.facts, asked.facts);
  const { look, ground } = lookAt(target, proposal.ratify ? asked.payload : proposal.payload, { ...of, actor: proposal.by, actors, at: proposal.at, edge });
  const position = 1 + proposal.approvers.length;
  const chain = proposal.ratify ? [['HUB'] as const, proposal.ratify === 'LDR' ? (['LDR_DEPUTY', 'LDR_CHIEF'] as const) : (['HUB'] as const)] : waitedFor(target, ground.chain, position);
  return { row, target, ground, look, chain, position, proposal };
};

const people = (a: Actor): string[] => [a.person, ...(a.onBehalfOf ? [a.onBehalfOf.person] : [])];
const shares = (a: Actor, b: Actor): boolean => people(a).some((p) => people(b).includes(p));

/** Everything a command owes before its own guards, in the order of the register; the first that fails refuses. */
export const admit = (state: CaseState, asked: Asked, m: Machine, at: number, pack: Pack): Case | Refusal => {
  const { actor, type } = asked;
  if (kindOf(state.stage) === 'final') return refuseTo('CASE-ENDED');
  if (state.halted) return refusal('CASE-HALTED', { zh: state.halted.code, en: state.halted.code });
  const revision = unitSide(actor) ? state.unitRevision : state.revision;
  if (asked.expectedRevision !== undefined && asked.expectedRevision !== revision) return refuseTo('STALE-REVISION', [], { zh: `现为第${revision}版`, en: `now at ${revision}` });
  const known = m.rows.filter((r) => r.command === type);
  if (known.some(isSystemRow) && actor.role !== 'SYS') return refuseTo('SYS-ONLY');
  if (actor.role === 'SYS' && !known.some(isSystemRow)) return refuseTo('SYS-MAY-NOT');
  // Time is applied by `fold` alone: what somebody sends as time is not time.
  if (actor.role === 'SYS' && timed(state)) return refuseTo('SYS-ONLY');
  // A unit learns nothing of the stage from a command that is never its to give: what goes on behind 核验中 would show in the code.
  if (unitSide(actor) && !known.some((r) => r.steps.length === 0 || r.steps.some((s) => s.roles.includes(actor.role)))) return refuseTo('ROLE-NOT-ALLOWED', known.flatMap((r) => r.steps[0]?.roles ?? []));
  const row = rowFor(m, state.stage, type);
  if (!row) return refuseTo('NOT-IN-THIS-STATE');
  return byPerson(state, asked, prepare(state, asked, row, m, at, pack));
};

const byPerson = (state: CaseState, asked: Asked, k: Case): Case | Refusal => {
  const { actor, type } = asked;
  const pending = isPending(type);
  const roles = pending && k.proposal === null ? null : (k.chain[k.position] ?? []);
  if (roles !== null && type !== 'withdrawProposal' && !mayAct(roles, actor)) return refuseTo('ROLE-NOT-ALLOWED', roles);
  if (wrongUnit(state, k.target, actor)) return refuseTo('WRONG-UNIT');
  if (sideOf(actor.role) === 'office' && ownUnit(state, actor)) return refuseTo('OWN-UNIT', roles ?? []);
  if (actor.conflicted || separated(state, k.target, actor)) return refuseTo('CONFLICT-DECLARED', roles ?? []);
  if (actor.forRole !== undefined && actor.forRole !== actor.role && !recusedBelow(state, asked, k)) return refuseTo('RECUSAL-UP', [actor.forRole]);
  if (pending) return byProposal(asked, k);
  if (k.chain.length > 1 && alreadyPending(state, asked, k.row)) return refuseTo('ALREADY-PENDING');
  return k;
};

const byProposal = (asked: Asked, k: Case): Case | Refusal => {
  const { proposal } = k;
  if (proposal === null) return refuseTo('NOT-PENDING');
  if (asked.type === 'withdrawProposal') return proposal.ratify === null && shares(proposal.by, asked.actor) ? k : refuseTo('NOT-YOUR-PROPOSAL');
  if ([proposal.by, ...proposal.approvers].some((a) => shares(a, asked.actor))) return refuseTo('SAME-PERSON', k.chain[k.position] ?? []);
  return k;
};

/** The same act is proposed once: for a task or a rater, once for each of them. */
const alreadyPending = (state: CaseState, asked: Asked, row: Row): boolean => {
  // An empty name is that of a question without a payload (`allowed`): it is about none of them.
  const about = (p: Readonly<Record<string, unknown>>) => p['taskId'] || p['raterId'] || null;
  return state.proposals.some((p) => p.ratify === null && p.row === row.row && about(p.payload) === about(asked.payload));
};

/** Every present holder of the role below must recuse, by directory and duties, not by anybody's word. */
const recusedBelow = (state: CaseState, asked: Asked, k: Case): boolean => {
  const { forRole } = asked.actor;
  const holders = asked.facts.holders;
  if (forRole === undefined || holders === undefined) return false;
  const look = (actor: Actor): Look => ({ ...k.look, c: caseFacts({ ...k.ground, state, actor }), a: actorFacts(actor) });
  return holders.every((h) => {
    const holder: Actor = { person: h.person, role: forRole, unit: asked.actor.unit, memberOf: h.memberOf, conflicted: h.conflicted };
    const took = [k.ground.actor, ...(k.proposal?.approvers ?? [])].some((a) => k.proposal !== null && people(a).includes(h.person));
    return took || mustRecuse(state, k.target, look, holder);
  });
};
