import * as z from 'zod';

/** Milliseconds since 1970-01-01T00:00Z, server time. Never sent by a client. */
export const Instant = z.int().nonnegative();
export type Instant = z.infer<typeof Instant>;

/** A calendar date in Asia/Shanghai, `2026-02-13`. */
export const CivilDate = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
export type CivilDate = z.infer<typeof CivilDate>;

/** Ids of people, units, raters, exhibits, tasks: short, printable, no blanks. */
export const Id = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._:@/-]{0,119}$/u);
export type Id = z.infer<typeof Id>;

/** 问题编号, e.g. `YC-2026-JY-0012`. */
export const CaseNo = z.string().regex(/^[A-Z]{2,6}-\d{4}-[A-Z]{2,6}-\d{4,8}$/);
export type CaseNo = z.infer<typeof CaseNo>;

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export type Sha256 = z.infer<typeof Sha256>;

/** Text that a person wrote: trimmed, never empty, no lone surrogates, at most 4,000 characters. */
export const Text = z.string().trim().min(1).max(4000).refine((s) => s.isWellFormed(), 'not well-formed Unicode');

/** Kinds of personal data (个人信息); a tagged field is masked by default and never enters a workflow. */
export type Pii = 'name' | 'phone' | 'idNo' | 'address' | 'text' | 'aside';
export const pii = z.registry<{ pii: Pii }>();
export const personal = <T extends z.ZodType>(kind: Pii, schema: T): T => {
  // A copy is tagged: the schema itself is shared with fields that are not personal.
  const own = schema.clone() as T;
  pii.add(own, { pii: kind });
  return own;
};
