import { type PolicyPack, type RoleId, citesOf, commands, roles } from '../schemas/index.ts';
import { currentMachine } from './chart.ts';
import { label } from './messages.ts';
import { facts, table } from './table.ts';
import { anchorWords } from './words/deadline.ts';

/** A policy pack (限时方案) as people read it: every amount in words, from when it runs, and what it rests on. */

const units: Readonly<Record<string, string>> = { wd: '个工作日', d: '日', h: '小时' };
export const amountWords = (amount: number | null, unit: string): string => (amount === null ? '—' : `${amount} ${units[unit] ?? unit}`);

const anchorOf = (anchor: string | null | undefined): string => anchorWords[anchor as keyof typeof anchorWords]?.zh ?? '';

const segments: Readonly<Record<string, string>> = {
  totals: '总期限', red: '红', yellow: '黄', blue: '蓝', ordinary: '一般件', immediate: '立行立改', list: '三张清单', publicity: '公示', supplement: '补正', actReply: '督办回复', ratify: '补签', objectionRest: '异议了结后的公示',
  ratingAppeal: '单位申诉评价', lookback: '回头看', extensionShare: '每次延期不超过原期限的比例', extensions: '延期次数', extensionNotice: '期限前提出延期', redExtensionNotice: '红色立改件期限前提出延期', suspensionDays: '暂缓日数', renewals: '暂缓续期次数',
  reRateDays: '二次评价日数', reboundMonths: '反弹重开月数', appealDays: '申诉日数', retireClosedMonths: '销号后封存月数', retireSettledDays: '其他办结后封存日数', reinspectionBuffer: '倒排工期复查缓冲', behindPoints: '滞后亮黄百分点',
  failsRed: '不合格亮红次数', dissatisfiedRed: '不满意亮红次数', extensionsRed: '延期亮红次数', planReturnsTalk: '方案退回可约谈次数', talkAfterRed: '亮红后可约谈', overdueTimes: '逾期倍数单列', marks: '提醒', ladder: '督办阶梯', approvers: '批准人', sampling: '抽查',
};
const silent: ReadonlySet<string> = new Set(['fixed', 'caps', 'thresholds', 'limits']);

/** The Chinese name of an item; the path beside it is the same in every language. */
function nameOf(path: string): string {
  const [first = '', second = '', ...rest] = path.split('.');
  if (first === 'limits') return [currentMachine().rows.find((r) => r.row === second)?.zh ?? second, ...(rest.length > 0 ? ['另'] : [])].join('·');
  return [first, second, ...rest].filter((s) => s !== '' && !silent.has(s)).map((s) => (/^\d+$/.test(s) ? String(Number(s) + 1) : (segments[s] ?? s))).join('·');
}

type Node = { amount?: number | null; unit?: string; anchor?: string | null; if?: string; value?: number; at?: object; id?: string; level?: number; command?: string; by?: RoleId[]; act?: string; when?: string; steps?: RoleId[][]; rule?: string };
const at = (pack: PolicyPack, path: string): Node => path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], pack) as Node;
const zhOf = (command: string | undefined): string => (command !== undefined && Object.hasOwn(commands, command) ? commands[command as keyof typeof commands].zh : '');
const named = (of: readonly RoleId[]): string => of.map((role) => roles[role].zh).join('/');

function wordsFor(n: Node): string {
  if (n.unit !== undefined) return `${n.if === undefined ? '' : `${n.if}: `}${amountWords(n.amount ?? null, n.unit)}`;
  if (n.value !== undefined) return String(n.value);
  if (n.at !== undefined) return `${zhOf(n.command)} ${JSON.stringify(n.at)}`;
  if (n.level !== undefined) return `L${n.level} ${zhOf(n.command)}: ${named(n.by ?? [])}`;
  if (n.act !== undefined) return `${zhOf(n.act)}${n.when === undefined ? '' : ` (${n.when})`}: ${(n.steps ?? []).map(named).join(' → ')}`;
  const { cite: _, ...rest } = n as Node & { cite?: unknown };
  return JSON.stringify(rest);
}

/** 《title》article, as the pack names it. */
export const sourceWords = (pack: PolicyPack, cite: readonly string[]): string => cite.map((id) => `${pack.sources[id]?.title ?? id}${pack.sources[id]?.article ?? ''}`).join('; ');

export function policyPage(pack: PolicyPack, hash: string): string {
  const heading = facts([
    [label('pack'), `${pack.title.zh} ${pack.title.en} (${pack.name}-${pack.version})`],
    ['', pack.notice === undefined ? null : `${pack.notice.zh} · ${pack.notice.en}`],
    [label('effectiveFrom'), pack.effectiveFrom],
    [label('hash'), hash],
  ]);
  const lines = citesOf({ ...pack, sources: null }).map(({ path, cite }) => {
    const node = at(pack, path);
    return [nameOf(path), wordsFor(node), anchorOf(node.anchor), sourceWords(pack, cite), path];
  });
  return `${heading}\n\n${table([label('item'), label('amount'), label('anchor'), label('source'), ''], lines)}`;
}
