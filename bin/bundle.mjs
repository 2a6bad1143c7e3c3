/**
 * The command line in a few files: hundreds of TypeScript modules take seconds to load one by one. Made when a source has changed, kept
 * below node_modules/.cache, never needed: where it cannot be made or kept, the sources run as they are.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'node_modules', '.cache', 'xiaohao-cli');
const list = join(folder, 'sources.json');

/** Size and time of a file; what is gone has none. */
const stamp = (path) => {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  return found ? `${found.size} ${found.mtimeMs}` : '';
};

/** The file made last, when every source is as it was then; null otherwise. */
function current() {
  try {
    const { file, sources } = JSON.parse(readFileSync(list, 'utf8'));
    return Object.entries(sources).every(([path, was]) => stamp(path) === was) && statSync(join(folder, file)).size > 0 ? join(folder, file) : null;
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
    entryPoints: [join(root, 'cli', 'main.ts')], absWorkingDir: root, outdir, bundle: true, splitting: true, packages: 'external', format: 'esm', platform: 'node', target: 'node20',
    plugins: [whereTheyWere], write: false, metafile: true, logLevel: 'silent', outExtension: { '.js': '.mjs' },
  });
  const sources = Object.fromEntries([...Object.keys(metafile.inputs), 'bin/bundle.mjs', 'package.json'].map((path) => [path, stamp(path)]));
  const hash = createHash('sha256');
  for (const { contents } of outputFiles) hash.update(contents);
  const name = `cli-${hash.digest('hex').slice(0, 16)}`;
  mkdirSync(join(folder, name), { recursive: true });
  for (const { path, contents } of outputFiles) write(join(folder, name, relative(outdir, path)), contents);
  write(list, JSON.stringify({ file: join(name, 'main.mjs'), sources }));
  forget();
  return join(folder, name, 'main.mjs');
}

/** Files of before, but for the last few: a command that runs may still want a part of its own. */
function forget() {
  const made = readdirSync(folder).filter((name) => name.startsWith('cli-')).map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }));
  for (const { name } of made.sort((a, b) => b.at - a.at).slice(3)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Whole or not at all: several commands may do this at once. */
function write(path, contents) {
  const part = `${path}.${process.pid}`;
  writeFileSync(part, contents);
  renameSync(part, path);
}

/** @returns {Promise<string | null>} the file to import, null when the sources have to run as they are */
export async function commandLine() {
  try {
    return current() ?? (await make());
  } catch {
    return null;
  }
}
