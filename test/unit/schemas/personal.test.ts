import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { CaseState, Command, EntryDraft, Envelope, Feedback, Person, RaterId, View, payloads, pii } from '../../../schemas/index.ts';

type Def = { type?: string } & Record<string, unknown>;
const isSchema = (v: unknown): v is z.ZodType => typeof v === 'object' && v !== null && '_zod' in v;
const partsOf = (schema: z.ZodType): [string, z.ZodType][] => {
  const def = (schema as unknown as { _zod: { def: Def } })._zod.def;
  const out: [string, z.ZodType][] = [];
  for (const [key, value] of Object.entries(def)) {
    if (isSchema(value)) out.push(['', value]);
    else if (Array.isArray(value)) for (const v of value) if (isSchema(v)) out.push(['', v]);
    if (key === 'shape' && typeof value === 'object' && value !== null) for (const [name, v] of Object.entries(value)) if (isSchema(v)) out.push([name, v]);
  }
  return out;
};
/** Paths of tagged fields that a schema reaches, through objects, arrays, records, unions and options. */
const tagged = (schema: z.ZodType, path = ''): string[] => [...(pii.has(schema) ? [path] : []), ...partsOf(schema).flatMap(([name, s]) => tagged(s, name ? `${path}.${name}` : path))];

describe('personal data', () => {
  it('is tagged where it is kept: in feedback and in the directory', () => {
    expect(tagged(Feedback)).toEqual(expect.arrayContaining(['.text', '.rater.name', '.rater.phone', '.rater.idNo']));
    expect(tagged(Person)).toEqual(expect.arrayContaining(['.name', '.phone']));
  });
  it('has no field in what enters a workflow, leaves it, or is recorded of it', () => {
    for (const [name, schema] of Object.entries({ CaseState, Command, Envelope, EntryDraft, View })) expect(tagged(schema), name).toEqual([]);
    for (const [name, schema] of Object.entries(payloads)) expect(tagged(schema), name).toEqual([]);
  });
  it('is not smuggled in by free text or in place of a reference', () => {
    const instruct = (text: string) => payloads.instruct.safeParse({ text }).success;
    expect(['速办, 张某 13812345678', '１３８１２３４５６７８', '身份证 11010519900307002X'].filter(instruct)).toEqual([]);
    expect(['3月9日前办结', '云整办发〔2026〕8号', '信用代码 11990100MB0000001A', '工单 202603020012345678'].filter((t) => !instruct(t))).toEqual([]);
    expect(RaterId.safeParse('13812345678').success).toBe(false);
    expect(RaterId.safeParse('R-01').success).toBe(true);
    const rater = { raterId: '110105199003070026', feedbackId: 'F1', named: true };
    expect(payloads.capture.shape.raters.safeParse([rater]).success).toBe(false);
  });
});
