import { describe, expect, it } from 'vitest';
import { type ActFact, type CaseFacts, countAll, countBy, type MetricId, type RatingOf } from '../../../cases/index.ts';
import type { Board } from '../../../schemas/index.ts';
import { boardOf } from '../../support/ledger-drafts.ts';
import { contextFor } from '../../support/rows.ts';

const { calendar } = contextFor();
const day = 86_400_000;
const t0 = Date.UTC(2026, 2, 1);
let made = 0;
const act = (row: string, at: number, from = 'signoff', to = from): ActFact => ({ seq: 1, type: 't', row, outcome: 'done', from, to, at });
const assigned = act('11', t0, 'triaged', 'assigned');
const fact = (board: Partial<Board>, ...acts: ActFact[]): CaseFacts => ({ board: boardOf({ caseNo: `YC-2026-JY-${1000 + (made += 1)}`, source: 'rating', capturedAt: t0, ...board }), acts: [assigned, ...acts] });
const closedOn = (at: number, applied: number, due: number, more: Partial<Board> = {}): CaseFacts =>
  fact({ stage: 'closed', kind: 'settled', closedAt: at, appliedAt: applied, due, originalDue: due, ...more }, act('40', at, 'publicizing.open', 'closed'));
const now = t0 + 100 * day;
const metric = (id: MetricId, cases: CaseFacts[], ratings: RatingOf[] = []) => {
  const m = countAll({ cases, ratings, now }).find((x) => x.id === id);
  return [m?.numerator, m?.denominator, m?.leftOut.map((l) => `${l.zh} ${l.n}`)];
};

describe('on time', () => {
  it('is judged by the application that was accepted, not by the signature', () => {
    expect(metric('onTimeGranted', [closedOn(t0 + 30 * day, t0 + 9 * day, t0 + 10 * day), closedOn(t0 + 30 * day, t0 + 11 * day, t0 + 10 * day)])).toEqual([1, 2, []]);
  });
  it('is shown by the granted and by the original date', () => {
    const extended = closedOn(t0 + 30 * day, t0 + 12 * day, t0 + 15 * day, { originalDue: t0 + 10 * day });
    expect([metric('onTimeGranted', [extended]), metric('onTimeOriginal', [extended])]).toEqual([[1, 1, []], [0, 1, []]]);
  });
  it('leaves out what is not due yet, and counts what is overdue and still open', () => {
    const running = fact({ stage: 'rectifying', due: now + day, originalDue: now + day });
    const late = fact({ stage: 'rectifying', due: now - day, originalDue: now - day });
    const waiting = fact({ stage: 'prelimReview', due: now - day, originalDue: now - day, appliedAt: now - 2 * day });
    expect(metric('onTimeGranted', [running, late, waiting])).toEqual([0, 1, ['期限未到, 仍在办理 2']]);
  });
  it('says why others are left out', () => {
    const ended = (stage: string): CaseFacts => fact({ stage, kind: 'settled' });
    expect(metric('onTimeGranted', [ended('merged'), ended('invalidated'), ended('transferredOut'), ended('explained')])[2]).toEqual(['认定无效 1', '并入他件, 在他件计 1', '转法定渠道 1', '解释办结(缺乏法定依据或查不属实) 1']);
  });
});

describe('call-backs', () => {
  const callback = (state: string, solved: boolean | null = null) => ({ raterId: 'r', named: true, state, solved, satisfied: solved });
  const cases = [fact({ callbacks: [callback('done', true), callback('done', false), callback('due'), callback('unreachable'), { ...callback('done', true), named: false }] })];
  it('count named raters alone; who was three times unreachable is left out and said', () => {
    expect(metric('calledBack', cases)).toEqual([2, 3, ['三次联系不上 1']]);
    expect(metric('solved', cases)).toEqual([1, 2, ['三次联系不上 1', '尚未回访 1']]);
  });
});

describe('the first reinspection', () => {
  it('decides, whatever the later ones said', () => {
    expect(metric('firstPass', [fact({}, act('33', t0), act('32', t0 + day)), fact({}, act('32', t0)), fact({})])).toEqual([1, 2, []]);
  });
});

describe('rebound', () => {
  const closing = act('40', t0, 'publicizing.open', 'closed');
  const back = (at: number): ActFact => act('44', at, 'closed', 'registered');
  it('is a closing that came back within a year; each closing counts once', () => {
    expect(metric('rebound', [fact({}, closing, back(t0 + 300 * day), act('36', t0 + 310 * day, 'signoff', 'closed')), fact({}, closing, back(t0 + 400 * day)), fact({}, closing)])).toEqual([1, 4, []]);
  });
  it('is also sham rectification found by a look-back; a look-back that ends well is not', () => {
    expect(metric('rebound', [fact({}, closing, act('35', t0 + day, 'lookback', 'registered')), fact({}, closing, act('43', t0 + day, 'lookback', 'closed'))])).toEqual([1, 2, []]);
  });
});

describe('ratings', () => {
  const rating = (level: number, more: Partial<RatingOf> = {}): RatingOf => ({ level, isDefault: false, caseNo: null, unit: 'U1', field: 'JY', at: t0, ...more });
  it('leave default ones out, and those held invalid, which stay stored', () => {
    const invalid = fact({ stage: 'invalidated', kind: 'settled' });
    const all = [rating(5), rating(3), rating(2), rating(5, { isDefault: true }), rating(1, { caseNo: invalid.board.caseNo })];
    expect(metric('praised', [invalid], all)).toEqual([2, 3, ['认定无效 1', '系统默认评价 1']]);
    expect(metric('badRated', [invalid], all)).toEqual([1, 3, ['认定无效 1', '系统默认评价 1']]);
  });
  it('have no denominator where services were never imported', () => {
    const m = countAll({ cases: [], ratings: [rating(5)], now }).find((x) => x.id === 'volunteered');
    expect(m).toMatchObject({ numerator: 1, denominator: null, rate: null, interval: null });
  });
});

describe('groups', () => {
  const many = (unit: string, n: number, late: number): CaseFacts[] =>
    Array.from({ length: n }, (_, i) => closedOn(t0 + 30 * day, t0 + (i < late ? 11 : 9) * day, t0 + 10 * day, { leadUnit: unit }));
  const groups = countBy('unit', { cases: [...many('U3', 29, 0), ...many('U2', 30, 15), ...many('U1', 40, 1)], ratings: [], now, calendar });
  const rank = (key: string, id: MetricId) => groups.find((g) => g.key === key)?.metrics.find((m) => m.id === id)?.rank;
  it('stand in the order of their names, and rank nobody below thirty', () => {
    expect(groups.map((g) => [g.key, g.cases, rank(g.key, 'onTimeGranted')])).toEqual([['U1', 40, 1], ['U2', 30, 2], ['U3', 29, null]]);
  });
  it('rank the smaller share first where less is better', () => {
    const bad = (unit: string, level: number): RatingOf[] => Array.from({ length: 30 }, (_, i) => ({ level: i < level ? 1 : 5, isDefault: false, caseNo: null, unit, field: 'JY', at: t0 }));
    const by = countBy('unit', { cases: [], ratings: [...bad('U1', 10), ...bad('U2', 3)], now, calendar });
    expect(by.map((g) => g.metrics.find((m) => m.id === 'badRated')?.rank)).toEqual([2, 1]);
  });
  it('by month go by the civil month of taking in', () => {
    const late = Date.UTC(2026, 2, 31, 17);
    expect(countBy('month', { cases: [fact({ capturedAt: late }), fact({})], ratings: [], now, calendar }).map((g) => g.key)).toEqual(['2026-03', '2026-04']);
  });
});
