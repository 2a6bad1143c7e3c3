import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directory } from '../../../demo/directory.ts';
import {
  CitizenId,
  Phone,
  Uscc,
  UsccFictional,
  citizenCheck,
  citizenIdFault,
  phoneOf,
  usccCheck,
  usccFault,
} from '../../../schemas/index.ts';
import { orgCheck } from '../../../schemas/uscc.ts';

const wide = (text: string): string => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const digits = (n: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n });

describe('统一社会信用代码', () => {
  /** The sample of the standard, and codes of two bodies that everybody knows. */
  it.each(['91350100M000100Y43', '91110000802100433B', '91440300708461136T'])('%s is one', (code) => {
    expect(Uscc.parse(code)).toBe(code);
  });

  it('is read in lower case, full width and with blanks', () => {
    expect(Uscc.parse(wide(' 91350100 m000100y43 '))).toBe('91350100M000100Y43');
  });

  it('a wrong character is told by its kind', () => {
    expect(usccFault('91350100M000100Y4Z')).toBe('form');
    expect(usccFault('91350100M000100Y44')).toBe('check');
    expect(usccFault('91350100M000100Y53')).toBe('orgCheck');
    expect(usccFault('91990100M000100Y43')).toBe('region');
    expect(usccFault('教育局')).toBe('form');
  });

  it('region 99 is for directories marked fictional: every unit of the demonstration, and the edge 0', () => {
    for (const code of [...directory.units.flatMap((u) => u.uscc ?? []), '11990100MB0X000430']) {
      expect([code, usccFault(code, { fictional: true })]).toEqual([code, undefined]);
      expect(Uscc.safeParse(code).success).toBe(false);
      expect(UsccFictional.parse(code)).toBe(code);
    }
  });

  it('changed in one place, or with two neighbours swapped, is none', () => {
    const code = fc
      .tuple(
        fc.constantFrom('11', '12', '91', '92'),
        fc.constantFrom('350100', '110105', '440300'),
        fc.string({ unit: fc.constantFrom(...letters), minLength: 8, maxLength: 8 }),
      )
      .map(([kind, region, body]) => `${kind}${region}${body}${orgCheck(body)}`)
      .map((first) => first + usccCheck(first));
    fc.assert(
      fc.property(code, fc.nat(17), fc.constantFrom(...letters), (whole, at, letter) => {
        expect(usccFault(whole)).toBeUndefined();
        const swapped = whole.slice(0, at) + (whole[at + 1] ?? '') + (whole[at] ?? '') + whole.slice(at + 2);
        const changed = whole.slice(0, at) + letter + whole.slice(at + 1);
        if (changed !== whole) expect(usccFault(changed)).toBeDefined();
        if (swapped !== whole && swapped.length === 18) expect(usccFault(swapped)).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe('公民身份号码', () => {
  it('the sample of the standard is one, also in full width and lower case', () => {
    expect(CitizenId.parse(wide('11010519491231002x'))).toBe('11010519491231002X');
  });

  it.each([
    ['11010519491231002', 'form'],
    ['110105491231002', 'form'],
    ['110105194912310021', 'check'],
    ['11010519490231002X', 'birth'],
    ['99010519491231002X', 'region'],
    ['00010519491231002X', 'form'],
  ])('%s is none: %s', (id, fault) => expect(citizenIdFault(id)).toBe(fault));

  const numbered = (region: string, birth: string): string => {
    const first = `${region}${birth}123`;
    return first + citizenCheck(first);
  };
  it('a region must not have been abolished before the birth; one founded later may have given the number', () => {
    // 崇文区 ended in 2010; 110117 平谷区 was founded in 2001.
    expect(citizenIdFault(numbered('110103', '20050101'))).toBeUndefined();
    expect(citizenIdFault(numbered('110103', '20150101'))).toBe('region');
    expect(citizenIdFault(numbered('110117', '19900101'))).toBeUndefined();
  });
  it('a county that the table lacks is refused only for the years that it covers', () => {
    expect(citizenIdFault(numbered('110199', '20050101'))).toBe('region');
    expect(citizenIdFault(numbered('110199', '20240101'))).toBeUndefined();
    expect(citizenIdFault(numbered('110199', '19600101'))).toBeUndefined();
    expect(citizenIdFault(numbered('810000', '19800101'))).toBeUndefined();
  });
  it('nobody is born tomorrow', () => {
    expect(citizenIdFault(numbered('110105', '20260214'), { today: '2026-02-13' })).toBe('birth');
    expect(citizenIdFault(numbered('110105', '20260213'), { today: '2026-02-13' })).toBeUndefined();
  });
  it('one wrong digit, or two neighbours swapped, is always found', () => {
    fc.assert(
      fc.property(digits(3), fc.nat(16), fc.constantFrom(...'0123456789'), (tail, at, digit) => {
        const first = `11010519491231${tail}`;
        const id = first + citizenCheck(first);
        const changed = id.slice(0, at) + digit + id.slice(at + 1);
        const swapped = id.slice(0, at) + (id[at + 1] ?? '') + (id[at] ?? '') + id.slice(at + 2);
        for (const other of [changed, swapped]) if (other !== id) expect(citizenIdFault(other)).toBeDefined();
      }),
    );
  });
});

describe('电话', () => {
  it.each([
    ['138 1234 5678', '13812345678'],
    ['+86 138-1234-5678', '13812345678'],
    ['８６-１３８１２３４５６７８', '13812345678'],
    ['(0571)8888-6666', '0571-88886666'],
    ['０５７１－８８８８６６６６', '0571-88886666'],
    ['010 62345678', '010-62345678'],
    ['02887654321', '028-87654321'],
    ['0571-88886666转801', '0571-88886666-801'],
    ['0571-8888666-8', '0571-8888666-8'],
    ['400-123-4567', '4001234567'],
    ['8001234567', '8001234567'],
    ['12345', '12345'],
  ])('%s is %s', (text, number) => {
    expect(Phone.parse(text)).toBe(number);
    expect(Phone.parse(number)).toBe(number);
  });

  it.each(['', '匿名', '1381234567', '138123456789', '12812345678', '1234567', '88886666', '010-1234567', '0110-88886666', '张三'])(
    '%s is none',
    (text) => {
      expect(Phone.safeParse(text).success).toBe(false);
      expect(phoneOf(text)).toBeUndefined();
    },
  );
});
