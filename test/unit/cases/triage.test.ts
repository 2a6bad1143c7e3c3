/** 分级建议: what was seen gives scores, colour, track and codes (domain 6.5); a person decides, and an override says why. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestTriage } from '../../../cases/index.ts';
import { factsBehind } from '../../../cases/triage.ts';
import { GradeCode, TriageFacts } from '../../../schemas/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { World } from '../../support/world.ts';

const suggest = (seen: Partial<TriageFacts>) => suggestTriage(TriageFacts.parse(seen));

describe('the suggestion', () => {
  it.each<[string, Partial<TriageFacts>, object]>([
    ['ordinary and short', {}, { colour: 'blue', track: 'immediate', ordinary: true, reasonCode: 'N0', urgency: 1, difficulty: 1 }],
    ['ordinary, but not to be fixed at once', { shortFix: false }, { colour: 'blue', track: 'list', ordinary: false, reasonCode: 'N0' }],
    ['danger to life', { danger: true }, { colour: 'red', track: 'immediate', reasonCode: 'U1', urgency: 3 }],
    ['five people', { groupSize: 5, shortFix: false }, { colour: 'red', track: 'list', reasonCode: 'U6', urgency: 3 }],
    ['the third time', { repeats: 3 }, { colour: 'red', reasonCode: 'U7', urgency: 3 }],
    ['the second time', { repeats: 2 }, { colour: 'blue', ordinary: true, urgency: 2 }],
    ['two departments', { departments: 2 }, { colour: 'yellow', reasonCode: 'S1', urgency: 1, difficulty: 2 }],
    ['a legacy that needs works', { legacy: true, works: true }, { colour: 'blue', track: 'list', ordinary: false, reasonCode: 'D1', reasonCodes: ['D1', 'D4'], difficulty: 3 }],
    ['urgent and hard at once', { vulnerable: true, policyGap: true, planning: true }, { colour: 'red', track: 'list', reasonCode: 'U3', reasonCodes: ['U3', 'S2', 'D3'], urgency: 3, difficulty: 3 }],
  ])('%s', (_what, seen, expected) => expect(suggest(seen)).toMatchObject(expected));

  it('never loses urgency by seeing more', () => {
    const facts = fc.record({ danger: fc.boolean(), vulnerable: fc.boolean(), groupSize: fc.nat(8), repeats: fc.nat(5), departments: fc.nat(4), legacy: fc.boolean() });
    fc.assert(fc.property(facts, (f) => suggest({ ...f, danger: true }).urgency >= suggest(f).urgency && suggest({ ...f, danger: true }).colour === 'red'));
  });

  it('follows from a code alone to the colour that the code stands for', () => {
    for (const code of GradeCode.options) expect(suggestTriage(factsBehind(code)).reasonCodes, code).toContain(code);
  });
});

describe('a grading', () => {
  const grading = (seen: object, raters = 1): string => {
    const w = new World();
    b.toCaptured(w, { raters: Array.from({ length: raters }, (_, i) => ({ raterId: `R${i + 1}`, feedbackId: `F${i + 1}`, named: true })) });
    b.go(w, 'verifyStart', b.verifier);
    b.go(w, 'confirmValid', b.verifier);
    return w.try('triage', b.hub, { colour: 'blue', track: 'immediate', reasonCode: 'N0', ...seen });
  };
  const refused = 'COLOUR-TRACK-MISSING';
  it('that differs from the suggestion is refused until it says why', () => {
    const facts = TriageFacts.parse({ departments: 3 });
    expect(grading({ facts })).toBe(refused);
    expect(grading({ facts, overrideReason: '两部门已有联办机制' })).toBe('ok');
    expect(grading({ facts, colour: 'yellow', reasonCode: 'S1' })).toBe('ok');
    expect(grading({ facts, colour: 'yellow', reasonCode: 'S2' })).toBe(refused);
  });
  it('is no way around it when the facts are left out: the colour is that of the code, and who complained is counted', () => {
    expect(grading({ colour: 'red' })).toBe(refused);
    expect(grading({ colour: 'blue', reasonCode: 'U1' })).toBe(refused);
    expect(grading({ colour: 'blue', reasonCode: 'D4' })).toBe(refused);
    expect(grading({ colour: 'blue', track: 'list', reasonCode: 'D4' })).toBe('ok');
    expect(grading({}, 5)).toBe(refused);
    expect(grading({ overrideReason: '五人反映的是同一次停机, 已恢复' }, 5)).toBe('ok');
  });
});
