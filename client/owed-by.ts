import { dateAt } from '../cases/index.ts';
import type { Board, Calendar, Deadline, Directory } from '../schemas/index.ts';
import { recipientsOf } from './notice/recipients.ts';

/**
 * Whose deadline it is: whoever would be told of it. That is who is named; else all who hold the role there now, and who acts for them;
 * else, where nobody does, the next one up the report line. By the directory of now.
 */
export function owedBy(directory: Directory, calendar: Calendar, now: number): (b: Pick<Board, 'ratedUnit' | 'leadUnit' | 'coopUnits'>, d: Pick<Deadline, 'role' | 'unit' | 'person'>, person: string) => boolean {
  const today = dateAt(calendar, now);
  const known = new Map<string, ReadonlySet<string>>();
  return (b, { role, unit, person: named }, person) => {
    const units = [b.ratedUnit, b.leadUnit, ...b.coopUnits].filter((u) => u !== null);
    const key = JSON.stringify([role, unit, named, units]);
    const found = known.get(key) ?? new Set(recipientsOf({ directory, today, units }, [{ role, unit, ...(named === null ? {} : { person: named }) }]).people.map((p) => p.person));
    known.set(key, found);
    return found.has(person);
  };
}
