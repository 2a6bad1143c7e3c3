import { type Cited, citesOfDeadline, plainWeekdays, unscaled } from '../cases/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';
import { type Board, type Calendar, Colour, type Deadline, type PolicyPack, Track } from '../schemas/index.ts';

/**
 * By what the deadlines of a case are counted: its own calendar, which may not be the one in force, the edition of it by name, and the
 * sources that its own pack cites. `calendar` on boards of earlier versions is not known: there the one in force stands in.
 */
export type CaseRules = { readonly calendar: Calendar; readonly edition: string; readonly cite: (d: Deadline) => readonly Cited[] };
type Readable = Pick<RemoteLedger, 'pack' | 'policyText' | 'editions'>;
type Named = Pick<Board, 'policy' | 'calendar' | 'colour' | 'track' | 'ordinary'>;

const each = async <T>(keys: readonly string[], of: (key: string) => Promise<T>): Promise<ReadonlyMap<string, T>> => new Map(await Promise.all([...new Set(keys)].map(async (key) => [key, await of(key)] as const)));

const citing = (text: PolicyPack | null, b: Named): CaseRules['cite'] => {
  const [colour, track] = [Colour.safeParse(b.colour), Track.safeParse(b.track)];
  const graded = colour.success && track.success ? { colour: colour.data, track: track.data, ordinary: b.ordinary } : null;
  return (d) => (text === null ? [] : citesOfDeadline(text, d, graded));
};

export async function rulesOf(ledger: Readable, boards: readonly Named[], inForce: Calendar | null): Promise<(b: Named) => CaseRules> {
  const keyOf = (b: Named): string => JSON.stringify([b.policy ?? null, b.calendar ?? null]);
  const calendarFor = async (key: string): Promise<Calendar | null> => {
    const [policy, calendar] = JSON.parse(key) as [string | null, string | null];
    return policy === null || calendar === null ? null : ((await ledger.pack({ policy, calendar }))?.calendar ?? null);
  };
  const [calendars, texts, editions] = await Promise.all([
    each(boards.map(keyOf), calendarFor),
    each(boards.flatMap((b) => b.policy ?? []), (hash) => ledger.policyText(hash)),
    ledger.editions(),
  ]);
  const names = new Map(editions.map((row) => [row.calendar, row.edition.id]));
  return (b) => {
    const calendar = calendars.get(keyOf(b)) ?? inForce ?? plainWeekdays;
    return { calendar, edition: names.get(unscaled(calendar).hash) ?? calendar.hash, cite: citing(texts.get(b.policy ?? '') ?? null, b) };
  };
}
