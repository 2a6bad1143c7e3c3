/** What `allowed` promises, `step` keeps, and the chart lets through: for everybody, about every command, wherever walks lead. */
import { describe, expect, it } from 'vitest';
import { allowed } from '../../cases/index.ts';
import { currentVersion, machineOf } from '../../cases/machine/index.ts';
import { type Actor, type Allowed, type CommandType, commandTypes, payloads } from '../../schemas/index.ts';
import { goodPayload } from '../support/payloads.ts';
import { everybody, move, random } from '../support/walk.ts';
import { World } from '../support/world.ts';

/** One world for each stage, and one more where somebody has proposed something. */
const places = (): World[] => {
  const found = new Map<string, World>();
  for (let seed = 300; seed < 312; seed += 1) {
    const w = new World();
    const rnd = random(seed);
    for (let i = 0; i < 120; i += 1) {
      move(w, rnd);
      const place = `${w.state.stage} ${w.state.proposals.length > 0}`;
      if (!found.has(place)) found.set(place, w.copy());
    }
  }
  return [...found.values()];
};
const worlds = places();
const m = machineOf(currentVersion);
/** One of each role and unit is enough to ask, and of those who have not the role every 64th; who acted before is among them. */
const people = everybody.filter((a) => /-1(@U[12])?$|^SYS$/.test(a.person));
const hasRow = (w: World, type: CommandType): boolean => m?.rows.some((r) => r.command === type && r.from.includes(w.state.stage)) ?? false;

/** The code of the refusal, or `ok`, of a good payload; nothing comes of it. */
const tried = (w: World, type: CommandType, by: Actor): string => {
  const copy = w.copy();
  const payload = payloads[type].safeParse(JSON.parse(JSON.stringify(goodPayload[type](copy, by, () => 0.3))));
  return payload.success ? copy.try(type, by, JSON.parse(JSON.stringify(payload.data))) : 'BAD-INPUT';
};
/** The answer about a command; about a proposal, that for the newest. */
const about = (list: readonly Allowed[], w: World, type: CommandType): Allowed | undefined => {
  const newest = w.state.proposals.at(-1)?.proposalId;
  return list.find((a) => a.command === type && (!/^P[123]$/.test(a.row) || a.zh.endsWith(` ${newest}`)));
};
/** A second proposal about the same task or rater shows only once it is said which. */
const oncePerSubject = (type: CommandType): string[] => ('taskId' in payloads[type].shape || 'raterId' in payloads[type].shape ? ['ALREADY-PENDING'] : []);

describe('can, step and allowed', () => {
  it('agree on every command for everybody', () => {
    expect(worlds.length).toBeGreaterThan(20);
    let [asked, kept] = [0, 0];
    for (const w of worlds)
      for (const by of people) {
        const list = allowed(w.state, by, w.at + 60_000, w.pack, w.facts());
        for (const type of commandTypes.filter((t) => hasRow(w, t))) {
          const one = about(list, w, type);
          asked += 1;
          if (one?.refusal?.code === 'ROLE-NOT-ALLOWED' && asked % 64 !== 0) continue;
          const code = tried(w, type, by);
          const where = `${w.state.stage} ${type} ${by.person}: ${one ? (one.refusal?.code ?? 'enabled') : 'not listed'}`;
          if (code === 'ok') expect(one?.enabled, where).toBe(true);
          else if (one?.enabled) expect([...one.payloadRules, ...oncePerSubject(type)], where).toContain(code);
          else if (one && code !== 'BAD-INPUT') expect(code, where).toBe(one.refusal?.code);
          kept += code === 'ok' ? 1 : 0;
        }
      }
    expect(kept).toBeGreaterThan(100);
  }, 120_000);
});
