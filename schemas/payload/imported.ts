import * as z from 'zod';
import { CivilDate, Id, Text } from '../primitive.ts';
import { Colour, GradeCode, Track } from './grade.ts';

/**
 * 承接台账: an open item of a ledger that was kept elsewhere. What that ledger says is taken over as its word, marked with what could
 * not be known; nobody is said to have verified, graded, assigned or signed anything.
 */

/** Where an item may enter. What its ledger calls applied, checked or done enters where the unit works: applying is the unit's own act. */
export const ledgerStages = ['registered', 'triaged', 'assigned', 'immediate', 'planDrafting', 'rectifying'] as const;
export const LedgerStage = z.enum(ledgerStages);
export type LedgerStage = z.infer<typeof LedgerStage>;

/** What an old ledger may leave unknown: the closed list, with the words for people. */
export const unknowns = {
  verification: { zh: '核实情况', en: 'verification' },
  raters: { zh: '评价人', en: 'who complained' },
  colour: { zh: '分级颜色', en: 'colour' },
  reason: { zh: '分级理由', en: 'reason of the grade' },
  leadUnit: { zh: '牵头单位', en: 'lead unit' },
  unitHead: { zh: '第一责任人', en: 'head of the unit' },
  dutyLeader: { zh: '责任领导', en: 'responsible leader' },
  owner: { zh: '责任人', en: 'responsible person' },
  liaison: { zh: '联络员', en: 'liaison clerk' },
  assignedOn: { zh: '交办日期', en: 'date of assignment' },
  foundOn: { zh: '发现时间', en: 'date found' },
  due: { zh: '完成时限', en: 'due date' },
  measure: { zh: '整改措施', en: 'measures' },
  target: { zh: '整改目标', en: 'targets' },
  mark: { zh: '完成标志', en: 'completion marks' },
  plan: { zh: '方案批准情况', en: 'approval of the plan' },
  extension: { zh: '延期情况', en: 'extensions' },
  progress: { zh: '进展情况', en: 'progress' },
} as const;
export const Unknown = z.enum(Object.keys(unknowns) as [keyof typeof unknowns, ...(keyof typeof unknowns)[]]);
export type Unknown = z.infer<typeof Unknown>;

/** 措施 of the old ledger. `done` is its word, kept with the entry and proof of nothing. */
const ImportedTask = z.object({
  measure: Text,
  target: Text.optional(),
  unit: Id.optional(),
  owner: Id.optional(),
  due: CivilDate.optional(),
  mark: Text.optional(),
  done: z.boolean().optional(),
});

const Responsible = z.object({
  leadUnit: Id,
  unitHead: Id.optional(),
  dutyLeader: Id.optional(),
  owner: Id.optional(),
  liaison: Id.optional(),
  caseLeader: Id.optional(),
  coopUnits: z.array(Id).max(30).default([]),
});

const Item = z.object({
  /** The ledger it comes from, by the name under which the office keeps it. */
  document: z.string().trim().min(1).max(200),
  originalNo: z.string().trim().min(1).max(80),
  stage: LedgerStage,
  grade: z.object({ colour: Colour, track: Track, reasonCode: GradeCode.optional() }).optional(),
  responsibility: Responsible.optional(),
  foundOn: CivilDate.optional(),
  assignedOn: CivilDate.optional(),
  due: CivilDate.optional(),
  tasks: z.array(ImportedTask).max(50).default([]),
  unknown: z.array(Unknown).max(40).default([]),
});
type Item = z.infer<typeof Item>;

export const isWithUnit = (stage: LedgerStage): boolean => stage !== 'registered' && stage !== 'triaged';
/** Owner and due date of a measure, its own or those of the whole item; a measure that lacks one is no task yet. */
export const measureOwner = (item: Item, n: number): string | undefined => item.tasks[n]?.owner ?? item.responsibility?.owner;
export const measureDue = (item: Item, n: number): string | undefined => item.tasks[n]?.due ?? item.due;
export const isWorkable = (item: Item, n: number): boolean => measureOwner(item, n) !== undefined && measureDue(item, n) !== undefined;

/** The texts of all measures together: a case has to fit its workflow. */
const mostText = 20_000;

/** What the stage needs and the item lacks, by dotted field; null when it may enter there. */
const lacking = (item: Item): string | null => {
  const track = { immediate: 'immediate', planDrafting: 'list', rectifying: 'list' }[item.stage as string];
  if (item.stage === 'registered') return item.grade === undefined ? null : 'grade';
  if (item.grade === undefined) return 'grade';
  if (track !== undefined && item.grade.track !== track) return 'grade.track';
  if (isWithUnit(item.stage) && item.responsibility === undefined) return 'responsibility';
  // Without an approved plan a case on the list track works only by measures that name unit, person and date.
  if (item.stage !== 'rectifying') return null;
  if (item.tasks.length === 0) return 'tasks';
  const open = item.tasks.findIndex((_, n) => !isWorkable(item, n));
  return open < 0 ? null : `tasks.${open}.${measureOwner(item, open) === undefined ? 'owner' : 'due'}`;
};

export const Imported = Item.superRefine((item, ctx) => {
  const field = lacking(item);
  if (field !== null) ctx.addIssue({ code: 'custom', path: field.split('.'), message: `does not fit an item that enters at ${item.stage}` });
  const text = item.tasks.reduce((n, t) => n + t.measure.length + (t.target?.length ?? 0) + (t.mark?.length ?? 0), 0);
  if (text > mostText) ctx.addIssue({ code: 'custom', path: ['tasks'], message: `more than ${mostText} characters` });
});
export type Imported = z.infer<typeof Imported>;
/** As it is handed in: lists may be left out. */
export type ImportedInput = z.input<typeof Imported>;

/** What a case remembers of having been taken over. */
export const TakenOver = z.object({
  document: z.string(),
  originalNo: z.string(),
  stage: LedgerStage,
  foundOn: CivilDate.nullable(),
  assignedOn: CivilDate.nullable(),
  due: CivilDate.nullable(),
  unknown: z.array(Unknown),
});
export type TakenOver = z.infer<typeof TakenOver>;
