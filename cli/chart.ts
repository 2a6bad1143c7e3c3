import { currentVersion, machineOf } from '../cases/index.ts';
import { type StageId, roles, stages } from '../schemas/index.ts';
import { table } from './table.ts';

/** The statechart as text, generated from the machine itself: Mermaid, and a table of its rows. */

type Machine = NonNullable<ReturnType<typeof machineOf>>;
type Row = Machine['rows'][number];

export function currentMachine(): Machine {
  const machine = machineOf(currentVersion);
  if (!machine) throw new Error(`no machine ${currentVersion}`);
  return machine;
}

const wordsOf = (stage: StageId): string => (stage === 'uncaptured' ? '登记前' : stages[stage].zh);
const nodeOf = (stage: StageId): string => stage.replace('.', '_');

/** Where a row leads from a stage: `work` is either track, `remembered` the stage that was left, `same` none. */
function targetsOf(row: Row, from: StageId): StageId[] {
  const leads = row.to.flatMap((t): StageId[] => {
    if (t.to === 'same') return [];
    if (t.to === 'work') return ['immediate', 'rectifying'];
    if (t.to === 'remembered') return from === 'suspended' ? ['immediate', 'planDrafting', 'rectifying'] : ['closed', 'explained'];
    return [t.to];
  });
  return [...new Set(leads)];
}

/** Rows that leave their stage from nearly everywhere would hide the picture; they are named below it instead. */
const manySources = 8;
const drawn = (row: Row): boolean => row.from.length < manySources && row.part !== 'pending';

/** One arrow for each pair of stages, with the commands that take it. */
function arrows(machine: Machine): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const row of machine.rows.filter(drawn))
    for (const from of row.from)
      for (const to of targetsOf(row, from)) {
        if (to === from) continue;
        const key = `${nodeOf(from)} --> ${nodeOf(to)}`;
        const words = found.get(key) ?? [];
        if (!words.includes(row.zh)) found.set(key, [...words, row.zh]);
      }
  return found;
}

/** `stateDiagram-v2`: stages by their Chinese names, arrows by the acts that take them. */
export function mermaid(machine: Machine = currentMachine()): string {
  const ids = Object.keys(stages) as (keyof typeof stages)[];
  const nodes = ids.map((id) => `  ${nodeOf(id)} : ${wordsOf(id)}`);
  const lines = [...arrows(machine)].map(([arrow, words]) => `  ${arrow.replace('uncaptured', '[*]')} : ${words.join(' / ')}`);
  const notes = machine.rows.filter((r) => !drawn(r) && r.part !== 'pending' && r.from.some((from) => targetsOf(r, from).some((to) => to !== from)));
  const aside = notes.map((r) => `  %% ${r.zh} (${r.command}): 多数环节 → ${[...new Set(r.from.flatMap((from) => targetsOf(r, from)))].map(wordsOf).join('、')}`);
  return ['stateDiagram-v2', ...nodes, ...lines, '  retired --> [*]', ...aside].join('\n');
}

const roleName = (role: string): string => (Object.hasOwn(roles, role) ? roles[role as keyof typeof roles].zh : role);
const actorOf = (row: Row): string => row.steps.map((s) => `${s.roles.map(roleName).join('/')}${s.if === undefined ? '' : `(${s.if})`}`).join(' → ') || '提请人或下一级';
const fromOf = (row: Row): string => (row.from.length >= manySources ? `${row.from.length} 个环节` : row.from.map(wordsOf).join('、'));
const toOf = (row: Row): string => [...new Set(row.from.flatMap((from) => targetsOf(row, from)))].map(wordsOf).join('、') || '—';

/** Every row: number, command, from, who, where to, rules. */
export const chartRows = (machine: Machine = currentMachine()) =>
  machine.rows.map((r) => ({ row: r.row, command: r.command, zh: r.zh, en: r.en, from: r.from, actor: r.actor, to: r.to, rules: r.guards.map((g) => g.rule) }));

export const chartTable = (machine: Machine = currentMachine()): string =>
  table(['#', '操作', 'command', '从', '谁', '到', '规则'], machine.rows.map((r) => [r.row, r.zh, r.command, fromOf(r), actorOf(r), toOf(r), r.guards.map((g) => g.rule).join(' ')]));
