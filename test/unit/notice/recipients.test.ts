import { describe, expect, it } from 'vitest';
import { superiorOf } from '../../../cases/index.ts';
import { type Told, livingUnit, recipientsOf } from '../../../client/notice/recipients.ts';
import { type Directory, type Effect, type RoleId, roles } from '../../../schemas/index.ts';
import { testDirectory } from '../../support/directory.ts';

const today = '2026-03-02';
const term = (role: RoleId, unit: string, from = '2020-01-01', to?: string) => ({ role, unit, from, ...(to === undefined ? {} : { to }) });
const with_ = (more: Partial<Directory>): Directory => ({ ...testDirectory, ...more });
const told = (to: Effect['to'], o: { directory?: Directory; on?: string; units?: string[] } = {}): Told =>
  recipientsOf({ directory: o.directory ?? testDirectory, today: o.on ?? today, units: o.units ?? [] }, to);
const people = (t: Told): string[] => t.people.map((p) => p.person);

describe('the report line', () => {
  it('leads from every role to the next level up, without a circle, within the unit up to its head', () => {
    for (const role of Object.keys(roles) as RoleId[]) {
      const seen: string[] = [];
      for (let seat = superiorOf({ role, unit: 'U1' }); seat; seat = superiorOf(seat)) {
        expect(seen).not.toContain(seat.role);
        expect(seat.unit).toBe(['UL', 'UH'].includes(seat.role) ? 'U1' : null);
        seen.push(seat.role);
      }
      if (!['CITIZEN', 'AUD', 'SYS', 'UPPER'].includes(role)) expect(seen.at(-1)).toBe('UPPER');
    }
  });
});

describe('who is told', () => {
  it('is everybody who holds the role in that unit today, and nobody of another unit', () => {
    expect(people(told([{ role: 'UO', unit: 'U1' }]))).toEqual(['ren', 'liang']);
    expect(people(told([{ role: 'UO', unit: 'U2' }]))).toEqual(['liang']);
    expect(people(told([{ role: 'SUP', unit: null }]))).toEqual(['fu', 'chu', 'yuan', 'jiu']);
    expect(people(told([{ role: 'SUP', unit: null }], { on: '2027-01-01' }))).toContain('xin');
  });

  it('is whoever holds it at that moment: a head who left yesterday is not told', () => {
    const moved = with_({
      people: testDirectory.people.map((p) => (p.id === 'wang' ? { ...p, terms: [term('UH', 'U1', '2020-01-01', '2026-03-01')] } : p.id === 'gao' ? { ...p, terms: [...p.terms, term('UH', 'U1', '2026-03-02')] } : p)),
    });
    const to = [{ role: 'UH', unit: 'U1', person: 'wang' }];
    expect(people(told(to, { directory: moved, on: '2026-03-01' }))).toEqual(['wang']);
    expect(people(told(to, { directory: moved, on: '2026-03-02' }))).toEqual(['gao']);
  });

  it('is the named person alone while in office there, in whatever role', () => {
    expect(people(told([{ role: 'UO', unit: 'U1', person: 'liang' }]))).toEqual(['liang']);
    expect(people(told([{ role: 'UO', unit: 'U1', person: 'gao' }]))).toEqual(['gao']);
    expect(people(told([{ role: 'UO', unit: 'U1', person: 'wei' }]))).toEqual(['ren', 'liang']);
    expect(people(told([{ role: 'UO', unit: 'U1', person: 'nobody' }]))).toEqual(['ren', 'liang']);
  });

  it('is the delegate too, on the days of the authorisation, for what was delegated', () => {
    expect(told([{ role: 'HUB', unit: null }]).people).toEqual([
      { role: 'HUB', unit: null, person: 'zhu' },
      { role: 'HUB', unit: null, person: 'shuang' },
      { role: 'HUB', unit: null, person: 'fu', onBehalfOf: 'zhu' },
    ]);
    expect(people(told([{ role: 'HUB', unit: null }], { on: '2027-01-01' }))).toEqual(['zhu', 'shuang']);
    expect(people(told([{ role: 'UH', unit: 'U1' }]))).toEqual(['wang']);
    expect(people(told([{ role: 'UH', unit: 'U1' }], { on: '2024-12-31' }))).toContain('gao');
  });

  it('gets one notice, for the highest reason, who stands in several of the roles', () => {
    const three = told([{ role: 'HUB', unit: null }, { role: 'SUP', unit: null }, { role: 'SUP', unit: null, line: 'superior' }]);
    expect(three.people.filter((p) => p.person === 'fu')).toEqual([{ role: 'SUP', unit: null, person: 'fu' }]);
    expect(new Set(people(three)).size).toBe(three.people.length);
    const line = told([{ role: 'UH', unit: 'U1', line: 'superior' }, { role: 'UH', unit: 'U1' }]);
    expect(line.people).toEqual([{ role: 'UH', unit: 'U1', person: 'wang' }]);
  });

  it('is nobody by a role of units where no unit is known: the others are not to be told', () => {
    expect(people(told([{ role: 'UH', unit: null }]))).toEqual(['fen']);
    expect(told([{ role: 'UH', unit: null }]).missing).toEqual([{ role: 'UH', unit: null, why: 'vacant' }]);
  });

  it('is the leader in charge where the table says a leader, and nobody of the directory where it says the rater', () => {
    expect(told([{ role: 'LDR', unit: null }, { role: 'rater', unit: null }])).toEqual({ people: [{ role: 'LDR_DEPUTY', unit: null, person: 'fen' }], missing: [], rater: true });
  });
});

it('a role that there is not is an error, never silence', () => {
  expect(() => told([{ role: 'BOSS', unit: null }])).toThrow('Invalid option');
});

describe('a superior whom nobody is', () => {
  it('is reported, and the next level up is told', () => {
    const t = told([{ role: 'UL', unit: 'U2', line: 'superior' }]);
    expect(t.people).toEqual([{ role: 'LDR_DEPUTY', unit: null, person: 'fen', line: 'superior' }]);
    expect(t.missing).toEqual([{ role: 'UL', unit: 'U2', line: 'superior', why: 'vacant' }, { role: 'UH', unit: 'U2', line: 'superior', why: 'vacant' }]);
  });

  it('is one who only ever held it in the past or will hold it: a term counts by its days', () => {
    const past = with_({ people: testDirectory.people.map((p) => (p.id === 'fen' ? { ...p, terms: [term('LDR_DEPUTY', 'OFFICE', '2026-03-03')] } : p)) });
    const t = told([{ role: 'LDR_DEPUTY', unit: null, line: 'superior' }], { directory: past });
    expect(t.people).toEqual([]);
    expect(t.missing.map((g) => g.role)).toEqual(['LDR_DEPUTY', 'LDR_CHIEF', 'UPPER']);
    expect(people(told([{ role: 'LDR_DEPUTY', unit: null }], { directory: past, on: '2026-03-03' }))).toEqual(['fen']);
  });

  it('is also one who must stay out of this case; a delegate is not told in their place', () => {
    const zhuOut = with_({ conflicts: [{ person: 'zhu', unit: 'U1', reason: '配偶' }, { person: 'fu', unit: 'U1', reason: '配偶' }] });
    expect(people(told([{ role: 'HUB', unit: null }], { directory: zhuOut, units: ['U1'] }))).toEqual(['shuang']);
    expect(people(told([{ role: 'HUB', unit: null }], { directory: zhuOut, units: ['U2'] }))).toEqual(['zhu', 'shuang', 'fu']);
    const anOut = with_({ conflicts: [{ person: 'an', unit: 'U1', reason: '配偶' }] });
    const t = told([{ role: 'IL', unit: null }], { directory: anOut, units: ['U1'] });
    expect(t.missing).toEqual([{ role: 'IL', unit: null, why: 'recused' }]);
    expect(people(t)).toContain('zhu');
  });
});

describe('a unit that was merged away', () => {
  const merged = with_({
    units: testDirectory.units.map((u) => (u.id === 'U1' ? { ...u, until: '2026-02-28', mergedInto: 'U2' } : u.id === 'U2' ? { ...u, until: '2026-06-30', mergedInto: 'U3' } : u)),
  });
  it('is told through the one that took over, day by day', () => {
    const on = (day: string) => livingUnit({ directory: merged, today: day }, 'U1');
    expect([on('2026-02-28'), on('2026-03-01'), on('2026-06-30'), on('2026-07-01')]).toEqual(['U1', 'U2', 'U2', 'U3']);
    expect(people(told([{ role: 'UC', unit: 'U1' }], { directory: merged, on: '2026-02-28' }))).toEqual(['bai']);
    expect(people(told([{ role: 'UC', unit: 'U1' }], { directory: merged }))).toEqual(['wei']);
    expect(people(told([{ role: 'UH', unit: 'U1' }], { directory: merged, on: '2026-07-01' }))).toEqual(['shuang']);
  });

  it('or that ended without a successor has nobody: the line above it is told, and the gaps are reported', () => {
    const gone = with_({ units: testDirectory.units.map((u) => (u.id === 'U1' ? { ...u, until: '2026-02-28' } : u)) });
    const t = told([{ role: 'UO', unit: 'U1' }], { directory: gone });
    expect(people(t)).toEqual(['fen']);
    expect(t.missing.map((g) => g.role)).toEqual(['UO', 'UL', 'UH']);
  });

  it('in a circle, by mistake, ends the search', () => {
    const circle = with_({ units: testDirectory.units.map((u) => (u.id === 'U1' ? { ...u, until: '2020-01-01', mergedInto: 'U2' } : u.id === 'U2' ? { ...u, until: '2020-01-01', mergedInto: 'U1' } : u)) });
    expect(livingUnit({ directory: circle, today }, 'U1')).toBeNull();
  });
});
