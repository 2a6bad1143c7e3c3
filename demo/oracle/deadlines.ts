/** The limits in force and the marks that they arm: docs/design/time.md, "Which marks" and "Pausing", as a function of what is known. */
import type { Amount } from '../../schemas/index.ts';
import { endOfDate, endOf, monthsLater, dayAt, workingDay } from './line.ts';
import { holderOf } from './holder.ts';
import { type Asked, type Law, type Life, limitOf, totalOf } from './life.ts';
import { type Counting, withPauses } from './pause.ts';
import { type Rule, type Running, endOfLimit, instantOf, opens, usedAt, whenGone } from './limits.ts';

/** `running` tells one running of a limit from another under the same id. */
export type Limit = Running & { readonly id: string; readonly running: string; readonly side: 'unit' | 'office'; /** It stands still now: nothing of it fires. */ readonly paused?: boolean };
type Side = Limit['side'];

/** The act that each stage waits for, and whether the unit owes it. */
export const awaits: Readonly<Record<string, readonly [row: string, side: Side]>> = {
  captured: ['3', 'office'], verifying: ['4', 'office'], invalidReview: ['8', 'office'], registered: ['10', 'office'], triaged: ['11', 'office'], assigned: ['12', 'unit'], reassignReview: ['14', 'office'],
  immediate: ['16', 'unit'], planDrafting: ['18', 'unit'], planReview: ['19', 'office'], rectifying: ['27', 'unit'], suspended: ['26', 'office'], 'closureApplied.filed': ['28', 'office'],
  'closureApplied.supplementing': ['28b', 'unit'], prelimReview: ['29', 'office'], 'reinspection.awaiting': ['31', 'office'], 'reinspection.active': ['32', 'office'], signoff: ['36', 'office'],
  'publicizing.open': ['40', 'office'], 'publicizing.checking': ['39', 'office'],
};
const settled = ['closed', 'lookback', 'invalidated', 'merged', 'transferredOut', 'explained', 'archived', 'retired', 'uncaptured'];
export const isOpen = (stage: string): boolean => !settled.includes(stage);
const withUnit = ['assigned', 'reassignReview', 'immediate', 'planDrafting', 'planReview', 'rectifying', 'suspended'];
export const atWork = (stage: string): boolean => stage === 'immediate' || stage === 'rectifying';

const dated = (id: string, side: Side, running: string | number, from: number, due: number): Limit => ({ id, side, running: `${id} ${running}`, since: from, from, due, spent: 0, hours: false });
export const countingOf = (amount: Amount | null): Counting => (amount?.unit === 'h' ? 'hours' : amount?.unit === 'wd' && !Number.isInteger(amount.amount) ? 'opening' : 'days');
/** Rows that nobody can do while the case is suspended, of those whose limit may run then. */
const barred = ['T3', '24', '17a'];
/** From the order on, in every open stage: what is owed to the citizen, and a supporting unit's signature. */
const ordered = (life: Life): boolean => life.ordered !== null && isOpen(life.stage) && !['captured', 'verifying', 'invalidReview', 'registered', 'triaged'].includes(life.stage);

/** A colour that was given later gives its hours from then on, and never more than the row gives anybody. */
const begins = (life: Life, law: Law, row: string, from: number, amount: Amount): { since: number; due: number } => {
  const { plain } = limitOf(life, law, row);
  const due = endOfLimit(law.line, from, amount);
  const graded = (life.grade && life.given.get(life.grade.colour)) ?? life.graded;
  if (plain === undefined || graded <= from) return { since: from, due };
  const [usual, anew] = [plain === null ? Infinity : endOfLimit(law.line, from, plain), endOfLimit(law.line, graded, amount)];
  return anew < usual ? { since: graded, due: anew } : { since: from, due: usual };
};
const counted = (life: Life, law: Law, row: string, id: string, side: Side, from: number, amount: Amount | null = limitOf(life, law, row).amount, running: string | number = from): Limit[] => {
  if (amount === null) return [];
  const { since, due } = begins(life, law, row, from, amount);
  const plain = { ...dated(id, side, running, since, due), hours: amount.unit === 'h' };
  return [limitOf(life, law, row).pauses || barred.includes(row) ? withPauses(life, law, plain, countingOf(amount)) : plain];
};

const total = (life: Life, law: Law): Limit[] => {
  if (life.due === null || life.assigned === null || !withUnit.includes(life.stage)) return [];
  const amount = totalOf(life, law);
  const plain = { ...dated('total', 'unit', `${life.round}.${life.extension.count}.${life.turns}`, life.base ?? life.assigned, life.due), hours: amount?.unit === 'h' };
  return [{ ...withPauses(life, law, plain, countingOf(amount), { fixed: true }), since: life.assigned }];
};

/** The stage itself, or the one that a suspension holds. */
const atStage = (life: Life): string => life.suspension?.from ?? life.stage;
const began = (life: Life): number => life.begun ?? life.entered;

const since = (life: Life, of: string, anchor: string | null): number | null => {
  if (of === 'publicizing.open') return life.windowEnds;
  const by: Record<string, number | null> = { stateEntered: began(life), capture: of === 'verifying' && life.cameBack ? life.entered : life.captured, assign: life.ordered, application: (of === 'closureApplied.filed' ? life.application?.given : null) ?? life.application?.first ?? null, closing: life.closedAt };
  // A visit that is awaited again, and the oldest open objection, have their own beginning.
  if (of === 'reinspection.awaiting' && anchor === 'application' && life.revisit) return life.entered;
  if (of === 'publicizing.checking' && anchor === 'stateEntered') return Math.min(began(life), ...life.objections);
  return anchor === null ? null : (by[anchor] ?? null);
};

const waiting = (life: Life, law: Law, of: string): Limit[] => {
  const [row, side] = awaits[of] ?? [];
  if (row === undefined || side === undefined || row === '26') return [];
  const { anchor } = limitOf(life, law, row);
  const from = anchor === 'due' ? null : since(life, of, anchor);
  return from === null ? [] : counted(life, law, row, 'stage', side, from, undefined, `${row} ${from}`);
};
const stage = (life: Life, law: Law): Limit[] =>
  life.suspension ? [dated('stage', 'office', `26 ${life.entered} ${life.suspension.renewed}`, life.entered, life.suspension.resumeBy)] : waiting(life, law, life.stage);
/** Not in force while the case is suspended, and not over. */
export const heldStage = (life: Life, law: Law): Limit[] => (life.suspension ? waiting(life, law, life.suspension.from) : []);

const open = ['todo', 'doing', 'returned'];
const putForward = (life: Life, row: string, task?: string): boolean => [...life.asked.values()].some((p) => p.row === row && (task === undefined || p.payload['taskId'] === task));
const tasks = (life: Life, law: Law, asleep = false): Limit[] =>
  (asleep ? ['planDrafting', 'planReview'].includes(atStage(life)) : atWork(atStage(life)))
    ? life.tasks.flatMap((t): Limit[] => {
        // Put forward by the unit, it waits for the office, which has a limit of its own.
        if (t.state === 'submitted') return putForward(life, 'T3', t.id) ? [] : counted(life, law, 'T3', `check:${t.id}`, 'unit', t.since);
        return open.includes(t.state) && t.due !== '' ? [withPauses(life, law, dated(`task:${t.id}`, 'unit', `${t.due} ${t.returnedAt}`, t.set, endOfDate(law.line, t.due)), 'days')] : [];
      })
    : [];

/** Not in force, and not over: what was told of it stays told. */
export const asleep = (life: Life, law: Law): Limit[] => [...heldStage(life, law), ...tasks(life, law, true)];

/** 节点 of tasks that are still to be done, and that no report has named. */
const nodes = (life: Life, law: Law): Limit[] =>
  atWork(atStage(life))
    ? life.nodes.flatMap((n): Limit[] => {
        const task = life.tasks.find((t) => t.id === n.task && open.includes(t.state));
        return task && !life.shown.has(`${n.task} ${n.what}`) ? [withPauses(life, law, dated(`node:${n.task}.${n.number}`, 'unit', n.due, n.set, endOfDate(law.line, n.due)), 'days')] : [];
      })
    : [];

const duties = (life: Life, law: Law): Limit[] => {
  const from = life.ordered;
  if (from === null) return [];
  const uncalled = life.raters.filter((r) => !r.withdrawn && !r.contacted).map((r) => Math.max(from, r.joined));
  const besides = !ordered(life) ? [] : [
    ...(uncalled.length > 0 ? counted(life, law, '50', 'contact', 'unit', Math.min(...uncalled)) : []),
    ...(life.interim ? [] : counted(life, law, '50a', 'interim', 'unit', from)),
    ...life.coops.flatMap((c) => (c.signed ? [] : counted(life, law, '12a', `coop:${c.unit}`, 'unit', c.since ?? from))),
  ];
  if (!withUnit.includes(life.stage)) return besides;
  return [
    ...besides,
    ...(atStage(life) === 'rectifying' ? counted(life, law, '21', 'progress', 'unit', Math.max(life.reported, began(life))) : []),
    ...(atStage(life) === 'immediate' && life.tasks.length === 0 ? counted(life, law, '16a', 'measures', 'unit', began(life)) : []),
  ];
};

const unitRoles = ['UC', 'UO', 'UL', 'UH', 'LEAD', 'COOP'];
const office = (life: Life, law: Law): Limit[] => {
  const { verify, ratification, appeal, extension, overdue } = life;
  // 督办函 and 红牌警示单 go with the alert of the unit, what a leader signs does not.
  const unit = holderOf(life) === undefined;
  const back = life.lastReturn?.at ?? 0;
  const may: Readonly<Record<string, boolean>> = { L2: unit && ['yellow', 'red'].includes(life.alert.level), L3: unit && life.alert.level === 'red', L4: true, L5: true, L6: true };
  const drafted = isOpen(life.stage) ? [...life.drafts].filter(([code]) => may[code] === true) : [];
  const first = life.assigned === null ? null : Math.max(life.assigned, life.registered);
  const lateAtOnce = atStage(life) === 'immediate' && overdue !== null && life.due !== null && life.due <= overdue;
  return [
    ...(verify.later && !verify.done && first !== null && life.closedAt === null ? counted(life, law, '4a', 'verify', 'office', first) : []),
    ...(ratification.state === 'due' ? [dated('ratification', 'office', ratification.due, ratification.asked, ratification.due)] : []),
    ...life.acts.flatMap((a) => (a.answered || a.code === 'L7' || !isOpen(life.stage) ? [] : [dated(`reply:${a.id}`, unitRoles.includes(a.role) ? 'unit' : 'office', a.servedAt, a.servedAt, a.replyBy)])),
    ...drafted.flatMap(([code, from]) => counted(life, law, code, `act:${code}`, 'office', ['L2', 'L3'].includes(code) ? Math.max(from, back) : from)),
    ...(lateAtOnce ? counted(life, law, '17a', 'orderPlan', 'office', Math.max(life.due ?? 0, life.graded, back), undefined, `${life.round}.${life.due ?? 0}`) : []),
    ...[...life.asked].flatMap(([id, p]) => (p.seen ? proposal(life, law, id, p) : [])),
    ...(extension.pending && ['immediate', 'planDrafting', 'rectifying'].includes(atStage(life)) && !putForward(life, '24') ? counted(life, law, '24', 'extension', 'office', extension.since) : []),
    ...(appeal.open ? counted(life, law, 'F3', 'appeal', 'office', appeal.at) : []),
    ...life.raters.flatMap((r) => (r.calling === null ? [] : counted(life, law, 'C2', `callback:${r.id}`, 'office', r.calling))),
  ];
};

/** An approver has the limit of the row that would fire, else that of an approval. */
const proposal = (life: Life, law: Law, id: string, p: Asked): Limit[] => counted(life, law, limitOf(life, law, p.row).amount === null ? 'P1' : p.row, `proposal:${id}`, p.row === '16' && p.step === 0 ? 'unit' : 'office', p.at);

/** Kinds of limits that are told here, and the one that is shown and has no mark. */
export const covered = ['total', 'stage', 'task', 'node', 'check', 'contact', 'interim', 'coop', 'progress', 'measures', 'orderPlan', 'verify', 'ratification', 'reply', 'act', 'proposal', 'extension', 'appeal', 'callback'] as const;
export const unmarked = ['citizen'] as const;
/** Every limit in force. The citizen's is shown beside the total and has no mark: it is not kept here. */
export const limitsOf = (life: Life, law: Law): Limit[] =>
  life.stage === 'uncaptured' ? [] : [total, stage, tasks, nodes, duties, office].flatMap((of) => of(life, law)).map((l) => ({ ...l, due: life.passed.get(l.running) ?? l.due }));

export type Mark = { readonly at: number; readonly rank: number; readonly command: string; readonly deadline: string; readonly mark: string; readonly of: Limit | null };
const ranks: Readonly<Record<string, number>> = { lookbackDue: 20, remind: 30, nearDue: 31, fallBehind: 32, fallOverdue: 33, retire: 90 };

const late: Rule = { id: 'late', command: 'fallOverdue', at: { elapsed: 1 } };
/** What the unit owes is its total: any other limit of its that is missed is 滞后. */
const commandOf = (limit: Limit, rule: Rule): Rule['command'] => (rule.command === 'fallOverdue' && limit.side === 'unit' && limit.id !== 'total' ? 'fallBehind' : rule.command);
const byRules = (law: Law, limit: Limit): Mark[] => {
  const rules = limit.id === 'total' || limit.id === 'stage' ? law.pack.marks : [late];
  const all = rules.length > 1 ? usedAt(law.line, limit, limit.due) : undefined;
  return rules.flatMap((rule): Mark[] => {
    const at = instantOf(law.line, limit, rule.at, all);
    const command = commandOf(limit, rule);
    return at === null || (at <= limit.since && at < limit.due) ? [] : [{ at, rank: ranks[command] ?? 0, command, deadline: limit.id, mark: rule.id, of: limit }];
  });
};

/** 滞后: more of the time since the work began will be gone than was done, by so many points. */
const behind = (life: Life, law: Law, limit: Limit): Mark[] => {
  const owed = life.tasks.filter((t) => t.state !== 'waived');
  if (!atWork(life.stage) || owed.length === 0) return [];
  const part = owed.filter((t) => t.state === 'submitted' || t.state === 'closed').length / owed.length + law.pack.thresholds.behindPoints.value / 100;
  const from = Math.max(began(life), life.base ?? life.assigned ?? 0);
  if (part >= 1 || from >= limit.due) return [];
  const work = withPauses(life, law, { ...limit, since: from }, limit.hours ? 'hours' : 'days', { fixed: true });
  return [{ at: whenGone(law.line, work, part), rank: ranks['fallBehind'] ?? 0, command: 'fallBehind', deadline: 'total', mark: 'behind', of: limit }];
};

/** 约谈 is drafted at opening of the fifth working day after the alert turned red, unless one was held since. */
export const talkRunning = (life: Life): string => `talk ${life.alert.since}`;
const talk = (life: Life, law: Law): Mark[] => {
  const { line, pack } = law;
  const { level, since } = life.alert;
  if (level !== 'red' || life.stage === 'suspended' || life.acts.some((a) => a.code === 'L4' && a.servedAt >= since)) return [];
  // A frozen alert does not get older.
  const plain = endOf(line, workingDay(line, dayAt(line.moment(since)), pack.thresholds.talkAfterRed.amount));
  const { due } = withPauses(life, law, { since, from: since, spent: 0, due: plain, hours: false }, 'days');
  const at = opens(line, dayAt(line.moment(due - 1)));
  return [{ at, rank: ranks['remind'] ?? 0, command: 'remind', deadline: 'talk', mark: 'draft', of: { ...dated('talk', 'office', since, since, at), running: talkRunning(life) } }];
};

/** Every mark of the limits in force, fired or not. While suspended, nothing of the unit fires. */
export const allMarks = (life: Life, law: Law): Mark[] =>
  limitsOf(life, law).flatMap((limit) => (limit.paused === true || (life.stage === 'suspended' && limit.side === 'unit') ? [] : [...byRules(law, limit), ...(limit.id === 'total' ? behind(life, law, limit) : [])])).concat(talk(life, law));

export const wasTold = (life: Life, m: Mark): boolean => m.of !== null && (life.told.get(m.of.running)?.has(m.mark) ?? false);

/** Nothing waits for anybody: proposals, an appeal, objections, acts to answer, a ratification. */
const nothingOpen = (life: Life): boolean =>
  life.asked.size === 0 && life.unnamed === 0 && !life.appeal.open && life.objections.length === 0 && life.acts.every((a) => a.answered) && !['due', 'returned'].includes(life.ratification.state);

/** The last right to come back: 12 months after closing, 60 days after other endings. */
const rightEnds = (life: Life, { line, pack }: Law): number | null => {
  if (life.closedAt !== null) return endOf(line, monthsLater(dayAt(line.moment(life.closedAt)), pack.caps.retireClosedMonths.value));
  return life.settledAt === null ? null : endOfLimit(line, life.settledAt, { amount: pack.caps.retireSettledDays.value, unit: 'd' });
};
const plain = (command: string, at: number): Mark => ({ at, rank: ranks[command] ?? 0, command, deadline: '', mark: '', of: null });
const afterwards = (life: Life, law: Law): Mark[] => {
  const ends = life.stage === 'archived' && nothingOpen(life) ? rightEnds(life, law) : null;
  const looks = ['closed', 'explained'].includes(life.stage) ? life.lookbacks.filter((l) => !l.done).map((l) => plain('lookbackDue', l.at)) : [];
  return [...looks, ...(ends === null ? [] : [plain('retire', ends)])];
};

/** Marks that will fire, the next first: none twice in a running, none before the last act or mark, and no reminder that came too late. */
export const armed = (life: Life, law: Law): Mark[] => {
  const alerts = isOpen(life.stage) ? allMarks(life, law).filter((m) => !wasTold(life, m) && !(m.command === 'remind' && m.deadline !== 'talk' && m.at < life.last)) : [];
  return [...alerts, ...afterwards(life, law)].map((m) => (m.at < life.last ? { ...m, at: life.last } : m)).sort((a, b) => a.at - b.at || a.rank - b.rank);
};
