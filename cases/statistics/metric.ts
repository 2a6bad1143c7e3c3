import { wilson } from './wilson.ts';

/** A metric (指标) of domain 3: how it is called, and what is divided by what. Formulas are shown wherever the number is. */
export const metrics = {
  rectified: { zh: '差评整改率', en: 'bad ratings rectified in time', formula: '按期整改完成差评 ÷ 认定有效差评' },
  calledBack: { zh: '实名差评回访率', en: 'named raters called back', formula: '已回访 ÷ 应回访实名评价人' },
  onTimeGranted: { zh: '按期办结率(含批准延期)', en: 'on time by the granted date', formula: '批准后期限内办结 ÷ 应办结' },
  onTimeOriginal: { zh: '按期办结率(原期限)', en: 'on time by the original date', formula: '原期限内办结 ÷ 应办结' },
  solved: { zh: '解决率', en: 'solved, by the rater', formula: '回访"已解决" ÷ 有效回访' },
  satisfied: { zh: '满意率', en: 'satisfied, by the rater', formula: '回访"满意" ÷ 有效回访' },
  firstPass: { zh: '一次暗访复查合格率', en: 'passed at the first reinspection', formula: '首次暗访复查合格 ÷ 首次暗访复查' },
  rebound: { zh: '反弹率', en: 'reopened within 12 months of closing', formula: '12个月内重开 ÷ 已销号' },
  returned: { zh: '退回率', en: 'assignments that the unit applied to return', formula: '申请退回件 ÷ 已交办件' },
  extended: { zh: '延期率', en: 'cases with a granted extension', formula: '批准延期件 ÷ 已交办件' },
  praised: { zh: '好评率', en: 'good ratings', formula: '(5+4+3星) ÷ 有效评价' },
  badRated: { zh: '差评率', en: 'bad ratings', formula: '(2+1星) ÷ 有效评价' },
  volunteered: { zh: '主动评价率', en: 'services rated by their users', formula: '主动评价数 ÷ 办件数' },
} as const;
export type MetricId = keyof typeof metrics;

export type LeftOut = { readonly zh: string; readonly en: string; readonly n: number };
/** One number with everything that it stands on. `rate` is null for 无分母: what was never imported is not guessed. */
export type Metric = {
  readonly id: MetricId;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly rate: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly leftOut: readonly LeftOut[];
};

/** How one item counts: in the denominator, in both, or left out for a reason. */
export type Verdict = 'yes' | 'no' | keyof typeof reasons;

export const reasons = {
  undecided: { zh: '尚未认定', en: 'not yet verified' },
  invalid: { zh: '认定无效', en: 'held invalid' },
  elsewhere: { zh: '并入他件, 在他件计', en: 'merged: counted where it stands now' },
  transferred: { zh: '转法定渠道', en: 'routed to another channel' },
  explained: { zh: '解释办结(缺乏法定依据或查不属实)', en: 'settled by explanation' },
  running: { zh: '期限未到, 仍在办理', en: 'not due yet and still open' },
  noDue: { zh: '没有期限', en: 'has no limit' },
  unreachable: { zh: '三次联系不上', en: 'three times unreachable' },
  notYet: { zh: '尚未回访', en: 'not called back yet' },
  isDefault: { zh: '系统默认评价', en: 'given by default, not by a person' },
} as const;

const round = (x: number): number => Math.round(x * 1e6) / 1e6;

export function metricOf(id: MetricId, verdicts: readonly Verdict[]): Metric {
  const numerator = verdicts.filter((v) => v === 'yes').length;
  const denominator = numerator + verdicts.filter((v) => v === 'no').length;
  const out = (Object.keys(reasons) as (keyof typeof reasons)[]).flatMap((r) => {
    const n = verdicts.filter((v) => v === r).length;
    return n === 0 ? [] : [{ ...reasons[r], n }];
  });
  const interval = wilson(numerator, denominator);
  return { id, numerator, denominator, rate: denominator === 0 ? null : round(numerator / denominator), interval: interval && { low: round(interval.low), high: round(interval.high) }, leftOut: out };
}

/** 无分母: the denominator was never imported. */
export const withoutDenominator = (id: MetricId, numerator: number): Metric => ({ id, numerator, denominator: null, rate: null, interval: null, leftOut: [] });
