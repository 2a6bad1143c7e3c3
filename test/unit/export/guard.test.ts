import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, guardText, unguardText } from '../../../export/index.ts';

/** Texts that begin as badly as they can. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', ' ', 'a'), { maxLength: 6 }), fc.string()).map(([head, tail]) => head.join('') + tail),
);

describe('the guard against formulas', () => {
  it('is taken away again without a trace', () => fc.assert(fc.property(nasty, (text) => unguardText(guardText(text)) === text), { numRuns: 5000 }));

  it('never makes one text of two', () => fc.assert(fc.property(nasty, nasty, (a, b) => a === b || guardText(a) !== guardText(b)), { numRuns: 5000 }));

  it('leaves nothing that begins like a formula', () => fc.assert(fc.property(nasty, (text) => !/^[=+\-@\t\r]/.test(guardText(text))), { numRuns: 5000 }));

  it('touches no other text', () => {
    for (const text of ['', '入学材料', "'引号'", ' =1+1', 'a=b', "it's"]) expect(guardText(text)).toBe(text);
    for (const [text, guarded] of [['=1+1', "'=1+1"], ["'=1+1", "''=1+1"], ['+86', "'+86"], ['-', "'-"], ['@SUM(A1)', "'@SUM(A1)"]] as const) expect(guardText(text)).toBe(guarded);
  });
});

describe('the text of a cell', () => {
  it('holds nothing that XML does not, is not too long, and is no formula', () =>
    fc.assert(
      fc.property(nasty, (text) => {
        const cell = cellText(text);
        // eslint-disable-next-line no-control-regex
        return cell.isWellFormed() && !/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/.test(cell) && !/^[=+\-@\t\r]/.test(cell) && cell.length <= 32_767;
      }),
    ));

  it('is cut where a cell would not hold it', () => {
    expect(cellText('长'.repeat(40_000))).toBe(`${'长'.repeat(32_000)}…`);
  });
});
