import { type Colour, type ImportedInput, type LedgerStage, type Track, Feedback as FeedbackSchema, Imported, maskText, stages } from '../../schemas/index.ts';
import type { SourceRow } from '../row.ts';
import { type MapContext, fieldFor, instantOf, peopleNamed, unitNamed } from './context.ts';
import type { Binding, Column } from './header.ts';
import { type ReadRow, keyOf, present } from './kind.ts';
import { matterCode } from './rating.ts';
import { type Parse, type Reading, errorOf, ok, reading, wrong } from './reading.ts';
import * as v from './values.ts';
import { unguardText } from '../../export/guard.ts';
import { ownRow } from '../own.ts';
import { type Due, dueWords } from './ledger-words.ts';

/** 问题台账 and 销号表 as offices keep them in Excel: one row for each problem (domain 1.6). */
export const ledgerColumns = {
  no: { headers: ['问题编号', '编号', '台账编号', '案件编号'] },
  what: { headers: ['问题描述', '存在问题', '具体问题', '问题', '具体表现'], personal: 'text' },
  matter: { headers: ['事项名称', '问题事项', '事项'] },
  field: { headers: ['领域', '类别', '问题类别'] },
  source: { headers: ['来源', '来源渠道', '问题来源'] },
  place: { headers: ['涉及点位', '点位', '地点'] },
  found: { headers: ['发现时间', '登记时间'] },
  assigned: { headers: ['交办时间', '交办日期'] },
  colour: { headers: ['分级', '颜色', '分级颜色', '三色分级'] },
  track: { headers: ['整改类型', '类型'] },
  target: { headers: ['整改目标', '目标'] },
  measure: { headers: ['整改措施', '措施', '解决措施'] },
  lead: { headers: ['牵头单位', '责任单位', '主办单位', '承办单位', '整改单位'] },
  coops: { headers: ['配合单位', '协办单位'] },
  head: { headers: ['第一责任人', '主要负责人'] },
  leader: { headers: ['责任领导', '分管领导'] },
  owner: { headers: ['责任人', '经办人', '具体责任人'] },
  caseLeader: { headers: ['包案领导', '督办领导'] },
  due: { headers: ['完成时限', '整改时限', '办理期限', '完成时间'] },
  extended: { headers: ['延期后时限', '延期至'] },
  progress: { headers: ['进展情况', '整改进展', '进展'] },
  state: { headers: ['状态', '办理状态', '整改状态', '环节'] },
  percent: { headers: ['完成率', '完成进度'] },
  supervision: { headers: ['督办情况'] },
  proofs: { headers: ['佐证材料'] },
  checkMode: { headers: ['暗访复查方式', '复查方式'] },
  checkResult: { headers: ['暗访复查结果', '复查结果', '验收结果'] },
  closed: { headers: ['是否销号', '销号', '是否完成', '是否办结', '整改完成'] },
  closedAt: { headers: ['销号时间', '销号日期', '办结时间'] },
  lookback: { headers: ['回头看结果', '回头看'] },
  remark: { headers: ['备注', '说明'] },
} as const satisfies Record<string, Column>;
type Key = keyof typeof ledgerColumns;
type R = Reading<Key>;

const colours: Readonly<Record<string, Colour>> = { 红: 'red', 红色: 'red', 黄: 'yellow', 黄色: 'yellow', 蓝: 'blue', 蓝色: 'blue', 急事急办: 'red', 特事特办: 'yellow', 难事稳办: 'blue', 一般件: 'blue' };
/** 红色·急事急办 is 红色: the first word decides, and the second must not contradict it. */
const colour: Parse<Colour> = (text) => {
  const said = text.normalize('NFKC').split(/[·.\-/()\s]+/).filter((w) => w !== '');
  const found = [...new Set(said.flatMap((w) => colours[w] ?? []))];
  return found.length === 1 && found[0] !== undefined ? ok(found[0]) : wrong('BAD-COLOUR');
};
const ordinary = (text: string | undefined): boolean => text?.includes('一般件') ?? false;
const tracks: Readonly<Record<string, Track>> = { 立行立改: 'immediate', 立改: 'immediate', 立即整改: 'immediate', 清单: 'list', 清单整改: 'list', 三张清单: 'list', 限期整改: 'list', 持续整改: 'list', 长期整改: 'list', 分阶段整改: 'list', 长期坚持: 'list' };

const closedWords: Readonly<Record<string, 'closed' | 'open'>> = { 是: 'closed', 已销号: 'closed', 销号: 'closed', 已完成: 'closed', 已办结: 'closed', 已整改: 'closed', 完成: 'closed', 否: 'open', 未销号: 'open', 未完成: 'open', 整改中: 'open', 推进中: 'open', 进行中: 'open', 未: 'open', 新增: 'open', 推进: 'open' };

/** What a row of somebody's ledger becomes: an open case that is taken over, or a closed one that is history. */
export const mapLedgerRow = (raw: SourceRow, binding: Binding, ctx: MapContext): ReadRow => {
  const row = { ...raw, cells: Object.fromEntries(Object.entries(raw.cells).map(([header, text]) => [header, unguardText(text)])) };
  const r = reading<Key>(row, ledgerColumns, binding);
  const own = ownRow(r.text('no'), raw.cells);
  const what = r.required('what', v.words);
  const originalNo = r.required('no', v.codeOrName);
  const key = originalNo === undefined ? null : keyOf('tz', originalNo);
  const said = r.optional('closed', v.oneOf(ctx, 'closed', closedWords, 'BAD-STATE')) ?? (r.text('closedAt') === undefined ? 'open' : 'closed');
  const status = isSettled(r) ? 'settled' : said;
  if (key === null || what === undefined) return { errors: r.errors, own };
  return { ...(status !== 'open' ? pastOf(r, key, ctx, status) : openOf(row, r, { key, what, originalNo: originalNo ?? '' }, ctx)), own };
};

/** 办结(非销号): settled without a closing, by the words of the stages. */
const settledWords: readonly string[] = Object.values(stages).flatMap((s) => (s.kind !== 'open' && s.unitView !== '已销号' ? [s.zh] : []));
const isSettled = (r: R): boolean => [r.text('state'), r.text('progress')].some((text) => text !== undefined && settledWords.includes(text));

/** What is closed there is history here: kept as it was written, never a case, and no proof of anything. */
function pastOf(r: R, key: string, ctx: MapContext, status: 'closed' | 'settled'): ReadRow {
  const closedAt = r.optional('closedAt', v.pastDay(ctx));
  if (status === 'closed' && closedAt === undefined) r.blame('closedAt', 'CLOSED-NOT-DATED');
  if (r.errors.length > 0) return { errors: r.errors };
  const named = (Object.keys(ledgerColumns) as Key[]).flatMap((k) => (r.text(k) === undefined ? [] : [[ledgerColumns[k].headers[0] as string, r.text(k) ?? ''] as const]));
  const names = (['head', 'leader', 'owner', 'caseLeader'] as const).flatMap((k) => r.text(k) ?? []);
  return { key, item: { past: { key, content: { ...r.aside(), ...Object.fromEntries(named) }, names } }, explained: status === 'closed' ? '已销号, 存为历史 · closed: kept as history' : '已办结(非销号), 存为历史 · settled: kept as history' };
}

function openOf(row: SourceRow, r: R, { key, what, originalNo }: { key: string; what: string; originalNo: string }, ctx: MapContext): ReadRow {
  const lead = r.optional('lead', v.unit(ctx));
  const coopUnits = unitList(r, ctx).filter((u) => u !== lead);
  const grade = gradeOf(r, ctx);
  const due = dueOf(r, ctx);
  const responsibility = lead === undefined ? undefined : present({ leadUnit: lead, coopUnits, ...peopleOf(r, ctx, lead) });
  const measure = r.optional('measure', v.caseText);
  const place = r.optional('place', v.place);
  const matter = r.optional('matter', v.title) ?? maskText(what);
  if (lead === undefined && place === undefined) r.blame('lead', 'NO-UNIT-NO-PLACE');
  const field = r.optional('field', v.field(ctx)) ?? fieldFor(ctx, lead);
  const foundOn = r.optional('found', v.pastDay(ctx));
  const assignedOn = r.optional('assigned', v.pastDay(ctx));
  if (r.errors.length > 0) return { errors: r.errors };
  const tasks = measure === undefined || responsibility === undefined ? [] : [present({ measure, target: r.optional('target', v.caseText), owner: responsibility.owner, unit: lead, due: due.date, done: r.text('percent') === '100%' || r.text('percent') === '100' || r.text('percent') === '1' })];
  const stage = stageOf({ responsibility, grade, tasks: tasks.length, due: due.date });
  const unknown = ['raters', 'progress', ...(extendedOnly(r) ? ['extension'] : [])] as const;
  const imported = present({ document: ctx.document, originalNo, stage, grade, responsibility, foundOn, assignedOn, due: due.date, tasks, unknown: [...unknown] }) as ImportedInput;
  const fits = Imported.safeParse(imported);
  if (!fits.success) return { errors: [errorOf(row, null, '', 'BAD-STATE', `${fits.error.issues[0]?.path.join('.') ?? ''}`)] };
  const draft = present({ feedbackId: key, kind: 'inspection', named: false, channel: r.text('source') ?? '问题台账', field, matter: { code: matterCode(matter), name: matter.slice(0, 200) }, ratedUnit: lead, place, receivedAt: ctx.now, text: what, saidAt: foundOn === undefined ? undefined : instantOf(ctx, foundOn), aside: asideOf(r) });
  const parsed = FeedbackSchema.safeParse(draft);
  if (!parsed.success) return { errors: [errorOf(row, null, '', 'BROKEN-ROW', parsed.error.issues[0]?.message)] };
  return { key, item: { feedback: parsed.data, imported }, explained: `${stages[stage].zh} (${stage})` };
}

type Grade = NonNullable<ImportedInput['grade']>;
function gradeOf(r: R, ctx: MapContext): Grade | undefined {
  const said = r.optional('colour', colour);
  const track = r.optional('track', v.oneOf(ctx, 'track', tracks, 'BAD-TRACK')) ?? trackByDue(r);
  if (said === undefined || track === undefined) return undefined;
  return { colour: said, track, ...(ordinary(r.text('colour')) && track === 'immediate' ? { reasonCode: 'N0' as const } : {}) };
}
/** 立行立改 and 长期坚持 are written where a date should stand: they say the track. */
function trackByDue(r: R): Track | undefined {
  const words = dueWords(r.text('due'));
  return words === 'immediate' ? 'immediate' : words === 'longTerm' ? 'list' : undefined;
}

function dueOf(r: R, ctx: MapContext): Due {
  const extended = r.optional('extended', v.lastDay(ctx));
  const first = dueWords(r.text('due')) === null ? r.optional('due', v.lastDay(ctx)) : undefined;
  return { date: extended ?? first, words: dueWords(r.text('due')) };
}

function unitList(r: R, ctx: MapContext): string[] {
  const names = (r.text('coops') ?? '').split(/[、,，;；\s]+/).filter((n) => n !== '' && !v.isAnonymous(n));
  return names.flatMap((name) => {
    const found = unitNamed(ctx, name);
    if (!found) r.blame('coops', 'UNKNOWN-UNIT', name);
    return found ? [found.id] : [];
  });
}

/** People by name within the lead unit; a leader of the office for 包案领导. Nobody is guessed: two of one name are an error. */
function peopleOf(r: R, ctx: MapContext, lead: string): { unitHead?: string; dutyLeader?: string; owner?: string; caseLeader?: string } {
  const one = (key: Key, unit?: string): string | undefined => {
    const said = r.text(key)?.normalize('NFKC');
    const name = said?.replace(/\(.*$/, '').trim();
    if (name === undefined || v.isAnonymous(name)) return undefined;
    // Of two with one name our own lists say which, in brackets; what others write there is an office or a phone.
    const byId = peopleNamed(ctx, /\(([^()]+)\)$/.exec(said ?? '')?.[1] ?? '', unit).filter((p) => p.name === name);
    const found = byId.length === 1 ? byId : peopleNamed(ctx, name, unit);
    if (found.length > 1) r.blame(key, 'AMBIGUOUS-PERSON', name);
    if (found.length === 0) r.blame(key, 'UNKNOWN-PERSON');
    return found.length === 1 ? found[0]?.id : undefined;
  };
  return present({ unitHead: one('head', lead), dutyLeader: one('leader', lead), owner: one('owner', lead), caseLeader: one('caseLeader') }) as { unitHead?: string };
}

type Known = { responsibility: { leadUnit: string; owner?: string; caseLeader?: string } | undefined; grade: Grade | undefined; tasks: number };
/** As far as the record goes, and no further: what a ledger says of applying, checking and signing is nobody's act here. */
function stageOf({ responsibility, grade, tasks, due }: Known & { due: string | undefined }): LedgerStage {
  if (grade === undefined) return 'registered';
  // A red case has its leader before it goes to a unit; who that is, is for the office to say.
  if (responsibility === undefined || (grade.colour === 'red' && responsibility.caseLeader === undefined)) return 'triaged';
  if (grade.track === 'immediate') return 'immediate';
  return tasks > 0 && due !== undefined && responsibility.owner !== undefined ? 'rectifying' : 'planDrafting';
}
/** An extended date without the first one: what was granted, and when, is not known. */
const extendedOnly = (r: R): boolean => r.text('extended') !== undefined;

/** What the ledger tells of its own course is kept with the feedback, sealed: nothing of it is a fact here. */
const told: readonly Key[] = ['progress', 'state', 'percent', 'supervision', 'proofs', 'checkMode', 'checkResult', 'lookback', 'remark'];
function asideOf(r: R): Record<string, string> | undefined {
  const kept = told.flatMap((key) => (r.text(key) === undefined ? [] : [[ledgerColumns[key].headers[0] as string, (r.text(key) ?? '').slice(0, 4000)] as const]));
  const all = { ...r.aside(), ...Object.fromEntries(kept) };
  return Object.keys(all).length === 0 ? undefined : all;
}
