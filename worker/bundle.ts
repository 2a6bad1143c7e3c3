import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));

export type BundleWish = {
  /** Bundles are kept here under the hash of what they were made of. */
  cacheDir?: string;
  /** Another entry, and more preloaded modules: for tests. */
  workflowsPath?: string;
  preload?: readonly string[];
};
type WebpackConfig = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

/**
 * The workflow code as one file, built once for the same sources. Core and schemas are preloaded, so that all cases share them, and
 * XState is its production build.
 * @returns the file's path
 */
export async function workflowBundle(wish: BundleWish = {}): Promise<string> {
  const cacheDir = wish.cacheDir ?? join(root, 'node_modules', '.cache', 'xiaohao');
  const path = join(cacheDir, `workflows-${await contentHash(wish)}.js`);
  if (await isFile(path)) return path;
  const { code } = await bundleWorkflowCode(bundleOptions(wish));
  await mkdir(cacheDir, { recursive: true });
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  await writeFile(part, code);
  await rename(part, path).catch((error: unknown) => rm(part, { force: true }).then(() => Promise.reject(error)));
  return path;
}

const bundleOptions = ({ workflowsPath, preload = [] }: BundleWish): BundleOptions => ({
  workflowsPath: workflowsPath ?? join(root, 'workflows', 'index.ts'),
  workflowInterceptorModules: [join(root, 'workflows', 'whole-tasks.ts')],
  preloadModules: [join(root, 'workflows', 'core.ts'), ...preload],
  logger: new DefaultLogger('ERROR'),
  webpackConfigHook: (config) => ({
    ...config,
    // Readable, so that a stack trace of a case says something; the SDK's own mode is development, with XState's development build.
    mode: 'production',
    optimization: { ...config.optimization, minimize: false },
    module: { ...config.module, rules: ourSourcesToo(config) },
  }),
});

type Rules = NonNullable<NonNullable<WebpackConfig['module']>['rules']>;
/**
 * The SDK's rule for TypeScript, for our sources also where they lie under node_modules because we were installed as a dependency; and
 * for a Node of today: private members as such, not as a dozen WeakMaps for each case.
 */
const ourSourcesToo = (config: WebpackConfig): Rules =>
  (config.module?.rules ?? []).map((rule) =>
    typeof rule === 'object' && rule !== null && rule.test instanceof RegExp && rule.test.test('case.ts')
      ? {
          test: /\.ts$/,
          exclude: isForeign,
          use: { loader: swcLoader(), options: { sourceMap: true, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } } },
        }
      : rule,
  );
const isForeign = (path: string): boolean => relative(root, path).split(sep).includes('node_modules');
/** The one that the SDK itself uses. */
const swcLoader = (): string => createRequire(createRequire(import.meta.url).resolve('@temporalio/worker')).resolve('swc-loader');

/** What the bundle is made of: our sources, the versions of the packages in it, and what was wished. */
async function contentHash({ workflowsPath, preload = [] }: BundleWish): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([workflowsPath, preload]));
  const extra = [...(workflowsPath ? [workflowsPath] : []), ...preload];
  const own = await Promise.all(['workflows', 'cases', 'schemas'].map((folder) => sourcesUnder(join(root, folder))));
  for (const path of [...own.flat().sort(), ...extra, fileURLToPath(import.meta.url)])
    hash
      .update(relative(root, path))
      .update('\0')
      .update(await readFile(path));
  for (const name of ['@temporalio/worker', '@temporalio/workflow', 'xstate', 'zod', 'canonicalize', '@noble/hashes'])
    hash.update(`${name}@${await versionOf(name)}\n`);
  return hash.digest('hex').slice(0, 20);
}

async function sourcesUnder(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true });
  return found.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

/** Of the package as it is found from here, wherever it was hoisted to. */
async function versionOf(name: string): Promise<string> {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const text = await readFile(join(folder, name, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return String((JSON.parse(text) as { version?: unknown }).version);
  }
  throw new Error(`cannot find ${name} from ${dirname(fileURLToPath(import.meta.url))}`);
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
