import type * as z from 'zod';
import { defOf } from './def.ts';
import { masks } from './mask.ts';
import { type Pii, pii } from './primitive.ts';

/**
 * Splits a record at its tagged fields (个人信息): the open part has each of them masked, the sealed part has them whole, by dotted
 * path. Tags are read from the schema through objects and options; what stands in an array cannot be tagged.
 */
export type Sealable = Readonly<Record<string, unknown>>;
export type PersonalPart = Record<string, unknown>;
type Tag = { path: string[]; kind: Pii };

/** The tagged fields of a schema, outermost first. */
export function tagsOf(schema: z.ZodType, path: string[] = []): Tag[] {
  const tag = pii.get(schema);
  if (tag) return [{ path, kind: tag.pii }];
  const { shape, innerType } = defOf(schema);
  if (innerType) return tagsOf(innerType, path);
  return Object.entries(shape ?? {}).flatMap(([name, field]) => tagsOf(field, [...path, name]));
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((v, key) => (v !== null && typeof v === 'object' ? (v as Record<string, unknown>)[key] : undefined), value);

/** A copy with one field replaced, or taken out when the new value is undefined. */
function put(value: Sealable, [key = '', ...rest]: readonly string[], next: unknown): Sealable {
  const { [key]: old, ...others } = value;
  if (rest.length === 0) return next === undefined ? others : { ...value, [key]: next };
  return { ...value, [key]: put((old ?? {}) as Sealable, rest, next) };
}

/** What stands in the open part; `names` are masked inside texts as well. Where nothing remains to be shown it is never the empty text. */
const shown = (kind: Pii, value: unknown, names: readonly string[]): unknown =>
  kind === 'aside' || typeof value !== 'string' ? undefined : masks[kind](value, names) || '****';

/** @returns the open part with masks, and the personal values by dotted path */
export function splitPersonal(schema: z.ZodType, value: Sealable): { open: Sealable; personal: PersonalPart } {
  const found = tagsOf(schema).filter((t) => at(value, t.path) !== undefined);
  const personal = Object.fromEntries(found.map((t) => [t.path.join('.'), at(value, t.path)]));
  const names = found.filter((t) => t.kind === 'name').map((t) => String(at(value, t.path)));
  return { open: found.reduce((v, t) => put(v, t.path, shown(t.kind, at(value, t.path), names)), value), personal };
}

/** The record as it was before `splitPersonal`. */
export const joinPersonal = (open: Sealable, personal: PersonalPart): Sealable =>
  Object.entries(personal).reduce((v, [path, value]) => put(v, path.split('.'), value), open);
