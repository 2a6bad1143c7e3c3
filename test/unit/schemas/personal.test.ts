import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { CaseState, Command, EntryDraft, Envelope, Feedback, Person, View, payloads, pii } from '../../../schemas/index.ts';

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
});
