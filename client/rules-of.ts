import { type Cited, citesOfDeadline, citesOfTotal, plainWeekdays, unscaled } from '../cases/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';
import { type Board, type Calendar, Colour, type Deadline, Track } from '../schemas/index.ts';

/**
 * By what the deadlines of a case are counted: its own calendar, which may not be the one in force, the edition of it by name, and the
 * sources that its own pack cites.
 */
export type CaseRules = { readonly calendar: Calendar; readonly edition: string; readonly cite: (d: Deadline) => readonly Cited[] };
type Counted = Pick<Board, 'policy' | 'calendar'>;
type Graded = Pick<Board, 'policy' | 'colour' | 'track' | 'ordinary'>;

/** Each key is asked for once, however many cases name it. */
const once = <T>(of: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const found = known.get(key) ?? of(key);
    known.set(key, found);
    return found;
  };
};

/** The calendar of each case. On boards of earlier versions it is not known: there the one in force stands in. */
export const calendarsBy = (ledger: Pick<RemoteLedger, 'pack'>, inForce: Calendar | null): ((b: Counted) => Promise<Calendar>) => {
  const calendarFor = once(async (key) => {
    const [policy = '', calendar = ''] = key.split(' ');
    return (await ledger.pack({ policy, calendar }))?.calendar ?? null;
  });
  return async ({ policy, calendar }) => (policy == null || calendar == null ? null : await calendarFor(`${policy} ${calendar}`)) ?? inForce ?? plainWeekdays;
};

/** 依据: what the pack of a case cites for its total, and for each of its limits. */
export type Sources = { readonly total: readonly Cited[]; readonly of: (d: Deadline) => readonly Cited[] };
export const sourcesBy = (ledger: Pick<RemoteLedger, 'policyText'>): ((b: Graded) => Promise<Sources>) => {
  const textOf = once((hash) => ledger.policyText(hash));
  return async (b) => {
    const text = b.policy == null ? null : await textOf(b.policy);
    const [colour, track] = [Colour.safeParse(b.colour), Track.safeParse(b.track)];
    const graded = colour.success && track.success ? { colour: colour.data, track: track.data, ordinary: b.ordinary } : null;
    return text === null ? { total: [], of: () => [] } : { total: citesOfTotal(text, graded), of: (d) => citesOfDeadline(text, d, graded) };
  };
};

export async function rulesOf(ledger: Pick<RemoteLedger, 'pack' | 'policyText' | 'editions'>, boards: readonly (Counted & Graded & Pick<Board, 'caseNo'>)[], inForce: Calendar | null): Promise<(b: Pick<Board, 'caseNo'>) => CaseRules> {
  const [calendarOf, sourcesOf] = [calendarsBy(ledger, inForce), sourcesBy(ledger)];
  const names = new Map((await ledger.editions()).map((row) => [row.calendar, row.edition.id]));
  const rules = await Promise.all(
    boards.map(async (b) => {
      const [calendar, { of }] = await Promise.all([calendarOf(b), sourcesOf(b)]);
      return [b.caseNo, { calendar, edition: names.get(unscaled(calendar).hash) ?? calendar.hash, cite: of }] as const;
    }),
  );
  const found = new Map<string, CaseRules>(rules);
  return ({ caseNo }) => {
    const own = found.get(caseNo);
    if (own === undefined) throw new Error(`no rules were read for ${caseNo}`);
    return own;
  };
}
