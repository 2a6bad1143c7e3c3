import { dateOf, epochDay, toCivil, toInstant } from '../../cases/index.ts';
import type { Calendar, CivilDate, Directory, Field, Person, Unit } from '../../schemas/index.ts';
import type { MapFile } from './map-file.ts';

/** What a row is read against: the directory and the clock of one moment, and what the map file adds. */
export type MapContext = {
  readonly directory: Directory;
  readonly calendar: Calendar;
  /** Instant of the import. */
  readonly now: number;
  readonly today: CivilDate;
  readonly map: MapFile;
  /** The file by the name under which the office keeps it. */
  readonly document: string;
};

export const contextOf = (of: { directory: Directory; calendar: Calendar; now: number; map?: MapFile; document?: string }): MapContext => ({
  directory: of.directory,
  calendar: of.calendar,
  now: of.now,
  today: dateOf(toCivil(of.calendar, of.now).day),
  map: of.map ?? {},
  document: of.document ?? '台账',
});

/** 2026-02-13 and seconds after its midnight, in Asia/Shanghai, as an instant; scaled where the calendar is. */
export const instantOf = (ctx: Pick<MapContext, 'calendar'>, date: CivilDate, seconds = 0): number => toInstant(ctx.calendar, epochDay(date), seconds * 1000);

const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '');

/** A unit by id, 统一社会信用代码 or full name; the map file may know other names. */
export function unitNamed(ctx: MapContext, text: string): Unit | undefined {
  const wanted = ctx.map.units?.[text] ?? text;
  return ctx.directory.units.find((u) => u.id === wanted || (u.uscc !== undefined && u.uscc === wanted)) ?? ctx.directory.units.find((u) => plain(u.name) === plain(wanted));
}

/** People of a unit by id or name; of the whole directory where no unit is given. */
export function peopleNamed(ctx: MapContext, text: string, unit?: string): readonly Person[] {
  const of = ctx.directory.people.filter((p) => unit === undefined || p.terms.some((t) => t.unit === unit));
  const byId = of.filter((p) => p.id === text);
  return byId.length > 0 ? byId : of.filter((p) => plain(p.name) === plain(text));
}

/** 领域 of a feedback that does not say: the unit's, else the map's, else 其他. */
export const fieldFor = (ctx: MapContext, unit: string | undefined): Field => ctx.directory.units.find((u) => u.id === unit)?.field ?? ctx.map.field ?? 'QT';
