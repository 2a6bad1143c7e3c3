import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { parsePayload } from '../../../client/command.ts';
import { readPolicyFile, shippedPolicy, writePolicy } from '../../../import/index.ts';
import { Directory, PlanTask, PolicyPack, Term, civilDate, commandTypes, isCivilDate, lastDay, noSuchDay, normalise, parseDate, payloads } from '../../../schemas/index.ts';

const reference = '2026-02-13';
const read = (text: string) => parseDate(text, { reference });
const numerals = '〇一二三四五六七八九';
const chinese = (n: number): string =>
  n < 10 ? numerals.charAt(n) : `${n < 20 ? '' : numerals.charAt(Math.floor(n / 10))}十${n % 10 === 0 ? '' : numerals.charAt(n % 10)}`;
const wide = (text: string): string => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

describe('dates as people write them', () => {
  it('any day in any form is that day', () => {
    const day = fc
      .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.boolean(), (date, full) => {
        const [y = '', m = '', d = ''] = date.split('-');
        const [year, month, dayOf] = [y, String(Number(m)), String(Number(d))];
        const forms = [
          date,
          `${y}/${m}/${d}`,
          `${y}.${month}.${dayOf}`,
          `${year}-${month}-${dayOf}`,
          `${y}${m}${d}`,
          `${year}年${month}月${dayOf}日`,
          `${year} 年 ${m} 月 ${d} 日`,
          `${year}年${month}月${dayOf}号前`,
        ];
        forms.push(`${[...year].map((c) => numerals.charAt(Number(c))).join('')}年${chinese(Number(m))}月${chinese(Number(d))}日`);
        for (const form of forms) expect([form, read(full ? wide(form) : form)]).toEqual([form, { kind: 'date', date }]);
      }),
    );
  });

  it('any moment in any form is that moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399 }), (seconds) => {
        const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((n) => String(n).padStart(2, '0'));
        for (const form of [
          `2026-06-30 ${h}:${m}:${s}`,
          `2026-06-30T${h}:${m}:${s}`,
          `20260630${h}${m}${s}`,
          `2026年6月30日${h}时${m}分${s}秒`,
          `2026/6/30 ${h}:${m}:${s}.000`,
          `2026-06-30T${h}:${m}:${s}+08:00`,
        ]) {
          expect([form, read(form)]).toEqual([form, { kind: 'instant', date: '2026-06-30', seconds }]);
        }
      }),
    );
  });

  it.each([
    ['2026年6月底', '2026-06-30'],
    ['6月底', '2026-06-30'],
    ['6月底前', '2026-06-30'],
    ['二〇二八年二月底', '2028-02-29'],
    ['二〇二六年六月', '2026-06-30'],
    ['2026-06', '2026-06-30'],
    ['6月初', '2026-06-10'],
    ['6月上旬', '2026-06-10'],
    ['6月中旬', '2026-06-20'],
    ['6月下旬', '2026-06-30'],
    ['二季度末', '2026-06-30'],
    ['2027年第四季度', '2027-12-31'],
    ['上半年', '2026-06-30'],
    ['2026年下半年', '2026-12-31'],
    ['年底前', '2026-12-31'],
    ['年内完成', '2026-12-31'],
    ['2026年底', '2026-12-31'],
    ['明年元月底', '2027-01-31'],
    ['2026年6月30日前完成整改', '2026-06-30'],
    ['2026年6月30日(周二)', '2026-06-30'],
  ])('%s is the limit %s', (text, date) => expect(read(text)).toEqual({ kind: 'date', date }));

  it('an hour in Chinese words, and the end of a day', () => {
    expect(read('2026年6月30日下午3时')).toEqual({ kind: 'instant', date: '2026-06-30', seconds: 54_000 });
    expect(read('2026-06-30 24:00')).toEqual({ kind: 'instant', date: '2026-06-30', seconds: 86_400 });
  });

  it.each(['立行立改', '立即整改', '即知即改', ' 立 行 立 改 '])('%s is no date but a word for at once', (text) =>
    expect(read(text)).toEqual({ kind: 'immediate' }),
  );
  it.each(['长期坚持', '长期', '持续推进', '常态化', '长期坚持并持续推进'])('%s is no date but a word for always', (text) =>
    expect(read(text)).toEqual({ kind: 'longTerm' }),
  );

  it.each(['2026-02-29', '2026-13-01', '2026年6月31日', '1900-02-29', '2026-06-30 25:00', '2月30日'])('%s is in no calendar', (text) => {
    expect(read(text)).toEqual({ kind: 'error', rule: 'BAD-DATE', why: 'noSuchDay' });
  });
  it.each([
    '',
    '46203',
    '2026.6',
    '26-06-30',
    '6/30/2026',
    '2026-06-30Z',
    '昨天',
    '尽快',
    '2026年6月30日至7月2日',
    '09:30',
    '立行立改并长期坚持',
  ])('%s is not guessed', (text) => {
    expect(read(text)).toMatchObject({ kind: 'error', why: 'form' });
  });

  it('whatever the text, an answer is a day that exists, or an error', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789年月日号底初上中下旬季度-/.: T前完成一二三十〇'), maxLength: 20 });
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (t) => {
        const found = read(t);
        if (found.kind === 'date' || found.kind === 'instant') expect(isCivilDate(found.date)).toBe(true);
        if (found.kind === 'instant') expect(found.seconds >= 0 && found.seconds <= 86_400).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('civil dates', () => {
  it('agree with the calendar of the machine over four centuries', () => {
    for (let year = 1900; year <= 2300; year++) {
      for (let month = 1; month <= 12; month++) expect(lastDay(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
    }
    expect(civilDate(2026, 2, 29)).toBeUndefined();
    expect(isCivilDate('2026-2-3')).toBe(false);
  });
});

describe('full-width forms', () => {
  it('become what a keyboard gives, without blanks around or twice between', () => {
    expect(normalise('\u3000ＡＢＣ－１２３\u00a0\u3000四\u200b ')).toBe('ABC-123 四');
  });
});

describe('a date in a command, a pack or a directory', () => {
  const days = fc.tuple(fc.integer({ min: 1900, max: 2200 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 })).map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
  const task = { taskId: 'A', problem: 'P', target: 't', measure: 'm', unit: 'U1', owner: 'a', mark: 'k' };
  const plan = (over: object): object => ({ problems: [], duties: [], tasks: [{ ...task }, { ...task, ...over }] });

  it('is a day that exists', () => {
    fc.assert(fc.property(days, (text) => {
      const there = new Date(`${text}T00:00:00Z`);
      expect(noSuchDay(payloads.instruct, { text: '尽快', due: text }) === null).toBe(!Number.isNaN(there.getTime()) && there.toISOString().startsWith(text));
    }));
  });

  it.each<[string, z.ZodType, object]>([
    ['plan.tasks.1.due', payloads.submitPlan, { plan: plan({ due: '2026-02-30' }) }],
    ['plan.tasks.1.fixed', payloads.amendPlan, { plan: plan({ fixed: '2026-06-31' }), reason: 'r' }],
    ['plan.tasks.1.nodes.0.due', payloads.submitPlan, { plan: plan({ nodes: [{ what: 'n', due: '2026-04-31' }] }) }],
    ['rework.0.due', payloads.reinspectionFail, { rework: [{ content: 'c', owner: 'a', due: '2026-02-29', mark: 'k' }] }],
    ['resumeBy', payloads.suspend, { ground: 'g', resumeBy: '2026-04-31' }],
    ['people.0.terms.0.to', Directory, { people: [{ terms: [{ to: '2026-02-30' }] }] }],
    ['effectiveFrom', PolicyPack, { effectiveFrom: '2026-02-30' }],
  ])('%s is looked at wherever it stands', (path, schema, value) => expect(noSuchDay(schema, value)?.join('.')).toBe(path));

  it('is refused by its field where a command is sent, and where a policy is read', async () => {
    expect(() => parsePayload('instruct', { text: '尽快', due: '2026-02-29' })).toThrow(/BAD-INPUT.*due: 没有这一天/);
    const pack = await shippedPolicy('default');
    expect(() => readPolicyFile(writePolicy({ ...pack, effectiveFrom: '2026-02-30' }))).toThrow(/policy\.effectiveFrom/);
  });

  it('that is on record goes on being read, whatever it says: nothing that a case has accepted is refused when it is looked at again', async () => {
    for (const type of commandTypes) {
      const schema = payloads[type];
      for (const field of ['due', 'resumeBy']) if (field in schema.shape) expect((schema.shape as Record<string, z.ZodType>)[field]?.safeParse('2026-02-30').success, `${type}.${field}`).toBe(true);
    }
    expect(PlanTask.safeParse({ ...task, due: '2026-02-30', fixed: '2026-02-30' }).success).toBe(true);
    expect(PolicyPack.safeParse({ ...(await shippedPolicy('default')), effectiveFrom: '2026-02-30' }).success).toBe(true);
    const [unit, from] = ['U1', '2026-02-30'];
    expect(Term.safeParse({ role: 'UH', unit, from }).success).toBe(true);
  });
});
