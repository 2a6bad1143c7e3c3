import { describe, expect, it } from 'vitest';
import { owedBy } from '../../../client/index.ts';
import { testDirectory } from '../../support/directory.ts';
import { monday, pack } from '../../support/world.ts';

const owed = owedBy(testDirectory, pack.calendar, monday);
const around = { ratedUnit: 'U1', leadUnit: 'U1', coopUnits: [] };
const holding = (role: string, unit: string | null): string[] => testDirectory.people.filter((p) => p.terms.some((t) => t.role === role && (unit === null || t.unit === unit))).map((p) => p.id);

describe('a deadline is owed by', () => {
  it('those who hold the role of the office, though the case names none of them', () => {
    const [hub] = holding('HUB', null);
    expect(owed(around, { role: 'HUB', unit: null, person: null }, hub ?? '')).toBe(true);
    expect(owed(around, { role: 'SUP', unit: null, person: null }, hub ?? '')).toBe(false);
  });
  it('the person who is named, and by nobody else', () => {
    const [uh] = holding('UH', 'U1');
    expect(owed(around, { role: 'UH', unit: 'U1', person: uh ?? '' }, uh ?? '')).toBe(true);
    expect(testDirectory.people.filter((p) => p.id !== uh && owed(around, { role: 'UH', unit: 'U1', person: uh ?? '' }, p.id)).map((p) => p.id)).toEqual([]);
  });
  it('those of that unit, and not by who holds the role elsewhere', () => {
    const others = holding('UH', 'U2');
    expect(others.filter((p) => owed(around, { role: 'UH', unit: 'U1', person: null }, p))).toEqual([]);
  });
  it('the next one up, where nobody holds the role', () => {
    const empty = { ...testDirectory, people: testDirectory.people.map((p) => ({ ...p, terms: p.terms.filter((t) => t.role !== 'SUP') })) };
    const [hub] = holding('HUB', null);
    expect(owedBy(empty, pack.calendar, monday)(around, { role: 'SUP', unit: null, person: null }, hub ?? '')).toBe(true);
  });
});
