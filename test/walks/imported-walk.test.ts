/** Walks from random items of other ledgers: none of them comes to closed but over every safeguard. */
import { describe, expect, it } from 'vitest';
import { boardOf, refold } from '../../cases/index.ts';
import { Board, CaseState, type EntryDraft, type ImportedInput, ledgerStages, payloads, sideOf } from '../../schemas/index.ts';
import { captureOf, itemOf } from '../support/imported.ts';
import { fired, move, random, recorded } from '../support/walk.ts';
import { World, actor } from '../support/world.ts';

const seeds = Array.from({ length: 36 }, (_, i) => i + 1);
const steps = 160;

const pick = <T>(list: readonly T[], rnd: () => number): T => list[Math.floor(rnd() * list.length)] as T;
/** Any item that the schema takes, at any stage, with this or that left out. */
const anyItem = (w: World, rnd: () => number): ImportedInput => {
  const stage = pick(ledgerStages, rnd);
  const wish = { stage, colour: pick(['blue', 'blue', 'yellow', 'red'] as const, rnd), head: rnd() < 0.85, dueIn: pick([30, 3, -10, null], rnd) };
  const item = itemOf(w, stage === 'assigned' || stage === 'triaged' ? { ...wish, track: pick(['immediate', 'list'] as const, rnd) } : wish);
  const tasks = (item.tasks ?? []).slice(0, stage === 'rectifying' ? 1 + Math.floor(rnd() * 2) : Math.floor(rnd() * 3)).map((t) => ({ ...t, due: '2026-03-20', done: rnd() < 0.5 }));
  return { ...item, tasks, unknown: rnd() < 0.5 ? ['progress'] : [] };
};

type Walk = { w: World; closings: EntryDraft[][]; tasksAtClosing: string[]; begun: string };
const walk = (seed: number): Walk => {
  const w = new World(`YC-2026-JY-${String(5000 + seed)}`);
  const rnd = random(seed * 7919);
  const raters = rnd() < 0.5 ? [] : [{ raterId: 'R1', feedbackId: 'F1', named: true }];
  w.do('capture', actor('INTAKE'), JSON.parse(JSON.stringify(payloads.capture.parse(captureOf(anyItem(w, rnd), { raters })))));
  const out: Walk = { w, closings: [], tasksAtClosing: [], begun: w.state.stage };
  for (let i = 0; i < steps; i += 1) {
    const before = w.state.stage;
    move(w, rnd);
    if (['closed', 'lookback'].includes(before) || w.state.stage !== 'closed') continue;
    out.closings.push([...w.entries]);
    out.tasksAtClosing.push(...w.state.tasks.map((t) => t.state));
  }
  return out;
};
const walks = seeds.map(walk);
const closings = walks.flatMap((x) => x.closings);
const back = (e: EntryDraft): boolean => fired(e, '28c', '28d', '29a', '33', '34', '35', '39', '44') || (fired(e, '37') && e.body.to !== 'reinspection.awaiting') || (fired(e, 'F3') && e.body.to === 'registered');

describe('walks from other ledgers', () => {
  it('begin at every stage and reach closings, so that what follows is not said of nothing', () => {
    expect(new Set(walks.map((x) => x.begun)).size).toBe(ledgerStages.length);
    expect(closings.length).toBeGreaterThan(6);
    expect(new Set(walks.filter((x) => x.closings.length > 0).map((x) => x.begun)).size).toBeGreaterThan(3);
  });

  it('close only what a verifier verified after it was taken over', () => {
    for (const entries of closings) expect(entries.find((e) => fired(e, '4', '4a'))?.actor.role).toBe('VERIFIER');
  });

  it('close only what the office ratified, where grade or people were the other ledger\'s', () => {
    for (const entries of closings) {
      const owed = entries[1]?.body.to !== 'registered';
      const signed = entries.filter((e) => fired(e, 'P1') && e.body.payload['opinion'] === undefined && e.body.to === e.body.from);
      const lowered = entries.some((e) => fired(e, '45') && e.actor.role === 'LDR_CHIEF');
      if (owed) expect(signed.length > 0 || lowered, entries.map((e) => e.type).join(' ')).toBe(true);
      for (const e of signed) expect([sideOf(e.actor.role), e.actor.role]).toEqual(['office', expect.not.stringMatching('INTAKE')]);
    }
  });

  it('close only with tasks that were proved and checked here, whatever the ledger said was done', () => {
    for (const { tasksAtClosing } of walks) for (const state of tasksAtClosing) expect(['taskClosed', 'waived']).toContain(state);
    for (const entries of closings) {
      const since = entries.findLastIndex((e) => fired(e, '44') || (fired(e, 'F3') && e.body.to === 'registered'));
      const round = entries.slice(since + 1);
      expect(round.some((e) => fired(e, 'T2'))).toBe(true);
      expect(round.some((e) => fired(e, 'T3'))).toBe(true);
    }
  });

  it('close only over a preliminary review, an independent check and every call-back of the round', () => {
    for (const entries of closings) {
      const round = entries.slice(entries.findLastIndex(back) + 1);
      expect(round.some((e) => fired(e, '29', '30')), 'prelim').toBe(true);
      expect(round.some((e) => fired(e, '32', '30')), 'check').toBe(true);
      expect(round.some((e) => fired(e, '36')), 'signature').toBe(true);
      const named = ((entries[0]?.body.payload['raters'] ?? []) as { raterId: string }[]).map((r) => r.raterId);
      const gone = entries.filter((e) => e.type === 'raterWithdraw').map((e) => e.body.payload['raterId']);
      for (const raterId of named.filter((r) => !gone.includes(r))) expect(round.some((e) => fired(e, 'C2') && e.body.payload['raterId'] === raterId), 'call-back').toBe(true);
    }
  });

  it('keep a state and a board that pass their schemas, and refold from their entries alone', () => {
    for (const { w } of walks) {
      expect(CaseState.parse(w.state)).toEqual(w.state);
      expect(Board.parse(boardOf(w.state, w.pack))).toEqual(boardOf(w.state, w.pack));
      const again = refold(recorded(w.entries), w.pack);
      expect(again.divergence, w.state.caseNo).toBeNull();
      expect(again.state?.stateHash).toBe(w.state.stateHash);
    }
  });
});
