import { FieldCode, Feedback, Id, hashOf, type Feedback as Said } from '../../schemas/index.ts';
import type { Item } from '../intake.ts';
import { lettersOf } from '../letters.ts';
import type { Own } from '../own.ts';
import type { RowError, SourceRow } from '../row.ts';
import type { MapContext } from './context.ts';
import { fieldFor } from './context.ts';
import type { Binding, Columns } from './header.ts';
import { errorOf, type Reading } from './reading.ts';
import * as v from './values.ts';

/** What a row became: a feedback, or the cells that keep it out. */
export type Mapped<T = Said> = { readonly item: T } | { readonly errors: readonly RowError[] };
export type RowMapper = (row: SourceRow, binding: Binding, ctx: MapContext) => Mapped;

/** A kind of file (导入种类): the columns it knows, those without which a sheet is not of this kind, and how a row is read. */
export type FeedbackKind = { readonly columns: Columns; readonly needs: readonly string[]; readonly map: RowMapper };

/** What a row reads as: its key, what it becomes, and that in words. */
export type ReadRow = { readonly key: string; readonly item: Item; readonly explained: string; readonly own?: Own | null } | { readonly errors: readonly RowError[]; readonly own?: Own | null };
/** A kind of sheet (导入种类). The first of `needs` is the key by which a row is known again. */
export type SheetKind = { readonly columns: Columns; readonly needs: readonly string[]; readonly map: (row: SourceRow, binding: Binding, ctx: MapContext) => ReadRow };

type RaterKey = 'userName' | 'mobile' | 'idNo';

/** 评价人: named (实名) when somebody can be found again by number; a name alone is kept, but nobody can call it back. */
export function raterOf<K extends string>(r: Reading<K | RaterKey>, feedbackId: string): Pick<Said, 'named' | 'rater'> {
  const given = (key: RaterKey): string | undefined => (v.isAnonymous(r.text(key)) ? undefined : r.text(key));
  const name = given('userName') === undefined ? undefined : r.optional('userName', v.words);
  const phone = given('mobile') === undefined ? undefined : r.optional('mobile', v.phone);
  const idNo = given('idNo') === undefined ? undefined : r.optional('idNo', v.idNo);
  const named = phone !== undefined || idNo !== undefined;
  if (!named && name === undefined) return { named: false };
  return { named, rater: { raterId: `r-${lettersOf(hashOf(feedbackId))}`, ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }), ...(idNo === undefined ? {} : { idNo }) } };
}

/** The unit by code or by name: the code decides where both are given. */
export function unitOf<K extends string>(r: Reading<K>, ctx: MapContext, ...keys: K[]): string | undefined {
  for (const key of keys) if (r.text(key) !== undefined) return r.optional(key, v.unit(ctx));
  return undefined;
}

export function fieldOf<K extends string>(r: Reading<K | 'field'>, ctx: MapContext, unit: string | undefined): Said['field'] {
  return FieldCode.parse(r.optional('field', v.field(ctx)) ?? fieldFor(ctx, unit));
}

/** The row as feedback, or its errors: what the schema refuses beyond the cells is an error of the row. */
export function feedbackOf<K extends string>(row: SourceRow, r: Reading<K>, draft: object | null): Mapped {
  if (r.errors.length > 0) return { errors: r.errors };
  const parsed = Feedback.safeParse(draft);
  if (parsed.success) return { item: parsed.data };
  const issue = parsed.error.issues[0];
  return { errors: [errorOf(row, null, '', 'BROKEN-ROW', `${(issue?.path ?? []).join('.')} ${issue?.message ?? ''}`.trim())] };
}

/** A key of ours made of the keys of theirs: `hcp:<projectNo>:<seq>`. */
export const keyOf = (...parts: readonly (string | number)[]): string | null => {
  const key = parts.join(':');
  return Id.safeParse(key).success ? key : null;
};
/** Without undefined fields: an absent cell is no field at all. */
export const present = <T extends object>(fields: T): T => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
