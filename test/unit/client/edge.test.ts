import { describe, expect, it } from 'vitest';
import { holdersOf, isConflicted, resolveActor } from '../../../client/edge.ts';
import type { As } from '../../../client/client.ts';
import { codeOf } from '../../../schemas/index.ts';
import { testDirectory as directory } from '../../support/directory.ts';

const today = '2026-03-02';
const resolve = (as: As, on = today) => resolveActor(directory, as, on);
const refused = (as: As, on = today): unknown => {
  try {
    return resolve(as, on);
  } catch (error) {
    return codeOf(error);
  }
};

describe('who acts', () => {
  it('is found with the one role held today', () => {
    expect(resolve({ as: 'li' })).toEqual({ person: 'li', role: 'INTAKE', unit: 'OFFICE', memberOf: ['OFFICE'], conflicted: false });
    expect(resolve({ as: 'wang', role: 'UH' })).toMatchObject({ role: 'UH', unit: 'U1' });
  });

  it('is refused when the directory has nobody of that name, or not in that role or unit', () => {
    expect(refused({ as: 'nobody' })).toBe('UNKNOWN-PERSON');
    expect(refused({ as: 'SYS' })).toBe('UNKNOWN-PERSON');
    expect(refused({ as: 'li', role: 'HUB' })).toBe('UNKNOWN-PERSON');
    expect(refused({ as: 'li', unit: 'U1' })).toBe('UNKNOWN-PERSON');
  });

  it('must say which role or unit when there are several', () => {
    expect(refused({ as: 'shuang' })).toBe('BAD-INPUT');
    expect(resolve({ as: 'shuang', role: 'UH' })).toMatchObject({ unit: 'U3', memberOf: ['OFFICE', 'U3'] });
    expect(refused({ as: 'liang', role: 'UO' })).toBe('BAD-INPUT');
    expect(resolve({ as: 'liang', unit: 'U2' })).toMatchObject({ role: 'UO', unit: 'U2' });
  });

  it('acts within the days of a term, both ends included', () => {
    expect(resolve({ as: 'yuan', role: 'UH' }, '2025-06-30')).toMatchObject({ unit: 'U1' });
    expect(refused({ as: 'yuan', role: 'UH' }, '2025-07-01')).toBe('UNKNOWN-PERSON');
    expect(refused({ as: 'xin' })).toBe('UNKNOWN-PERSON');
    expect(resolve({ as: 'xin' }, '2027-01-01')).toMatchObject({ role: 'SUP' });
  });

  it('still belongs to a unit left within three years, and no longer after that', () => {
    expect(resolve({ as: 'yuan' }).memberOf).toEqual(['OFFICE', 'U1']);
    expect(resolve({ as: 'yuan' }, '2028-06-30').memberOf).toEqual(['OFFICE', 'U1']);
    expect(resolve({ as: 'yuan' }, '2028-07-01').memberOf).toEqual(['OFFICE']);
    expect(resolve({ as: 'jiu' }).memberOf).toEqual(['OFFICE']);
  });

  it('acts for another only under a written authorisation in force, which is named', () => {
    expect(resolve({ as: 'fu', onBehalfOf: 'zhu' })).toMatchObject({ person: 'fu', role: 'HUB', unit: 'OFFICE', onBehalfOf: { person: 'zhu', document: 'D-1' } });
    expect(refused({ as: 'fu', onBehalfOf: 'zhu' }, '2027-01-01')).toBe('UNKNOWN-PERSON');
    expect(refused({ as: 'gao', onBehalfOf: 'wang' })).toBe('UNKNOWN-PERSON');
    expect(refused({ as: 'chu', onBehalfOf: 'zhu' })).toBe('UNKNOWN-PERSON');
    expect(refused({ as: 'fu', onBehalfOf: 'nobody' })).toBe('UNKNOWN-PERSON');
  });

  it('is in conflict with the units named in the directory, as delegate or principal', () => {
    expect(isConflicted(directory, ['chu'], ['U1', 'U2'])).toBe(true);
    expect(isConflicted(directory, ['chu'], ['U2'])).toBe(false);
    expect(isConflicted(directory, ['fu', 'chu'], ['U1'])).toBe(true);
  });

  it('lists the present holders of a role, with what bars them', () => {
    expect(holdersOf(directory, 'SUP', today, ['U1'])).toEqual([
      { person: 'fu', memberOf: ['OFFICE'], conflicted: false },
      { person: 'chu', memberOf: ['OFFICE'], conflicted: true },
      { person: 'yuan', memberOf: ['OFFICE', 'U1'], conflicted: false },
      { person: 'jiu', memberOf: ['OFFICE'], conflicted: false },
    ]);
  });
});
