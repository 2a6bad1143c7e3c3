import * as z from 'zod';
import { Instant, Text } from './primitive.ts';

/** 查阅记录: who looked at personal data, and why; never what was seen. */
export const ReadRecord = z.object({
  case: z.string(),
  what: z.enum(['contact', 'feedback']),
  person: z.string(),
  role: z.string(),
  unit: z.string(),
  reason: Text.nullable(),
  masked: z.boolean(),
  at: Instant,
});
export type ReadRecord = z.infer<typeof ReadRecord>;
