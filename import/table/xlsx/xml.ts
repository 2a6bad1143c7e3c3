import { SaxesParser } from 'saxes';
import { badFile } from '../limits.ts';
import { broken } from './package.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What a reader of a part is told. Names are local: prefixes differ from program to program. */
export type Handler = {
  open(name: string, attributes: Attributes): void;
  text(text: string): void;
  close(name: string): void;
};

/** A tag or a text may be so long, and tags so deep, and not more: a parser has to keep them whole. */
const longest = 2 ** 20;
const deepest = 64;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Feeds one part to a handler, and gives control back after each piece. Document types are refused: whoever may declare entities can
 * make a gigabyte of a line (billion laughs), and no spreadsheet has one.
 */
export async function* parse(texts: AsyncIterable<string>, handler: Handler): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let [since, depth] = [0, 0];
  const seen =
    <T extends unknown[]>(act: (...args: T) => void) =>
    (...args: T): void => {
      since = 0;
      act(...args);
    };
  parser.on('doctype', () => {
    throw badFile('含有文档类型声明 (DTD)', 'it declares a document type (DTD)');
  });
  parser.on('error', () => {
    throw broken();
  });
  parser.on(
    'comment',
    seen(() => undefined),
  );
  parser.on(
    'processinginstruction',
    seen(() => undefined),
  );
  parser.on(
    'opentag',
    seen((tag) => {
      if ((depth += 1) > deepest) throw broken();
      handler.open(local(tag.name), tag.attributes as Attributes);
    }),
  );
  parser.on(
    'closetag',
    seen((tag) => {
      depth -= 1;
      handler.close(local(tag.name));
    }),
  );
  parser.on(
    'text',
    seen((text) => handler.text(text)),
  );
  parser.on(
    'cdata',
    seen((text) => handler.text(text)),
  );
  for await (const text of texts) {
    parser.write(text);
    if ((since += text.length) > longest) throw badFile('XML 片段过长', 'a piece of XML is too long');
    yield;
  }
  parser.close();
  yield;
}

/** The whole of a small part. */
export async function parseAll(texts: AsyncIterable<string>, handler: Handler): Promise<void> {
  for await (const _ of parse(texts, handler));
}

/** An attribute by its local name: r:id and id are the same. */
export const attribute = (attributes: Attributes, name: string): string | undefined =>
  attributes[name] ?? Object.entries(attributes).find(([key]) => local(key) === name)?.[1];
