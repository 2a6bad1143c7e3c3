import { type Amount, type Directory, type PolicyPack, type RoleId, citesOf, isAtOrBelow, roles, stages } from '../../schemas/index.ts';
import { awaited, countsIn, isSetDate } from '../awaited.ts';
import { notByTable } from './by-table.ts';
import { isOver, isUnder, legalBounds } from './legal.ts';

/** What `lint` finds in a pack that can be read: by rule, where, and in both languages. */
export const lintRules = {
  'STAGE-WITHOUT-LIMIT': { zh: '未结环节没有期限', en: 'an open stage has no limit' },
  'LADDER-GAP': { zh: '督办阶梯缺级', en: 'the ladder lacks a level' },
  'MARK-AFTER-DUE': { zh: '提醒在到期之后', en: 'a mark fires after its deadline' },
  'OVERDUE-NOT-AT-DUE': { zh: '逾期须恰在到期时, 且只有一次', en: 'overdue is when the limit ends, and once' },
  'CEILING-EXCEEDED': { zh: '超过法定上限', en: 'a legal ceiling is exceeded' },
  'RIGHT-SHORTENED': { zh: '短于法定权利期间', en: 'a right given by law is shortened' },
  'NOT-BY-TABLE': { zh: '与案件状态表不符, 不能采用', en: 'not as the case table has it: cannot be adopted' },
  'TWO-AMOUNTS': { zh: '同一期限写了两个数额', en: 'one limit with two amounts' },
  'APPROVER-MISSING': { zh: '批准角色无人担任', en: 'nobody holds the role of an approver' },
} as const;
export type LintRule = keyof typeof lintRules;
export type Finding = { rule: LintRule; path: string; zh: string; en: string };

const finding = (rule: LintRule, path: string, zh: string, en: string): Finding => ({ rule, path, zh: `${lintRules[rule].zh}: ${zh}`, en: `${lintRules[rule].en}: ${en}` });

type Stage = keyof typeof stages;
/** Closed, archived and the other settled stages wait for nobody: they are no open stages, and need no limit. */
const openStages = (Object.keys(stages) as Stage[]).filter((id) => stages[id].kind === 'open');

/** An amount that counts from something every case in the stage has; or a date that was set for the case itself. */
function hasLimit(pack: PolicyPack, stage: Stage): boolean {
  const limit = pack.limits[awaited[stage] ?? ''];
  if (limit === undefined || !countsIn(stage, limit.anchor)) return false;
  // What stands still during a suspension is no limit of it.
  return isSetDate(limit.anchor) || (limit.amount !== null && !(stage === 'suspended' && limit.pause === 'suspension'));
}

const stageFindings = (pack: PolicyPack): Finding[] =>
  openStages.filter((id) => !hasLimit(pack, id)).map((id) => finding('STAGE-WITHOUT-LIMIT', `limits.${awaited[id] ?? id}`, `${stages[id].zh} ${id}`, `${id} (${stages[id].en})`));

/** 问责建议. */
const topLevel = 7;
function ladderFindings({ ladder }: PolicyPack): Finding[] {
  const has = new Set(ladder.map((r) => r.level));
  const gaps = Array.from({ length: topLevel + 1 }, (_, level) => level).filter((level) => !has.has(level));
  return gaps.map((level) => finding('LADDER-GAP', 'ladder', `缺第 ${level} 级`, `level ${level} is missing`));
}

/** A reminder must come before the end, and red at the end: what comes later tells somebody too late. */
function isLate({ command, at }: PolicyPack['marks'][number]): boolean {
  if ('after' in at) return true;
  const gone = 'elapsed' in at ? at.elapsed : 'left' in at ? 1 - at.left : 0;
  return command === 'fallOverdue' ? gone > 1 : gone >= 1;
}
const atEnd = ({ at }: PolicyPack['marks'][number]): boolean => ('elapsed' in at ? at.elapsed === 1 : 'left' in at && at.left === 0);
/** Without a mark at the end nothing is ever overdue; with one before it a case is red while it still has time. */
function overdueFindings({ marks }: PolicyPack): Finding[] {
  if (!marks.some((m) => m.command === 'fallOverdue')) return [finding('OVERDUE-NOT-AT-DUE', 'marks', '没有 fallOverdue', 'no fallOverdue')];
  const overdue = marks.flatMap((m, n) => (m.command === 'fallOverdue' && !isLate(m) ? [{ m, n }] : []));
  const kept = overdue.find(({ m }) => atEnd(m));
  return overdue.filter((o) => o !== kept).map(({ m, n }) => markFinding('OVERDUE-NOT-AT-DUE', m, n));
}
const markFinding = (rule: LintRule, { id, at }: PolicyPack['marks'][number], n: number): Finding => finding(rule, `marks.${n}`, `${id} ${JSON.stringify(at)}`, `${id} ${JSON.stringify(at)}`);
const markFindings = (pack: PolicyPack): Finding[] => [...pack.marks.flatMap((m, n) => (isLate(m) ? [markFinding('MARK-AFTER-DUE', m, n)] : [])), ...overdueFindings(pack)];

type Held = { path: string; amount: Amount; cite: readonly string[] };
const lookUp = (pack: PolicyPack, path: string): unknown => path.split('.').reduce<unknown>((at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined), pack);

/** Amounts by path; a plain count of days is one, too. */
function amountAt(pack: PolicyPack, path: string): Amount | null {
  const found = lookUp(pack, path) as { amount?: number | null; unit?: string; value?: number } | undefined;
  if (found?.amount != null && found.unit !== 'none') return { amount: found.amount, unit: found.unit as Amount['unit'] };
  return found?.value !== undefined && /(Days|Months)$/.test(path) ? { amount: path.endsWith('Months') ? found.value * 31 : found.value, unit: 'd' } : null;
}
const held = (pack: PolicyPack): Held[] => citesOf({ ...pack, sources: null }).flatMap(({ path, cite }) => {
  const amount = amountAt(pack, path);
  return amount ? [{ path, amount, cite }] : [];
});

const said = ({ amount, unit }: Amount): string => `${amount} ${unit}`;
/** By what the amount cites, and by what covers it whatever it cites. */
function cited(pack: PolicyPack): Finding[] {
  const covering = (path: string): string[] => Object.entries(pack.sources).flatMap(([id, { covers = [] }]) => (covers.some((c) => isAtOrBelow(path, c)) ? [id] : []));
  return held(pack).flatMap(({ path, amount, cite }) => {
    const over = [...cite, ...covering(path)].map((id) => pack.sources[id]).find((s) => s?.ceiling && isOver(amount, s.ceiling));
    return over?.ceiling ? [finding('CEILING-EXCEEDED', path, `${said(amount)}, ${over.title}${over.article ?? ''} 最多 ${said(over.ceiling)}`, `${said(amount)}; at most ${said(over.ceiling)} by ${over.title} ${over.article ?? ''}`)] : [];
  });
}
/** Every amount at or below a path: a limit and its alternatives. */
const under = (pack: PolicyPack, path: string): Held[] => held(pack).filter((h) => isAtOrBelow(h.path, path));
const national = (pack: PolicyPack): Finding[] =>
  legalBounds.flatMap(({ path, kind, bound, zh, en }) =>
    under(pack, path)
      .filter((h) => (kind === 'most' ? isOver(h.amount, bound) : isUnder(h.amount, bound)))
      .map((h) => finding(kind === 'most' ? 'CEILING-EXCEEDED' : 'RIGHT-SHORTENED', h.path, `${said(h.amount)}; ${zh}`, `${said(h.amount)}; ${en}`)),
  );
function legalFindings(pack: PolicyPack): Finding[] {
  const first = cited(pack);
  return [...first, ...national(pack).filter((n) => !first.some((f) => f.rule === n.rule && f.path === n.path))];
}

function approverFindings(pack: PolicyPack, directory: Directory, today: string): Finding[] {
  const inOffice = new Set(directory.people.flatMap((p) => p.terms.filter((t) => t.from <= today && today <= (t.to ?? today)).map((t) => t.role)));
  const asked = new Map<RoleId, string[]>();
  for (const { act, steps } of pack.approvers) for (const role of steps.flat()) if (!inOffice.has(role)) asked.set(role, [...(asked.get(role) ?? []), act]);
  return [...asked].map(([role, acts]) => finding('APPROVER-MISSING', 'approvers', `${roles[role].zh} ${role} (${[...new Set(acts)].join('、')})`, `${role}: ${[...new Set(acts)].join(', ')}`));
}

/** What `adopt` refuses besides: who decides, the ladder, and what guards and effects of the machine say themselves. */
const tableFindings = (pack: PolicyPack): Finding[] =>
  notByTable(pack).filter((path) => path !== 'ladder' || ladderFindings(pack).length === 0).map((path) => finding('NOT-BY-TABLE', path, path, path));

/** The limit of a row that is also an amount of its own: both are read, and must be one. */
const twice = [['49', 'actReply'], ['28b', 'supplement']] as const;
const twiceFindings = (pack: PolicyPack): Finding[] =>
  twice.flatMap(([row, name]) => {
    const [a, b] = [amountAt(pack, `limits.${row}`), amountAt(pack, `fixed.${name}`)];
    return a && b && said(a) !== said(b) ? [finding('TWO-AMOUNTS', `limits.${row}`, `limits.${row} ${said(a)}, fixed.${name} ${said(b)}`, `limits.${row} ${said(a)}, fixed.${name} ${said(b)}`)] : [];
  });

/** Everything that is wrong with a pack. Without a directory nobody is asked who holds a role. */
export const lintPolicy = (pack: PolicyPack, of: { directory: Directory; today: string } | null): Finding[] => [
  ...stageFindings(pack),
  ...ladderFindings(pack),
  ...markFindings(pack),
  ...legalFindings(pack),
  ...tableFindings(pack),
  ...twiceFindings(pack),
  ...(of ? approverFindings(pack, of.directory, of.today) : []),
];
