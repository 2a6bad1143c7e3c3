/** The demonstration's own limits and its scaled calendar: a civil day lasts half a second. */
import { readFile } from 'node:fs/promises';
import { Edition, compileCalendar, compilePack } from '../cases/index.ts';
import { shippedPolicy } from '../import/index.ts';
import type { Pack, PolicyPack } from '../schemas/index.ts';
import type { Basis } from './oracle/index.ts';

export const msPerDay = 500;
/** Monday 2026-03-02, 09:00 in Shanghai: where the demonstration's calendar starts. */
export const civilStart = Date.UTC(2026, 2, 2, 1);

const fromData = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`../data/${name}`, import.meta.url), 'utf8'));

/** @param now the real instant that the first civil Monday stands for; `basis` is what the oracle of time counts by */
export const demoPack = async (now: number): Promise<{ pack: Pack; names: { policy: string; calendar: string }; text: PolicyPack; basis: Basis }> => {
  const text = await shippedPolicy('demo');
  const policy = compilePack(text);
  const edition = Edition.parse(await fromData('calendar-cn.json'));
  const scale = { realEpoch: now, civilEpoch: civilStart, msPerDay };
  const calendar = compileCalendar(edition, scale);
  const names = {
    policy: `演示限时方案 ${policy.id}（仅供演示）`,
    calendar: `演示日历 ${edition.id}，按比例缩放，1 日 = ${msPerDay} 毫秒`,
  };
  return { pack: { policy, calendar }, names, text, basis: { policyText: text, edition, scale } };
};
