import { type Package, broken, relationsPath, resolvePart } from './package.ts';
import type { Epoch } from './serial.ts';
import { attribute, parseAll } from './xml.ts';

export type SheetPart = { readonly name: string; readonly hidden: boolean; readonly path: string };
export type Workbook = {
  readonly sheets: readonly SheetPart[];
  readonly epoch: Epoch;
  readonly strings?: string;
  readonly styles?: string;
};

type Relation = { readonly id: string; readonly kind: string; readonly path: string };

/** The neighbours of a part. Kinds are the last word of their address, which differs between the strict and the usual form. */
async function relationsOf(parts: Package, part: string): Promise<Relation[]> {
  const path = relationsPath(part);
  const found: Relation[] = [];
  if (!parts.has(path)) return found;
  await parseAll(parts.text(path), {
    open: (name, attributes) => {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const [id = '', type = '', target = ''] = ['Id', 'Type', 'Target'].map((key) => attribute(attributes, key));
      found.push({ id, kind: type.slice(type.lastIndexOf('/') + 1), path: resolvePart(part, target) });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return found;
}

type Listed = { name: string; hidden: boolean; id: string };

async function listed(parts: Package, path: string): Promise<{ sheets: Listed[]; epoch: Epoch }> {
  const sheets: Listed[] = [];
  let epoch: Epoch = 1900;
  await parseAll(parts.text(path), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr' && ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')) epoch = 1904;
      if (tag !== 'sheet') return;
      const [name = '', state = 'visible', id = ''] = [
        attributes['name'],
        attributes['state'],
        Object.entries(attributes).find(([k]) => k.endsWith(':id'))?.[1],
      ];
      sheets.push({ name, hidden: state !== 'visible', id });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return { sheets, epoch };
}

/** Which parts hold the sheets, strings and styles. Charts and macros are no sheets. @throws BAD-INPUT where it is no spreadsheet */
export async function readWorkbook(parts: Package): Promise<Workbook> {
  const path = (await relationsOf(parts, '')).find((r) => r.kind === 'officeDocument')?.path;
  if (path === undefined || !parts.has(path)) throw broken();
  const relations = await relationsOf(parts, path);
  const { sheets, epoch } = await listed(parts, path);
  const found = sheets.flatMap(({ name, hidden, id }) => {
    const part = relations.find((r) => r.id === id && r.kind === 'worksheet')?.path;
    return part === undefined || !parts.has(part) ? [] : [{ name, hidden, path: part }];
  });
  const pathOf = (kind: string): string | undefined => relations.find((r) => r.kind === kind)?.path;
  const [strings, styles] = [pathOf('sharedStrings'), pathOf('styles')];
  return { sheets: found, epoch, ...(strings ? { strings } : {}), ...(styles ? { styles } : {}) };
}
