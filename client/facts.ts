import { peopleOf } from '../cases/index.ts';
import { type Actor, type CaseState, type CommandType, type Directory, type EdgeFacts, type Exhibit, Id, type Payload, noFacts } from '../schemas/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';
import { hasConflicts, holdersOf, isConflicted, personOf, termsOf, unitsAround, unitsIn, withConflict } from './edge.ts';

/**
 * The facts of the edge (边界事实): what the ledger and the directory say about everything that a payload names. They are sealed with
 * the actor and kept with the entry; a payload that claims one of them is not listened to.
 */
export type Question = {
  readonly ledger: Pick<RemoteLedger, 'exhibits' | 'problem' | 'feedback' | 'proofSeen' | 'draw'>;
  readonly directory: Directory;
  readonly today: string;
  readonly caseNo: string;
  readonly type: CommandType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** Answered by the reservation of the number, for `capture`. */
  readonly keyNew?: boolean;
  /** The live state: asked for only where the answer depends on it. */
  readonly state: () => Promise<CaseState>;
};

/** Every string of a payload that has the form of an id, each once. */
export function idsIn(value: unknown): string[] {
  const found = new Set<string>();
  const walk = (v: unknown): void => {
    if (typeof v === 'string') found.add(v);
    else if (Array.isArray(v)) v.forEach(walk);
    else if (v !== null && typeof v === 'object') Object.values(v).forEach(walk);
  };
  walk(value);
  return [...found].filter((s) => Id.safeParse(s).success);
}

/** What is asked about: the payload of a command, or of the proposal that is being approved. */
type About = { type: CommandType; payload: Readonly<Record<string, unknown>> };

async function subject(q: Question): Promise<About> {
  if (q.type !== 'approveProposal') return q;
  const proposal = (await q.state()).proposals.find((p) => p.proposalId === q.payload['proposalId']);
  return proposal ? { type: proposal.type as CommandType, payload: proposal.payload } : q;
}

const unitsOfCapture = ({ ratedUnit, imported }: Payload<'capture'>): string[] => {
  const r = imported?.responsibility;
  return [ratedUnit, r?.leadUnit, ...(r?.coopUnits ?? [])].filter((u) => u !== undefined);
};

/** Units on the side of the case; only declared conflicts need them, so the case is not asked without one. */
async function caseUnits(q: Question, about: About, people: readonly string[]): Promise<string[]> {
  if (!hasConflicts(q.directory, people)) return [];
  if (about.type === 'capture') return unitsOfCapture(about.payload as Payload<'capture'>);
  return unitsIn(await q.state());
}

/** @returns the facts, and the actor with `conflicted` as the directory has it for this case */
export async function lookUp(q: Question): Promise<{ facts: EdgeFacts; actor: Actor }> {
  const about = await subject(q);
  const ids = [...new Set([...idsIn(about.payload), ...idsIn(q.payload)])];
  const named = ids.filter((id) => personOf(q.directory, id) !== undefined);
  const holders = q.actor.forRole === undefined ? [] : holdersOf(q.directory, q.actor.forRole, q.today, []).map((h) => h.person);
  const units = await caseUnits(q, about, [...peopleOf(q.actor), ...named, ...holders]);
  const exhibits = await q.ledger.exhibits(ids);
  const facts: EdgeFacts = {
    ...noFacts,
    exhibits: Object.fromEntries(exhibits.map((e) => [e.id, about.type === 'signClosure' ? e : withoutText(e)])),
    people: Object.fromEntries(named.map((id) => [id, standing(q, id, units)])),
    units: ids.filter((id) => q.directory.units.some((u) => u.id === id)),
    ...(await others(q, about, exhibits)),
    ...(q.keyNew === undefined ? {} : { keyNew: q.keyNew }),
    ...(q.actor.forRole === undefined ? {} : { holders: holdersOf(q.directory, q.actor.forRole, q.today, units) }),
  };
  return { facts, actor: withConflict(q.directory, q.actor, units) };
}

/** Only who signs needs the words of a draft (公示稿); before they are found to be masked they enter no history. */
function withoutText(e: Exhibit): Exhibit {
  const { text: _, ...data } = e.data;
  return { ...e, data };
}

/** Roles today and units around a person whom a payload names. */
function standing(q: Question, id: string, units: readonly string[]): EdgeFacts['people'][string] {
  const person = personOf(q.directory, id);
  if (!person) return { roles: [], units: [], conflicted: false };
  const roles = [...new Set(termsOf(person, q.today).map((t) => t.role))];
  return { roles, units: unitsAround(person, q.today), conflicted: isConflicted(q.directory, [id], units) };
}

async function others(q: Question, about: About, exhibits: readonly Exhibit[]): Promise<Partial<EdgeFacts>> {
  if (about.type === 'submitTaskProof') return { proofSeen: await q.ledger.proofSeen(exhibits.map((e) => e.sha256)) };
  if (about.type === 'merge') return target(q, about.payload['into']);
  if (about.type === 'capture') return target(q, about.payload['predecessor']);
  if (about.type === 'rebound') return feedback(q, about.payload['feedbackId']);
  if (about.type === 'passByCallback') return draw(q);
  return {};
}

async function target(q: Question, caseNo: unknown): Promise<Pick<EdgeFacts, 'target'>> {
  const board = typeof caseNo === 'string' ? await q.ledger.problem(caseNo) : null;
  if (!board) return {};
  return { target: { caseNo: board.caseNo, kind: board.kind, matter: board.matterCode, place: board.place, unit: board.ratedUnit, colour: board.colour } };
}

async function feedback(q: Question, feedbackId: unknown): Promise<Pick<EdgeFacts, 'feedback'>> {
  const found = typeof feedbackId === 'string' ? await q.ledger.feedback(feedbackId) : null;
  return found ? { feedback: { feedbackId: found.feedbackId, matter: found.matter.code, place: found.place ?? null, unit: found.ratedUnit ?? null } } : {};
}

async function draw(q: Pick<Question, 'ledger' | 'caseNo'>): Promise<Pick<EdgeFacts, 'draw'>> {
  const found = await q.ledger.draw(q.caseNo);
  return found ? { draw: found } : {};
}
