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

/** A mobile or an identity number: what free text and ids of a case may not hold, because no tag would find it there. */
const numberOfAPerson = /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])/;
const namesNobody = (s: string): boolean => !numberOfAPerson.test(s.normalize('NFKC'));

/** Text of a command: it enters the workflow and its history, so a number that finds a person stays with the feedback (反馈). */
export const CaseText = Text.refine(namesNobody, 'a phone or identity number stays with the feedback');
/** 评价人编号: a reference, never the phone or identity number itself. */
export const RaterId = Id.refine(namesNobody, 'a phone or identity number is no reference');

/** Kinds of personal data (个人信息); a tagged field is masked by default and never enters a workflow. */
export type Pii = 'name' | 'phone' | 'idNo' | 'address' | 'text' | 'aside';
export const pii = z.registry<{ pii: Pii }>();
export const personal = <T extends z.ZodType>(kind: Pii, schema: T): T => {
  // A copy is tagged: the schema itself is shared with fields that are not personal.
  const own = schema.clone() as T;
  pii.add(own, { pii: kind });
  return own;
};
