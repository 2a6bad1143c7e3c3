/** Adopting a calendar edition or a policy pack in a small world, as the edge would ask for it. */
import { type Stepped, adopt, adoptionId, compileCalendar, compilePolicy, packWith } from '../../cases/index.ts';
import {
  type Actor,
  type Adoption,
  type Calendar,
  type CaseState,
  Edition,
  type Pack,
  Policy,
  fingerprintOf,
  noFacts,
} from '../../schemas/index.ts';
import calendarCn from '../../data/calendar-cn.json' with { type: 'json' };
import policyDefault from '../../data/policy-default.json' with { type: 'json' };
import { type World, actor } from './world.ts';

const edition = Edition.parse(calendarCn);
const [year] = edition.years;
if (!year) throw new Error('the edition has a year');
/** The usual edition with more off days. */
export const editionWith = (...off: [string, string, string][]): Edition => ({ ...edition, id: 'changed', years: [{ ...year, off: [...year.off, ...off] }] });
export const withOff = (...off: [string, string, string][]): Calendar => compileCalendar(editionWith(...off));
/** The usual policy with other amounts. */
export const policyWith = (change: (p: Omit<Policy, 'hash'>) => Partial<Policy>): Policy => {
  const amounts = Policy.omit({ hash: true }).parse(policyDefault);
  return compilePolicy({ ...amounts, id: 'other-1', ...change(amounts) });
};

/** Not sealed: the core looks at no seal. */
export function adoptionOf(state: CaseState, to: Pack, by: Actor = actor('HUB'), commandId?: string): Adoption {
  const calendar = to.calendar.hash !== state.calendar;
  const hash = calendar ? to.calendar.hash : to.policy.hash;
  const named = calendar
    ? ({ type: 'adoptCalendar', payload: { calendar: hash } } as const)
    : ({ type: 'adoptPolicy', payload: { policy: hash } } as const);
  const fingerprint = fingerprintOf({ case: state.caseNo, ...named, person: by.person, actingUnit: by.unit });
  return {
    ...named,
    commandId: commandId ?? adoptionId(state, hash),
    fingerprint,
    actor: by,
    facts: noFacts,
    seal: { expiresAt: 9e12, mac: '0'.repeat(64) },
  };
}

/** Time first, then the act; the world goes on under the new pack when it was taken. */
export function adoptIn(w: World, other: Parameters<typeof packWith>[1], by?: Actor, after = 60_000): Stepped {
  w.wait(after);
  const to = packWith(w.pack, other);
  const result = adopt(w.state, adoptionOf(w.state, to, by), { at: w.at, from: w.pack, to });
  if (!result.ok || result.repeat) return result;
  w.entries.push(...result.entries);
  w.state = JSON.parse(JSON.stringify(result.state)) as CaseState;
  w.pack = to;
  return result;
}

/** Packs by hash, as a ledger has them. */
export const lookupIn =
  (...packs: readonly Pack[]) =>
  (policy: string, calendar: string): Pack | undefined => {
    const [p, c] = [packs.find((x) => x.policy.hash === policy), packs.find((x) => x.calendar.hash === calendar)];
    return p && c && { policy: p.policy, calendar: c.calendar };
  };
