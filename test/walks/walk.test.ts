import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowed, boardOf, fold, marksOf, publicStage, refold, viewOf } from '../../cases/index.ts';
import { lookAt, rowFor } from '../../cases/admit.ts';
import { brokenRule, currentVersion, machineOf } from '../../cases/machine/index.ts';
import { rows } from '../../cases/table.ts';
import { Board, CaseState, EntryDraft, noFacts, system, sideOf, type EntryDraft as Draft } from '../../schemas/index.ts';
import { everybody, fired, move, random, recorded } from '../support/walk.ts';
import { World, actor, day, pack } from '../support/world.ts';

/** Walks are the same every time: a failing seed is its own report. */
const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
/** These walk past the raters: a case must not close without calling them back. */
const careless = Array.from({ length: 10 }, (_, i) => i + 41);
const steps = 150;

type Note = { type: string; by: string; enabled: boolean; code: string };
type Closing = { entries: Draft[]; state: CaseState };
type Walk = { w: World; closings: Closing[]; notes: Note[]; met: { stage: string; rows: string[] }[] };
const met = new Set<string>();
const askEverybody = (w: World): Walk['met'] => {
  if (met.has(w.state.stage)) return [];
  met.add(w.state.stage);
  return [{ stage: w.state.stage, rows: everybody.flatMap((a) => allowed(w.state, a, w.at, w.pack, w.facts()).map((x) => x.row)) }];
};
const walk = (seed: number): Walk => {
  const w = new World(`YC-2026-JY-${String(1000 + seed)}`);
  const rnd = random(seed);
  const out: Walk = { w, closings: [], notes: [], met: [] };
  for (let i = 0; i < steps; i += 1) {
    const before = w.state.stage;
    const m = move(w, rnd, careless.includes(seed) ? ['recordCallback', 'passByCallback'] : []);
    if (!m) continue;
    if (m.result.ok) expect(m.result.state).toStrictEqual(JSON.parse(JSON.stringify(m.result.state)));
    out.met.push(...askEverybody(w));
    out.notes.push({ type: m.type, by: m.by.person, enabled: m.enabled, code: m.result.ok ? 'ok' : m.result.refusal.code });
    if (!['closed', 'lookback'].includes(before) && w.state.stage === 'closed') out.closings.push({ entries: [...w.entries], state: w.state });
  }
  return out;
};
const walks = [...seeds, ...careless].map((seed) => walk(seed));
const notes = walks.flatMap((x) => x.notes);
const count = (test: (n: Note) => boolean): number => notes.filter(test).length;

/** The task that an entry is about: an approval names the proposal, whose payload names the task. */
const proposals = new Map<string, string>();
for (const { w } of walks) for (const e of w.entries) if (e.body.outcome === 'proposed') proposals.set(`${e.case} ${e.body.receipt?.proposalId}`, (e.body.payload as { taskId?: string }).taskId ?? '');
const taskOf = (e: Draft): string => {
  const p = e.body.payload as { taskId?: string; proposalId?: string };
  return p.taskId ?? proposals.get(`${e.case} ${p.proposalId}`) ?? '';
};
const returns = ['28c', '28d', '29a', '33', '34', '35', '39'];

describe('walks through the core', () => {
  it('reach closings, returns and endings, so that what follows is not said of nothing', () => {
    expect(walks.flatMap((x) => x.closings).length).toBeGreaterThan(10);
    for (const c of ['reinspectionPass', 'reinspectionFail', 'passByCallback', 'signClosure', 'confirmClosure', 'approveProposal', 'submitPlan', 'archive']) expect(count((n) => n.code === 'ok' && n.type === c), c).toBeGreaterThan(0);
    expect(new Set(notes.map((n) => n.code)).size).toBeGreaterThan(30);
  });

  it('accept in step nothing that allowed forbids, and never lose the chart: can, step and allowed agree', () => {
    for (const n of notes) {
      if (n.code === 'ok') expect(n.enabled, `${n.type} by ${n.by}`).toBe(true);
      expect(n.code).not.toBe('INTERNAL');
      // What admission lets through the chart must let through: NOT-IN-THIS-STATE may only come from admission itself.
      if (n.enabled) expect(n.code, `${n.type} by ${n.by}`).not.toBe('NOT-IN-THIS-STATE');
    }
  });

  it('keep a state that is JSON, passes its schema, and is the same after crossing it', () => {
    for (const { w } of walks) {
      expect(CaseState.parse(w.state)).toEqual(w.state);
      expect(Board.parse(boardOf(w.state, w.pack))).toEqual(boardOf(w.state, w.pack));
      for (const e of w.entries) EntryDraft.parse(e);
    }
  });

  it('make dense sequences in which each entry starts from the state the one before it left', () => {
    for (const { w } of walks) {
      w.entries.forEach((e, i) => {
        expect(e.seq).toBe(i + 1);
        if (i > 0) expect(e.before).toBe(w.entries[i - 1]?.after);
      });
      expect(w.entries.at(-1)?.after).toBe(w.state.stateHash);
    }
  });

  it('refold from their entries alone to the same state', () => {
    for (const { w } of walks) {
      const again = refold(recorded(w.entries), w.pack);
      expect(again.divergence, w.state.caseNo).toBeNull();
      expect(again.state?.stateHash).toBe(w.state.stateHash);
    }
  }, 120_000);

  it('fold by parts as they fold at once: fold(fold(s, t1), t2) = fold(s, t2)', () => {
    const armed = [...walks.map((x) => x.w.state), ...walks.flatMap((x) => x.closings.map((c) => c.state))].filter((s) => marksOf(s, pack).length > 0);
    expect(armed.length).toBeGreaterThan(5);
    fc.assert(
      fc.property(fc.constantFrom(...armed), fc.integer({ min: 0, max: 500 * day }), fc.integer({ min: 0, max: 500 * day }), (s, a, more) => {
        const [t1, t2] = [s.stageSince + a, s.stageSince + a + more];
        const [once, first] = [fold(s, t2, pack), fold(s, t1, pack)];
        const then = fold(first.state, t2, pack);
        expect(then.state).toEqual(once.state);
        expect([...first.entries, ...then.entries].map((e) => [e.type, e.effectiveAt, e.after])).toEqual(once.entries.map((e) => [e.type, e.effectiveAt, e.after]));
      }),
    );
  });

  it('arm no mark whose guards do not hold when it falls due', () => {
    const m = machineOf(currentVersion);
    if (!m) throw new Error('no machine');
    for (const { w } of walks)
      for (const mark of marksOf(w.state, w.pack)) {
        const row = rowFor(m, w.state.stage, mark.command);
        expect(row, mark.command).toBeDefined();
        if (row) expect(brokenRule(row, lookAt(row, {}, { state: w.state, actor: system, actors: [system], at: mark.at, pack: w.pack, edge: noFacts }).look)).toBeNull();
      }
  });

  it('reach closed only through every safeguard', () => {
    for (const { closings } of walks)
      for (const { entries, state } of closings) {
        const since = entries.findLastIndex((e) => fired(e, '28c', '28d', '29a', '33', '34', '35', '39', '44') || (fired(e, '37') && e.body.to !== 'reinspection.awaiting'));
        const round = entries.slice(since + 1);
        const all = entries;
        const closing = all.at(-1) as Draft;
        const signed = round.findLast((e) => fired(e, '36')) as Draft;
        expect(fired(closing, '36', '40')).toBe(true);
        expect(closing.actor.role).not.toBe('SYS');
        expect(signed, 'a signature').toBeDefined();
        const prelim = round.findLast((e) => fired(e, '29', '30')) as Draft;
        expect(prelim, 'one person\'s preliminary review').toBeDefined();
        const visit = round.findLast((e) => fired(e, '32'));
        const lastMeasure = all.findLast((e) => fired(e, 'T2'));
        if (visit) {
          expect(visit.at).toBeGreaterThan(lastMeasure?.at ?? 0);
          const ids = (visit.body.payload as { evidence: string[] }).evidence;
          for (const id of ids) expect(visit.body.facts.exhibits[id]?.registeredAt ?? 0).toBeGreaterThanOrEqual(lastMeasure?.at ?? 0);
          expect(visit.actor.person).not.toBe(prelim.actor.person);
        } else expect(prelim.body.row).toBe('30');
        const checkers = all.filter((e) => fired(e, 'T3', 'T3a') || (e.body.outcome === 'proposed' && e.body.row === 'T3')).map((e) => e.actor.person);
        const team = all.filter((e) => fired(e, '31')).flatMap((e) => (e.body.payload as { team: string[] }).team);
        expect([...checkers, ...team, prelim.actor.person, visit?.actor.person]).not.toContain(signed.actor.person);
        expect(sideOf(signed.actor.role)).toBe('office');
        const units = entries.flatMap((e) => (['unit', 'coop'].includes(sideOf(e.actor.role)) ? [e.actor.unit] : []));
        expect([...units, state.matter.ratedUnit]).not.toContain(signed.actor.unit);
        expect(entries.filter((e) => ['unit', 'coop'].includes(sideOf(e.actor.role))).map((e) => e.actor.person)).not.toContain(signed.actor.person);
        const since28 = entries.findLastIndex((e) => fired(e, '28'));
        const reached = new Set(entries.slice(since28).filter((e) => fired(e, 'C2')).map((e) => (e.body.payload as { raterId: string }).raterId));
        for (const r of state.raters.filter((x) => x.named && !x.withdrawn)) expect(reached, 'a call-back of every named rater').toContain(r.raterId);
        const closed = new Set(entries.filter((e) => fired(e, 'T3', 'T4')).map((e) => taskOf(e)));
        expect(state.tasks.length).toBeGreaterThan(0);
        for (const t of state.tasks) expect([closed.has(t.taskId), ['taskClosed', 'waived'].includes(t.state)], `${t.taskId} is closed`).toEqual([true, true]);
      }
  });

  it('apply again after a return only with new proof for every item that was sent back', () => {
    let again = 0;
    for (const { w } of walks)
      w.entries.forEach((filed, i) => {
        if (!fired(filed, '16', '27')) return;
        const back = w.entries.slice(0, i).findLastIndex((e) => fired(e, ...returns) || (fired(e, '37') && e.body.to !== 'reinspection.awaiting'));
        const opened = w.entries.slice(0, i).findLastIndex((e) => fired(e, '12', '44'));
        if (back < 0 || opened > back) return;
        const since = w.entries.slice(back + 1, i);
        expect(since.some((e) => fired(e, 'T2')), 'new proof').toBe(true);
        expect(since.some((e) => fired(e, 'T3')), 'a task closed').toBe(true);
        again += 1;
      });
    expect(again).toBeGreaterThan(5);
  });

  it('close no case by the system or by time', () => {
    for (const { w } of walks) for (const e of w.entries) if (e.actor.role === 'SYS') expect(['closed', 'explained', 'invalidated', 'merged', 'transferredOut'].includes(e.body.to) && e.body.to !== e.body.from).toBe(false);
  });

  it('show a unit the unit view of the stage, its own revision, and no covert proposal', () => {
    for (const { w } of walks) {
      const seen = viewOf(w.state, actor('UH', 1, w.state.responsibility.leadUnit ?? 'U1'), w.at);
      expect(seen.stage).toBe(publicStage(w.state) ?? '');
      expect(seen.revision).toBe(w.entries.filter((e) => e.audience.scope === 'case' || e.audience.scope === 'served').length);
      const covert = w.state.proposals.filter((p) => p.visible !== 'case').map((p) => p.proposalId);
      for (const p of seen.proposals) expect(covert).not.toContain(p.proposalId);
    }
  });

  it('answer allowed for everybody in every stage they meet, by rows of the table', () => {
    expect(met.size).toBeGreaterThan(15);
    for (const m of walks.flatMap((x) => x.met)) for (const r of m.rows) expect(rows.some((row) => row.row === r)).toBe(true);
  });
});
