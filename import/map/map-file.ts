import * as z from 'zod';
import { CaseError, FieldCode, badInput, caseError } from '../../schemas/index.ts';
import { parse } from 'yaml';

export const Kind = z.enum(['rating', 'hotline', 'visit', 'ledger']);
export type Kind = z.infer<typeof Kind>;

/**
 * A map file (对照表), YAML: what the headers and words of somebody's files mean here.
 *   kind: rating
 *   sheet: 明细                          # only this sheet
 *   columns: {satisfaction: 评价, projectNo: 办件号}   # our name: their header
 *   values: {channel: {"9": 自助终端}}   # column: their word: ours
 *   units: {市教育局(新): JYJ}           # their name: our unit id
 *   field: JY                            # 领域 where neither file nor unit says
 */
export const MapFile = z.strictObject({
  kind: Kind.optional(),
  sheet: z.string().optional(),
  columns: z.record(z.string(), z.string()).optional(),
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  units: z.record(z.string(), z.string()).optional(),
  field: FieldCode.optional(),
});
export type MapFile = z.infer<typeof MapFile>;

/** @throws BAD-INPUT with the dotted field */
export function readMapFile(text: string): MapFile {
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw caseError('BAD-INPUT', { field: 'map', zh: `不是 YAML: ${why}`, en: `not YAML: ${why}` });
  }
  const parsed = MapFile.safeParse(data ?? {});
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'map'));
  return parsed.data;
}
