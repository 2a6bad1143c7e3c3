import type * as z from 'zod';

/** What a schema is made of, for those who walk along it beside a value: fields, what an option wraps, elements of a list, values of a record. */
export type Def = { readonly shape?: Readonly<Record<string, z.ZodType>>; readonly innerType?: z.ZodType; readonly element?: z.ZodType; readonly valueType?: z.ZodType };
export const defOf = (schema: z.ZodType): Def => (schema as unknown as { _zod: { def: Def } })._zod.def;
