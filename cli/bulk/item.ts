import * as z from 'zod';
import { CaseNo, CommandId, CommandType, Id, RoleId } from '../../schemas/index.ts';

/** One line of a file of commands: what is to be done on which case, by whom where the line says so. */
export const BulkItem = z.strictObject({
  caseNo: CaseNo,
  command: CommandType,
  data: z.record(z.string(), z.unknown()).default({}),
  id: CommandId.optional(),
  revision: z.int().nonnegative().optional(),
  as: Id.optional(),
  role: RoleId.optional(),
});
export type BulkItem = z.infer<typeof BulkItem>;
export type BulkRow = { row: number; item: BulkItem; commandId: string } | { row: number; bad: string };
