/**
 * The oracle of backward scheduling: a crew that works day after day over a list of off days. It knows dates as text and a counter of
 * days, shares no line with cases/schedule or cases/calendar, and never computes backward but for the days kept free.
 */
export type Job = { id: string; days: number; after: string[]; due?: string | undefined; fixed?: string | undefined; notBefore?: string | undefined };
export type Site = { off: ReadonlySet<string>; today: string; deadline: string; keptFree: number };

export const nextDate = (date: string): string => shifted(date, 1);
export const shifted = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export const isOff = (site: Pick<Site, 'off'>, date: string): boolean => site.off.has(date);

/** The last day on which work may be done: the days kept free are taken off the end, one by one. */
export function lastDayOfWork(site: Site): string {
  let day = site.deadline;
  while (isOff(site, day)) day = shifted(day, -1);
  for (let n = 0; n < site.keptFree; n += 1) {
    do day = shifted(day, -1);
    while (isOff(site, day));
  }
  return day;
}

/** Does everybody finish in time? Each job that may be worked on is worked on, every working day. */
export function canFinish(jobs: readonly Job[], site: Site, last = lastDayOfWork(site)): boolean {
  const left = new Map(jobs.map((j) => [j.id, j.days]));
  const finished = new Set<string>();
  const touched = new Set<string>();
  const ready = (j: Job) => j.after.every((id) => finished.has(id));
  /** At the end of a working day, and of those before the first: what is worked off is finished, unless it waits for its day. `next` is the next working day. */
  const closeDay = (next: string): void => {
    for (let again = true; again; ) {
      again = false;
      for (const j of jobs) {
        if (finished.has(j.id) || left.get(j.id) !== 0 || !ready(j)) continue;
        // It ends on its fixed day: not while another working day lies before that day's end.
        if (j.fixed !== undefined && next <= j.fixed) continue;
        if (j.days === 0 && j.notBefore !== undefined && next <= j.notBefore) continue;
        finished.add(j.id);
        again = true;
      }
    }
  };
  /** By the end of its date, or of the working day before an off one: too late once the next working day is behind the date. */
  const broken = (next: string): boolean => jobs.some((j) => !finished.has(j.id) && [j.due, j.fixed, last].some((limit) => limit !== undefined && next > limit));
  const workingFrom = (date: string): string => {
    let day = date;
    while (isOff(site, day)) day = nextDate(day);
    return day;
  };
  // What had to be done by a working day that is over comes too late, however little it is.
  let over = shifted(site.today, -1);
  while (isOff(site, over)) over = shifted(over, -1);
  if (broken(over)) return false;
  let day = workingFrom(site.today);
  closeDay(day);
  if (broken(day)) return false;
  while (finished.size < jobs.length) {
    const able = jobs.filter((j) => !finished.has(j.id) && ready(j) && (left.get(j.id) ?? 0) > 0 && (touched.has(j.id) || j.notBefore === undefined || day >= j.notBefore));
    for (const j of able) {
      touched.add(j.id);
      left.set(j.id, (left.get(j.id) ?? 0) - 1);
    }
    day = workingFrom(nextDate(day));
    closeDay(day);
    if (broken(day)) return false;
  }
  return true;
}
