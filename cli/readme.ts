/**
 * Parts of a README that are made from something else, between `<!-- name -->` and `<!-- /name -->`. A test compares them with what
 * this renders, and says with which command to write them again.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { mermaid } from './chart.ts';

const root = new URL('../', import.meta.url);
export const readmes = ['README.md', 'README.zh-CN.md'] as const;
const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trim()}\n\`\`\``;
const file = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

/** The text between the marks; null when they are not there. */
export function partOf(text: string, name: string): string | null {
  return new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(text)?.[1] ?? null;
}

/** The README with its generated parts as they should be. */
export async function rendered(path: (typeof readmes)[number]): Promise<string> {
  const parts = { chart: fenced('mermaid', mermaid()), embed: fenced('ts', await file('docs/examples/embed.ts')) };
  const put = (text: string, [name, body]: [string, string]): string => text.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), (_, open: string, close: string) => `${open}${body}\n${close}`);
  return Object.entries(parts).reduce(put, await file(path));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const path of readmes) await writeFile(new URL(path, root), await rendered(path));
