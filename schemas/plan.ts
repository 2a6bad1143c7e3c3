import * as z from 'zod';
import { CivilDate, Id, CaseText as Text } from './primitive.ts';

/** One row of 任务清单. `due` is the last day; `mark` says how to see that it is done (完成标志). */
export const PlanTask = z.object({
  taskId: Id,
  problem: Id,
  target: Text,
  measure: Text,
  unit: Id,
  owner: Id,
  due: CivilDate.optional(),
  mark: Text,
  nodes: z.array(z.object({ what: Text, due: CivilDate })).max(50).default([]),
  after: z.array(Id).max(20).default([]),
  /** The rework item this task answers. */
  rework: Id.optional(),
  /** 工期 in working days; a plan in which any task has one is scheduled backward (倒排工期). */
  duration: z.int().min(0).max(500).optional(),
  /** 固定节点: it ends on this very day, which nobody can move. */
  fixed: CivilDate.optional(),
});
export type PlanTask = z.infer<typeof PlanTask>;

/** 整改方案 with its three lists: 问题清单, 责任清单, 任务清单. */
export const Plan = z.object({
  problems: z.array(z.object({ problemId: Id, what: Text, nature: Text.optional() })).max(200),
  duties: z
    .array(z.object({ problemId: Id, leadUnit: Id, coopUnits: z.array(Id).max(30).default([]), unitHead: Id, dutyLeader: Id.optional(), owner: Id }))
    .max(200),
  tasks: z.array(PlanTask).max(200),
});
export type Plan = z.infer<typeof Plan>;

/** 返工项: what a return sends back, either an old task reopened or a new one. */
export const Rework = z.object({
  taskId: Id.optional(),
  content: Text,
  owner: Id,
  unit: Id.optional(),
  due: CivilDate,
  mark: Text,
});
export type Rework = z.infer<typeof Rework>;
