import { colourWords, fields, sourceWords, taskStateWords, trackWords, wordIn, yesNo } from '../schemas/index.ts';
import type { Column, ExportKind } from './column.ts';
import { checkResult, checkWay, dayOf, dueDayOf, holderOf, listed, lookbackResult, personName, remarks, shareDone, stageWord, supervision, unitName, unitNames } from './values.ts';

/** The columns of each list, in their order: exporter and importer share them (domain 1.6). */
export const columnsOf = (kind: ExportKind): readonly Column[] => tables[kind];

const column = (key: string, zh: string, kind: Column['kind'], width: number, of: Column['of'], aliases: readonly string[] = [], words?: Column['words']): Column => ({ key, zh, kind, width, of, aliases, ...(words ? { words } : {}) });
/** Filled in by hand; the ledger does not know it. */
const blank = (key: string, zh: string, width: number, aliases: readonly string[] = []): Column => column(key, zh, 'text', width, () => null, aliases);
const wordOf = (words: Readonly<Record<string, string>>, value: string | null): string | null => (value === null ? null : wordIn(words, value));

const number = column('n', '序号', 'count', 6, ({ n }) => n, ['编号顺序', '序']);
const caseNo = column('caseNo', '问题编号', 'id', 20, ({ board }) => board.caseNo, ['编号', '案件编号', '销号编号']);
const matter = column('matter', '问题描述', 'text', 36, ({ board }) => board.matter, ['问题', '问题内容', '存在问题', '主要问题']);
const field = column('field', '领域', 'list', 10, ({ board }) => wordOf(fields, board.field), ['问题领域', '所属领域'], fields);
const source = column('source', '来源', 'list', 12, ({ board }) => wordOf(sourceWords, board.source), ['问题来源', '来源渠道'], sourceWords);
const colour = column('colour', '分级', 'list', 8, ({ board }) => wordOf(colourWords, board.colour), ['颜色', '分级颜色', '三色分级', '等级'], colourWords);
const track = column('track', '整改类型', 'list', 12, ({ board }) => wordOf(trackWords, board.track), ['类型', '整改方式'], trackWords);
const leadUnit = column('leadUnit', '牵头单位', 'text', 20, ({ board }, names) => unitName(board.leadUnit, names), ['责任单位', '承办单位', '整改单位', '主办单位']);
const coopUnits = column('coopUnits', '配合单位', 'text', 20, ({ board }, names) => unitNames(board.coopUnits, names) || null, ['协办单位', '协同单位']);
const dutyLeader = column('dutyLeader', '责任领导', 'text', 12, ({ board }, names) => personName(holderOf(board, 'dutyLeader'), names), ['责任领导(职务)', '分管领导']);
const owner = column('owner', '责任人', 'text', 12, ({ board }, names) => personName(board.owner, names), ['责任人(职务、电话)', '具体责任人', '唯一责任人']);
const closed = column('closed', '是否销号', 'list', 10, ({ board }) => (board.closedAt === null ? yesNo.no : yesNo.yes), ['销号', '是否完成销号'], yesNo);
const closedAt = column('closedAt', '销号时间', 'date', 12, ({ board }, names) => dayOf(board.closedAt, names), ['销号日期']);
const capturedAt = column('capturedAt', '发现时间', 'date', 12, ({ board }, names) => dayOf(board.capturedAt, names), ['受理时间', '发现日期', '登记时间']);

const problems: readonly Column[] = [
  number,
  caseNo,
  { ...source, zh: '来源渠道', aliases: ['来源', '问题来源'] },
  column('feedback', '来源编号', 'id', 20, ({ board }) => board.feedback.join('、') || null),
  field,
  column('matterCode', '事项编码', 'id', 16, ({ board }) => board.matterCode, ['事项名称/编码']),
  matter,
  column('manifestation', '具体表现', 'text', 36, ({ board }) => listed((board.problems ?? []).map((p) => p.what))),
  blank('appeal', '群众原始诉求', 14, ['原始诉求']),
  capturedAt,
  column('place', '涉及点位', 'text', 20, ({ board }) => board.place, ['点位', '地点']),
  column('nature', '问题性质', 'text', 12, ({ board }) => [...new Set((board.problems ?? []).flatMap((p) => p.nature ?? []))].join('、') || null),
  column('repeated', '是否反复', 'list', 10, ({ board }) => (board.round > 1 ? yesNo.yes : yesNo.no), [], yesNo),
  { ...colour, zh: '分级颜色', aliases: ['颜色', '分级'] },
  column('gradeReason', '分级理由', 'text', 10, ({ board }) => board.gradeReason ?? null, ['理由码']),
  track,
  column('stage', '环节', 'text', 16, ({ board }) => stageWord(board), ['进展情况', '状态']),
];

const responsibilities: readonly Column[] = [
  number,
  caseNo,
  matter,
  leadUnit,
  coopUnits,
  column('unitHead', '第一责任人', 'text', 12, ({ board }, names) => personName(board.unitHead, names), ['主要负责人']),
  dutyLeader,
  owner,
  column('liaison', '联络员', 'text', 12, ({ board }, names) => personName(holderOf(board, 'liaison'), names)),
  column('caseLeader', '督办领导', 'text', 12, ({ board }, names) => personName(holderOf(board, 'caseLeader'), names), ['包案领导']),
  column('office', '督办单位', 'text', 16, (_row, { directory }) => directory?.units.find((u) => u.kind === 'office')?.name ?? null),
  column('division', '责任分工', 'text', 40, ({ board }, names) => listed(board.tasks.map((t) => `${unitName(t.unit, names) ?? ''}: ${t.measure}`))),
];

const tasks: readonly Column[] = [
  number,
  caseNo,
  column('taskId', '任务编号', 'id', 10, ({ task }) => task?.taskId ?? null),
  column('target', '整改目标', 'text', 30, ({ task }) => task?.target ?? null, ['目标']),
  column('measure', '整改措施', 'text', 36, ({ task }) => task?.measure ?? null, ['措施', '解决措施']),
  column('unit', '责任单位', 'text', 20, ({ task }, names) => unitName(task?.unit, names), ['承办单位']),
  column('taskOwner', '责任人', 'text', 12, ({ task }, names) => personName(task?.owner, names)),
  column('nodes', '节点', 'text', 30, ({ task }) => listed((task?.nodes ?? []).map((n) => `${n.what} (${n.due})`)), ['时间节点']),
  column('taskDue', '完成时限', 'date', 12, ({ task }) => task?.due || null, ['时限', '整改时限']),
  blank('funds', '资金来源', 12),
  blank('proofNeeded', '佐证材料要求', 16),
  column('mark', '验收标准', 'text', 24, ({ task }) => task?.mark ?? null, ['完成标志']),
  column('taskState', '进展', 'list', 10, ({ task }) => wordOf(taskStateWords, task?.state ?? null), ['进展情况'], taskStateWords),
  column('rework', '是否返工', 'list', 10, ({ task }) => (task?.rework ? yesNo.yes : yesNo.no), [], yesNo),
  column('taskClosed', '是否销号', 'list', 10, ({ task }) => (task?.state === 'taskClosed' ? yesNo.yes : yesNo.no), [], yesNo),
  column('taskClosedAt', '销号时间', 'date', 12, ({ task }, names) => (task?.state === 'taskClosed' ? dayOf(task.since ?? null, names) : null)),
];

const closures: readonly Column[] = [
  number,
  caseNo,
  matter,
  field,
  source,
  colour,
  track,
  column('targets', '整改目标', 'text', 30, ({ board }) => listed(board.tasks.map((t) => t.target)), ['目标']),
  column('measures', '整改措施', 'text', 36, ({ board }) => listed(board.tasks.map((t) => t.measure)), ['措施', '解决措施']),
  leadUnit,
  coopUnits,
  dutyLeader,
  owner,
  column('originalDue', '完成时限', 'date', 12, ({ board }, names) => dueDayOf(board.originalDue ?? board.due, names), ['整改时限', '完成时间', '时限']),
  column('due', '延期后时限', 'date', 12, ({ board }, names) => (board.originalDue !== null && board.due !== board.originalDue ? dueDayOf(board.due, names) : null), ['延期时限']),
  column('progress', '进展情况', 'text', 16, ({ board }) => stageWord(board), ['状态', '环节', '整改情况']),
  column('done', '完成率', 'rate', 8, ({ board }) => shareDone(board), ['进度']),
  column('supervision', '督办情况', 'text', 20, ({ board }) => supervision(board)),
  column('proofs', '佐证材料', 'count', 10, ({ board }) => board.proofs.length, ['佐证']),
  column('checkWay', '暗访复查方式', 'text', 14, ({ board }) => checkWay(board), ['复查方式']),
  column('checkResult', '暗访复查结果', 'text', 14, ({ board }) => checkResult(board), ['复查结果']),
  closed,
  closedAt,
  column('lookback', '回头看结果', 'text', 14, ({ board }) => lookbackResult(board), ['回头看']),
  column('remarks', '备注', 'text', 20, ({ board }) => remarks(board)),
];

const tables: Readonly<Record<ExportKind, readonly Column[]>> = { problems, responsibilities, tasks, closures };
