import { type Delegation, type Directory, Id, type Person, type Term, type Unit, fields, roles } from '../../schemas/index.ts';
import { bind, type Binding, type Column } from '../map/header.ts';
import { type Parse, type Reading, errorOf, ok, reading, wrong } from '../map/reading.ts';
import * as v from '../map/values.ts';
import type { MapContext } from '../map/context.ts';
import { present } from '../map/kind.ts';
import type { RowError, SourceFile, SourceRow, SourceSheet } from '../row.ts';
import { conflictColumns, delegationColumns, personColumns, settingColumns, unitColumns } from './sheets.ts';

/** A workbook read as a directory, or every cell that is wrong with it: a directory comes in whole or not at all. */
export type ReadDirectory = { readonly directory: Directory; readonly errors: readonly RowError[] };

type Role = keyof typeof roles;
const roleNames: Readonly<Record<string, Role>> = Object.fromEntries(Object.entries(roles).flatMap(([id, { zh }]) => [[id, id as Role], [zh, id as Role], [zh.replace(/\(.*\)/, ''), id as Role]]));
const kinds: Readonly<Record<string, Unit['kind']>> = { 政府: 'authority', 党委政府: 'authority', 整改办: 'office', 部门: 'agency', 行政机关: 'agency', 事业单位: 'institution', 街道: 'street', 乡镇: 'street', 街镇: 'street', 第三方: 'firm', 第三方机构: 'firm', 公司: 'firm', 企业: 'firm' };
const fieldIds = Object.fromEntries(Object.entries(fields).map(([id, zh]) => [zh, id])) as Readonly<Record<string, Unit['field'] & string>>;

const id: Parse<string> = (text) => (Id.safeParse(text.trim()).success ? ok(text.trim()) : wrong('BAD-CODE'));
const wordOf =
  <T extends string>(list: Readonly<Record<string, T>>): Parse<T> =>
  (text) => {
    const plain = text.normalize('NFKC').trim();
    const found = list[plain] ?? Object.values(list).find((value) => value === plain);
    return found === undefined ? wrong('BAD-CATEGORY') : ok(found);
  };

type Draft = { units: Unit[]; people: Map<string, Person>; delegations: Delegation[]; conflicts: Directory['conflicts']; settings: Partial<Pick<Directory, 'name' | 'prefix' | 'fictional'>> };
type RowReader = (row: SourceRow, binding: Binding, draft: Draft, ctx: MapContext) => readonly RowError[];
type SheetKind = { readonly columns: Readonly<Record<string, Column>>; readonly needs: readonly string[]; readonly read: RowReader };

/** Reads one row of a sheet of this kind; `make` is only asked for what came out whole. */
const kindOf = <K extends string>(columns: Readonly<Record<K, Column>>, needs: readonly NoInfer<K>[], read: (r: Reading<K>, ctx: MapContext) => (draft: Draft) => void): SheetKind => ({
  columns,
  needs,
  read: (row, binding, draft, ctx) => {
    const r = reading<K>(row, columns, binding);
    const put = read(r, ctx);
    if (r.errors.length === 0) put(draft);
    return r.errors;
  },
});

const units = kindOf(unitColumns, ['id', 'name'], (r, ctx) => {
  const unit = present({
    id: r.required('id', id),
    name: r.required('name', v.words),
    uscc: r.optional('uscc', v.uscc),
    parent: r.optional('parent', id),
    kind: r.optional('kind', wordOf(kinds)) ?? 'agency',
    field: r.optional('field', wordOf(fieldIds)),
    until: r.optional('until', v.lastDay(ctx)),
    mergedInto: r.optional('mergedInto', id),
  });
  return (draft) => void draft.units.push(unit as Unit);
});

const people = kindOf(personColumns, ['id', 'name', 'role'], (r, ctx) => {
  const personId = r.required('id', id);
  const person = present({ id: personId, name: r.required('name', v.words), phone: r.optional('phone', v.phone) });
  const term = present({ role: r.required('role', wordOf(roleNames)), unit: r.required('unit', id), title: r.optional('title', v.words), from: r.required('from', v.lastDay(ctx)), to: r.optional('to', v.lastDay(ctx)) });
  return (draft) => {
    const before = draft.people.get(person.id ?? '');
    draft.people.set(person.id ?? '', { ...(person as Omit<Person, 'terms'>), ...before, terms: [...(before?.terms ?? []), term as Term] });
  };
});

const delegations = kindOf(delegationColumns, ['from', 'to', 'document'], (r, ctx) => {
  const one = {
    from: r.required('from', id),
    to: r.required('to', id),
    role: r.required('role', wordOf(roleNames)),
    unit: r.required('unit', id),
    since: r.required('since', v.lastDay(ctx)),
    until: r.required('until', v.lastDay(ctx)),
    document: r.required('document', id),
  };
  return (draft) => void draft.delegations.push(one as Delegation);
});

const conflicts = kindOf(conflictColumns, ['person', 'unit'], (r) => {
  const one = { person: r.required('person', id), unit: r.required('unit', id), reason: r.required('reason', v.words) };
  return (draft) => void draft.conflicts.push(one as Directory['conflicts'][number]);
});

const settings = kindOf(settingColumns, ['prefix'], (r) => {
  const one = present({ name: r.optional('name', v.words), prefix: r.optional('prefix', v.code), fictional: r.optional('fictional', v.yesNo) });
  return (draft) => void Object.assign(draft.settings, one);
});

const sheetKinds: readonly SheetKind[] = [settings, delegations, conflicts, people, units];

/** @param ctx its directory is the one in force: its name and prefix stay where the workbook does not say */
export async function readDirectory(file: SourceFile, ctx: MapContext): Promise<ReadDirectory> {
  const draft: Draft = { units: [], people: new Map(), delegations: [], conflicts: [], settings: {} };
  const errors: RowError[] = [];
  for await (const sheet of file.sheets()) {
    const kind = kindOfSheet(sheet);
    if (!kind) continue;
    const binding = bind(kind.columns, sheet.headers);
    for await (const row of sheet.rows()) errors.push(...(row.broken === undefined ? kind.read(row, binding, draft, ctx) : [errorOf(row, null, '', 'BROKEN-ROW', row.broken)]));
  }
  const { name, prefix, fictional } = { ...ctx.directory, ...draft.settings };
  return { directory: { ...ctx.directory, name, prefix, fictional, units: draft.units, people: [...draft.people.values()], delegations: draft.delegations, conflicts: draft.conflicts }, errors };
}

const kindOfSheet = (sheet: SourceSheet): SheetKind | undefined =>
  sheetKinds.find((kind) => {
    const { header } = bind(kind.columns, sheet.headers);
    return kind.needs.every((key) => header[key] !== undefined);
  });
