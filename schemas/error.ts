import * as z from 'zod';
import { rules } from './vocabulary.ts';

export type RuleId = keyof typeof rules;
export const ruleIds = Object.keys(rules) as [RuleId, ...RuleId[]];

/** What may go wrong beside the rules of the table: the closed list, zh first. */
export const faults = {
  'BAD-INPUT': { zh: '输入不符合要求', en: 'the input does not have the required form' },
  'UNKNOWN-CASE': { zh: '没有这个案件', en: 'there is no such case' },
  'UNKNOWN-PERSON': { zh: '人员目录中没有此人, 或此人没有该角色', en: 'the directory has no such person, or not in that role' },
  'UNKNOWN-EXHIBIT': { zh: '凭据未登记', en: 'a referenced exhibit is not on record' },
  'NOT-FOR-YOU': { zh: '无权查看', en: 'you may not read this' },
  'LEDGER-BEHIND': { zh: '台账暂时跟不上, 请稍后再试', en: 'the ledger is behind; try again later' },
  'LEDGER-FORK': { zh: '台账与案件记录不一致, 已停办并告警', en: 'ledger and case disagree: the case is halted and an alarm raised' },
  'ACTOR-FORGED': { zh: '操作人签章不符, 已停办并告警', en: 'the seal on the actor is false: the case is halted and an alarm raised' },
  'CASE-HALTED': { zh: '案件已停办, 等待核查', en: 'the case is halted and waits for an examination' },
  'MACHINE-UNKNOWN': { zh: '本机没有该案件所用的规则版本', en: 'this worker lacks the machine version of the case' },
  'LEDGER-LOCKED': { zh: '数据目录正被另一进程使用', en: 'the data folder is in use by another process' },
  'LEDGER-NEWER': { zh: '数据目录来自更新的版本', en: 'the data folder was written by a newer version' },
  'MIGRATION-EDITED': { zh: '已执行的迁移脚本被改动', en: 'an applied migration was edited' },
  'NOT-RUNNING': { zh: '服务未启动, 请先运行 xiaohao start', en: 'nothing is running: start it with `xiaohao start`' },
  'PORT-TAKEN': { zh: '端口被占用', en: 'the port is taken' },
  'SERVER-MISSING': { zh: '找不到 Temporal 服务程序', en: 'no Temporal server could be found or got' },
  UNAVAILABLE: { zh: '服务暂时不可用', en: 'a service is unavailable' },
  INTERNAL: { zh: '内部错误', en: 'internal error' },
} as const;
export type FaultCode = keyof typeof faults;
export const faultCodes = Object.keys(faults) as [FaultCode, ...FaultCode[]];

export const ErrorCode = z.enum([...ruleIds, ...faultCodes]);
export type ErrorCode = z.infer<typeof ErrorCode>;
export const isRule = (code: string): code is RuleId => Object.hasOwn(rules, code);

/** zh and en of any code of the closed list. */
export const wordsOf = (code: ErrorCode): { zh: string; en: string } => (isRule(code) ? rules[code] : faults[code]);

/** What the engine says when it does not do something: the rule, what is missing, who could do it. */
export const Refusal = z.object({
  code: ErrorCode,
  zh: z.string(),
  en: z.string(),
  /** Roles that could take this step now, where another role could. */
  who: z.array(z.string()).optional(),
  /** Dotted path of the field, for BAD-INPUT. */
  field: z.string().optional(),
});
export type Refusal = z.infer<typeof Refusal>;

/** A refusal by code; `detail` is added behind the catalogue's words in both languages. */
export const refusal = (code: ErrorCode, more: { zh?: string; en?: string; who?: readonly string[]; field?: string } = {}): Refusal => {
  const words = wordsOf(code);
  return {
    code,
    zh: more.zh ? `${words.zh}: ${more.zh}` : words.zh,
    en: more.en ? `${words.en}: ${more.en}` : words.en,
    ...(more.who && more.who.length > 0 ? { who: [...more.who] } : {}),
    ...(more.field ? { field: more.field } : {}),
  };
};

/** The one error class of the adapters. Recognise it by `code`, never by `instanceof`: it crosses processes and sandboxes. */
export class CaseError extends Error {
  readonly code: ErrorCode;
  readonly refusal: Refusal;
  constructor(of: Refusal) {
    super(`${of.code}: ${of.zh} (${of.en})`);
    this.name = 'CaseError';
    this.code = of.code;
    this.refusal = of;
  }
}
export const caseError = (code: ErrorCode, more?: Parameters<typeof refusal>[1]): CaseError => new CaseError(refusal(code, more));
export const codeOf = (e: unknown): ErrorCode | undefined => {
  const code = (e as { code?: unknown } | null)?.code;
  return ErrorCode.safeParse(code).data;
};

/** First issue of a failed parse as BAD-INPUT with the dotted field. */
export const badInput = (error: z.ZodError, root = ''): Refusal => {
  const issue = error.issues[0];
  const field = [root, ...(issue?.path ?? []).map(String)].filter(Boolean).join('.');
  return refusal('BAD-INPUT', { field, zh: field, en: `${field}: ${issue?.message ?? ''}` });
};
