/**
 * What runs as processes and threads of their own, in a few files: hundreds of TypeScript modules take seconds to load one by one. Made
 * when a source has changed, kept below node_modules/.cache, never needed: where they cannot be made or kept, the sources run as they are.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'node_modules', '.cache', 'xiaohao-made');
const list = join(folder, 'sources.json');
/** The command line, and the thread of the embedded ledger; what both use is there once. */
const entries = ['cli/main.ts', 'ledger/pglite/host.ts'];
/** Left where they are: what has parts outside JavaScript, what is loaded only where it is wanted, and what is no module of this kind. */
const apart = ['@temporalio/*', '@electric-sql/pglite', '@cj-tech-master/excelts', 'esbuild', 'tsx', 'pg', 'yaml', 'commander', 'yauzl', 'saxes'];
const fileOf = (name, entry) => join(folder, name, entry.replace(/\.ts$/, '.mjs'));

/** Size and time of a file; what is gone has none. */
const stamp = (path) => {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  return found ? `${found.size} ${found.mtimeMs}` : '';
};

/** What was made last, when every source is as it was then; null otherwise. */
function current() {
  try {
    const { name, sources } = JSON.parse(readFileSync(list, 'utf8'));
    const whole = entries.every((entry) => statSync(fileOf(name, entry)).size > 0);
    return whole && Object.entries(sources).every(([path, was]) => stamp(path) === was) ? name : null;
  } catch {
    return null;
  }
}

/** Sources find their data beside themselves, wherever the one file lies. */
const whereTheyWere = {
  name: 'where-they-were',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({ loader: 'ts', contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)) }));
  },
};

async function make() {
  const { build } = await import('esbuild');
  const outdir = join(folder, 'out');
  const { outputFiles, metafile } = await build({
    entryPoints: entries.map((entry) => join(root, entry)), absWorkingDir: root, outbase: root, outdir, bundle: true, splitting: true, external: apart, format: 'esm', platform: 'node', target: 'node20',
    plugins: [whereTheyWere], write: false, metafile: true, logLevel: 'silent', outExtension: { '.js': '.mjs' },
  });
  // Packages change with their list alone: each command looks at our own sources, and not at a hundred of theirs.
  const own = Object.keys(metafile.inputs).filter((path) => !path.startsWith('node_modules/'));
  const sources = Object.fromEntries([...own, 'bin/bundle.mjs', 'package.json', 'package-lock.json'].map((path) => [path, stamp(path)]));
  const hash = createHash('sha256');
  for (const { contents } of outputFiles) hash.update(contents);
  const name = `made-${hash.digest('hex').slice(0, 16)}`;
  for (const { path, contents } of outputFiles) write(join(folder, name, relative(outdir, path)), contents);
  write(list, JSON.stringify({ name, sources }));
  forget();
  return name;
}

/** Files of before, but for the last few: what runs may still want a part of its own. */
function forget() {
  const made = readdirSync(folder).filter((name) => name.startsWith('made-')).map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }));
  for (const { name } of made.sort((a, b) => b.at - a.at).slice(3)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Whole or not at all: several processes may do this at once. */
function write(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}`;
  writeFileSync(part, contents);
  renameSync(part, path);
}

/** @returns {Promise<string | null>} the file to import for one of the entries, null when the sources have to run as they are */
export async function madeOf(entry) {
  try {
    return fileOf(current() ?? (await make()), entry);
  } catch {
    return null;
  }
}

/** Runs one of the entries. */
export async function run(entry) {
  const made = process.env['XIAOHAO_FROM_SOURCES'] === '1' ? null : await madeOf(entry);
  if (made === null) (await import('tsx/esm/api')).register();
  await import(pathToFileURL(made ?? join(root, entry)).href);
}
