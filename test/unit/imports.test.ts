/** Which way imports point, and what the pure folders must not do. Small examples keep the checks themselves honest. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf, ownTarget, packageOf, root, type Source, sourcesUnder, withoutComments } from '../support/source.ts';

type Rule = {
  /** Folders, or single files, of ours. */
  own: readonly string[];
  /** Only as `import type`. */
  types?: readonly string[];
  packages: readonly string[];
};

const pure = ['zod', 'canonicalize', '@noble/hashes'];

/** A folder leans on these and nothing else. Nothing leans on `test` and `bench`; `cli` is leaned on by nobody. */
const matrix: Record<string, Rule> = {
  schemas: { own: [], packages: pure },
  cases: { own: ['schemas'], packages: [...pure, 'xstate'] },
  ledger: { own: ['schemas'], packages: [...pure, 'node:*', 'pg', '@electric-sql/pglite'] },
  workflows: { own: ['schemas', 'cases'], types: ['activities'], packages: ['zod', '@temporalio/workflow', '@temporalio/common'] },
  activities: {
    own: ['schemas', 'ledger'],
    types: ['workflows'],
    packages: ['zod', 'node:*', '@temporalio/activity', '@temporalio/common', '@temporalio/client'],
  },
  worker: {
    own: ['schemas', 'workflows', 'activities', 'ledger', 'client'],
    packages: ['zod', 'node:*', '@temporalio/worker', '@temporalio/common', '@temporalio/client'],
  },
  // Reading rights and civil dates are the core's: the client asks the same table and calendar as the machine.
  client: { own: ['schemas', 'cases', 'workflows/messages.ts', 'ledger'], packages: ['zod', 'node:*', '@temporalio/client', '@temporalio/common'] },
  // One module knows the spreadsheet library (export/book.ts); columns and the guard against formulas are the importer's too.
  export: { own: ['schemas', 'cases'], packages: ['node:*', '@cj-tech-master/excelts'] },
  import: {
    own: ['schemas', 'cases', 'ledger', 'client', 'export/column.ts', 'export/columns.ts', 'export/guard.ts', 'export/cell.ts'],
    packages: ['zod', 'node:*', 'yaml', 'saxes', 'yauzl', '@cj-tech-master/excelts'],
  },
  demo: {
    own: ['schemas', 'cases', 'client', 'import', 'export', 'ledger', 'worker', 'tools', 'workflows/messages.ts'],
    packages: ['node:*', 'string-width', '@temporalio/client'],
  },
  cli: {
    own: ['schemas', 'cases', 'client', 'import', 'export', 'ledger', 'worker', 'tools', 'demo'],
    packages: ['zod', 'node:*', 'commander', 'string-width', '@temporalio/client', '@temporalio/worker'],
  },
  tools: {
    own: ['schemas', 'cases'],
    packages: ['node:*', 'yaml', 'pg', 'tsx', '@temporalio/client', '@temporalio/testing'],
  },
};

const all = Object.keys(matrix).flatMap(sourcesUnder);

function isUnder(target: string, places: readonly string[]): boolean {
  return places.some((place) => target === place || target.startsWith(`${place}/`));
}

/** The imports of a file that its folder's rule does not allow. */
function wrongImports(source: Source): string[] {
  const rule = matrix[source.folder];
  if (rule === undefined) return [`${source.path}: no rule`];
  return source.imports
    .filter(({ specifier, typeOnly }) => {
      const target = ownTarget(source, specifier);
      if (target === undefined) return !rule.packages.includes(packageOf(specifier));
      return !isUnder(target, [source.folder, ...rule.own, ...(typeOnly ? (rule.types ?? []) : [])]);
    })
    .map(({ specifier }) => `${source.path} -> ${specifier}`);
}

/** State outside functions, which all cases in a worker would share. */
function moduleState(text: string): string[] {
  const found = [
    ...text.matchAll(/^(?:export\s+)?(?:let|var)\s.*$/gm),
    ...[...text.matchAll(/^(?:export\s+)?const\s+\w+(\s*:[^=]+)?\s*=\s*new (?:Map|Set|WeakMap|WeakSet|Array)\b.*$/gm)].filter(
      ([, annotation]) => !/Readonly(?:Map|Set|Array)/.test(annotation ?? ''),
    ),
    ...text.matchAll(/^(?:export\s+)?const\s+\w+(?:\s*:[^=]+)?\s*=\s*(?:\{\s*\}|\[\s*\]|Object\.create\(null\))(?:\s+(?:as|satisfies)\s[^;]*)?;?$/gm),
    ...text.matchAll(/^\s+static\s+(?!readonly\b)#?\w+\s*(?::[^=(]+)?=.*$/gm),
    ...text.matchAll(/^\s*globalThis\b.*$/gm),
  ];
  return found.map(([line]) => line.trim());
}

/** What lint cannot say: the clock read through a constructor. */
function clockReads(text: string): string[] {
  return [...text.matchAll(/\bnew Date\(\s*\)|(?<![\w.])Date\(\s*\)|\bperformance\.now\(/g)].map(([match]) => match);
}

/** Circles among files, each as `a -> b -> a`. A type alone makes no circle: it is gone at run time. */
function circles(sources: readonly Source[]): string[] {
  const edges = new Map(sources.map((source) => [source.path, targets(source)]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    state.set(path, 'open');
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}

function targets(source: Source): string[] {
  return source.imports.flatMap(({ specifier, typeOnly }) => (typeOnly ? [] : (ownTarget(source, specifier) ?? [])));
}

describe('imports point one way', () => {
  it('every folder leans only on what its line allows', () => {
    expect(all.flatMap(wrongImports)).toEqual([]);
  });

  it('every folder with sources has a line', () => {
    const outside = new Set(['test', 'bench', 'node_modules', 'dist', 'docs', 'bin']);
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !outside.has(entry.name))
      .map((entry) => entry.name)
      .filter((folder) => sourcesUnder(folder).length > 0);
    expect(folders.filter((folder) => matrix[folder] === undefined)).toEqual([]);
  });

  it('there are no circles among files', () => {
    expect(circles(all)).toEqual([]);
  });

  it('the check sees a forbidden import, a value where only a type is allowed, and a circle', () => {
    const file = (path: string, text: string): Source => ({ path, folder: path.split('/')[0] ?? '', text, imports: importsOf(text) });
    expect(wrongImports(file('cases/a.ts', "import { readFile } from 'node:fs/promises';"))).toHaveLength(1);
    expect(wrongImports(file('cases/a.ts', "export * from '../ledger/entry.ts';"))).toHaveLength(1);
    expect(wrongImports(file('cases/a/b.ts', "import {\n  type Case,\n} from '../../schemas/index.ts';"))).toEqual([]);
    expect(wrongImports(file('workflows/a.ts', "import type { Activities } from '../activities/index.ts';"))).toEqual([]);
    expect(wrongImports(file('workflows/a.ts', "import { createActivities } from '../activities/index.ts';"))).toHaveLength(1);
    expect(wrongImports(file('client/a.ts', "import { caseWorkflow } from '../workflows/case.ts';"))).toHaveLength(1);
    const round = [file('cases/a.ts', "import { b } from './b.ts';"), file('cases/b.ts', "import { a } from './a.ts';")];
    expect(circles(round)).toEqual(['cases/a.ts -> cases/b.ts -> cases/a.ts']);
  });
});

/** What would have an effect before Temporal has stored the acceptance it belongs to. */
const hasty = (text: string): string[] => [...text.matchAll(/\b(?:proxy|schedule)LocalActivit\w+/g)].map(([match]) => match);

describe('workflows', () => {
  const workflows = sourcesUnder('workflows');

  it('run no local activity: what outlives its task waits until the task is stored', () => {
    expect(workflows.flatMap((source) => hasty(source.text).map((what) => `${source.path}: ${what}`))).toEqual([]);
    expect(hasty('proxyLocalActivities<A>({}); scheduleLocalActivity(); proxyActivities()')).toHaveLength(2);
  });

  it('have no default handler, which would take in what nobody knows', () => {
    expect(workflows.filter((source) => /\bsetDefault\w*Handler\b/.test(source.text)).map((source) => source.path)).toEqual([]);
  });

  it('have validators that are not async: one that throws would fail the task', () => {
    expect(workflows.filter((source) => /validator:\s*async\b/.test(source.text)).map((source) => source.path)).toEqual([]);
  });
});

describe('what is shared by all cases of a worker', () => {
  // The module that is preloaded is one of the workflows'.
  const core = [...sourcesUnder('schemas'), ...sourcesUnder('cases'), ...sourcesUnder('workflows')];

  it('hold no module-level mutable state', () => {
    expect(core.flatMap((source) => moduleState(source.text).map((line) => `${source.path}: ${line}`))).toEqual([]);
  });

  it('read no clock through a constructor', () => {
    const read = core.flatMap((source) =>
      clockReads(source.text).map((what) => `${source.path}: ${what}`),
    );
    expect(read).toEqual([]);
  });

  it('the check sees state and clock reads, and lets constants pass', () => {
    expect(moduleState('const all = [] as string[];\nconst byId = Object.create(null);\nclass A {\n  static count = 0;\n  static readonly name = 1;\n}\nglobalThis.x = 1;')).toHaveLength(4);
    expect(moduleState('let count = 0;\nexport var other = 1;\nconst seen = new Set<string>();\nexport const cache = {};')).toHaveLength(4);
    expect(
      moduleState('const names: ReadonlySet<string> = new Set(["a"]);\nexport const table = { a: 1 };\nfunction f() {\n  let x = 1;\n}'),
    ).toEqual([]);
    expect(clockReads('new Date(); new Date(5); Date(); isDate(); toDate()')).toEqual(['new Date()', 'Date()']);
    expect(withoutComments("const a = 'http://x'; // new Date()\n/* let b */")).not.toMatch(/new Date|let b/);
    expect(withoutComments("const a = 'http://x';")).toContain('http://x');
  });
});
