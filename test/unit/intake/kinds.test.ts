import { describe, expect, it } from 'vitest';
import { kindOfSheet, readMapFile } from '../../../import/index.ts';
import { codeOf, opensCase } from '../../../schemas/index.ts';
import { readAs, rulesOf } from '../../support/rows.ts';

const order = { orderNum: '2603090001', callerType: '投诉', callTime: '2026-03-09 08:00', callerName: '赵某', callerPhone: '13900000003', questionName: '异地就医备案', organizationName: '卫健委', address: '东湖小区 3 栋 2 单元 501 室', majorContent: '备案了查不到', isSecret: '否' };
const item = { 问题编号: 'WT-001', 问题描述: '办事指南漏列材料', 领域: '教育', 分级: '蓝色·一般件', 整改类型: '立行立改', 整改措施: '修订指南', 牵头单位: '教育局', 第一责任人: '王局长', 责任人: '任责任', 完成时限: '2026年6月底', 是否销号: '否', 进展情况: '正在修订' };
const read = (kind: 'hotline' | 'visit' | 'ledger', cells: Record<string, string>) => {
  const r = readAs(kind, cells);
  if ('errors' in r) throw new Error(rulesOf(r).join('; '));
  return r;
};
const feedback = (kind: 'hotline' | 'visit' | 'ledger', cells: Record<string, string>) => {
  const { item: of } = read(kind, cells);
  if (!('feedback' in of)) throw new Error('history');
  return of;
};

describe('a hotline order', () => {
  it('is mapped from the odd names of its table, its address no finer than the street', () => {
    const { feedback: f } = feedback('hotline', order);
    expect(f).toMatchObject({ feedbackId: '12345:2603090001', kind: 'hotline', named: true, ratedUnit: 'U2', order: { orderNo: '2603090001', category: 'complaint', secret: false } });
    expect(f.place).toBe('东湖小区 * 栋 * 单元 * 室');
    expect(f.aside).toEqual({ address: order.address });
  });
  it.each([['投诉', true], ['举报', true], ['咨询', false], ['建议', false], ['表扬', false], ['求助', false]])('of the category %s opens a case: %s', (callerType, opens) => {
    const { feedback: f } = feedback('hotline', { ...order, callerType });
    expect([opensCase(f), f.kind]).toEqual([opens, callerType === '举报' ? 'report' : 'hotline']);
  });
  it('of an unknown category stays out', () => {
    expect(rulesOf(readAs('hotline', { ...order, callerType: '闲聊' }))).toEqual(['callerType BAD-CATEGORY']);
  });
});

describe('a visit', () => {
  it('is an inspection when its source says so', () => {
    const cells = { 记录编号: 'DC-7', 来源: '督查随机抽查', 发现时间: '2026.3.1', 被查单位: '教育局', 地点: '全市23校', 事项名称: '食堂留样', 问题描述: '留样不规范' };
    expect(feedback('visit', cells).feedback).toMatchObject({ feedbackId: 'dc:DC-7', kind: 'inspection', named: false, field: 'QT' });
    expect(feedback('visit', { ...cells, 来源: '走访群众' }).feedback.feedbackId).toBe('zf:DC-7');
  });
});

describe('an item of an old ledger', () => {
  it('enters at the stage that its record reaches, and not further', () => {
    const { feedback: f, imported } = feedback('ledger', item);
    expect(imported).toMatchObject({ originalNo: 'WT-001', document: '台账.xlsx', stage: 'immediate', grade: { colour: 'blue', track: 'immediate', reasonCode: 'N0' }, due: '2026-06-30' });
    expect(imported?.responsibility).toMatchObject({ leadUnit: 'U1', unitHead: 'wang', owner: 'ren', coopUnits: [] });
    expect(imported?.tasks).toMatchObject([{ measure: '修订指南', owner: 'ren', due: '2026-06-30', done: false }]);
    expect(f).toMatchObject({ feedbackId: 'tz:WT-001', ratedUnit: 'U1', aside: { 进展情况: '正在修订' } });
  });
  it.each([
    ['without a colour', { 分级: '' }, 'registered'],
    ['without a unit', { 牵头单位: '', 涉及点位: '东湖', 第一责任人: '', 责任人: '' }, 'triaged'],
    ['on the list track with measures, people and dates', { 整改类型: '限期整改' }, 'rectifying'],
    ['on the list track without a responsible person', { 整改类型: '清单', 责任人: '' }, 'planDrafting'],
    ['that is applied for, by its own word', { 状态: '已申请销号' }, 'immediate'],
  ])('%s enters at %s', (_, change, stage) => {
    expect(feedback('ledger', { ...item, ...change }).imported?.stage).toBe(stage);
  });
  it('reads 立行立改 and 长期坚持 where a date should stand', () => {
    const { 整改类型: _, ...rest } = item;
    expect(feedback('ledger', { ...rest, 完成时限: '立行立改' }).imported).toMatchObject({ grade: { track: 'immediate' } });
    expect(feedback('ledger', { ...rest, 完成时限: '立行立改' }).imported?.due).toBeUndefined();
    expect(feedback('ledger', { ...rest, 分级: '蓝', 完成时限: '长期坚持' }).imported).toMatchObject({ grade: { track: 'list' }, stage: 'planDrafting' });
  });
  it('that is closed there is history here, and says when', () => {
    const closed = { ...item, 是否销号: '是', 销号时间: '2026-02-01' };
    const { item: of } = read('ledger', closed);
    expect(of).toMatchObject({ past: { key: 'tz:WT-001', content: { 问题编号: 'WT-001', 销号时间: '2026-02-01' }, names: ['王局长', '任责任'] } });
    expect(rulesOf(readAs('ledger', { ...item, 是否销号: '是' }))).toEqual(['销号时间 CLOSED-NOT-DATED']);
    expect(rulesOf(readAs('ledger', { ...closed, 销号时间: '2026-04-01' }))).toEqual(['销号时间 FUTURE-DATE']);
  });
  it('guesses nobody: who is not in the unit, or is one of two, keeps the row out', () => {
    expect(rulesOf(readAs('ledger', { ...item, 责任人: '张三' }))).toEqual(['责任人 UNKNOWN-PERSON']);
  });
  it('contradicting itself in its colour stays out', () => {
    expect(rulesOf(readAs('ledger', { ...item, 分级: '红色·难事稳办' }))).toEqual(['分级 BAD-COLOUR']);
  });
});

describe('the kind of a sheet', () => {
  it('is told from its headers', () => {
    expect(kindOfSheet(['办件编号', '满意度', '事项名称'])).toBe('rating');
    expect(kindOfSheet(Object.keys(order))).toBe('hotline');
    expect(kindOfSheet(['记录编号', '走访时间', '问题描述', '被查单位'])).toBe('visit');
    expect(kindOfSheet(Object.keys(item))).toBe('ledger');
    expect(kindOfSheet(['姓名', '年龄'])).toBeNull();
  });
});

describe('a map file', () => {
  it('is refused where it says what it may not', () => {
    const refusal = (text: string) => {
      try {
        readMapFile(text);
        return null;
      } catch (error) {
        return [codeOf(error), (error as { refusal: { field?: string } }).refusal.field];
      }
    };
    expect(refusal('kind: rating\ncolumns: {level: 评价}')).toBeNull();
    expect(refusal('kind: song')).toEqual(['BAD-INPUT', 'map.kind']);
    expect(refusal('colums: {}')).toEqual(['BAD-INPUT', 'map']);
    expect(refusal('a: &a [1]\nb: *a')).toEqual(['BAD-INPUT', 'map']);
    expect(refusal('{')).toEqual(['BAD-INPUT', 'map']);
  });
});
