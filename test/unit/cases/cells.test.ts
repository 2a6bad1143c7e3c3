import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allowed, machineOf, currentVersion } from '../../../cases/index.ts';
import { admit } from '../../../cases/admit.ts';
import { stageIds } from '../../../cases/machine/index.ts';
import { type CommandType, type RoleId, type StageId, commandTypes, noFacts, roles } from '../../../schemas/index.ts';
import { parseActor, readTable, sourcesOf } from '../../../tools/generate.ts';
import { goodPayload } from '../../support/payloads.ts';
import { World, actor } from '../../support/world.ts';

/**
 * Every cell (stage x command x role), checked in: one line a stage and command, one letter a role in the order of `roles`.
 *   o admitted (its own guards come next)   . no row starts here   - not this role   ! time alone, which sends nothing   # the system may not   E ended
 * `UPDATE_CELLS=1 npx vitest run --project unit cells` writes the file anew, for a reviewer to read the difference.
 */
const file = new URL('./cells.txt', import.meta.url);
const roleIds = Object.keys(roles) as RoleId[];
const letters: Record<string, string> = { 'NOT-IN-THIS-STATE': '.', 'ROLE-NOT-ALLOWED': '-', 'SYS-ONLY': '!', 'SYS-MAY-NOT': '#', 'CASE-ENDED': 'E' };

const placed = (stage: StageId): World => {
  const w = new World();
  w.state = { ...w.state, stage, responsibility: { ...w.state.responsibility, leadUnit: 'U1', unitHead: 'UH-1@U1', coops: [{ unit: 'U2', signedAt: null }] }, grade: { colour: 'yellow', track: 'list', reasonCode: 'S1', ordinary: false, since: 0 } };
  return w;
};
const m = machineOf(currentVersion);
const letter = (w: World, type: CommandType, role: RoleId): string => {
  if (!m) return '?';
  const by = actor(role);
  const k = admit(w.state, { type, payload: goodPayload[type](w, by, () => 0.5) as Record<string, unknown>, actor: by, facts: noFacts }, m, w.at, w.pack);
  return 'code' in k ? (letters[k.code] ?? 'o') : 'o';
};
const lines = (): string[] =>
  stageIds.flatMap((stage) => {
    const w = placed(stage);
    return commandTypes.map((type) => `${stage} ${type} ${roleIds.map((r) => letter(w, type, r)).join('')}`);
  });
const now = lines();

describe('every cell of stage, command and role', () => {
  it('is what was checked in', () => {
    if (process.env['UPDATE_CELLS'] === '1') writeFileSync(file, `${now.join('\n')}\n`);
    expect(`${now.join('\n')}\n`).toBe(readFileSync(file, 'utf8'));
  });

  it('is what the case table says, read by other code than the product\'s', () => {
    const t = readTable();
    const expected = (stage: string, type: string, role: string): string => {
      if (stage === 'retired') return 'E';
      const of = t.transitions.filter((r) => r.command === type);
      const timer = of.some((r) => r.actor === 'SYS');
      if (timer) return '!';
      if (role === 'SYS') return '#';
      const side = t.roles[role]?.side ?? '';
      const everHis = of.some((r) => r.actor.startsWith('@') || parseActor(r.actor, t.aliases.roles).some((s) => s.roles.includes(role)));
      if (['unit', 'coop'].includes(side) && !everHis) return '-';
      const row = of.find((r) => sourcesOf(r.from, t).includes(stage));
      if (!row) return '.';
      if (row.actor.startsWith('@')) return 'o';
      return parseActor(row.actor, t.aliases.roles)[0]?.roles.includes(role) ? 'o' : '-';
    };
    for (const line of now) {
      const [stage, type, cells] = line.split(' ') as [string, string, string];
      roleIds.forEach((role, i) => expect(`${stage} ${type} ${role} ${cells[i]}`).toBe(`${stage} ${type} ${role} ${expected(stage, type, role)}`));
    }
  });

  it('has a transition in the chart wherever a row starts, and nowhere else', () => {
    const chart = m?.chart;
    for (const stage of stageIds) {
      const [top, leaf] = stage.split('.') as [string, string | undefined];
      const node = leaf ? chart?.root.states[top]?.states[leaf] : chart?.root.states[top];
      const here = m?.rows.filter((r) => r.from.includes(stage)).map((r) => r.command) ?? [];
      expect([...new Set(node?.ownEvents ?? [])].sort(), stage).toEqual([...new Set(here)].sort());
    }
  });

  it('answers a unit alike in all stages that it sees as 核验中, whatever it sends', () => {
    const behind = ['prelimReview', 'reinspection.awaiting', 'reinspection.active', 'signoff'];
    const unit = ['UC', 'UO', 'UL', 'UH', 'LEAD', 'COOP'];
    for (const type of commandTypes) {
      const told = behind.map((stage) => {
        const cells = now.find((l) => l.startsWith(`${stage} ${type} `))?.split(' ')[2] ?? '';
        return unit.map((r) => cells[roleIds.indexOf(r as RoleId)]).join('');
      });
      expect(new Set(told).size, `${type}: ${told.join(' ')}`).toBe(1);
    }
  });

  it('is refused by allowed with the same letter', () => {
    for (const stage of ['immediate', 'signoff', 'prelimReview', 'closed'] as const) {
      const w = placed(stage);
      for (const role of roleIds)
        for (const a of allowed(w.state, actor(role), w.at, w.pack)) {
          const cell = now.find((l) => l.startsWith(`${stage} ${a.command} `))?.split(' ')[2]?.[roleIds.indexOf(role)];
          if (cell !== 'o') expect(a.enabled, `${stage} ${a.command} ${role}`).toBe(false);
        }
    }
  });
});
