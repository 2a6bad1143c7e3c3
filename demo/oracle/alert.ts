/** What raises the alert, what it drafts, and what takes both away. */
import { type Mark, allMarks, wasTold } from './deadlines.ts';
import type { Law, Life } from './life.ts';

/** Colours that time alone set. */
export const byTime = ['nearDue', 'fallBehind', 'fallOverdue'];
export const levels = ['none', 'blue', 'yellow', 'red'] as const;
/** A colour never falls by being raised. */
export const raise = (life: Life, level: Life['alert']['level'], cause: string, at: number): void => {
  if (levels.indexOf(level) <= levels.indexOf(life.alert.level)) return;
  if (byTime.includes(cause) && !byTime.includes(life.alert.cause) && life.alert.level !== 'none') life.beneath = life.alert;
  life.alert = { level, since: at, cause };
};
export const clear = (life: Life): void => {
  life.alert = { level: 'none', since: 0, cause: '' };
  life.beneath = null;
};
/** What the alert drafted goes with it, and a talk that has no other ground: failed rounds, returned plans, a sham. */
export const withoutDrafts = (life: Life, { pack }: Law): void => {
  for (const code of ['L2', 'L3']) life.drafts.delete(code);
  const grounds = life.sham || life.fails >= pack.thresholds.failsRed.value || life.planReturns >= pack.thresholds.planReturnsTalk.value;
  if (!grounds) life.drafts.delete('L4');
};
/** What time raised goes; what an act had raised before is there again, and its letter. */
export const withdraw = (life: Life, law: Law, said: Life['alert'] = { level: 'none', since: 0, cause: '' }): void => {
  const below = life.beneath ?? { level: 'none' as const, since: 0, cause: '' };
  const letter = life.drafts.get('L2');
  if (levels.indexOf(said.level) > levels.indexOf(below.level)) life.alert = said;
  else life.alert = below;
  life.beneath = null;
  withoutDrafts(life, law);
  if (letter !== undefined && ['yellow', 'red'].includes(life.alert.level)) life.drafts.set('L2', letter);
};
/** A document that is drafted twice is drafted since the first time. */
export const drafted = (life: Life, at: number, ...codes: string[]): void => {
  for (const code of codes) if (!life.drafts.has(code)) life.drafts.set(code, at);
};
/** Filed in time and approved later: what time said of the unit after it was filed is taken back. */
export const filedInTime = (life: Life, d: { readonly first: number }, law: Law): void => {
  if (life.overdue !== null && life.overdue >= d.first) life.overdue = null;
  if (!byTime.includes(life.alert.cause) || life.alert.since <= d.first) return;
  const marks = allMarks(life, law).filter((m) => m.of?.side === 'unit' && m.at <= d.first && m.at > life.cleared && wasTold(life, m));
  const said = (command: string): Mark | undefined => marks.filter((m) => m.command === command).sort((a, b) => a.at - b.at)[0];
  const [red, yellow, blue] = [said('fallOverdue'), said('fallBehind'), said('nearDue')];
  const back = red ?? yellow ?? blue;
  withdraw(life, law, back && { level: red ? 'red' : yellow ? 'yellow' : 'blue', since: back.at, cause: back.command });
};
