import type { Amount, CaseState } from '../../schemas/index.ts';
import { dueOn } from '../calendar/index.ts';
import { dueIn } from '../due.ts';
import { type Between, type Redated, amountText, byPeople, compared, offDay, sayDate, stays, unclear } from './compare.ts';

/** Dates that the state keeps beside the total, each from an amount of the policy and an instant that is kept with it. */
type Counted = {
  readonly what: string;
  readonly at: number;
  readonly anchor: number;
  readonly was: Amount;
  readonly is: Amount;
  readonly unit: boolean;
  readonly set: (s: CaseState, due: number) => CaseState;
};

const publicity = (s: CaseState, { from, to }: Between): Counted[] =>
  s.publicity && s.publicity.exempt === null
    ? [
        {
          what: 'publicity',
          at: s.publicity.until,
          anchor: s.publicity.from,
          was: from.policy.publicity,
          is: to.policy.publicity,
          unit: true,
          set: (x, until) => ({ ...x, publicity: x.publicity && { ...x.publicity, until } }),
        },
      ]
    : [];

const supplement = (s: CaseState, { from, to }: Between): Counted[] => {
  const asked = s.application?.supplement ?? null;
  if (asked === null || asked.givenAt !== null) return [];
  const set = (x: CaseState, due: number): CaseState => ({
    ...x,
    application: x.application && { ...x.application, supplement: x.application.supplement && { ...x.application.supplement, due } },
  });
  return [
    { what: 'supplement', at: asked.due, anchor: asked.askedAt, was: from.policy.supplement, is: to.policy.supplement, unit: true, set },
  ];
};

const replies = (s: CaseState, { from, to }: Between): Counted[] =>
  s.acts.flatMap((a, n) => {
    if (a.answeredAt !== null || a.code === 'L7') return [];
    const set = (x: CaseState, replyBy: number): CaseState => ({ ...x, acts: x.acts.map((o, i) => (i === n ? { ...o, replyBy } : o)) });
    return [
      {
        what: `act ${a.act}`,
        at: a.replyBy,
        anchor: a.servedAt,
        was: from.policy.actReply,
        is: to.policy.actReply,
        unit: a.to.unit !== null,
        set,
      },
    ];
  });

const lookbacks = (s: CaseState, { from, to }: Between): Counted[] =>
  s.lookback.plan.flatMap((l, n) => {
    const [was, is] = s.grade ? [from.policy.lookback[s.grade.colour][n], to.policy.lookback[s.grade.colour][n]] : [];
    if (l.done || s.clocks.closedAt === null || !was || !is) return [];
    const set = (x: CaseState, at: number): CaseState => ({
      ...x,
      lookback: { ...x.lookback, plan: x.lookback.plan.map((o, i) => (i === n ? { ...o, at } : o)) },
    });
    return [{ what: `lookback ${n + 1}`, at: l.at, anchor: s.clocks.closedAt, was, is, unit: false, set }];
  });

/** 补签: by the head of the office within one working day, by a leader as the policy says; asked for by a proposal of the same instant. */
const ratification = (s: CaseState, { from, to }: Between): Counted[] => {
  const { state, due, role } = s.ratification;
  const asked = s.proposals.find((p) => p.ratify !== null);
  if (state !== 'due' || due === null || asked === undefined) return [];
  const oneDay: Amount = { amount: 1, unit: 'wd' };
  const [was, is] = role === 'LDR' ? [from.policy.ratify, to.policy.ratify] : [oneDay, oneDay];
  return [
    {
      what: 'ratification',
      at: due,
      anchor: asked.at,
      was,
      is,
      unit: false,
      set: (x, at) => ({ ...x, ratification: { ...x.ratification, due: at } }),
    },
  ];
};

const recounted = (s: CaseState, b: Between, c: Counted): Redated => {
  const was = dueIn(s, b.from, c.anchor, c.was);
  const row = { at: c.at, unit: c.unit };
  // Something else has lengthened it since (an objection, an appeal): the amount alone does not explain it.
  if (was.instant !== c.at) return { ...row, change: unclear(b, { what: c.what, since: c.anchor, until: c.at }), set: stays };
  const is = dueIn(s, b.to, c.anchor, c.is);
  const [text, since] = [amountText(c.is), sayDate(b.from, c.anchor + 1)];
  const change = compared(b.from, { what: c.what, at: c.at, provisional: was.provisional }, is, {
    zh: `自 ${since} 起 ${text.zh}`,
    en: `${text.en} from ${since}`,
  });
  return { ...row, change, set: (x) => c.set(x, is.instant) };
};

const resuming = (s: CaseState, b: Between): Redated[] =>
  s.suspension.resumeBy === null
    ? []
    : [
        {
          at: s.suspension.resumeBy,
          change: offDay(b, { what: 'resumeBy', taskId: null, date: sayDate(b.from, s.suspension.resumeBy), why: byPeople }),
          unit: true,
          set: stays,
        },
      ];

const tasks = (s: CaseState, b: Between): Redated[] =>
  s.tasks
    .filter((t) => t.due !== '' && !['taskClosed', 'waived'].includes(t.state))
    .map((t) => ({
      at: dueOn(b.from.calendar, t.due).instant,
      change: offDay(b, { what: 'task', taskId: t.taskId, date: t.due, why: byPeople }),
      unit: true,
      set: stays,
    }));

export const redatedCounts = (s: CaseState, b: Between): Redated[] =>
  [publicity, supplement, replies, lookbacks, ratification].flatMap((of) => of(s, b)).map((c) => recounted(s, b, c));
export const redatedRest = (s: CaseState, b: Between): Redated[] => [...resuming(s, b), ...tasks(s, b)];
