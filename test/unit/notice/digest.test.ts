/** 通知汇总: everything that one person was told in a day in one message, nothing left out, nothing twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestsOf } from '../../../client/index.ts';
import type { Notice } from '../../../schemas/notice.ts';
import { day, hour, monday } from '../../support/world.ts';

const marks = ['remind', 'nearDue', 'fallBehind', 'fallOverdue'] as const;
const notices = fc.array(
  fc.record({ person: fc.constantFrom('wang', 'li', 'fen', null), name: fc.constantFrom(...marks, 'assign', 'returnPlan'), caseNo: fc.integer({ min: 1, max: 9 }), sentAt: fc.integer({ min: monday, max: monday + 4 * day }), due: fc.integer({ min: monday, max: monday + 40 * day }) }),
  { maxLength: 60 },
).map((all) => all.map(({ person, name, caseNo, sentAt, due }, n): Notice => {
  const of = { key: `K${n}`, case: `YC-2026-JY-000${caseNo}`, name, at: sentAt, sentAt, person, role: person === null ? 'rater' as const : 'UH' as const, unit: 'U1', text: { zh: `第${n}条`, en: `no ${n}` } };
  return (marks as readonly string[]).includes(name) ? { ...of, kind: 'mark', limit: { id: 'total', mark: 'm', due, provisional: false } } : { ...of, kind: 'act' };
}));
/** Another way to the civil day: eight hours ahead of UTC. */
const dayOf = (at: number): string => new Date(at + 8 * hour).toISOString().slice(0, 10);

describe('a digest', () => {
  it('holds what one person was told in one day of Shanghai, all of it, and is the only one that does', () => {
    fc.assert(fc.property(notices, (all) => {
      const digests = digestsOf(all);
      const kept = all.filter((n) => n.person !== null);
      expect(digests.flatMap((d) => d.notices.map((n) => n.key)).toSorted()).toEqual(kept.map((n) => n.key).toSorted());
      expect(new Set(digests.map((d) => `${d.day} ${d.person}`)).size).toBe(digests.length);
      for (const d of digests) {
        for (const n of d.notices) expect([n.person, dayOf(n.sentAt)]).toEqual([d.person, d.day]);
        expect(d.cases).toBe(new Set(d.notices.map((n) => n.case)).size);
        expect(d.text.zh.split('\n').slice(1)).toEqual(d.notices.map((n) => `- ${n.text.zh}`));
        expect(d.text.en.split('\n')).toHaveLength(d.notices.length + 1);
      }
    }));
  });

  it('begins with what is most urgent, and sums up in both languages', () => {
    const of = (name: string, due: number, caseNo: number): Notice => ({ key: `${name}${caseNo}`, kind: 'mark', case: `YC-2026-JY-000${caseNo}`, name, at: monday, sentAt: monday, person: 'wang', role: 'UH', unit: 'U1', limit: { id: 'total', mark: 'm', due, provisional: false }, text: { zh: `${name}${caseNo}`, en: `${name} ${caseNo}` } });
    const all = [of('remind', 1, 1), of('nearDue', 9, 2), of('fallOverdue', 8, 3), of('nearDue', 3, 3), { ...of('assign', 0, 4), kind: 'act' as const }, of('fallOverdue', 7, 5)];
    const [one, ...more] = digestsOf(all);
    expect(more).toEqual([]);
    expect(one?.text.zh).toBe('2026-03-02 通知汇总: 5 件案件, 逾期 2, 临期 2, 提醒 1, 办理 1\n- fallOverdue5\n- fallOverdue3\n- nearDue3\n- nearDue2\n- remind1\n- assign4');
    expect(one?.text.en.split('\n')[0]).toBe('notices of 2026-03-02: 5 cases, overdue 2, due soon 2, reminder 1, acts 1');
  });

  it('of nothing is none; what goes to the rater, or to nobody, is in none', () => {
    expect(digestsOf([])).toEqual([]);
    const rater: Notice = { key: 'K', kind: 'act', case: 'YC-2026-JY-0001', name: 'assign', at: monday, sentAt: monday, person: null, role: 'rater', unit: null, text: { zh: '', en: '' } };
    expect(digestsOf([rater])).toEqual([]);
  });
});
