import { type Actor, type Allowed, type CaseState, type CommandType, type EdgeFacts, type Pack, commands, noFacts } from '../schemas/index.ts';
import { admit, unitSide } from './admit.ts';
import { type Machine, machineOf } from './machine/index.ts';
import { conditions } from './conditions.ts';
import type { Look } from './look.ts';
import { refuseByRule } from './refusing.ts';
import type { Row } from './row.ts';
import { holds, readsPayload } from './rules.ts';
import { missingToRatify } from './takeover.ts';

/**
 * What this actor may do next: every command that has a row in this stage, with the reason where it may not. Rules that read the
 * payload cannot be answered before there is one: they are listed as requirements. `step` refuses whatever is not enabled here.
 */
export const allowed = (state: CaseState, actor: Actor, at: number, pack: Pack, facts: EdgeFacts = noFacts, only?: CommandType): Allowed[] => {
  const m = machineOf(state.machine);
  if (!m) return [];
  // A unit is shown its own commands only: the list is the same in every stage behind 核验中.
  const own = (row: Row) => !unitSide(actor) || row.steps.some((s) => s.roles.includes(actor.role));
  const asked = (row: Row) => (only === undefined || row.command === only) && (row.part === 'pending' || own(row));
  const acts = m.rows.filter((r) => r.from.includes(state.stage) && r.part !== 'pending' && asked(r)).map((row) => one(state, actor, row, m, at, pack, facts));
  return [...acts, ...pending(state, actor, m.rows.filter((r) => r.part === 'pending' && asked(r)), m, at, pack, facts)];
};

const one = (state: CaseState, actor: Actor, row: Row, m: Machine, at: number, pack: Pack, facts: EdgeFacts): Allowed => {
  const frame = { command: row.command, row: row.row, zh: row.zh };
  const k = admit(state, { type: row.command, payload: probeOf(row), actor, facts }, m, at, pack);
  if ('code' in k) return { ...frame, enabled: false, refusal: k, payloadRules: [] };
  const open = row.guards.filter((g) => readsPayload(g.rule) || (g.when !== undefined && dependsOnPayload(g.when)));
  const broken = row.guards.find((g) => !open.includes(g) && applies(g.when, k.look) && !holds(g.rule, k.look));
  return broken ? { ...frame, enabled: false, refusal: refuseByRule(broken.rule, row), payloadRules: [] } : { ...frame, enabled: true, payloadRules: open.map((g) => g.rule) };
};

/** An empty payload of the command's shape, so that facts may be computed: lists are empty, nothing is named. */
const probeOf = (row: Row): Record<string, unknown> => probes[row.command] ?? {};
const lists = { rework: [], evidence: [], records: [], tries: [], panel: [], compared: [], team: [], points: [], methods: [], signatures: [], witnesses: [], proofs: [], nodes: [], items: [], checked: [], analogousFix: [], missing: [], calls: [], done: [], coopUnits: [], named: [] };
const texts = { reason: '', finding: '', opinion: '', resumeBy: '2000-01-01' };
const plan = { problems: [], duties: [], tasks: [] };
/** A date far away costs the walk of its days: none is probed that a fact could do without. */
const everything = { ...lists, ...texts, due: '2000-01-01', plan, record: {}, taskId: '', raterId: '', newDraw: false, against: 'rating', colour: 'blue' };
const probes: Record<string, Record<string, unknown>> = Object.fromEntries(Object.keys(commands).map((c) => [c, everything]));

const applies = (when: Row['guards'][number]['when'], look: Look): boolean => when === undefined || conditions[when](look);
const dependsOnPayload = (when: NonNullable<Row['guards'][number]['when']>): boolean => ['exempt', 'backToWork', 'newDraw', 'toRed', 'downFromRed', 'emergency', 'notEmergency'].includes(when);

/** For each open proposal what the actor may do about it. */
const pending = (state: CaseState, actor: Actor, rows: readonly Row[], m: Machine, at: number, pack: Pack, facts: EdgeFacts): Allowed[] =>
  state.proposals.filter((p) => p.visible === 'case' || !unitSide(actor)).flatMap((p) =>
    rows.map((row) => {
        const frame = { command: row.command, row: row.row, zh: `${row.zh} ${p.proposalId}` };
        const k = admit(state, { type: row.command, payload: { proposalId: p.proposalId }, actor, facts }, m, at, pack);
        const lacks = row.row === 'P1' ? missingToRatify(state, p) : null;
        if (lacks && !('code' in k)) return { ...frame, enabled: false, refusal: refuseByRule(lacks, row), payloadRules: [] };
        return 'code' in k ? { ...frame, enabled: false, refusal: k, payloadRules: [] } : { ...frame, enabled: true, payloadRules: row.row === 'P2' ? ['NO-REASON'] : k.target.guards.map((g) => g.rule) };
    }),
  );
