import { type Refusal, type RoleId, type RuleId, refusal, roles } from '../schemas/index.ts';
import type { Ground } from './facts/ground.ts';
import { missing, missingInWords } from './missing.ts';
import type { Row } from './row.ts';

/** A refusal that says who could take the step instead. */
export const refuseTo = (code: RuleId, who: readonly RoleId[] = [], more: { zh?: string; en?: string } = {}): Refusal => {
  const names = (lang: 'zh' | 'en') => who.map((r) => (lang === 'zh' ? roles[r].zh : r)).join(lang === 'zh' ? '、' : ', ');
  const zh = [more.zh, who.length > 0 ? `可由${names('zh')}办理` : undefined].filter(Boolean).join('; ');
  const en = [more.en, who.length > 0 ? `could be done by ${names('en')}` : undefined].filter(Boolean).join('; ');
  return refusal(code, { ...(zh ? { zh } : {}), ...(en ? { en } : {}), who });
};

/** Rules whose cure is another person: the refusal names the roles of the row. */
const personal: readonly RuleId[] = ['SIGN-LEVEL', 'SIGNER-TOOK-PART', 'REVIEWER-CHECKED-TASK', 'DECIDER-INVOLVED', 'DECIDER-TOOK-PART', 'APPEAL-WRONG-DECIDER', 'CHECKER-IS-OWNER', 'NOT-TASK-OWNER', 'NOT-ADDRESSEE'];
export const refuseByRule = (code: RuleId, row: Row, g?: Ground, payload: Readonly<Record<string, unknown>> = {}): Refusal => {
  const what = g ? missing(code, g, payload).join(', ') : '';
  const words = g ? missingInWords(code, g, payload) : { zh: '', en: '' };
  const said = (...parts: string[]): string => parts.filter((p) => p !== '').join('; ');
  const more = { zh: said(what && `缺 ${what}`, words.zh), en: said(what && `missing: ${what}`, words.en) };
  return refuseTo(code, personal.includes(code) ? row.steps.flatMap((s) => s.roles) : [], more);
};
