/**
 * Writes the files that come from `cases/casetable.yaml`, the state table of a rectification case:
 *   schemas/vocabulary.ts   ids and texts of roles, stages, rules, documents
 *   cases/table.ts          the rows, with actor expressions and aliases resolved
 * Run by `npm run generate`; a unit test compares the files with what this module renders.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

type Words = { zh: string; en: string };
type Yaml = {
  aliases: { states: Record<string, string[] | string>; roles: Record<string, string[]> };
  roles: Record<string, Words & { side: string }>;
  states: Record<string, Words & { kind: string; unitView: string | null }>;
  regions: Record<string, { zh: string; states: string[] }>;
  rules: Record<string, Words & { test?: string; engine?: boolean }>;
  documents: Record<string, { zh: string; kind: string }>;
  conditions: Record<string, string>;
  effects: Record<string, string>;
  transitions: YamlRow[];
};
type YamlRow = {
  row: string; part: string; from: string[]; command: string; zh: string; en: string; actor: string;
  guards: (string | { rule: string; when: string })[]; to: string | { if?: string; to: string }[];
  with?: Record<string, unknown>; limit: unknown; visible: string; do: string[]; docs: string[]; notify: string[];
};

const root = new URL('../', import.meta.url);
export const readTable = (): Yaml => parse(readFileSync(new URL('cases/casetable.yaml', root), 'utf8')) as Yaml;

/** Step of an actor expression: any of these roles, under a condition or always. */
export type ActorStep = { roles: string[]; if?: string };

/** `X/Y`, `X→Y`, `X(+Y if c)`, `X→Y(+Z if c)`; `@next` and `@proposer` give no step (they depend on the proposal). */
export const parseActor = (text: string, aliases: Record<string, string[]>): ActorStep[] => {
  if (text.startsWith('@')) return [];
  const rolesOf = (part: string) => part.split('/').flatMap((r) => aliases[r.trim()] ?? [r.trim()]);
  return text.split('→').flatMap((part) => {
    const m = /^([^(]+?)\(\+(\S+) if (\w+)\)$/.exec(part.trim());
    if (!m) return [{ roles: rolesOf(part) }];
    return [{ roles: rolesOf(m[1] as string) }, { roles: rolesOf(m[2] as string), if: m[3] as string }];
  });
};

/** Sources of a row, aliases resolved; a row that starts no case-stage (`from: []`) starts from `uncaptured`. */
export const sourcesOf = (from: string[], t: Yaml): string[] => {
  if (from.length === 0) return ['uncaptured'];
  const kinds = { anyOpen: ['open'], notFinal: ['open', 'settled'] } as Record<string, string[]>;
  const all = from.flatMap((s) => {
    const kind = kinds[s];
    if (kind) return Object.entries(t.states).filter(([, d]) => kind.includes(d.kind)).map(([id]) => id);
    const alias = t.aliases.states[s];
    return Array.isArray(alias) ? alias : [s];
  });
  return [...new Set(all)];
};

const banner = '// Generated from cases/casetable.yaml by `npm run generate`: change the table, not this file.\n';
const json = (v: unknown) => JSON.stringify(v);

export const renderVocabulary = (t: Yaml): string => {
  const words = (o: Record<string, Words>, more: (id: string) => string = () => '') =>
    Object.entries(o).map(([id, w]) => `  ${json(id)}: { zh: ${json(w.zh)}, en: ${json(w.en)}${more(id)} },`).join('\n');
  const commands: Record<string, { zh: string[]; rows: string[] }> = {};
  for (const r of t.transitions) {
    const c = (commands[r.command] ??= { zh: [], rows: [] });
    c.rows.push(r.row);
    if (!c.zh.includes(r.zh)) c.zh.push(r.zh);
  }
  const cmd = Object.entries(commands).map(([id, c]) => `  ${id}: { rows: ${json(c.rows)}, zh: ${json(c.zh.join('/'))} },`).join('\n');
  return `${banner}
/** Roles (角色): who may act, and on which side they stand. */
export const roles = {
${words(t.roles, (id) => `, side: ${json(t.roles[id]?.side)}`)}
} as const;

/** Stages (环节): open, settled (办结, may still come back) or final; \`unitView\` is what the unit is shown. */
export const stages = {
${words(t.states, (id) => `, kind: ${json(t.states[id]?.kind)}, unitView: ${json(t.states[id]?.unitView ?? null)}`)}
} as const;

/** Rules (规则): a command that breaks one is refused with its id. */
export const rules = {
${words(t.rules)}
} as const;

/** Documents (文书): each row's document exists as a record before the state changes. */
export const documents = {
${Object.entries(t.documents).map(([id, d]) => `  ${id}: { zh: ${json(d.zh)}, kind: ${json(d.kind)} },`).join('\n')}
} as const;

/** Commands (操作): the rows of the table they stand for, and their Chinese names. */
export const commands = {
${cmd}
} as const;
`;
};

export const renderRows = (t: Yaml): string => {
  const rows = t.transitions.map((r) => {
    const to = typeof r.to === 'string' ? [{ to: r.to }] : r.to;
    const guards = r.guards.map((g) => (typeof g === 'string' ? { rule: g } : g));
    const row = { row: r.row, part: r.part, from: sourcesOf(r.from, t), command: r.command, zh: r.zh, en: r.en, actor: r.actor,
      steps: parseActor(r.actor, t.aliases.roles), guards, to, with: r.with ?? {}, limit: r.limit, visible: r.visible, do: r.do, docs: r.docs, notify: r.notify };
    return `  ${json(row)},`;
  });
  return `${banner}import type { Row } from './row.ts';

export const rows: readonly Row[] = [
${rows.join('\n')}
];
`;
};

export const rendered = (t = readTable()): Record<string, string> => ({
  'schemas/vocabulary.ts': renderVocabulary(t),
  'cases/table.ts': renderRows(t),
});

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, text] of Object.entries(rendered())) writeFileSync(new URL(file, root), text);
