import { actWords, fill, wordIn } from './words.ts';

/** 期限名称: what a deadline is of, by the part of its id before the colon; `{of}` is the part behind it. */
export const deadlineWords = {
  total: { zh: '整改总期限', en: 'the whole rectification' },
  stage: { zh: '本环节', en: 'this stage' },
  task: { zh: '任务 {of}', en: 'task {of}' },
  node: { zh: '节点 {of}', en: 'node {of}' },
  check: { zh: '核验任务 {of}', en: 'checking task {of}' },
  reply: { zh: '回复督办 {of}', en: 'reply to {of}' },
  proposal: { zh: '审批 {of}', en: 'decide {of}' },
  callback: { zh: '回访 {of}', en: 'call {of} back' },
  contact: { zh: '联系群众', en: 'contacting the citizen' },
  interim: { zh: '临时措施', en: 'the interim measure' },
  coop: { zh: '配合签收', en: 'the supporting unit signing for it' },
  verify: { zh: '补核实', en: 'verifying afterwards' },
  progress: { zh: '报进展', en: 'the progress report' },
  measures: { zh: '定立改措施', en: 'setting a measure' },
  orderPlan: { zh: '责令转清单', en: 'ordering a plan' },
  extension: { zh: '答复延期申请', en: 'deciding the extension' },
  act: { zh: '发出督办 {of}', en: 'issuing {of}' },
  ratification: { zh: '补签', en: 'ratify' },
  appeal: { zh: '申诉', en: 'appeal' },
  citizen: { zh: '对群众的办理期限', en: 'what the office owes the citizen' },
  window: { zh: '公示', en: 'public notice' },
} as const;

/** The name of a limit by its id: `回复督办 A1`; an act of supervision by its name and not its level. */
export function deadlineName(id: string): { readonly zh: string; readonly en: string } {
  const [kind = '', ...rest] = id.split(':');
  const words: { zh: string; en: string } = Object.hasOwn(deadlineWords, kind) ? deadlineWords[kind as keyof typeof deadlineWords] : { zh: kind, en: kind };
  const of = kind === 'act' ? wordIn(actWords, rest.join(':')) : rest.join(':');
  return { zh: fill(words.zh, { of }).trim(), en: fill(words.en, { of }).replace(/ {2,}/, ' ').trim() };
}
