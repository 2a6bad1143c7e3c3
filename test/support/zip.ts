/** A zip and a spreadsheet made by hand, so that a test can say what no library would write. */
import { crc32, deflateRawSync } from 'node:zlib';

export type Part = {
  readonly name: string;
  readonly data: string | Buffer;
  readonly stored?: boolean;
  /** Lies about the unpacked size. */
  readonly claims?: number;
};

const u16 = (n: number): Buffer => Buffer.from([n & 255, (n >> 8) & 255]);
const u32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n >>> 0);
  return bytes;
};

/** Local and central header of one part share these fields. */
function fields(part: Part, data: Buffer, packed: Buffer): Buffer {
  const size = part.claims ?? data.length;
  const head = [u16(20), u16(0x800), u16(part.stored ? 0 : 8), u16(0), u16(33), u32(crc32(data)), u32(packed.length), u32(size)];
  return Buffer.concat([...head, u16(Buffer.byteLength(part.name)), u16(0)]);
}

export function zip(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const data = Buffer.from(part.data);
    const packed = part.stored ? data : deflateRawSync(data);
    const name = Buffer.from(part.name);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), fields(part, data, packed), name, packed]);
    local.push(entry);
    central.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), u16(20), fields(part, data, packed), u16(0), u16(0), u16(0), u32(0), u32(offset), name]),
    );
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = [Buffer.from('PK\x05\x06'), u16(0), u16(0), u16(parts.length), u16(parts.length), u32(directory.length), u32(offset), u16(0)];
  return Buffer.concat([...local, directory, ...end]);
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const relations = (list: readonly [string, string, string][]): string =>
  `${declaration}<Relationships>${list.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`).join('')}</Relationships>`;

export type ByHand = {
  /** What stands in <sheetData>, one for each sheet. */
  readonly sheets: readonly string[];
  readonly after?: string;
  readonly strings?: string;
  readonly styles?: string;
  readonly workbook?: string;
  readonly before?: string;
  readonly more?: readonly Part[];
};

/** The parts of a spreadsheet; each may be replaced by name. */
export function parts({ sheets, after = '', strings, styles, workbook = '', before = '', more = [] }: ByHand): Part[] {
  const sheetXml = (data: string): string =>
    `${declaration}${before}<worksheet xmlns="${main}"><sheetData>${data}</sheetData>${after}</worksheet>`;
  const listed = sheets.map((_, i) => `<sheet name="表${i + 1}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('');
  const own: Part[] = [
    { name: '_rels/.rels', data: relations([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      data: `${declaration}<workbook xmlns="${main}" xmlns:r="${office}">${workbook}<sheets>${listed}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations([
        ...sheets.map((_, i): [string, string, string] => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`]),
        ['rId98', 'sharedStrings', 'sharedStrings.xml'],
        ['rId99', 'styles', '/xl/styles.xml'],
      ]),
    },
    ...sheets.map((data, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, data: sheetXml(data) })),
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: `${declaration}<sst xmlns="${main}">${strings}</sst>` }]),
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', data: `${declaration}<styleSheet xmlns="${main}">${styles}</styleSheet>` }]),
  ];
  return [...own.filter((p) => !more.some((m) => m.name === p.name)), ...more];
}

/** An inline text cell, and a row of them. */
export const textCell = (ref: string, text: string): string => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
export const textRow = (row: number, ...texts: string[]): string =>
  `<row r="${row}">${texts.map((t, i) => (t === '' ? '' : textCell(`${String.fromCharCode(65 + i)}${row}`, t))).join('')}</row>`;
