import type * as z from 'zod';
import { isCivilDate } from './civil-date.ts';
import { type Def, defOf } from './def.ts';
import { CaseError, refusal } from './error.ts';
import { CivilDate } from './primitive.ts';

/**
 * 30 February is no day. Dates were taken in by their form alone once, and what is recorded must be read as it was: so the schemas
 * go on reading it, and whoever hands in something new is asked here.
 */
const partsOf = ({ shape, element, valueType }: Def, value: object): [string, z.ZodType | undefined, unknown][] =>
  Object.entries(value).map(([key, inner]) => [key, shape?.[key] ?? element ?? valueType, inner]);

/** @returns the path of the first civil date in `value`, by its schema, that no calendar has; null where all exist */
export function noSuchDay(schema: z.ZodType, value: unknown, path: readonly string[] = []): readonly string[] | null {
  if ((schema as unknown) === CivilDate) return typeof value === 'string' && !isCivilDate(value) ? path : null;
  const def = defOf(schema);
  if (def.innerType) return noSuchDay(def.innerType, value, path);
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part, inner] of partsOf(def, value)) {
    const found = part === undefined ? null : noSuchDay(part, inner, [...path, key]);
    if (found) return found;
  }
  return null;
}

/** @throws BAD-INPUT with the dotted field */
export function checkDays(schema: z.ZodType, value: unknown, root?: string): void {
  const path = noSuchDay(schema, value, root === undefined ? [] : [root])?.join('.');
  if (path !== undefined) throw new CaseError(refusal('BAD-INPUT', { field: path, zh: `${path}: 没有这一天`, en: `${path}: no such day` }));
}
