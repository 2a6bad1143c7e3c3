import type { Payload } from '../../schemas/index.ts';
import { dateAt, dueOn } from '../calendar/index.ts';
import type { Facts } from '../look.ts';
import { totalDueOf } from '../total.ts';
import { factsBehind, suggestTriage } from '../triage.ts';
import { type Ground, exhibit, exhibits, holdsRole, memberOf, official, outsider, spokenCall, unitsOf } from './ground.ts';

/** Facts of taking in, verifying, grading and assigning. */

const sameMatter = (g: Ground): boolean => {
  const to = g.edge.target;
  const { matter } = g.state;
  if (!to || to.caseNo === g.state.caseNo) return false;
  return to.matter === matter.code && ((to.place !== null && to.place === matter.place) || (to.unit !== null && to.unit === matter.ratedUnit));
};

/** Calls of the office that nobody answered, and the days they were made on: of the named rater who was tried least. */
const missedCalls = (g: Ground, ids: readonly string[]): { calls: number; days: number } => {
  const calls = ids.flatMap((id) => official(g, id, 'call') ?? []).filter((e) => e.data.answered !== true);
  const named = g.state.raters.filter((r) => r.named && !r.withdrawn);
  const of = named.map((r) => new Map(calls.filter((e) => e.data.raterId === r.raterId).map((e) => [e.id, dateAt(g.pack.calendar, e.registeredAt)])));
  const least = (size: (m: Map<string, string>) => number) => (of.length === 0 ? 0 : Math.min(...of.map(size)));
  return { calls: least((m) => m.size), days: least((m) => new Set(m.values()).size) };
};

const assignment = (g: Ground, p: Payload<'assign'>): Facts => ({
  leadUnit: p.leadUnit !== undefined && g.edge.units.includes(p.leadUnit) && !p.coopUnits.includes(p.leadUnit) ? p.leadUnit : null,
  unitHead: holdsRole(g, p.unitHead, 'UH') && p.leadUnit !== undefined && memberOf(g, p.unitHead ?? '', p.leadUnit) ? p.unitHead : null,
  due: p.due === undefined ? totalDueOf(g.state, g.pack, g.at) !== null : dueOn(g.pack.calendar, p.due).instant > g.at,
  caseLeader: holdsRole(g, p.caseLeader, 'LDR_DEPUTY', 'LDR_CHIEF') ? p.caseLeader : null,
});

const panelSize = (g: Ground, listed: readonly string[]): number => {
  const own = unitsOf(g.state);
  const people = new Set([...g.actors.map((a) => a.person), ...listed]);
  const fit = (p: string) => g.actors.some((a) => a.person === p && !a.memberOf.some((u) => own.includes(u))) || (holdsRole(g, p, 'PANEL') && !own.some((u) => memberOf(g, p, u)));
  return [...people].filter(fit).length;
};

/** Was the rater told, by a call that was answered or by letter? */
const told = (g: Ground, id: string | undefined): boolean => (spokenCall(g, id) ?? official(g, id, 'letter')) !== undefined;

/** Records of a kind that the unit did not make itself. */
const independent = (g: Ground, ids: readonly string[]): number => {
  return new Set(exhibits(g, ids, 'record', 'call', 'statement').filter((e) => outsider(g, e)).map((e) => e.sha256)).size;
};

/** A code that differs from the suggestion without a reason is no code: COLOUR-TRACK-MISSING asks for both. */
const gradeCode = (p: Payload<'triage'>, g: Ground): string | null => {
  if (p.reasonCode === undefined) return null;
  // Who gives no facts has given those of the code; how many complained is on record.
  const facts = p.facts ?? { ...factsBehind(p.reasonCode), shortFix: p.track === 'immediate' };
  const raters = g.state.raters.filter((r) => !r.withdrawn).length;
  const s = suggestTriage({ ...facts, groupSize: Math.max(facts.groupSize, raters) });
  const same = s.colour === p.colour && s.track === p.track && s.reasonCodes.includes(p.reasonCode);
  return same || p.overrideReason !== undefined ? p.reasonCode : null;
};

/** Units are changed by naming them, or by naming people whom the directory does not place in the actor's own. */
const changesUnit = (p: Payload<'changeDuty'>, g: Ground): boolean => {
  const people = [p.unitHead, p.dutyLeader, p.owner, p.liaison].filter((x) => x !== undefined);
  return p.leadUnit !== undefined || p.caseLeader !== undefined || p.coopUnits !== undefined || !people.every((x) => memberOf(g, x, g.actor.unit));
};

export const intakeFacts = {
  capture: (p: Payload<'capture'>, g: Ground): Facts => ({ keyNew: g.edge.keyNew === true, ratedUnit: p.ratedUnit ?? null, place: p.place ?? null }),
  merge: (_: Payload<'merge'>, g: Ground): Facts => ({ sameMatter: sameMatter(g), targetOpen: g.edge.target?.kind === 'open' }),
  splitMerged: (p: Payload<'splitMerged'>): Facts => ({ mergedByMistake: p.mistake !== undefined }),
  routeOut: (p: Payload<'routeOut'>): Facts => ({ channel: p.channel, emergency: p.channel === '紧急' }),
  sentBack: (p: Payload<'sentBack'>, g: Ground): Facts => ({ writtenReturn: official(g, p.letter, 'letter') !== undefined }),
  urgentAssign: (p: Payload<'urgentAssign'>, g: Ground): Facts => ({ ...assignment(g, p), due: p.due === undefined || assignment(g, p)['due'] === true, uCode: p.urgency ?? null }),
  confirmValid: (p: Payload<'confirmValid'>): Facts => ({ recordComplete: Boolean(p.record.facts && p.record.contacted && p.record.conclusion) }),
  verifyUnreachable: (p: Payload<'verifyUnreachable'>, g: Ground): Facts => ({
    ...missedCalls(g, p.tries),
    recordsChecked: ['办件记录', '窗口日志', '监控'].every((what) => p.tries.some((id) => official(g, id, 'record')?.data.what === what)),
  }),
  flagInvalid: (p: Payload<'flagInvalid'>, g: Ground): Facts => ({
    evidence: p.filedBy !== undefined && exhibits(g, p.evidence, 'call', 'record', 'statement', 'letter').length > 0,
  }),
  noBasis: (p: Payload<'noBasis'>, g: Ground): Facts => ({ clause: p.clause ?? null, explained: told(g, p.explained) }),
  notSubstantiated: (p: Payload<'notSubstantiated'>, g: Ground): Facts => ({
    independentRecords: independent(g, p.records),
    raterTold: told(g, p.told),
  }),
  requestExplain: (p: Payload<'requestExplain'>, g: Ground): Facts => ({
    clause: p.clause ?? null,
    allDone: p.done.length > 0 && p.done.every((d) => exhibit(g, d.proof, 'proof') !== undefined),
    verifierExplained: spokenCall(g, p.explained)?.by.role === 'VERIFIER',
  }),
  upholdInvalid: (p: Payload<'upholdInvalid'>, g: Ground): Facts => ({
    panel: panelSize(g, p.panel),
    kind: p.kind,
    ownWords: (spokenCall(g, p.statement) ?? official(g, p.statement, 'statement')) !== undefined,
  }),
  rejectInvalid: (p: Payload<'rejectInvalid'>, g: Ground): Facts => ({ panel: panelSize(g, p.panel) }),
  triage: (p: Payload<'triage'>, g: Ground): Facts => ({ colour: p.colour ?? null, track: p.track ?? null, reasonCode: gradeCode(p, g) }),
  assign: (p: Payload<'assign'>, g: Ground): Facts => assignment(g, p),
  recall: (p: Payload<'recall'>): Facts => ({ reason: p.reason ?? null }),
  changeDuty: (p: Payload<'changeDuty'>, g: Ground): Facts => ({ reason: p.reason ?? null, unitChange: changesUnit(p, g) }),
  coopObject: (p: Payload<'coopObject'>): Facts => ({ dutyCited: p.dutyCited ?? null }),
  requestReturn: (p: Payload<'requestReturn'>): Facts => ({ dutyCited: p.dutyCited ?? null }),
  reassign: (p: Payload<'reassign'>, g: Ground): Facts => assignment(g, p),
  designate: (p: Payload<'designate'>, g: Ground): Facts => ({
    ...assignment(g, p),
    opinion: official(g, p.opinion, 'opinion') !== undefined,
    leaderDecides: g.chain.some((roles) => roles.includes('LDR_CHIEF')),
  }),
} as const;
