import type { Payload, RuleId } from '../schemas/index.ts';
import { dueDateAt } from './calendar/index.ts';
import type { Ground } from './facts/ground.ts';
import { requiredDocuments } from './facts/closure.ts';
import { missingInLists, reworkNotIn, wrongInSchedule } from './lists.ts';
import { faultsOfPlan } from './schedule/guard.ts';
import { measureOf } from './schedule/reserve.ts';
import { allScheduleWords } from './schedule/words.ts';

/** What exactly is missing (缺什么), in words that need no translation: ids, fields, dates. Told only to those who see it anyway. */
type Tell = (g: Ground, payload: Readonly<Record<string, unknown>>) => string[];

const planIn = (payload: Readonly<Record<string, unknown>>) => (payload as Payload<'submitPlan'>).plan;
const raters = (g: Ground, test: (r: Ground['state']['raters'][number]) => boolean) => g.state.raters.filter((r) => r.named && !r.withdrawn && test(r)).map((r) => r.raterId);
const tasks = (g: Ground, test: (t: Ground['state']['tasks'][number]) => boolean) => g.state.tasks.filter(test).map((t) => t.taskId);

const openKinds: Tell = (g) => [
  ...g.state.proposals.map((p) => p.proposalId),
  ...(g.state.appeal.state === 'filed' ? ['appeal'] : []),
  ...g.state.objections.filter((o) => o.open).map((o) => o.objection),
  ...g.state.acts.filter((a) => a.answeredAt === null).map((a) => a.act),
  ...(['due', 'returned'].includes(g.state.ratification.state) ? ['ratification'] : []),
];

const tell: Partial<Record<RuleId, Tell>> = {
  'LISTS-INCOMPLETE': (g, p) => missingInLists(planIn(p), g.state, g.edge.people),
  'SCHEDULE-INVALID': (g, p) => wrongInSchedule(planIn(p), g.state, g.pack, g.at),
  'REWORK-NOT-IN-PLAN': (g, p) => reworkNotIn(planIn(p), g.state),
  'TASKS-OPEN': (g) => tasks(g, (t) => t.state !== 'taskClosed' && t.state !== 'waived'),
  'REWORK-OPEN': (g) => tasks(g, (t) => t.rework && t.state !== 'taskClosed'),
  'PROOF-OLDER-THAN-RETURN': (g) => tasks(g, (t) => t.rework && !t.proofs.some((x) => x.at > (t.returnedAt ?? 0))),
  'RATER-NOT-ANSWERED': (g) => raters(g, (r) => r.answeredAt === null),
  'CALLBACK-OPEN': (g) => raters(g, (r) => !['done', 'unreachable'].includes(r.callback.state)),
  'LIST-INCOMPLETE': (g, p) => requiredDocuments(g.state.grade?.track).filter((d) => !(p as Payload<'acceptApplication'>).checked.includes(d)),
  'WINDOW-RUNNING': (g) => (g.state.publicity ? [dueDateAt(g.pack.calendar, g.state.publicity.until)] : []),
  'ITEMS-OPEN': openKinds,
};

/** At most ten things; empty where the rule's own words say everything. */
export const missing = (rule: RuleId, g: Ground, payload: Readonly<Record<string, unknown>>): string[] => (tell[rule]?.(g, payload) ?? []).slice(0, 10);

/** What needs a sentence in each language: the working days that a schedule lacks, the dates that do not stand, and the tasks that cause it. */
export const missingInWords = (rule: RuleId, g: Ground, payload: Readonly<Record<string, unknown>>): { zh: string; en: string } =>
  rule === 'SCHEDULE-INVALID' ? allScheduleWords(faultsOfPlan(planIn(payload), g.state, measureOf(g.pack), g.at)) : { zh: '', en: '' };
