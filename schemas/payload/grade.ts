import * as z from 'zod';

/** 三色分级 and 整改类型, with the codes of the reasons (分级理由, domain 6.5). */
export const Colour = z.enum(['red', 'yellow', 'blue']);
export type Colour = z.infer<typeof Colour>;
export const Track = z.enum(['immediate', 'list']);
export type Track = z.infer<typeof Track>;
export const UrgencyCode = z.enum(['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7']);
export const GradeCode = z.enum([...UrgencyCode.options, 'S1', 'S2', 'S3', 'D1', 'D2', 'D3', 'D4', 'N0']);
export type GradeCode = z.infer<typeof GradeCode>;
