/** The entries of a case against the oracle: every firing that was early, late, twice, not due at all, or is missing. */
import type { Body, Edition, EntryDraft, PolicyPack } from '../../schemas/index.ts';
import { adopted } from './adoption.ts';
import { type Done, ratifyTakenOver, rows, signRatification } from './acts.ts';
import { drafted, raise } from './alert.ts';
import { type Mark, allMarks, armed, asleep, limitsOf, talkRunning, wasTold } from './deadlines.ts';
import { type Asked, type Law, type Life, blankLife, totalOf } from './life.ts';
import { type Scale, dayAt, dayMs, endOfDate, lineOf, placeOf, workingDaysIn } from './line.ts';
import { endOfLimit } from './limits.ts';
import { newTask } from './rework.ts';

/** What the oracle reads of an entry: nothing that was computed from a state. */
export type Seen = Pick<EntryDraft, 'seq' | 'type' | 'at' | 'effectiveAt'> & { actor: Pick<EntryDraft['actor'], 'role' | 'unit'>; audience: Pick<EntryDraft['audience'], 'scope'>; body: Pick<Body, 'row' | 'outcome' | 'payload' | 'voided' | 'from' | 'to'> & { facts: unknown; receipt: { proposalId?: string | undefined } | null } };
/** `others`: what the case adopts on its way, by hash. What is not known is told as not covered. */
export type Basis = { readonly policyText: PolicyPack; readonly edition: Edition; readonly scale?: Scale | undefined; readonly others?: Readonly<Record<string, Adoptable>> };
export type Adoptable = { readonly edition: Edition } | { readonly policyText: PolicyPack };

const clocked = ['remind', 'nearDue', 'fallBehind', 'fallOverdue', 'lookbackDue', 'retire'];
/** Rows by which a stage is entered anew though it is the same. */
const anew = ['31a', '38', '35'];
const endings: readonly string[] = ['explained', 'invalidated', 'transferredOut', 'merged'];
export const name = (m: Pick<Mark, 'command' | 'deadline' | 'mark'>): string => (m.deadline === '' ? m.command : `${m.command} ${m.deadline} ${m.mark}`);
const when = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');

const enter = (life: Life, to: string, at: number): void => {
  if (endings.includes(to)) life.settledAt = life.stage === 'lookback' ? life.settledAt : at;
  else if (endings.includes(life.stage) && to !== 'archived' && to !== 'lookback') life.settledAt = null;
  if (to === 'reinspection.awaiting') life.revisit = life.stage !== 'prelimReview';
  if (to === 'verifying' && endings.includes(life.stage)) life.cameBack = true;
  if (to !== 'suspended' && (life.stage !== 'suspended' || life.suspension)) life.begun = null;
  // A suspended case that becomes something else is suspended no more.
  if (to !== 'suspended' && life.suspension) {
    life.pauses.push({ from: life.suspension.since, to: at });
    life.suspension = null;
    life.drafts.delete('resume');
  }
  life.stage = to;
  life.entered = at;
};

/** What was told stays told while its limit is in force, or its stage is held by a suspension; 临期 ends when no limit is near. */
const settle = (life: Life, at: number, law: Law): void => {
  life.last = Math.max(life.last, at);
  if (life.told.size > 0 || life.passed.size > 0) {
    const alive = new Set([...limitsOf(life, law), ...asleep(life, law)].map((l) => l.running));
    if (life.alert.level === 'red') alive.add(talkRunning(life));
    for (const running of life.told.keys()) if (!alive.has(running)) life.told.delete(running);
    for (const running of life.passed.keys()) if (!alive.has(running)) life.passed.delete(running);
  }
  const near = (m: Mark): boolean => m.of?.side === 'unit' && ['nearDue', 'fallBehind', 'fallOverdue'].includes(m.command) && wasTold(life, m);
  if (life.alert.level === 'blue' && life.stage !== 'suspended' && !allMarks(life, law).some(near)) life.alert = { level: 'none', since: 0, cause: '' };
};

const fired = (life: Life, m: Mark, at: number, law: Law): void => {
  if (m.of) {
    const told = life.told.get(m.of.running) ?? new Map<string, string>();
    life.told.set(m.of.running, told.set(m.mark, m.command));
    const level = ({ nearDue: 'blue', fallBehind: 'yellow', fallOverdue: 'red' } as const)[m.command];
    if (level && m.of.side === 'unit') raise(life, level, m.command, at);
    if (m.command === 'fallBehind') drafted(life, at, 'L2');
    if (m.command === 'fallOverdue' && ['total', 'stage'].includes(m.deadline) && (m.of.side === 'unit' || life.stage === 'suspended')) drafted(life, at, life.stage === 'suspended' ? 'resume' : 'L3');
    if (m.command === 'fallOverdue' && m.deadline === 'total') life.overdue = life.due;
    if (m.deadline === 'talk') drafted(life, at, 'L4');
  }
  if (m.command === 'lookbackDue') {
    const look = life.lookbacks.find((l) => !l.done && l.at <= at);
    if (look) look.done = true;
    enter(life, 'lookback', at);
  }
  if (m.command === 'retire') enter(life, 'retired', at);
  settle(life, at, law);
};

/** 承接: the case begins where the other ledger left it. */
const takeOver = (life: Life, at: number, law: Law): void => {
  const { item } = life;
  if (!item) return;
  const { grade: g, responsibility: r } = item;
  const withUnit = !['registered', 'triaged'].includes(item.stage);
  life.takenOver = true;
  life.registered = at;
  life.grade = g ? { colour: g.colour, track: g.track, ordinary: g.colour === 'blue' && g.track === 'immediate' && g.reasonCode === 'N0' } : null;
  if (r && withUnit) Object.assign(life, { lead: r.leadUnit, head: r.unitHead ?? null, coops: r.coopUnits.map((unit) => ({ unit, since: null, signed: false })) } satisfies Partial<Life>);
  const total = totalOf(life, law);
  life.due = life.firstDue = item.due !== undefined ? endOfDate(law.line, item.due) : withUnit && total ? endOfLimit(law.line, at, total) : null;
  // The policy's limit of what came without a date runs from now.
  if (item.due === undefined && life.due !== null) life.base = at;
  if (withUnit) Object.assign(life, { assigned: item.assignedOn === undefined ? at : Math.min(at, law.line.instant(placeOf(item.assignedOn) * dayMs)), ordered: at } satisfies Partial<Life>);
  if (life.assigned !== null && life.firstDue !== null) life.limitDays = workingDaysIn(law.line, dayAt(law.line.moment(life.base ?? life.assigned)), dayAt(law.line.moment(life.firstDue - 1)));
  life.graded = at;
  life.counter = item.tasks.length;
  const workable = ['immediate', 'rectifying'].includes(item.stage) ? item.tasks : [];
  life.tasks = workable.flatMap((t, n) => {
    const due = t.due ?? item.due;
    const whose = (t.owner ?? r?.owner) !== undefined && (t.unit ?? r?.leadUnit) !== undefined;
    return due !== undefined && whose ? [newTask(`T${n + 1}`, at, due, { measure: t.measure, target: t.target ?? '', mark: t.mark ?? '' })] : [];
  });
  life.verify = { later: true, done: false };
  enter(life, item.stage, at);
  if (life.grade) ratifyTakenOver(life, { at } as Done, law);
};

type Joining = { from: string; raters: { raterId: string; named: boolean }[] };
const movedRaters = (life: Life, e: Seen): void => {
  const { from, raters } = e.body.payload as Joining;
  life.raters = life.raters.filter((r) => r.from !== from);
  if (e.type === 'ratersLeft') return;
  const calling = (named: boolean): number | null => (named && life.application?.accepted ? e.at : null);
  const fresh = raters.filter((r) => !life.raters.some((o) => o.id === r.raterId));
  life.raters = [...life.raters, ...fresh.map((r) => ({ id: r.raterId, named: r.named, withdrawn: false, contacted: false, from, joined: e.at, calling: calling(r.named) }))];
};

/** A proposal that leaves the table; one that the entries did not name is a ratification, or a reopening put forward by the engine. */
const takeOut = (life: Life, id: string): Asked | null => {
  const found = life.asked.get(id) ?? null;
  if (!found && life.unnamed > 0) life.unnamed -= 1;
  life.asked.delete(id);
  return found;
};

/** Acts that are an approval or a signature; whoever completes another's act approves it as well. */
const approving = ['19', '20', '24', '24a', '36', '37', '40', '15', '39'];

const actDone = (life: Life, e: Seen, law: Law): void => {
  const { body } = e;
  const id = body.payload['proposalId'] as string;
  if (e.type === 'approveProposal' || approving.includes(body.row)) life.approved.add(e.actor.role);
  if (body.row === 'P1') return signRatification(life);
  const about = ['approveProposal', 'returnProposal', 'withdrawProposal'].includes(e.type) ? takeOut(life, id) : null;
  if (e.type === 'returnProposal' || e.type === 'withdrawProposal') {
    // It is to be done again from now on.
    if (about?.row === '24') life.extension.since = e.at;
    if (about?.row === 'T3') life.tasks = life.tasks.map((t) => (t.id === about.payload['taskId'] && t.state === 'submitted' ? { ...t, since: e.at } : t));
    if (!about && body.row === 'P2' && life.ratification.state === 'due') life.ratification.state = body.from === body.to ? 'returned' : 'none';
    return;
  }
  const by = about ?? { role: e.actor.role, unit: e.actor.unit };
  const done: Done = { row: body.row, at: e.at, first: about?.at ?? e.at, payload: about?.payload ?? body.payload, by, roles: [...(about?.roles ?? []), e.actor.role] };
  rows[body.row]?.(life, done, law);
};

/** Everything that an entry of a person or of the engine changes. */
const act = (life: Life, e: Seen, law: Law): void => {
  const { body } = e;
  if (e.type === 'keepRun') return;
  if (e.type === 'ratersJoined' || e.type === 'ratersLeft') movedRaters(life, e);
  else if (e.type === 'takenOver') takeOver(life, e.at, law);
  else if (body.outcome === 'proposed') {
    const seen = ['case', 'office'].includes(e.audience.scope);
    if (approving.includes(body.row)) life.approved.add(e.actor.role);
    life.asked.set(body.receipt?.proposalId ?? '', { row: body.row, payload: body.payload, at: e.at, role: e.actor.role, unit: e.actor.unit, roles: [e.actor.role], seen, step: 0 });
  } else if (body.outcome === 'approved') {
    const p = life.asked.get(body.payload['proposalId'] as string);
    life.approved.add(e.actor.role);
    if (p) Object.assign(p, { step: p.step + 1, roles: [...p.roles, e.actor.role] });
  } else actDone(life, e, law);
  for (const id of body.voided) takeOut(life, id);
  const moved = e.type !== 'takenOver' && (body.from !== body.to || (body.outcome === 'done' && anew.includes(body.row)));
  if (moved) enter(life, body.to, e.at);
  settle(life, e.at, law);
};

export type Oracle = {
  /** Takes the next entry; what was wrong with it, or before it. */
  next: (e: Seen) => string[];
  /** Marks that time would fire by an instant, and what they are. */
  armed: () => Mark[];
  /** What should have been recorded by now and was not. */
  overdue: (now: number) => string[];
  /** Another edition from now on. */
  adopt: (other: Adoptable, at: number) => void;
  readonly life: Life;
};

/** @param caseNo for the lines of the report */
export const oracleOf = (basis: Basis, caseNo = ''): Oracle => {
  const life = blankLife();
  let law: Law = { pack: basis.policyText, line: lineOf(basis.edition, basis.scale) };
  const line = (seq: number, expected: string, found: string): string => `${caseNo} ${seq}: expected ${expected}, found ${found}`;
  const missing = (seq: number, until: (m: Mark) => boolean): string[] => {
    const wrong: string[] = [];
    // Whatever is missing is taken as done, so that one fault is not told again with every entry.
    for (let m = armed(life, law).find(until); m !== undefined && wrong.length < 100; m = armed(life, law).find(until)) {
      wrong.push(line(seq, `${name(m)} at ${when(m.at)}`, 'nothing'));
      fired(life, m, m.at, law);
    }
    return wrong;
  };
  const mark = (e: Seen): string[] => {
    const p = e.body.payload as { deadline?: string; mark?: string; due?: number };
    const found = { command: e.type, deadline: p.deadline ?? '', mark: p.mark ?? '' };
    const at = e.effectiveAt ?? e.at;
    const same = (m: Mark): boolean => m.command === found.command && m.deadline === found.deadline && m.mark === found.mark;
    const all = armed(life, law);
    const wanted = all.find(same);
    if (!wanted) return [line(e.seq, allMarks(life, law).some((m) => same(m) && wasTold(life, m)) ? 'it once' : 'nothing', `${name(found)} at ${when(at)}`)];
    const before = (m: Mark): boolean => !same(m) && (m.at < Math.min(at, wanted.at) || (m.at === wanted.at && at >= m.at && m.rank < wanted.rank));
    const wrong = all.some(before) ? missing(e.seq, before) : [];
    if (wanted.at !== at || e.at < at) wrong.push(line(e.seq, `${name(wanted)} at ${when(wanted.at)}`, `at ${when(at)}, recorded ${when(e.at)}`));
    if (wanted.of && p.due !== wanted.of.due) wrong.push(line(e.seq, `${wanted.deadline} due ${when(wanted.of.due)}`, p.due === undefined ? 'no date' : when(p.due)));
    for (const id of e.body.voided) takeOut(life, id);
    fired(life, wanted, at, law);
    return wrong;
  };
  const adopt: Oracle['adopt'] = (other, at) => {
    const was = law;
    law = 'edition' in other ? { ...law, line: lineOf(other.edition, basis.scale) } : { ...law, pack: other.policyText };
    adopted(life, was, law, at);
    settle(life, at, law);
  };
  const next = (e: Seen): string[] => {
    if (clocked.includes(e.type)) return mark(e);
    if (e.type === 'adoptCalendar' || e.type === 'adoptPolicy') {
      const other = basis.others?.[String(e.body.payload[e.type === 'adoptCalendar' ? 'calendar' : 'policy'])];
      // What a calendar or a pack that is not known would have done is not guessed.
      if (!other) return [line(e.seq, 'a calendar or a pack that is known', e.type)];
      const late = missing(e.seq, (m) => m.at <= e.at);
      adopt(other, e.at);
      return late;
    }
    const wrong = missing(e.seq, (m) => m.at <= e.at && e.type !== 'takenOver');
    act(life, e, law);
    return wrong;
  };
  return { next, armed: () => armed(life, law), overdue: (now) => missing(0, (m) => m.at <= now), adopt, life };
};
