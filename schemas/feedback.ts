import * as z from 'zod';
import { Id, Instant, RaterId, Text, personal } from './primitive.ts';

/** 领域 codes of case numbers. */
export const fields = { JY: '教育', SB: '社保', YL: '医疗', ZF: '住房', YX: '养老托育', JT: '交通', ZW: '政务', QT: '其他' } as const;
export type Field = keyof typeof fields;

/** 反馈: what a person said about a service. Kept in the ledger; a case holds its id only. */
export const Feedback = z.object({
  feedbackId: Id,
  kind: z.enum(['rating', 'hotline', 'visit', 'inspection', 'report']),
  /** 5 非常满意 .. 1 非常不满意; bad (差评) is 2 and 1. */
  level: z.int().min(1).max(5).optional(),
  named: z.boolean(),
  channel: Text,
  field: z.enum(Object.keys(fields) as [Field, ...Field[]]),
  matter: z.object({ code: Id, name: Text }),
  ratedUnit: Id.optional(),
  place: Text.optional(),
  receivedAt: Instant,
  text: personal('text', Text),
  rater: z
    .object({ raterId: RaterId, name: personal('name', Text).optional(), phone: personal('phone', z.string()).optional(), idNo: personal('idNo', z.string()).optional() })
    .optional(),
});
export type Feedback = z.infer<typeof Feedback>;
