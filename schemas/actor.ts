import * as z from 'zod';
import { CivilDate, Id, Text, personal } from './primitive.ts';
import { FieldCode } from './feedback.ts';
import { roles } from './vocabulary.ts';

export const RoleId = z.enum(Object.keys(roles) as [keyof typeof roles, ...(keyof typeof roles)[]]);
export type RoleId = z.infer<typeof RoleId>;
export type Side = (typeof roles)[RoleId]['side'];
export const sideOf = (role: RoleId): Side => roles[role].side;

/** Who acts, as the edge resolved it from the directory at that moment. */
export const Actor = z.object({
  person: Id,
  role: RoleId,
  /** The unit for which the person acts now. */
  unit: Id,
  /** Every unit the person belongs to now, or belonged to within the cooling-off time of the directory. */
  memberOf: z.array(Id).max(50).default([]),
  /** A delegate names the principal and the dated written authorisation. */
  onBehalfOf: z.object({ person: Id, document: Id }).optional(),
  /** The role for which a higher level decides because all its holders must recuse (RECUSAL-UP). */
  forRole: RoleId.optional(),
  /** Declared or found in conflict about this case (回避). */
  conflicted: z.boolean().default(false),
});
export type Actor = z.infer<typeof Actor>;

/** Timers act as this actor. */
export const system: Actor = { person: 'SYS', role: 'SYS', unit: 'SYS', memberOf: [], conflicted: false };

/** 单位: a node of the tree of units. */
export const Unit = z.object({
  id: Id,
  name: Text,
  uscc: z.string().optional(),
  parent: Id.optional(),
  kind: z.enum(['authority', 'office', 'agency', 'institution', 'street', 'firm']),
  /** 领域 of what is said about it, where a file does not say. */
  field: FieldCode.optional(),
  /** 撤并: the last day on which the unit exists, and which took over its duties. */
  until: CivilDate.optional(),
  mergedInto: Id.optional(),
});
export type Unit = z.infer<typeof Unit>;

/** 任职: a role held in a unit during some days, both ends included. */
export const Term = z.object({ role: RoleId, unit: Id, title: Text.optional(), from: CivilDate, to: CivilDate.optional() });
export type Term = z.infer<typeof Term>;

export const Person = z.object({
  id: Id,
  name: personal('name', Text),
  phone: personal('phone', z.string()).optional(),
  terms: z.array(Term),
});
export type Person = z.infer<typeof Person>;

/** 授权: a dated written authorisation to act for somebody in one role. */
export const Delegation = z.object({ from: Id, to: Id, role: RoleId, unit: Id, since: CivilDate, until: CivilDate, document: Id });
export type Delegation = z.infer<typeof Delegation>;

/** 人员目录. `fictional` permits the invented region 99. */
export const Directory = z.object({
  name: Text,
  fictional: z.boolean().default(false),
  /** Two letters of the authority in case numbers, `YC`. */
  prefix: z.string().regex(/^[A-Z]{2,6}$/),
  units: z.array(Unit),
  people: z.array(Person),
  delegations: z.array(Delegation).default([]),
  /** Recusals declared outside a case: this person about that unit. */
  conflicts: z.array(z.object({ person: Id, unit: Id, reason: Text })).default([]),
  /** 异议联系方式: to whom anybody may object while a closure is on public notice. An office's own, no person's. */
  objectionContact: z.object({ unit: Text, phone: Text.optional(), email: Text.optional(), address: Text.optional() }).optional(),
});
export type Directory = z.infer<typeof Directory>;
