/** A case in a storm: acts pass the guards of `step`, marks are fired by the core without writing records, and the oracle sees both. */
import { compileCalendar, compilePack, fold, marksOf, moveRaters, step, type Mark, type Stepped } from '../../cases/index.ts';
import { redate } from '../../cases/adoption/dates.ts';
import { fireMark } from '../../cases/fold.ts';
import { machineOf } from '../../cases/machine/index.ts';
import type { Row } from '../../cases/row.ts';
import { settleTime } from '../../cases/time.ts';
import { type Adoptable, type Oracle, type Seen, nameOfMark, oracleOf } from '../../demo/oracle/index.ts';
import type { Scale } from '../../demo/oracle/line.ts';
import { type CaseState, type EdgeFacts, type Edition, type Envelope, type Pack, type PolicyPack, noFacts, system } from '../../schemas/index.ts';
import { World, monday } from '../support/world.ts';

export type Weather = { edition: Edition; text: PolicyPack; scale: Scale | undefined };
const packIn = ({ edition, text, scale }: Weather): Pack => ({ policy: compilePack(text), calendar: compileCalendar(edition, scale) });
const people = new World().facts().people;

/** Of approvals and signatures a limit looks at the role; who it was would bar people from acts in a case that lives for years. */
const approvals = (s: CaseState): CaseState['duties'] =>
  s.duties.filter((d, n, all) => ['approval', 'signer'].includes(d.duty) && all.findIndex((o) => o.role === d.role && ['approval', 'signer'].includes(o.duty)) === n).map((d) => ({ ...d, person: 'nobody' }));
/** What grows with every act and no limit looks at: the state stays small, and every hash of it cheap. */
const trimmed = (s: CaseState): CaseState => ({ ...s, commands: {}, receipts: [], duties: approvals(s), usedProofs: [], dispatch: { ...s.dispatch, returnedBy: s.dispatch.returnedBy.slice(-2) } });

export class Ship extends World {
  readonly oracle: Oracle;
  readonly wrong: string[] = [];
  readonly log: string[] = [];
  fired = 0;
  compared = 0;
  private asked: { state: CaseState; law: Pack; marks: readonly Mark[] } | null = null;
  private law: Pack;
  private entry = 0;
  private weather: Weather;
  private readonly machine = machineOf(new World().state.machine);
  constructor(weather: Weather, caseNo: string) {
    const pack = packIn(weather);
    super(caseNo, monday, pack);
    this.law = pack;
    this.weather = weather;
    this.oracle = oracleOf({ policyText: weather.text, edition: weather.edition, scale: weather.scale }, caseNo);
  }
  get now(): Pack {
    return this.law;
  }

  get text(): PolicyPack {
    return this.weather.text;
  }
  get allRows(): readonly Row[] {
    return this.machine?.rows ?? [];
  }
  rowsOf(type: string): readonly Row[] {
    return this.machine?.rows.filter((r) => r.command === type && (r.from.includes(this.state.stage) || this.state.stage === 'uncaptured')) ?? [];
  }

  override facts(): EdgeFacts {
    const target = { caseNo: 'YC-2026-JY-0099', kind: 'open' as const, matter: this.state.matter.code, place: this.state.matter.place, unit: this.state.matter.ratedUnit, colour: null };
    const feedback = { feedbackId: 'F9', matter: this.state.matter.code, place: this.state.matter.place, unit: this.state.matter.ratedUnit };
    return { ...noFacts, exhibits: this.exhibits, people, units: ['U1', 'U2', 'U3', 'OFFICE'], target, feedback, keyNew: true, draw: { commitment: '0'.repeat(64), drawn: false } };
  }

  /** Time passes; the last answer of the core is what it arms now, and must be what the oracle arms. */
  override wait(ms: number): void {
    this.at += ms;
    const fired = this.fired;
    for (let mark = this.pending[0]; mark && mark.at <= this.at; mark = this.pending[0]) {
      if (this.fired - fired > 2000) throw new Error('a fold that does not come to rest');
      this.fireMark(mark);
    }
    if (this.fired > fired) this.comparePending();
  }

  /** What the core arms: asked once for each state. */
  get pending(): readonly Mark[] {
    if (this.asked?.state !== this.state || this.asked.law !== this.law) this.asked = { state: this.state, law: this.law, marks: marksOf(this.state, this.law) };
    return this.asked.marks;
  }

  private fireMark(mark: Mark): void {
    const before = this.state.stage;
    const fired = fireMark(this.state, mark, this.law);
    if (!fired) throw new Error(`${mark.command} is refused in ${before}`);
    this.state = trimmed(fired.state);
    this.fired += 1;
    this.tell({ seq: 0, type: mark.command, at: this.at, effectiveAt: mark.at, actor: system, audience: { scope: 'case' }, body: { row: fired.row.row, outcome: 'done', payload: fired.payload, voided: fired.voided, from: before, to: this.state.stage, facts: null, receipt: null } });
  }

  private tell(e: Seen): void {
    this.entry += 1;
    this.wrong.push(...this.oracle.next({ ...e, seq: this.entry }));
  }

  override send(env: Envelope): Stepped {
    this.at += 1 + (this.entry % 3) * 60_000;
    this.wait(0);
    const s = step(this.state, env, { at: this.at, pack: this.law });
    if (!s.ok || s.repeat) return s;
    for (const e of s.entries) this.tell(e);
    this.log.push(`${env.type} ${env.actor.role}`);
    this.state = trimmed(s.state);
    for (const id of Object.keys(this.exhibits)) delete this.exhibits[id];
    this.comparePending();
    return s;
  }

  /** 并单: a rater of another case comes, or goes back. */
  join(raterId: string, stays: boolean): void {
    if (this.state.stage === 'uncaptured') return;
    this.wait(0);
    if (this.state.stage === 'retired') return;
    const moved = moveRaters(this.state, { key: `K${this.entry}`, kind: stays ? 'join' : 'leave', from: `YC-2026-JY-${raterId}`, raters: [{ raterId, feedbackId: raterId, named: true }] }, this.at, this.law);
    if (!moved) return;
    this.tell(moved.entry);
    this.state = trimmed(moved.state);
    this.comparePending();
  }

  /** 启用日历版本, 改用限时方案: as the recorded act makes of a state, in the middle of anything. */
  adopt(other: Adoptable): void {
    this.wait(0);
    const from = this.law;
    this.weather = 'edition' in other ? { ...this.weather, edition: other.edition } : { ...this.weather, text: other.policyText };
    this.law = packIn(this.weather);
    this.state = settleTime(redate(this.state, { from, to: this.law }, this.at).state, this.at, this.law);
    this.oracle.adopt(other, this.at);
    this.comparePending();
  }

  /** What is pending, and the alert, as the oracle has them. */
  private comparePending(): void {
    const ours = this.pending.map((m) => `${m.at} ${nameOfMark({ command: m.command, deadline: m.of?.deadline.id ?? '', mark: m.of?.rule ?? '' })}`).sort();
    const theirs = this.oracle.armed().map((m) => `${m.at} ${nameOfMark(m)}`).sort();
    this.compared += ours.length;
    if (ours.length === theirs.length && ours.every((x, n) => x === theirs[n])) return this.compareAlert();
    for (const line of ours.filter((x) => !theirs.includes(x))) this.wrong.push(`${this.entry} ${this.state.stage}: armed and should not be: ${line}`);
    for (const line of theirs.filter((x) => !ours.includes(x))) this.wrong.push(`${this.entry} ${this.state.stage}: not armed and should be: ${line}`);
    this.compareAlert();
  }
  private compareAlert(): void {
    const level = this.oracle.life.alert.level;
    if (level !== this.state.alert.level) this.wrong.push(`${this.entry} ${this.state.stage}: alert ${this.state.alert.level}, should be ${level}`);
  }

  /** The door itself: what `fold` records by an instant, for samples. */
  folded(until: number): ReturnType<typeof fold> {
    return fold(this.state, until, this.law);
  }
}
