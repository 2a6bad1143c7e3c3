/** A small world for the core: people of every role, exhibits on record, a clock in the hand of the test. */
import { blank, compileCalendar, compilePolicy, currentVersion, fold, step, type Stepped } from '../../cases/index.ts';
import { type Actor, type CaseState, type CommandType, type EdgeFacts, type EntryDraft, type Envelope, type Exhibit, type ExhibitKind, type Pack, type RoleId, fingerprintOf, noFacts, sha256Hex, sideOf } from '../../schemas/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };
import policy from '../../data/policy-default.json' with { type: 'json' };
import { Edition } from '../../cases/calendar/index.ts';
import { Policy } from '../../schemas/index.ts';

export const pack: Pack = { policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)), calendar: compileCalendar(Edition.parse(calendar)) };
export const hour = 3_600_000;
export const day = 24 * hour;
/** Monday 2026-03-02, 10:00 in Shanghai. */
export const monday = Date.UTC(2026, 2, 2, 2);

/** `SUP-2` is the second supervisor; unit people carry their unit: `UH-1@U1`. */
export const actor = (role: RoleId, n = 1, unit?: string): Actor => {
  const side = sideOf(role);
  const at = unit ?? (side === 'unit' ? 'U1' : side === 'coop' ? 'U2' : role === 'SYS' ? 'SYS' : 'OFFICE');
  const person = role === 'SYS' ? 'SYS' : side === 'office' || side === 'public' ? `${role}-${n}` : `${role}-${n}@${at}`;
  return { person, role, unit: at, memberOf: [at], conflicted: false };
};

export class World {
  state: CaseState;
  at: number;
  readonly entries: EntryDraft[] = [];
  readonly exhibits: Record<string, Exhibit> = {};
  drawn: boolean | null = false;
  keyNew = true;
  private count = 0;
  /** Another one once the case has adopted it. */
  pack: Pack;
  constructor(caseNo = 'YC-2026-JY-0001', at = monday, of: Pack = pack) {
    this.pack = of;
    this.at = at;
    this.state = blank(caseNo, currentVersion, of);
  }

  /** Another world in the same state, whose next command and exhibit have numbers of their own. */
  copy(): World {
    return Object.assign(new World(this.state.caseNo, this.at, this.pack), { state: this.state, count: this.count, exhibits: { ...this.exhibits }, drawn: this.drawn, keyNew: this.keyNew });
  }

  exhibit(kind: ExhibitKind, by: Actor, data: Exhibit['data'] = {}, takenAt?: number): string {
    this.count += 1;
    const id = `X${this.count}`;
    this.exhibits[id] = {
      id, caseNo: this.state.caseNo, kind, sha256: sha256Hex(`${this.state.caseNo}:${id}`), registeredAt: this.at, by: { person: by.person, role: by.role, unit: by.unit }, data,
      ...(takenAt === undefined ? {} : { takenAt }),
    };
    return id;
  }

  facts(): EdgeFacts {
    const people: EdgeFacts['people'] = {};
    for (const role of ['LDR_DEPUTY', 'LDR_CHIEF', 'INS', 'IL', 'PANEL', 'SUP'] as const) for (let n = 1; n <= 4; n += 1) people[`${role}-${n}`] = { roles: [role], units: ['OFFICE'], conflicted: false };
    for (const unit of ['U1', 'U2', 'U3']) for (const role of ['UH', 'UL', 'UO', 'UC'] as const) for (let n = 1; n <= 2; n += 1) people[`${role}-${n}@${unit}`] = { roles: [role], units: [unit], conflicted: false };
    const target = { caseNo: 'YC-2026-JY-0099', kind: 'open' as const, matter: this.state.matter.code, place: this.state.matter.place, unit: this.state.matter.ratedUnit, colour: null };
    const feedback = { feedbackId: 'F9', matter: this.state.matter.code, place: this.state.matter.place, unit: this.state.matter.ratedUnit };
    const draw = this.drawn === null ? {} : { draw: { commitment: '0'.repeat(64), drawn: this.drawn } };
    return { ...noFacts, exhibits: { ...this.exhibits }, people, units: ['U1', 'U2', 'U3', 'OFFICE'], target, feedback, keyNew: this.keyNew, ...draw };
  }

  envelope(type: CommandType, by: Actor, payload: unknown, more: { commandId?: string; expectedRevision?: number; facts?: Partial<EdgeFacts> } = {}): Envelope {
    this.count += 1;
    const content = { case: this.state.caseNo, type, payload, person: by.person, actingUnit: by.unit, expectedRevision: more.expectedRevision };
    return {
      commandId: more.commandId ?? `C${this.count}`, type, payload, actor: by, fingerprint: fingerprintOf(content), facts: { ...this.facts(), ...more.facts },
      ...(more.expectedRevision === undefined ? {} : { expectedRevision: more.expectedRevision }), seal: { expiresAt: this.at + hour, mac: '0'.repeat(64) },
    } as Envelope;
  }

  /** Time passes; marks fold. State crosses JSON, as it does between runs. */
  wait(ms: number): void {
    this.at += ms;
    this.foldNow();
  }
  /** The state as time alone leaves it when the next command arrives. */
  soon(): CaseState {
    return JSON.parse(JSON.stringify(fold(this.state, this.at + 60_000, this.pack).state)) as CaseState;
  }
  private foldNow(): void {
    const f = fold(this.state, this.at, this.pack);
    this.entries.push(...f.entries);
    this.state = JSON.parse(JSON.stringify(f.state)) as CaseState;
  }

  send(env: Envelope): Stepped {
    this.at += 60_000;
    this.foldNow();
    const s = step(this.state, env, { at: this.at, pack: this.pack });
    if (s.ok) {
      this.entries.push(...s.entries);
      this.state = JSON.parse(JSON.stringify(s.state)) as CaseState;
    }
    return s;
  }
  try(type: CommandType, by: Actor, payload: unknown = {}, more: Parameters<World['envelope']>[3] = {}): string {
    const s = this.send(this.envelope(type, by, payload, more));
    return s.ok ? 'ok' : s.refusal.code;
  }
  /** Must succeed. */
  do(type: CommandType, by: Actor, payload: unknown = {}): void {
    const s = this.send(this.envelope(type, by, payload));
    if (!s.ok) throw new Error(`${type} by ${by.person} in ${this.state.stage}: ${s.refusal.code} ${s.refusal.en}`);
  }
  /** Approves the newest open proposal. */
  approve(by: Actor, payload: Record<string, unknown> = {}): void {
    this.do('approveProposal', by, { proposalId: this.state.proposals.at(-1)?.proposalId ?? 'P0', ...payload });
  }
}
