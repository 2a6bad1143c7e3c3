import { type Actor, type CaseState, type Effect, type EntryDraft, type Imported, type Pack, type RuleId, type Task, type Unknown, isWithUnit, isWorkable, measureDue, measureOwner, noFacts, system } from '../schemas/index.ts';
import { type Due, dueOn, epochDay, toInstant } from './calendar/index.ts';
import { dueIn } from './due.ts';
import { engineRow } from './engine.ts';
import { timed } from './machine/index.ts';
import { advance } from './machine/regions.ts';
import { openProposal } from './proposal.ts';
import { record } from './record.ts';
import { totalDueOf } from './total.ts';
import { measured, settleTime, withTime } from './time.ts';

/**
 * 承接台账: puts a case that was just captured at the stage where the ledger it comes from left it. What that ledger says is taken
 * over as its word: nothing counts as verified (补核实), the office signs the grade, people and dates (补签), no task is done.
 */

type Taking = { item: Imported; at: number; pack: Pack };

/** What was found missing, beside what the sender says could not be known. */
const unknownIn = (item: Imported): Unknown[] => {
  const r = item.responsibility;
  const missing: [boolean, Unknown][] = [
    [true, 'verification'],
    [item.grade === undefined, 'colour'],
    [item.grade !== undefined && item.grade.reasonCode === undefined, 'reason'],
    [r === undefined, 'leadUnit'],
    ...(['unitHead', 'dutyLeader', 'owner', 'liaison'] as const).map((who): [boolean, Unknown] => [r?.[who] === undefined, who]),
    ...(['assignedOn', 'foundOn', 'due'] as const).map((when): [boolean, Unknown] => [item[when] === undefined, when]),
    [item.tasks.length === 0 || item.tasks.some((_, n) => !isWorkable(item, n)), 'measure'],
    [item.tasks.some((t) => t.target === undefined), 'target'],
    [item.tasks.some((t) => t.mark === undefined), 'mark'],
    [item.stage === 'rectifying', 'plan'],
  ];
  return [...new Set([...missing.filter(([is]) => is).map(([, what]) => what), ...item.unknown])].sort();
};

/** All are to be started anew: that work was begun or done is shown here by those who do it. */
const tasksOf = (s: CaseState, { item, at }: Taking): Task[] =>
  item.tasks.flatMap((t, n): Task[] => {
    const [owner, due] = [measureOwner(item, n), measureDue(item, n)];
    const unit = t.unit ?? item.responsibility?.leadUnit;
    if (owner === undefined || due === undefined || unit === undefined) return [];
    const text = { measure: t.measure, target: t.target ?? '', mark: t.mark ?? '' };
    return [{ taskId: `T${n + 1}`, state: 'todo', since: at, ...(timed(s) ? { datedAt: at } : {}), ...text, unit, owner, due, rework: false, returnedAt: null, startedAt: null, proofs: [], problem: null, after: [] }];
  });

/** The due date stays what it was, also when it is past. Where there was none it is the policy's, from now: an assignment without a date. */
const dueDate = (s: CaseState, { item, at, pack }: Taking): Due | null => {
  if (item.due !== undefined) return dueOn(pack.calendar, item.due);
  return isWithUnit(item.stage) ? totalDueOf(s, pack, at) : null;
};

const clocksOf = (s: CaseState, t: Taking): CaseState['clocks'] => {
  const due = dueDate(s, t);
  const dates = { totalDue: due?.instant ?? null, originalDue: due?.instant ?? null, provisional: due?.provisional ?? false };
  const order = isWithUnit(t.item.stage) ? { assignedAt: assignedAt(t), orderedAt: t.at } : {};
  return { ...s.clocks, registeredAt: t.at, ...dates, ...order };
};
const assignedAt = ({ item, at, pack }: Taking): number => (item.assignedOn === undefined ? at : Math.min(at, toInstant(pack.calendar, epochDay(item.assignedOn), 0)));

const gradeOf = ({ item, at }: Taking): CaseState['grade'] => {
  if (!item.grade) return null;
  const { colour, track, reasonCode = 'L0' } = item.grade;
  return { colour, track, reasonCode, ordinary: colour === 'blue' && track === 'immediate' && reasonCode === 'N0', since: at };
};

/** Nobody of the unit has signed for it here. */
const responsibilityOf = (s: CaseState, { item }: Taking): CaseState['responsibility'] => {
  const r = item.responsibility;
  if (!r || !isWithUnit(item.stage)) return s.responsibility;
  const person = { unitHead: r.unitHead ?? null, dutyLeader: r.dutyLeader ?? null, owner: r.owner ?? null, liaison: r.liaison ?? null, caseLeader: r.caseLeader ?? null };
  return { leadUnit: r.leadUnit, ...person, coops: r.coopUnits.map((unit) => ({ unit, signedAt: null })), signedAt: null };
};

const placed = (s: CaseState, t: Taking): CaseState => {
  const { item, at } = t;
  const graded = { ...s, grade: gradeOf(t) };
  const tasks = item.stage === 'immediate' || item.stage === 'rectifying' ? tasksOf(s, t) : [];
  return {
    ...graded,
    stage: item.stage,
    stageSince: at,
    ledgerNo: s.ledgerNo ?? s.caseNo,
    verification: { later: true, verified: false, unverified: true },
    responsibility: responsibilityOf(s, t),
    clocks: clocksOf(graded, t),
    tasks,
    taskCounter: item.tasks.length,
    imported: { document: item.document, originalNo: item.originalNo, stage: item.stage, foundOn: item.foundOn ?? null, assignedOn: item.assignedOn ?? null, due: item.due ?? null, unknown: unknownIn(item) },
  };
};

/** 补签 of what was taken over: by the head of the office, of a red case by a leader, as grade and plan would have been. */
const owe = (s: CaseState, at: number, pack: Pack): CaseState => {
  if (s.grade === null) return s;
  const role = s.grade.colour === 'red' ? 'LDR' : 'HUB';
  const limit = role === 'LDR' ? pack.policy.ratify : { amount: 1, unit: 'wd' as const };
  return { ...s, ratification: { state: advance('ratification', s.ratification.state, 'owe'), role, due: dueIn(s, pack, at, limit).instant } };
};

/** The proposal before those who must sign what was taken over. */
export const askToRatify = (s: CaseState, by: Actor, at: number): CaseState => {
  const { role } = s.ratification;
  if (role === null) return s;
  const visible = s.clocks.assignedAt === null ? 'office' : 'case';
  return openProposal(s, { row: '@takenOver', type: 'takenOver', payload: {}, facts: noFacts, by, at, visible, ratify: role }).state;
};

/** Returned by those who must sign, what was taken over is put before them again once people or grade were put right. */
export const owedAgain = (s: CaseState, at: number, pack: Pack): CaseState => (s.imported !== undefined && s.ratification.state === 'returned' ? owe(s, at, pack) : s);

/** What an assignment (row 11) has and the old ledger did not: it is supplied (rows 12b, 45) before anybody signs. */
export const missingToRatify = (s: CaseState, of?: CaseState['proposals'][number] | null): RuleId | null => {
  if (of !== undefined && of?.type !== 'takenOver') return null;
  if (s.clocks.assignedAt === null) return null;
  const { leadUnit, unitHead } = s.responsibility;
  return leadUnit === null || unitHead === null || s.clocks.totalDue === null ? 'NO-LEAD-UNIT' : null;
};

/** The second entry of a capture of such an item: the engine's, because nobody assigned or signed for what it says. */
export const takeOver = (captured: CaseState, item: Imported, by: Actor, at: number, pack: Pack): { state: CaseState; entry: EntryDraft; effects: Effect[] } => {
  const here = placed(captured, { item, at, pack });
  // The policy's limit of what came without a date runs from now, whenever another ledger assigned it.
  const counted = item.due === undefined && here.clocks.totalDue !== null ? withTime(here, { base: at }) : here;
  const owed = owe(measured(counted, pack), at, pack);
  const after = settleTime(owed.ratification.state === 'due' ? askToRatify(owed, by, at) : owed, at, pack);
  const withUnit = isWithUnit(item.stage);
  const row = { ...engineRow('takenOver', '承接台账'), visible: withUnit ? ('case' as const) : ('office' as const), notify: withUnit ? ['UC', 'UH', 'HUB'] : ['HUB'] };
  return record({ type: 'takenOver', row, outcome: 'done', before: captured, after, actor: system, at, payload: { ...after.imported }, facts: noFacts, voided: [] });
};
