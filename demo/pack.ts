/** The demonstration's own limits and its scaled calendar: a civil day lasts half a second. */
import { Edition, compileCalendar, compilePolicy } from '../cases/index.ts';
import { type Pack, Policy } from '../schemas/index.ts';
import edition from '../data/calendar-cn.json' with { type: 'json' };
import policy from '../data/policy-demo.json' with { type: 'json' };

export const msPerDay = 500;
/** Monday 2026-03-02, 09:00 in Shanghai: where the demonstration's calendar starts. */
export const civilStart = Date.UTC(2026, 2, 2, 1);

/** @param now the real instant that the first civil Monday stands for */
export const demoPack = (now: number): Pack => ({
  policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)),
  calendar: compileCalendar(Edition.parse(edition), { realEpoch: now, civilEpoch: civilStart, msPerDay }),
});
export const packNames = {
  policy: `演示限时方案 ${policy.id}（仅供演示）`,
  calendar: `演示日历 ${edition.id}，按比例缩放，1 日 = ${msPerDay} 毫秒`,
};
