import * as z from 'zod';
import { Id, Instant, RaterId, Text, personal } from './primitive.ts';

/** 领域 codes of case numbers. */
export const fields = { JY: '教育', SB: '社保', YL: '医疗', ZF: '住房', YX: '养老托育', JT: '交通', ZW: '政务', QT: '其他' } as const;
export type Field = keyof typeof fields;
export const FieldCode = z.enum(Object.keys(fields) as [Field, ...Field[]]);

/** What a code list of a file may hold: short, printable. */
const Code = z.string().trim().min(1).max(80);

/** 办件 behind a rating, by the names of the national exchange (domain 4.1): one rating for each service of a 办件 (一次一评). */
const ServiceRecord = z.object({
  projectNo: Code,
  /** 第几次服务: serviceNumber, which is also assessNumber. */
  seq: z.int().min(1),
  taskCode: Code.optional(),
  handleItem: Code.optional(),
  stage: z.enum(['pending', 'accepted', 'done']).optional(),
  acceptedAt: Instant.optional(),
  promisedAt: Instant.optional(),
  window: Code.optional(),
  /** 评价终端: the device on which the rating was given. */
  terminal: Code.optional(),
  clerk: personal('name', Text).optional(),
});

/** 12345 工单 behind a complaint (domain 4.2). */
export const OrderCategory = z.enum(['consult', 'help', 'complaint', 'report', 'suggestion', 'praise']);
export type OrderCategory = z.infer<typeof OrderCategory>;
const HotlineOrder = z.object({
  orderNo: Code,
  /** 诉求类型: 咨询, 求助, 投诉, 举报, 建议, 表扬. */
  category: OrderCategory.optional(),
  urgent: z.boolean().optional(),
  dispatchedAt: Instant.optional(),
  dueAt: Instant.optional(),
  /** 重复诉求: the order before it. */
  oldOrderNo: Code.optional(),
  secret: z.boolean().optional(),
});

/** 反馈: what a person said about a service. Kept in the ledger, its personal part sealed; a case holds its id only. */
export const Feedback = z.object({
  feedbackId: Id,
  kind: z.enum(['rating', 'hotline', 'visit', 'inspection', 'report']),
  /** 5 非常满意 .. 1 非常不满意; bad (差评) is 2 and 1. */
  level: z.int().min(1).max(5).optional(),
  named: z.boolean(),
  channel: Text,
  field: FieldCode,
  matter: z.object({ code: Id, name: Text }),
  ratedUnit: Id.optional(),
  place: Text.optional(),
  receivedAt: Instant,
  text: personal('text', Text),
  rater: z
    .object({
      raterId: RaterId,
      name: personal('name', Text).optional(),
      phone: personal('phone', z.string()).optional(),
      idNo: personal('idNo', z.string()).optional(),
    })
    .optional(),
  /** When the person rated or called, by the clock of the system that took it. */
  saidAt: Instant.optional(),
  service: ServiceRecord.optional(),
  order: HotlineOrder.optional(),
  /** 评价指标 codes. */
  indicators: z.array(Code).max(50).optional(),
  /** 默认好评: given by the system, not by a person. */
  isDefault: z.boolean().optional(),
  /** Columns of the file that nobody knows, by their headers: kept, sealed, never shown. */
  aside: personal('aside', z.record(z.string(), z.string())).optional(),
});
export type Feedback = z.infer<typeof Feedback>;

/**
 * Does it become a case? 差评 (2 and 1) does, and a complaint or report; who asks, thanks or suggests is kept and opens none.
 * What people of the office saw for themselves (visit, inspection) always does.
 */
export function opensCase({ kind, level, order }: Pick<Feedback, 'kind' | 'level' | 'order'>): boolean {
  if (kind === 'rating') return level !== undefined && level <= 2;
  return kind !== 'hotline' || order?.category === undefined || ['complaint', 'report'].includes(order.category);
}

/** 举报 and 保密件: who said it, and what, is for the desk that took it and for nobody else. */
export const isSecret = (f: Pick<Feedback, 'kind' | 'order'>): boolean => f.kind === 'report' || f.order?.category === 'report' || f.order?.secret === true;
