/** 暂定: said of every limit that reaches into a year without a published calendar, whatever moved it, and of no other. */
import { describe, expect, it } from 'vitest';
import { boardOf, deadlinesOf } from '../../../cases/index.ts';
import type { Deadline } from '../../../schemas/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { instant } from '../../support/scenarios/clock.ts';
import { move, random } from '../../support/walk.ts';
import { World, day } from '../../support/world.ts';

/** The last instant of the last year that is published. */
const published = Date.parse('2027-01-01T00:00:00+08:00');
const late = (text = '2026-12-14 10:00'): World => new World(undefined, instant(text));
const find = (w: World, id: string): Deadline | undefined => deadlinesOf(w.state, w.pack).find((d) => d.id === id || d.id.startsWith(`${id}:`));

describe('a provisional date', () => {
  it('is one that reaches beyond the published years, of every kind of limit, in any life', () => {
    const kinds = { yes: new Set<string>(), no: new Set<string>() };
    for (let seed = 1; seed <= 20; seed += 1) {
      const w = late(seed % 2 === 0 ? '2026-10-10 10:00' : '2026-12-10 10:00');
      const dice = random(seed * 97);
      for (let n = 0; n < 70; n += 1) {
        move(w, dice);
        for (const d of deadlinesOf(w.state, w.pack)) {
          const beyond = d.amount?.unit !== 'h' && d.due > published;
          expect(d.provisional, `${w.state.stage} ${d.id}`).toBe(beyond);
          kinds[beyond ? 'yes' : 'no'].add(d.id.split(':')[0] ?? '');
        }
      }
    }
    expect(Math.min(kinds.yes.size, kinds.no.size)).toBeGreaterThan(6);
  }, 120_000);

  it('is that of an answer to a supervision act, of a resuming, and of what the office owes the citizen', () => {
    const w = late('2026-12-28 10:00');
    b.toImmediate(w);
    b.go(w, 'issueUrge', b.sup);
    expect(['reply', 'citizen', 'total'].map((id) => find(w, id)?.provisional)).toEqual([true, true, true]);
    b.both(w, 'suspend', [b.uh, b.deputy], { resumeBy: b.inDays(w, 30) });
    expect(find(w, 'stage')).toMatchObject({ row: '26', provisional: true });
  });

  it('is none any more when a leader brings it back into a published year', () => {
    const w = late('2026-12-14 10:00');
    b.toRectifying(w, 'yellow');
    expect(boardOf(w.state, w.pack).dueProvisional).toBe(true);
    b.go(w, 'instruct', b.deputy, { due: '2026-12-25' });
    expect([find(w, 'total')?.provisional, boardOf(w.state, w.pack).dueProvisional]).toEqual([false, false]);
    b.both(w, 'suspend', [b.uh, b.deputy], { resumeBy: b.inDays(w, 30) });
    w.wait(25 * day);
    b.go(w, 'resume', b.hub);
    expect([find(w, 'total')?.provisional, boardOf(w.state, w.pack).dueProvisional]).toEqual([true, true]);
  });
});
