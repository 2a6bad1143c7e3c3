/** What tests of time do to a case, and what they look at. Instants are written `2026-03-02 10:00`, in Shanghai. */
import { deadlinesOf, dueDateAt, toCivil, workingDaysBetween } from '../../../cases/index.ts';
import type { Colour, Deadline } from '../../../schemas/index.ts';
import { World } from '../world.ts';
import * as b from './build.ts';

export const instant = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
export const until = (w: World, text: string): void => w.wait(instant(text) - w.at);

export const find = (w: World, id: string): Deadline | undefined => deadlinesOf(w.state, w.pack).find((d) => d.id === id);
export const totalOf = (w: World): string => dueDateAt(w.pack.calendar, w.state.clocks.totalDue ?? 0);
/** Working days from an instant, now, to a date. */
export const left = (w: World, due: number | null | undefined, from = w.at): number => workingDaysBetween(w.pack.calendar, toCivil(w.pack.calendar, from).day, toCivil(w.pack.calendar, (due ?? 0) - 1).day);
/** What time has said since so many entries: `nearDue total near-day`. */
export const said = (w: World, from = 0): string[] =>
  w.entries.slice(from).flatMap((e) => (e.effectiveAt === undefined ? [] : [`${e.type} ${String(e.body.payload['deadline'])} ${String(e.body.payload['mark'])}`]));

export const suspend = (w: World, days = 60): void => b.both(w, 'suspend', [b.uh, b.deputy], { resumeBy: b.inDays(w, days) });
export const resume = (w: World): void => b.go(w, 'resume', b.hub);
/** Down from red the chief agrees. */
export const regrade = (w: World, colour: Colour): void => b.both(w, 'regrade', w.state.grade?.colour === 'red' && colour !== 'red' ? [b.hub, b.chief] : [b.hub], { colour });
/** The citizen is contacted, the supporting unit's signature is there: neither is owed any more. */
export const contacted = (w: World): void => {
  b.go(w, 'contactCitizen', b.uo);
  b.go(w, 'coopSignFor', b.coop);
};
/** Under a plan, by the date that the policy gives, and contacted. */
export const planned = (colour: Colour = 'yellow'): World => {
  const w = new World();
  b.toTriaged(w, colour, 'list');
  b.go(w, 'assign', b.hub, { due: undefined });
  b.go(w, 'signFor', b.uc);
  contacted(w);
  b.go(w, 'submitPlan', b.uh);
  b.both(w, 'approvePlan', colour === 'red' ? [b.hub, b.deputy] : [b.hub]);
  return w;
};
/** Handed in, and found not to be done. */
export const failed = (w: World): void => {
  b.handIn(w);
  b.called(w);
  b.go(w, 'passPrelim', b.reviewer);
  b.visit(w);
  b.both(w, 'reinspectionFail', [b.il, b.hub]);
};
