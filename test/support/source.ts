import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export type Import = { specifier: string; typeOnly: boolean };
export type Source = { /** path from the root, with slashes */ path: string; folder: string; text: string; imports: Import[] };

/** Every TypeScript file under a folder of the repository. A folder that does not exist yet is empty. */
export function sourcesUnder(folder: string): Source[] {
  return filesUnder(join(root, folder)).map((file) => {
    const text = withoutComments(readFileSync(file, 'utf8'));
    return { path: relative(root, file), folder, text, imports: importsOf(text) };
  });
}

/** Static imports, re-exports and `import('...')` with a literal. */
export function importsOf(text: string): Import[] {
  const statements = text.matchAll(/^[ \t]*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  const calls = text.matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'/g);
  return [...statements, ...calls].map(([, typeOnly, specifier]) => ({ specifier: specifier ?? '', typeOnly: typeOnly !== undefined }));
}

/** Where an import leads: a path from the root for our own files, undefined for a package. */
export function ownTarget(source: Source, specifier: string): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(source.path), specifier)) : undefined;
}

/** `@scope/name/inner` -> `@scope/name`; `node:fs/promises` -> `node:*`. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:*';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Keeps strings, which may hold `//`. */
export function withoutComments(text: string): string {
  return text.replace(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, kept: string | undefined) => kept ?? '',
  );
}

function filesUnder(folder: string): string[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.m?ts$/.test(entry.name) && !entry.name.endsWith('.d.mts') ? [path] : [];
  });
}
