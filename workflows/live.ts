import type { Stepped } from '../cases/index.ts';
import type { Answer, CaseState, Effect, EntryDraft, Envelope, Pack, Refusal, RefusalRecord } from '../schemas/index.ts';
import { core } from './core.ts';
import type { CaseInput } from './messages.ts';
import { Outbox } from './outbox.ts';

/** A case as one run holds it. Everything here is pure but for what `assume` and the outbox change. */
export type Live = { state: CaseState; readonly outbox: Outbox; pack: Pack };

/** `pack`: the one that the case is judged by from then on, where it adopted another. */
type Change = { state: CaseState; entries: EntryDraft[]; effects: Effect[]; pack?: Pack };
type Sealed = Pick<Envelope, 'actor' | 'seal'>;
/** What a command would do at an instant: time first, then the command. A repeat changes what time changed and nothing else. */
export type Verdict =
  | { ok: true; env: Sealed; change: Change; receipt: Answer['receipt']; seq: number }
  | { ok: false; refusal: Refusal; revision: number };

/**
 * The state with which a run begins: blank, or what the run before left.
 * @throws plain errors, which fail the task and not the case: a worker that knows the machine version and the form will take it up
 */
export function openLive(input: CaseInput): Live {
  const { machineOf, blank, Pack: pack, CaseState: state, Batch: batch } = core();
  if (machineOf(input.machine) === undefined) throw new Error(`MACHINE-UNKNOWN: this worker lacks ${input.machine} of ${input.caseNo}`);
  const { carried } = input;
  if (carried === undefined)
    return { state: blank(input.caseNo, input.machine, pack.parse(input.pack)), outbox: new Outbox(), pack: pack.parse(input.pack) };
  return { state: state.parse(carried.state), outbox: new Outbox(batch.array().parse(carried.outbox)), pack: pack.parse(input.pack) };
}

/** Judges what was sent, whatever it is. Total and without side effects: validator and handler both ask it. */
export function judge(live: Live, sent: unknown, at: number): Verdict {
  const { fold, step, Envelope: schema } = core();
  const parsed = schema.safeParse(sent);
  if (!parsed.success) return unreadable(live, parsed.error);
  const folded = fold(live.state, at, live.pack);
  return verdictOf(live, { env: parsed.data, at, folded, stepped: step(folded.state, parsed.data, { at, pack: live.pack }) });
}

/** The same for another pack, which came with the command: the core looks at what it is. */
export function judgeAdoption(live: Live, sent: unknown, pack: unknown, at: number): Verdict {
  const { fold, adopt, Adoption: schema, Pack: packSchema } = core();
  const [parsed, to] = [schema.safeParse(sent), packSchema.safeParse(pack)];
  if (!parsed.success) return unreadable(live, parsed.error);
  if (!to.success) return unreadable(live, to.error);
  const folded = fold(live.state, at, live.pack);
  const stepped = adopt(folded.state, parsed.data, { at, from: live.pack, to: to.data });
  return verdictOf(live, { env: parsed.data, at, folded, stepped, pack: to.data });
}

const unreadable = (live: Live, error: Parameters<ReturnType<typeof core>['badInput']>[0]): Verdict => ({
  ok: false,
  refusal: core().badInput(error),
  revision: live.state.revision,
});

type Judged = { env: Sealed; at: number; folded: Change; stepped: Stepped; pack?: Pack };
function verdictOf(live: Live, { env, at, folded, stepped, pack }: Judged): Verdict {
  const { refusal } = core();
  const no = (of: Refusal): Verdict => ({ ok: false, refusal: of, revision: folded.state.revision });
  if (!stepped.ok) return no(stepped.refusal);
  if (stepped.repeat) return { ok: true, env, change: folded, receipt: stepped.receipt, seq: stepped.seq };
  // An expired seal would be taken for a forged one by the append, and stop the case.
  if (at > env.seal.expiresAt) return no(refusal('BAD-INPUT', { field: 'seal.expiresAt', zh: '签章已过期', en: 'the seal has expired' }));
  if (live.outbox.isBehind) return no(refusal('LEDGER-BEHIND'));
  const change = {
    state: stepped.state,
    entries: [...folded.entries, ...stepped.entries],
    effects: [...folded.effects, ...stepped.effects],
    ...(pack === undefined ? {} : { pack }),
  };
  return { ok: true, env, change, receipt: stepped.receipt, seq: stepped.state.seq };
}

/** Makes a change the state of the case, and the ledger's business. */
export function assume(live: Live, { state, entries, effects, pack = live.pack }: Change): void {
  if (entries.length > 0) live.outbox.push(entries, effects, core().boardOf(state, pack));
  live.state = state;
  live.pack = pack;
}

/** Applies what time has done until now. */
export const passTime = (live: Live, at: number): void => assume(live, core().fold(live.state, at, live.pack));

/** The state as it would be at an instant; for queries, whose own clock stands at the last activation. */
export const at = (live: Live, instant: number): CaseState => core().fold(live.state, instant, live.pack).state;

export const answerTo = (live: Live, { env, receipt, seq }: Extract<Verdict, { ok: true }>, instant: number): Answer => ({
  receipt,
  view: core().viewOf(live.state, env.actor, instant, live.pack),
  recorded: live.outbox.isRecorded(seq),
});

const word = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 120) : '');
const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** What goes on record about a refusal: who, what and why, of whatever could be read; never a body. */
export function recordOf(
  live: Live,
  sent: unknown,
  { refusal, revision }: Extract<Verdict, { ok: false }>,
  instant: number,
): RefusalRecord {
  const actor = field(sent, 'actor');
  return {
    case: live.state.caseNo,
    commandId: word(field(sent, 'commandId')),
    fingerprint: word(field(sent, 'fingerprint')),
    revision,
    code: refusal.code,
    type: word(field(sent, 'type')),
    person: word(field(actor, 'person')),
    role: word(field(actor, 'role')),
    unit: word(field(actor, 'unit')),
    at: instant,
    by: 'validator',
  };
}
