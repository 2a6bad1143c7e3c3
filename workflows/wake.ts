import { sleep } from '@temporalio/workflow';
import type { Pack } from '../schemas/index.ts';
import { core } from './core.ts';
import { now } from './now.ts';

const longestSleep = 300 * 86_400_000;
const spreadMs = 300_000;

/**
 * 到点唤醒: one wake-up for a case. A sleep is armed only for an earlier minimum, never cancelled, and left to wake once for nothing:
 * one or two events fewer per moved date. `wake` must be ready to find that nothing is due.
 */
export function alarmClock(wake: () => void): (at: number | null) => void {
  const armed: number[] = [];
  return function arm(at) {
    if (at === null || armed.some((other) => other <= at)) return;
    armed.push(at);
    const ms = Math.min(longestSleep, Math.max(1, at - now()));
    void sleep(ms, { summary: 'next due' }).then(() => {
      armed.splice(armed.indexOf(at), 1);
      wake();
    });
  };
}

/**
 * When to wake for a due instant. Limits in days all end at 24:00, and their marks lie at opening: such wake-ups are spread over five
 * minutes (of the calendar's own time) after the instant, by a hash of the case number; what is recorded as `effectiveAt` stays exact.
 * Limits in hours are not spread.
 */
export function wakeAt(next: { at: number; exact: boolean } | null, caseNo: string, { calendar }: Pack): number | null {
  const { isTurn, realMs, hashOf } = core();
  if (next === null) return null;
  if (next.exact || !isTurn(calendar, next.at)) return next.at;
  return next.at + realMs(calendar, Number.parseInt(hashOf(caseNo).slice(0, 8), 16) % spreadMs);
}
