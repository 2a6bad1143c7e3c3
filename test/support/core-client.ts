/**
 * The client's interface over the pure core: no server, no ledger, a clock in the hand of the test. What the edge looks up
 * (people, exhibits, draws, other cases) is looked up here in maps, in the same words.
 */
import {
  type Recorded,
  allowed,
  blank,
  boardOf,
  currentVersion,
  dateAt,
  fold,
  kindOf,
  mayRead,
  refold,
  step,
  viewOf,
} from '../../cases/index.ts';
import { shownTo, type Said } from '../../client/feedback.ts';
import type { As, CaseClient, CommandOptions, HistoryItem, NewExhibit } from '../../client/client.ts';
import { sealMac } from '../../ledger/index.ts';
import {
  type Actor,
  type Allowed,
  type Answer,
  type Batch,
  type CaseState,
  type CommandType,
  type Directory,
  type EdgeFacts,
  type Effect,
  type EntryDraft,
  type Envelope,
  type Exhibit,
  Feedback,
  type ImportedInput,
  type Pack,
  type Payload,
  type ProblemPage,
  type Receipt,
  CaseError,
  caseError,
  fingerprintOf,
  maskName,
  maskPhone,
  payloads,
  sha256Hex,
  splitPersonal,
  system,
  zhOf,
} from '../../schemas/index.ts';

import { secret } from './ledger-drafts.ts';

const hour = 3_600_000;
/** Who left a unit stays of it for this long. */
const coolingOffYears = 3;
type Kept = { state: CaseState; entries: EntryDraft[]; effects: Effect[] };
type Facts = Partial<EdgeFacts>;

export class CoreClient implements CaseClient {
  readonly cases = new Map<string, Kept>();
  readonly refusals: { caseNo: string; code: string; person: string; type: string }[] = [];
  private readonly exhibits = new Map<string, Exhibit>();
  readonly feedbacks = new Map<string, Feedback>();
  private readonly keys = new Set<string>();
  private readonly draws = new Map<string, boolean>();
  private count = 0;
  readonly directory: Directory;
  readonly pack: Pack;
  at: number;
  constructor(directory: Directory, pack: Pack, at: number) {
    this.directory = directory;
    this.pack = pack;
    this.at = at;
  }

  async openCase(
    feedback: Feedback,
    options: CommandOptions & { externalKey?: string; predecessor?: string; imported?: ImportedInput },
  ): Promise<Answer & { caseNo: string }> {
    const externalKey = options.externalKey ?? feedback.feedbackId;
    if (this.keys.has(externalKey)) throw caseError('KEY-NOT-NEW');
    const caseNo = `${this.directory.prefix}-2026-${feedback.field}-${String(this.cases.size + 1).padStart(4, '0')}`;
    this.feedbacks.set(feedback.feedbackId, feedback);
    this.cases.set(caseNo, { state: blank(caseNo, currentVersion, this.pack), entries: [], effects: [] });
    const payload = {
      feedbackId: feedback.feedbackId,
      source: feedback.kind,
      externalKey,
      field: feedback.field,
      matter: feedback.matter,
      raters: feedback.rater ? [{ raterId: feedback.rater.raterId, feedbackId: feedback.feedbackId, named: feedback.named }] : [],
      ...(feedback.ratedUnit ? { ratedUnit: feedback.ratedUnit } : {}),
      ...(feedback.place ? { place: feedback.place } : {}),
      ...(options.imported ? { imported: payloads.capture.shape.imported.unwrap().parse(options.imported) } : {}),
    } satisfies Payload<'capture'>;
    const answer = await this.command(caseNo, 'capture', payload, options);
    this.keys.add(externalKey);
    return { ...answer, caseNo };
  }

  async command<T extends CommandType>(caseNo: string, type: T, payload: Payload<T>, options: CommandOptions): Promise<Answer> {
    return this.send(caseNo, type, payload, this.actorOf(options), options);
  }
  async tick(caseNo: string, type: CommandType, options: { commandId?: string; payload?: unknown } = {}): Promise<Answer> {
    return this.send(caseNo, type, options.payload ?? {}, system, options);
  }

  private send(
    caseNo: string,
    type: CommandType,
    raw: unknown,
    actor: Actor,
    options: { commandId?: string; expectedRevision?: number },
  ): Answer {
    const kept = this.keptAt(caseNo);
    const payload = JSON.parse(JSON.stringify(payloads[type].parse(raw))) as Record<string, unknown>;
    const content = {
      case: caseNo,
      type,
      payload,
      person: actor.person,
      actingUnit: actor.unit,
      expectedRevision: options.expectedRevision,
    };
    const sealed = {
      commandId: options.commandId ?? `C${++this.count}`,
      fingerprint: fingerprintOf(content),
      actor,
      facts: JSON.parse(JSON.stringify(this.facts(kept.state, type, payload, actor))) as EdgeFacts,
    };
    const expiresAt = this.at + hour;
    const env = {
      ...sealed,
      type,
      payload,
      ...(options.expectedRevision === undefined ? {} : { expectedRevision: options.expectedRevision }),
      seal: { expiresAt, mac: sealMac(secret, { case: caseNo, ...sealed, expiresAt }) },
    } as Envelope;
    const s = step(kept.state, JSON.parse(JSON.stringify(env)) as Envelope, { at: this.at, pack: this.pack });
    if (!s.ok) {
      this.refusals.push({ caseNo, code: s.refusal.code, person: actor.person, type });
      throw new CaseError(s.refusal);
    }
    this.keep(caseNo, kept, s);
    return { receipt: s.receipt, view: viewOf(s.state, actor, this.at), recorded: true };
  }

  /** A second passes; time is applied first, as the workflow does. */
  private keptAt(caseNo: string): Kept {
    this.at += 1000;
    const kept = this.cases.get(caseNo);
    if (!kept) throw caseError('UNKNOWN-CASE');
    const f = fold(kept.state, this.at, this.pack);
    return this.keep(caseNo, kept, f);
  }
  private keep(caseNo: string, kept: Kept, { state, entries, effects }: Pick<Kept, 'state'> & { entries: readonly EntryDraft[]; effects: readonly Effect[] }): Kept {
    const next = { state: JSON.parse(JSON.stringify(state)) as CaseState, entries: [...kept.entries, ...entries], effects: [...kept.effects, ...effects] };
    this.cases.set(caseNo, next);
    return next;
  }

  actorOf(as: As): Actor {
    const today = dateAt(this.pack.calendar, this.at);
    const principal = as.onBehalfOf;
    const person = this.directory.people.find((p) => p.id === as.as);
    const delegation = this.directory.delegations.find(
      (x) => x.to === as.as && x.from === principal && x.since <= today && today <= x.until,
    );
    const held = delegation ? [{ role: delegation.role, unit: delegation.unit, from: delegation.since }] : (person?.terms ?? []);
    const term = held.find(
      (t) =>
        t.from <= today &&
        (!('to' in t) || t.to === undefined || today <= t.to) &&
        (!as.role || t.role === as.role) &&
        (!as.unit || t.unit === as.unit),
    );
    if (!person || !term || (principal && !delegation)) throw caseError('UNKNOWN-PERSON', { zh: as.as, en: as.as });
    return {
      person: person.id,
      role: term.role,
      unit: term.unit,
      memberOf: this.memberOf(person.id),
      conflicted: false,
      ...(delegation ? { onBehalfOf: { person: delegation.from, document: delegation.document } } : {}),
      ...(as.forRole ? { forRole: as.forRole } : {}),
    };
  }
  private memberOf(id: string): string[] {
    const today = dateAt(this.pack.calendar, this.at);
    const since = `${Number(today.slice(0, 4)) - coolingOffYears}${today.slice(4)}`;
    return [
      ...new Set(
        this.directory.people
          .find((p) => p.id === id)
          ?.terms.filter((t) => t.to === undefined || t.to >= since)
          .map((t) => t.unit) ?? [],
      ),
    ];
  }

  /** What the edge looks up for a command: whatever its payload names. */
  private facts(state: CaseState, type: CommandType, payload: Record<string, unknown>, actor: Actor): EdgeFacts {
    const names = new Set<string>();
    JSON.stringify(payload, (_, v: unknown) => (typeof v === 'string' && names.add(v), v));
    const exhibits = Object.fromEntries(
      [...names].flatMap((id) => (this.exhibits.has(id) ? [[id, this.exhibits.get(id) as Exhibit]] : [])),
    );
    const people = Object.fromEntries(this.directory.people.filter((p) => names.has(p.id)).map((p) => [p.id, this.standing(p.id, state)]));
    return {
      exhibits,
      people,
      units: this.directory.units.filter((u) => names.has(u.id)).map((u) => u.id),
      proofSeen: this.seen(Object.values(exhibits)),
      ...this.about(state, type, payload, actor),
    };
  }
  private standing(id: string, state: CaseState): EdgeFacts['people'][string] {
    const terms = this.directory.people.find((p) => p.id === id)?.terms ?? [];
    const conflicted = this.directory.conflicts.some(
      (c) => c.person === id && [state.matter.ratedUnit, state.responsibility.leadUnit].includes(c.unit),
    );
    return { roles: terms.filter((t) => t.to === undefined).map((t) => t.role), units: this.memberOf(id), conflicted };
  }
  private seen(of: readonly Exhibit[]): EdgeFacts['proofSeen'] {
    const proofs = of.filter((e) => e.kind === 'proof');
    return Object.fromEntries(
      proofs.map((e) => [e.sha256, [...this.cases].filter(([, k]) => k.state.usedProofs.includes(e.sha256)).map(([no]) => no)]),
    );
  }
  private about(state: CaseState, type: CommandType, payload: Record<string, unknown>, actor: Actor): Facts {
    const pointed = (type === 'merge' ? payload['into'] : type === 'capture' ? payload['predecessor'] : undefined) as string | undefined;
    const other = pointed === undefined ? undefined : this.cases.get(pointed)?.state;
    const target = other && {
      caseNo: other.caseNo,
      kind: kindOf(other.stage),
      matter: other.matter.code,
      place: other.matter.place,
      unit: other.matter.ratedUnit,
      colour: other.grade?.colour ?? null,
    };
    const f = this.feedbacks.get(payload['feedbackId'] as string);
    const feedback = f && { feedbackId: f.feedbackId, matter: f.matter.code, place: f.place ?? null, unit: f.ratedUnit ?? null };
    const drawn = this.draws.get(state.caseNo);
    const holders =
      actor.forRole &&
      this.directory.people
        .filter((p) => p.terms.some((t) => t.role === actor.forRole))
        .map((p) => ({ person: p.id, memberOf: this.memberOf(p.id), conflicted: false }));
    return {
      ...(target ? { target } : {}),
      ...(feedback ? { feedback } : {}),
      ...(type === 'capture' ? { keyNew: !this.keys.has(payload['externalKey'] as string) } : {}),
      ...(drawn === undefined || type !== 'passByCallback' ? {} : { draw: { commitment: '0'.repeat(64), drawn } }),
      ...(holders ? { holders } : {}),
    };
  }

  async view(caseNo: string, as: As) {
    return viewOf(this.keptAt(caseNo).state, this.actorOf(as), this.at);
  }
  async allowed(caseNo: string, as: As): Promise<Allowed[]> {
    return allowed(this.keptAt(caseNo).state, this.actorOf(as), this.at, this.pack);
  }
  async history(caseNo: string): Promise<HistoryItem[]> {
    return this.keptAt(caseNo).entries.map((e) => ({
      position: e.seq,
      at: e.at,
      type: e.type,
      zh: zhOf(e.type as CommandType),
      by: e.actor.person,
      role: e.actor.role,
      outcome: e.body.outcome,
      from: e.body.from,
      to: e.body.to,
      documents: e.body.documents.map((x) => x.number),
    }));
  }
  async recorded(): Promise<void> {}
  async exhibit(caseNo: string, of: NewExhibit, as: As): Promise<Exhibit> {
    this.at += 1000;
    const { person, role, unit } = this.actorOf(as);
    const id = of.id ?? `X${++this.count}`;
    const sha256 = of.sha256 ?? sha256Hex(String(of.content ?? id));
    const exhibit: Exhibit = {
      id,
      caseNo,
      kind: of.kind,
      sha256,
      registeredAt: this.at,
      by: { person, role, unit },
      data: of.data ?? {},
      ...(of.takenAt === undefined ? {} : { takenAt: of.takenAt }),
    };
    this.exhibits.set(id, exhibit);
    return exhibit;
  }
  async contact(caseNo: string, as: As & { reason?: string }) {
    const { state } = this.keptAt(caseNo);
    const reading = mayRead(state, this.actorOf(as), 'contact');
    if (reading === 'no') throw caseError('NOT-FOR-YOU');
    return state.raters.map((r) => {
      const rater = this.feedbacks.get(r.feedbackId)?.rater;
      const masked = reading === 'masked';
      return {
        raterId: r.raterId,
        name: masked ? maskName(rater?.name ?? '') : (rater?.name ?? null),
        phone: masked ? maskPhone(rater?.phone ?? '') : (rater?.phone ?? null),
        named: r.named,
      };
    });
  }
  /** The masked text alone: looks are the ledger's to keep. */
  async feedback(caseNo: string, as: As): Promise<Said[]> {
    const { state, entries } = this.keptAt(caseNo);
    const actor = this.actorOf(as);
    if (mayRead(state, actor, 'problem') !== 'yes') throw caseError('NOT-FOR-YOU');
    const first = (entries[0]?.body.payload as { feedbackId?: string } | undefined)?.feedbackId;
    const ids = new Set([...(first === undefined ? [] : [first]), ...state.raters.map((r) => r.feedbackId)]);
    return [...ids].flatMap((id) => this.feedbacks.get(id) ?? []).map((f) => shownTo(actor, splitPersonal(Feedback, f).open as Feedback, 'text'));
  }
  async commitDraw(batch: { cases: { caseNo: string; drawn: boolean }[] }): Promise<{ commitment: string }> {
    for (const c of batch.cases) this.draws.set(c.caseNo, c.drawn);
    return { commitment: '0'.repeat(64) };
  }
  async problems(): Promise<ProblemPage> {
    return { items: [...this.cases.values()].map((k) => boardOf(k.state, this.pack)), next: null };
  }
  async renew(): Promise<void> {}
  async close(): Promise<void> {}

  /** Replays a case from its entries alone. */
  refold(caseNo: string): ReturnType<typeof refold> {
    const entries = this.cases.get(caseNo)?.entries ?? [];
    const stored = entries.map(({ body, ...header }) => ({ header: { ...header, bodyHash: '', bodyCommit: '', prev: '' }, body }));
    return refold(JSON.parse(JSON.stringify(stored)) as Recorded[], this.pack);
  }
  /** What a case would have appended by now, sealed as the tests' ledgers want it. */
  batch(caseNo: string): Batch {
    const kept = this.cases.get(caseNo);
    if (!kept) throw caseError('UNKNOWN-CASE');
    return JSON.parse(JSON.stringify({ case: caseNo, entries: kept.entries, effects: kept.effects, board: boardOf(kept.state, this.pack) })) as Batch;
  }
  receipts(caseNo: string): readonly Receipt[] {
    return this.cases.get(caseNo)?.state.receipts ?? [];
  }
}
