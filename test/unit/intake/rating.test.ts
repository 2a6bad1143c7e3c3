import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opensCase } from '../../../schemas/index.ts';
import { noon, readAs, rulesOf } from '../../support/rows.ts';

const usual = { projectNo: 'YC20260301000123', serviceNumber: '1', taskCode: '11990100MB0X00027A', taskName: '入学登记', satisfaction: '2', orgName: '教育局', writingEvaluation: '跑了三趟', assessTime: '2026-03-09 10:12:00', acceptDate: '2026-03-01' };
const said = (cells: Record<string, string>, map = {}) => {
  const read = readAs('rating', cells, { map });
  if ('errors' in read) throw new Error(rulesOf(read).join('; '));
  if (!('feedback' in read.item)) throw new Error('no feedback');
  return read.item.feedback;
};
const refused = (change: Record<string, string>): string[] => rulesOf(readAs('rating', { ...usual, ...change }));

describe('a rating', () => {
  it('is read by the names of the exchange, its key from 办件 and service', () => {
    const f = said(usual);
    expect(f).toMatchObject({ feedbackId: 'hcp:YC20260301000123:1', kind: 'rating', level: 2, named: false, ratedUnit: 'U1', receivedAt: noon, matter: { code: '11990100MB0X00027A', name: '入学登记' } });
    expect(f.saidAt).toBe(Date.UTC(2026, 2, 9, 2, 12));
    expect(f.service).toMatchObject({ projectNo: 'YC20260301000123', seq: 1, acceptedAt: Date.UTC(2026, 1, 28, 16) });
  });
  it('is read the same by what people call its columns, whatever their width, marks and order', () => {
    const chinese = { '评价时间（必填）': '2026-03-09 10:12:00', ' 满 意 度 ': '不满意', '*办件编号': usual.projectNo, 服务次数: '1', 实施清单编码: usual.taskCode, 事项名称: usual.taskName, 被评单位: '教育局', 文字评价: '跑了三趟', 受理时间: '2026-03-01' };
    expect(said(chinese)).toEqual(said(usual));
  });
  it.each([
    ['5', 5, false], ['4', 4, false], ['3', 3, false], ['2', 2, true], ['1', 1, true],
    ['非常满意', 5, false], ['基本满意', 3, false], ['非常不满意', 1, true], ['１星', 1, true], ['5-非常满意', 5, false],
  ])('%s is level %i the right way round, and opens a case: %s', (text, level, opens) => {
    const f = said({ ...usual, satisfaction: text });
    expect([f.level, opensCase(f)]).toEqual([level, opens]);
  });
  it('that says two things at once, or nothing known, stays out', () => {
    expect(refused({ satisfaction: '1-非常满意' })).toEqual(['satisfaction LEVEL-CONTRADICTS']);
    expect(refused({ satisfaction: '0' })).toEqual(['satisfaction BAD-LEVEL']);
    expect(refused({ satisfaction: '' })).toEqual(['satisfaction REQUIRED']);
  });
  it('is one for one service: two counts that differ are a fault', () => {
    expect(refused({ assessNumber: '2' })).toEqual(['assessNumber SEQ-CONTRADICTS']);
  });
  it('names every wrong cell of the row at once', () => {
    expect(refused({ projectNo: '入学登记', assessTime: '昨天', mobile: '1381234', orgName: '没有的局' }).toSorted()).toEqual(['assessTime BAD-DATE', 'mobile BAD-PHONE', 'orgName UNKNOWN-UNIT', 'projectNo BAD-CODE'].toSorted());
  });
  it('of the future stays out', () => {
    expect(refused({ assessTime: '2026-03-12 00:00:00' })).toEqual(['assessTime FUTURE-DATE']);
  });
  it('that is bad needs a unit or a place; a good one does not', () => {
    const { orgName: _, ...nowhere } = usual;
    expect(rulesOf(readAs('rating', nowhere))).toEqual(['部门名称 NO-UNIT-NO-PLACE']);
    expect(said({ ...nowhere, satisfaction: '5' }).ratedUnit).toBeUndefined();
    expect(said({ ...nowhere, place: '三号窗口' }).place).toBe('三号窗口');
  });
  it('is named by a number that can be called, not by a name alone', () => {
    expect(said({ ...usual, userName: '林某' })).toMatchObject({ named: false, rater: { name: '林某' } });
    expect(said({ ...usual, userName: '林某', mobile: '138 1234 5678' })).toMatchObject({ named: true, rater: { phone: '13812345678' } });
    expect(said({ ...usual, userName: '匿名', mobile: '-' }).rater).toBeUndefined();
  });
  it('keeps columns that nobody knows, sealed beside it', () => {
    expect(said({ ...usual, 部门意见: '已电话说明' }).aside).toEqual({ 部门意见: '已电话说明' });
  });
  it('is mapped by a map file where its words are its own', () => {
    const map = { columns: { satisfaction: '打分' }, units: { 市教育局新名: 'U1' }, values: { channel: { '9': '自助终端' } } };
    const { satisfaction: _, ...rest } = usual;
    expect(said({ ...rest, 打分: '1', orgName: '市教育局新名', pf: '9' }, map)).toMatchObject({ level: 1, ratedUnit: 'U1', channel: '自助终端' });
    expect(refused({ pf: '9' })).toEqual(['pf BAD-CHANNEL']);
  });
  it('shows no personal data in what it says of a wrong cell', () => {
    const read = readAs('rating', { ...usual, mobile: '1381234567', userName: '张小三', idNo: '110105194912310021' });
    expect(JSON.stringify(read)).not.toMatch(/1381234567|110105194912310021|张小三/);
  });
  it('with a cell that the format spoiled says which way', () => {
    const read = readAs('rating', usual, { row: { faults: { projectNo: 'precisionLost', satisfaction: 'formula' } } });
    expect(rulesOf(read)).toEqual(['projectNo PRECISION-LOST', 'satisfaction FORMULA']);
  });
  it('never makes the reader throw, whatever stands in its cells', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('', '5', '2026-02-30', '1e9', '=1+1', '\0', '𠮷', '13812345678'));
    fc.assert(
      fc.property(fc.record(Object.fromEntries([...Object.keys(usual), 'mobile', 'idNo', 'winUserName', 'field', 'isDefault'].map((k) => [k, cell]))), (cells) => {
        const read = readAs('rating', cells as Record<string, string>);
        expect('errors' in read ? read.errors.length > 0 : read.key.startsWith('hcp:')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
