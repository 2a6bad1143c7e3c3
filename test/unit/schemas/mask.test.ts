import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Feedback, joinPersonal, maskIdNo, maskText, splitPersonal, tagsOf, unmasked } from '../../../schemas/index.ts';

const said: Feedback = {
  feedbackId: 'hcp-1',
  kind: 'rating',
  level: 1,
  named: true,
  channel: '网办 PC',
  field: 'JY',
  matter: { code: 'JY-1', name: '入学' },
  receivedAt: 1,
  text: '张小三 13812345678 住 3 栋 2 单元',
  rater: { raterId: 'r-1', name: '张小三', phone: '138 1234 5678', idNo: '11010519491231002X' },
  service: { projectNo: 'P1', seq: 1, clerk: '李四' },
  aside: { 备注: '家住三楼' },
};

describe('masking', () => {
  it('leaves of an identity number what identifies nobody', () => {
    expect(maskIdNo('11010519491231002X')).toBe('110105********002X');
  });
  it('hides numbers in any text, however they are written', () => {
    const wide = (d: string) => d.replace(/\d/g, (x) => String.fromCharCode(x.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom(
          '13812345678',
          '１３８12345678',
          wide('13812345678'),
          '138 1234 5678',
          '138-1234-5678',
          '+8613812345678',
          '11010519491231002X',
          '0571-88886666',
          '3栋',
          '2 单元',
        ),
        fc.string(),
        (a, secret, b) => {
          const masked = maskText(`${a} ${secret} ${b}`);
          expect(unmasked(masked)).toBe(false);
          expect(masked).not.toContain(secret);
        },
      ),
    );
  });
  it('hides each of several numbers in a row, with separators and country codes', () => {
    expect(maskText('13800001234 13900005678')).toBe('138****1234 139****5678');
    expect(maskText('找过3 次, 窗口5 138-0000-1234')).toBe('找过3 次, 窗口5 138****1234');
    expect(maskText('+8613800001234 / 0086 138 0000 1234')).toBe('138****1234 / 138****1234');
    expect(maskText('0571-88881366 1234567 110105 19491231 002X')).not.toMatch(/8888|1234567|19491231/);
    for (const text of ['2026-02-13 10:12 第 12 号, 应付 1380.50 元', '2026-01-05 2026-02-13 10:12', '云川 2026-JY-0012, 工单 202601051234567']) expect(maskText(text)).toBe(text);
  });
  it('hides known names', () => {
    expect(maskText('张小三来过, 张小三不满意', ['张小三'])).toBe('张*来过, 张*不满意');
  });
});

describe('a record split at its personal fields', () => {
  it('shows none of them, and is whole again when joined', () => {
    const { open, personal } = splitPersonal(Feedback, said);
    const text = JSON.stringify(open);
    for (const secret of ['张小三', '13812345678', '1234 5678', '11010519491231002X', '李四', '家住三楼'])
      expect(text).not.toContain(secret);
    expect(joinPersonal(open, personal)).toEqual(said);
    expect(Feedback.safeParse(open).success).toBe(true);
  });
  it('knows every tagged field of feedback', () => {
    expect(tagsOf(Feedback).map((t) => t.path.join('.'))).toEqual([
      'text',
      'rater.name',
      'rater.phone',
      'rater.idNo',
      'service.clerk',
      'aside',
    ]);
  });
});
