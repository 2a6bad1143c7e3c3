/** What each act leaves for the limits: one line for each row of the case table that moves one. Rows without a line move none. */
import type { Colour, CommandType, Payload } from '../../schemas/index.ts';
import { dayAt, endOf, endOfDate, workingDay } from './line.ts';
import { type Asked, type Law, type Life, totalOf } from './life.ts';
import { endOfLimit } from './limits.ts';
import { foundSham, newTask, nextId, nextRound, noMoves, sendBack, setPlan, startAfresh } from './rework.ts';
import { byTime, clear, drafted, filedInTime, raise, withdraw, withoutDrafts } from './alert.ts';
import { countingOf } from './deadlines.ts';
import { holderOf } from './holder.ts';
import { resumed, suspended, withPauses } from './pause.ts';
import { counted, daysFrom } from './total.ts';

/** One act that was done. `first`: when its first actor acted; `by`: who that was; `roles`: everybody who took part. */
export type Done = { readonly row: string; readonly at: number; readonly first: number; readonly payload: Record<string, unknown>; readonly by: Pick<Asked, 'role' | 'unit'>; readonly roles: readonly string[] };
type Apply = (life: Life, d: Done, law: Law) => void;

const of = <T extends CommandType>(d: Done, _type: T): Payload<T> => d.payload as Payload<T>;

const grade = (colour: Colour, track: 'immediate' | 'list', code: string | undefined): Life['grade'] => ({ colour, track, ordinary: colour === 'blue' && track === 'immediate' && code === 'N0' });


/** 交办: the total runs from the first order, whoever is ordered later. */
const order: Apply = (life, d, law) => {
  const p = of(d, 'assign');
  const total = totalOf(life, law);
  if (life.due === null) {
    life.assigned = d.at;
    life.due = p.due !== undefined ? endOfDate(law.line, p.due) : total && endOfLimit(law.line, d.at, total);
    life.firstDue = life.due;
  } else life.assigned ??= d.at;
  if (life.firstDue !== null) life.limitDays ??= daysFrom(life.assigned ?? d.at, life.firstDue, law);
  life.ordered = d.at;
  life.lead = p.leadUnit ?? null;
  life.head = p.unitHead ?? null;
  life.coops = p.coopUnits.map((unit) => ({ unit, since: null, signed: false }));
};
const recall: Apply = (life) => {
  Object.assign(life, { lead: null, head: null, coops: [], ordered: null, assigned: null } satisfies Partial<Life>);
  if (life.item?.due !== undefined && life.round === 1) return;
  Object.assign(life, { due: null, firstDue: null, ...noMoves() } satisfies Partial<Life>);
};
const ratify = (life: Life, at: number, { line, pack }: Law, leader: boolean): void => {
  life.ratification = { state: 'due', due: endOfLimit(line, at, leader ? pack.fixed.ratify : { amount: 1, unit: 'wd' }), asked: at, leader };
};
export const ratifyTakenOver: Apply = (life, d, law) => ratify(life, d.at, law, life.grade?.colour === 'red');
const owedAgain: Apply = (life, d, law) => {
  if (life.takenOver && life.ratification.state === 'returned') ratifyTakenOver(life, d, law);
};

const changeDuty: Apply = (life, d, law) => {
  const p = of(d, 'changeDuty');
  life.lead = p.leadUnit ?? life.lead;
  life.head = p.unitHead ?? life.head;
  const coops = p.coopUnits?.map((unit) => life.coops.find((c) => c.unit === unit) ?? { unit, since: d.at, signed: false }) ?? life.coops;
  life.coops = coops.filter((c) => c.unit !== life.lead);
  owedAgain(life, d, law);
};

const file: Apply = (life, d, law) => {
  if (life.due !== null && d.first <= life.due) filedInTime(life, d, law);
  life.application = { first: d.first, accepted: false, given: null };
  life.extension.pending = false;
};
const callEverybody: Apply = (life, d) => {
  if (life.application) life.application.accepted = true;
  for (const r of life.raters) if (r.named && !r.withdrawn) r.calling = d.at;
};
const returned =
  (visit: boolean): Apply =>
  (life, d) => {
    sendBack(life, of(d, 'returnPrelim').rework, d.at, visit);
    nextRound(life);
  };

/** At most half of the original working days from today, at least 1; counted from today, whatever a leader ordered before. */
const halve: Apply = (life, d, { line }) => {
  if (life.limitDays === null) return;
  life.due = endOf(line, workingDay(line, dayAt(line.moment(d.at)), Math.max(1, Math.floor(life.limitDays / 2))));
  Object.assign(life, { firstDue: life.due, base: d.at, cap: null, overdue: null } satisfies Partial<Life>);
};
const failed: Apply = (life, d, law) => {
  returned(true)(life, d, law);
  halve(life, d, law);
  raise(life, 'yellow', 'visit', d.at);
  life.fails += 1;
  if (life.fails < law.pack.thresholds.failsRed.value) return;
  raise(life, 'red', 'secondFail', d.at);
  drafted(life, d.at, 'L4');
};

const close: Apply = (life, d, { line, pack }) => {
  life.closedAt = d.at;
  life.lookbacks = (life.grade ? pack.lookback[life.grade.colour] : []).map((l) => ({ at: endOfLimit(line, d.at, l), done: false }));
};
const sign: Apply = (life, d, law) => {
  const exempt = of(d, 'signClosure').exempt !== undefined;
  life.window = { from: d.at, exempt };
  life.windowEnds = exempt ? d.at : endOfLimit(law.line, d.at, law.pack.fixed.publicity);
  if (exempt) close(life, d, law);
};

/** Asked for in time and granted: what time alone had said against the unit is withdrawn. */
const grant: Apply = (life, d, law) => {
  const { line, pack } = law;
  const { due, count } = life.extension;
  // It never takes back what lengthened the limit meanwhile.
  if (due !== null && (life.due === null || endOfDate(line, due) > life.due)) {
    life.due = endOfDate(line, due);
    if (life.grade) Object.assign(life, { cap: null, granted: { due: life.due, colour: life.grade.colour } } satisfies Partial<Life>);
  }
  life.extension = { ...life.extension, pending: false, count: count + 1 };
  if (life.due !== null && life.due > d.at) life.overdue = null;
  if (life.due !== null && life.due > d.at && byTime.includes(life.alert.cause)) {
    withdraw(life, law);
  }
  if (life.extension.count >= pack.thresholds.extensionsRed.value) raise(life, 'red', 'thirdExtension', d.at);
};


const ranks: Readonly<Record<Colour, number>> = { blue: 1, yellow: 2, red: 3 };
/**
 * 调级: from 交办 by the new colour, through the pauses since; only a colour that falls, or another track, lengthens. A leader's date
 * binds in every colour, an extension counts in the colour of its granting and in less urgent ones.
 */
const regrade: Apply = (life, d, law) => {
  const p = of(d, 'regrade');
  const was = life.grade;
  if (!was) return;
  const same = p.colour === was.colour && (p.track ?? was.track) === was.track;
  if (p.colour !== was.colour) {
    if (!life.given.has(was.colour)) life.given.set(was.colour, life.graded);
    life.graded = d.at;
  }
  life.grade = { colour: p.colour, track: p.track ?? was.track, ordinary: was.ordinary && p.colour === 'blue' };
  const total = totalOf(life, law);
  if (total && !same && life.assigned !== null) {
    const { plain, own, from } = counted(life, law, total, life.assigned);
    const longest = life.granted && ranks[p.colour] <= ranks[life.granted.colour] ? Math.max(own, life.granted.due) : own;
    const bound = (due: number): number => Math.min(due, life.cap?.due ?? Infinity);
    const due = bound(longest);
    const falls = ranks[p.colour] < ranks[was.colour] && life.fails === 0;
    if (falls || life.grade.track !== was.track || life.due === null || due <= life.due) {
      Object.assign(life, { due, firstDue: Math.min(bound(own), due), limitDays: daysFrom(from, plain, law) } satisfies Partial<Life>);
      // Missed, and ahead again: it may be missed anew.
      if (life.overdue !== null && due > d.at) Object.assign(life, { overdue: null, turns: life.turns + 1 } satisfies Partial<Life>);
    }
  }
  const lacking = life.takenOver && life.assigned !== null && (life.lead === null || life.head === null || life.due === null);
  if (d.roles.includes('LDR_CHIEF') && life.ratification.state !== 'none' && !lacking) return signRatification(life);
  owedAgain(life, d, law);
};
export const signRatification = (life: Life): void => {
  if (life.ratification.state === 'due' || life.ratification.state === 'returned') life.ratification.state = 'done';
};

const supervise =
  (code: string, always: boolean): Apply =>
  (life, d, { line, pack }) => {
    const holder = always ? undefined : holderOf(life);
    const to = holder === undefined ? { role: 'UH', unit: life.lead } : { role: holder, unit: null };
    // Two series: what a unit may not see leaves no gap in what it sees.
    const series = to.unit !== null && code !== 'L7' ? 'A' : 'B';
    life.acts.push({ id: `${series}${life.acts.filter((a) => a.id.startsWith(series)).length + 1}`, code, ...to, servedAt: d.at, replyBy: endOfLimit(line, d.at, pack.fixed.actReply), answered: code === 'L7' });
    if (to.unit !== null) life.drafts.delete(code);
  };
const answer: Apply = (life, d) => {
  const wanted = of(d, 'replyAct').act;
  const mine = life.acts.find((a) => !a.answered && a.role === d.by.role && (a.unit === null || a.unit === d.by.unit) && (wanted === undefined || a.id === wanted));
  if (mine) mine.answered = true;
};

/** Supported: a conclusion's round is restored, what was settled or closed starts afresh. */
const decide: Apply = (life, d, law) => {
  const { against } = life.appeal;
  life.appeal.open = false;
  if (of(d, 'decideAppeal').decision === '不支持' || against === 'rating') return;
  if (against === 'conclusion') return restore(life, d.at, law);
  const ended = ['explained', 'invalidated', 'transferredOut'].includes(life.stage) && ['answer', 'invalidation', 'routeOut'].includes(against);
  if (ended || (['closed', 'lookback'].includes(life.stage) && against === 'closure')) startAfresh(life);
};
const restore = (life: Life, at: number, law: Law): void => {
  const back = life.lastReturn;
  if (!back?.visit || back.application === null || !['immediate', 'rectifying'].includes(life.stage)) return;
  Object.assign(life, { application: back.application, tasks: back.tasks, lastReturn: null, fails: Math.max(0, life.fails - 1) } satisfies Partial<Life>);
  // The half limit was a part of that return: the total is what it was, through the pauses since.
  const total = totalOf(life, law);
  const since = (due: number | null): number | null => (due === null ? null : withPauses({ ...life, suspension: null }, law, { since: back.at, from: back.at, spent: 0, due, hours: false }, countingOf(total)).due);
  const { due, firstDue, overdue, base, cap } = back.dates;
  Object.assign(life, { due: since(due), firstDue: since(firstDue), overdue, base, cap: cap && { ...cap, due: since(cap.due) ?? cap.due } } satisfies Partial<Life>);
  for (const r of life.raters) if (r.named && !r.withdrawn) r.calling = at;
  for (const a of life.acts) if (a.code === 'L4') a.answered = true;
  for (const code of ['L2', 'L3', 'L4']) life.drafts.delete(code);
  clear(life);
};

const task =
  (state: Life['tasks'][number]['state']): Apply =>
  (life, d) => {
    const { taskId } = of(d, 'startTask');
    life.tasks = life.tasks.map((t) => (t.id === taskId ? { ...t, state, since: d.at } : t));
  };
const addTask: Apply = (life, d) => {
  const p = of(d, 'addMeasure');
  const id = p.taskId !== undefined && !life.tasks.some((t) => t.id === p.taskId) ? p.taskId : nextId(life);
  life.counter += 1;
  life.tasks = [...life.tasks, newTask(id, d.at, p.due, p)];
};
const toList: Apply = (life) => {
  if (life.grade) life.grade = { ...life.grade, track: 'list', ordinary: false };
};
const graded = (life: Life, at: number, of: Life['grade']): void => {
  life.grade = of;
  life.graded = at;
};
const contact: Apply = (life, d) => {
  const { raterId } = of(d, 'contactCitizen');
  for (const r of life.raters) if (raterId === undefined || r.id === raterId) r.contacted = true;
};
const rated = (life: Life, id: string): Life['raters'] => life.raters.filter((r) => r.id === id);

export const rows: Readonly<Record<string, Apply>> = {
  '0': (life, d) => {
    const p = of(d, 'capture');
    life.captured = d.at;
    life.raters = p.raters.map((r) => ({ id: r.raterId, named: r.named, withdrawn: false, contacted: false, from: null, joined: 0, calling: null }));
    life.item = (p.imported as Life['item'] | undefined) ?? null;
  },
  '2': (life, d, law) => {
    if (of(d, 'routeOut').channel === '紧急') ratify(life, d.at, law, false);
  },
  '3a': (life, d, law) => {
    graded(life, d.at, grade('red', 'immediate', undefined));
    order(life, d, law);
    life.verify.later = true;
    ratify(life, d.at, law, true);
  },
  '4': (life) => { life.verify.done = true; }, '4a': (life) => { life.verify.done = true; },
  '7': callEverybody, '7a': callEverybody, '7b': callEverybody, '7c': callEverybody,
  '10': (life, d) => {
    const p = of(d, 'triage');
    if (p.colour && p.track) graded(life, d.at, grade(p.colour, p.track, p.reasonCode));
  },
  '11': order, '14': order, '15': order, '11a': recall,
  '12a': (life, d) => { for (const c of life.coops) if (c.unit === d.by.unit) c.signed = true; },
  '12b': changeDuty,
  '12c': (life, d) => { life.coops = life.coops.filter((c) => c.unit !== d.by.unit); },
  '16': file, '27': file, '16a': addTask, '17': toList, '17a': toList,
  '18': (life, d) => { life.draft = of(d, 'submitPlan').plan; },
  '19': (life, d) => setPlan(life, life.draft, d.at),
  '20': (life, d, { pack }) => {
    life.planReturns += 1;
    if (life.planReturns >= pack.thresholds.planReturnsTalk.value) drafted(life, d.at, 'L4');
  },
  '21': (life, d) => {
    life.reported = d.at;
    const named = of(d, 'reportProgress').nodes.map((n) => `${n.taskId} ${n.what}`);
    life.shown = new Set(life.nodes.map((n) => `${n.task} ${n.what}`).filter((key) => named.includes(key) || life.shown.has(key)));
  },
  '21a': (life, d) => setPlan(life, of(d, 'amendPlan').plan, d.at),
  '23': (life, d) => { life.extension = { ...life.extension, pending: true, due: of(d, 'requestExtension').due, asked: d.at, since: d.at }; },
  '24': grant, '24a': (life) => { life.extension.pending = false; },
  '25': (life, d, law) => suspended(life, d.at, endOfDate(law.line, of(d, 'suspend').resumeBy)),
  '26': (life, d, law) => resumed(life, d.at, law, countingOf(totalOf(life, law))),
  '26a': (life, d, { line }) => { life.drafts.delete('resume'); if (life.suspension) Object.assign(life.suspension, { resumeBy: endOfDate(line, of(d, 'renewSuspension').resumeBy), renewed: true }); },
  '28b': (life, d) => { if (life.application) life.application.given = d.at; },
  '28': callEverybody, '28c': returned(false), '28d': returned(false), '29a': returned(false), '39': returned(false),
  '33': failed, '34': failed,
  '35': (life, d) => {
    foundSham(life, of(d, 'returnPrelim').rework, d.at);
    life.sham = true;
    raise(life, 'red', 'sham', d.at);
    drafted(life, d.at, 'L4', 'L5', 'L6');
  },
  '36': sign,
  '37': (life, d, law) => { if (!of(d, 'declineSignoff').newDraw) returned(false)(life, d, law); },
  '38': (life, d) => { life.objections.push(d.at); },
  '39a': (life, d, { line, pack }) => {
    life.objections.shift();
    life.windowEnds = Math.max(life.windowEnds, endOfLimit(line, d.at, pack.fixed.objectionRest));
  },
  '40': close,
  '41': (life, d) => {
    const p = of(d, 'reRate');
    if (p.satisfied && p.solved) return;
    life.reRatings += 1;
    if (life.reRatings < 2) return;
    life.unnamed += 1;
    raise(life, 'red', 'reRate', d.at);
  },
  '44': startAfresh, '45': regrade,
  '47': (life, d) => { for (const r of rated(life, of(d, 'raterWithdraw').raterId)) r.withdrawn = true; },
  '48': (life, d, { line }) => {
    const { due: date } = of(d, 'instruct');
    if (date === undefined) return;
    const due = endOfDate(line, date);
    Object.assign(life, { due, firstDue: Math.min(life.firstDue ?? due, due), cap: { at: d.at, due } } satisfies Partial<Life>);
  },
  '49': answer, '50': contact, '50a': (life) => { life.interim = true; },
  'T1': task('doing'), 'T2': task('submitted'), 'T3': task('closed'), 'T3a': task('returned'), 'T4': task('waived'),
  'C2': (life, d) => { for (const r of rated(life, of(d, 'recordCallback').raterId)) r.calling = null; },
  'L1': supervise('L1', false), 'L2': supervise('L2', false), 'L3': supervise('L3', false), 'L4': supervise('L4', true), 'L5': supervise('L5', true), 'L6': supervise('L6', true), 'L7': supervise('L7', true),
  'L9': (life, d, law) => {
    clear(life);
    life.cleared = d.at;
    withoutDrafts(life, law);
  },
  'F1': (life, d) => { life.appeal = { open: true, against: of(d, 'fileAppeal').against, at: d.at }; },
  'F2': (life) => { life.appeal.open = false; },
  'F3': decide,
};
