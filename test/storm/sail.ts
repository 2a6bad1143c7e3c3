/** A voyage: acts that lead far, delays of every kind, and now and then an act that has no reason to be. */
import { dateAt, kindOf } from '../../cases/index.ts';
import { type Actor, type CommandType, ledgerStages, payloads } from '../../schemas/index.ts';
import { captureOf, itemOf } from '../support/imported.ts';
import { goodPayload } from '../support/payloads.ts';
import { actor, day, hour } from '../support/world.ts';
import { type Dice, below, editionOf, oneOf, packOf } from './dice.ts';
import type { Ship } from './ship.ts';

type Wish = readonly [CommandType, number];
const list = (text: string): Wish[] => text.split(' ').map((w) => w.split('*')).map(([type = '', n = '1']) => [type as CommandType, Number(n)]);

/** By stage what is done there, with its weight; lives are long, so much goes back and little comes to an end. */
const beside = 'instruct regrade*2 changeDuty*2 contactCitizen*2 interimMeasure replyCitizen coopSignFor coopObject issueUrge issueSupervisionLetter*2 issueRedNotice summonTalk replyAct*2 clearAlert*2 discloseContact fileAppeal decideAppeal withdrawAppeal raterWithdraw withdrawProposal returnProposal';
const working = 'startTask*5 submitTaskProof*5 closeTask*3 returnTask*2 waiveTask suspend*3 requestExtension*3 grantExtension*3 denyExtension orderSpotCheck recordSpotCheck falseRectification requestExplain';
const wishes: Readonly<Record<string, readonly Wish[]>> = {
  uncaptured: list('capture'), captured: list('verifyStart*6 urgentAssign*2 routeOut merge'), verifying: list('confirmValid*8 verifyUnreachable flagInvalid noBasis'), invalidReview: list('rejectInvalid*3 upholdInvalid'),
  registered: list('triage'), triaged: list('assign'), assigned: list('signFor*6 requestReturn*2 recall'), reassignReview: list('reassign*2 designate'),
  immediate: list(`addMeasure*4 reportDone*5 convertToPlan*2 orderPlan ${working}`), planDrafting: list('submitPlan*5 suspend requestExtension grantExtension'), planReview: list('approvePlan*3 returnPlan'),
  rectifying: list(`applyClosure*5 reportProgress*3 amendPlan*3 ${working}`), suspended: list('resume*3 renewSuspension'), 'closureApplied.filed': list('acceptApplication*4 returnForSupplement*2 returnApplication withdrawApplication*2'),
  'closureApplied.supplementing': list('submitSupplement*3 withdrawApplication returnApplication'), prelimReview: list('returnPrelim*2 passPrelim*3 passByCallback recordCallback*2'), 'reinspection.awaiting': list('startReinspection*3 voidVisit recordCallback'),
  'reinspection.active': list('reinspectionFail*3 reinspectionPartial*2 reinspectionPass voidVisit recordCallback'), signoff: list('signClosure*2 declineSignoff*2 recordCallback*2 confirmValid'), 'publicizing.open': list('raiseObjection*2 confirmClosure recordCallback'),
  'publicizing.checking': list('upholdObjection*2 dismissObjection*2 raiseObjection'), closed: list('reRate orderLookback rebound*3 fileAppeal*2 decideAppeal*2 archive'), lookback: list('lookbackStable*2 falseRectification rebound'),
  explained: list('fileAppeal*3 decideAppeal*3 archive'), invalidated: list('fileAppeal*3 decideAppeal*3 archive'), transferredOut: list('sentBack*4 archive'), merged: list('splitMerged*4 archive'), archived: list('rebound*3 fileAppeal decideAppeal approveProposal'),
};
const alongside = list(beside);
/** The straight way to an end: without it a case hardly ever comes to be closed, looked back at and sealed. */
const onward: Readonly<Record<string, readonly CommandType[]>> = {
  immediate: ['addMeasure', 'startTask', 'submitTaskProof', 'closeTask', 'replyCitizen', 'confirmValid', 'reportDone'], rectifying: ['startTask', 'submitTaskProof', 'closeTask', 'replyCitizen', 'confirmValid', 'applyClosure'],
  planDrafting: ['submitPlan'], planReview: ['approvePlan'], suspended: ['resume'], 'closureApplied.filed': ['acceptApplication'], prelimReview: ['recordCallback', 'passPrelim'], 'reinspection.awaiting': ['startReinspection'],
  'reinspection.active': ['reinspectionPass'], signoff: ['recordCallback', 'replyAct', 'signClosure'], 'publicizing.open': ['replyAct', 'confirmClosure'], closed: ['orderLookback', 'rebound', 'archive', 'archive'],
};
const pick = (dice: Dice, all: readonly Wish[]): CommandType => {
  let at = dice() * all.reduce((sum, [, n]) => sum + n, 0);
  for (const [type, n] of all) {
    at -= n;
    if (at < 0) return type;
  }
  return 'instruct';
};

/** Who may do it by the table, for the unit that has the case. */
const doers: Readonly<Partial<Record<CommandType, readonly string[]>>> = {
  startTask: ['owner', 'COOP'], submitTaskProof: ['owner', 'COOP'],
  signClosure: ['HUB', 'LDR_DEPUTY', 'LDR_CHIEF'], declineSignoff: ['HUB', 'LDR_DEPUTY', 'LDR_CHIEF'], upholdObjection: ['HUB', 'LDR_DEPUTY', 'LDR_CHIEF'], dismissObjection: ['HUB', 'LDR_DEPUTY', 'LDR_CHIEF'],
  decideAppeal: ['REVIEW', 'HUB', 'UPPER'], replyAct: ['UH', 'HUB', 'SUP', 'IL', 'VERIFIER', 'INTAKE'], fileAppeal: ['UH', 'INTAKE'], withdrawAppeal: ['UH', 'INTAKE'], recordCallback: ['VERIFIER-2'],
};
const byRow = (ship: Ship, type: CommandType): string[] => ship.rowsOf(type).flatMap((r) => r.steps[0]?.roles ?? []);
/** Who approves the newest proposal next. */
const approvers = (ship: Ship): string[] => {
  const p = ship.state.proposals.at(-1);
  if (!p) return [];
  const roles = p.ratify !== null ? ['HUB', 'LDR_DEPUTY'] : (ship.allRows.find((r) => r.row === p.row)?.steps[1 + p.approvers.length]?.roles ?? ['HUB']);
  return roles.map((role) => (role === p.by.role ? `${role}-2` : role));
};
/** Is there something on which it could work? What makes no sense is tried now and then all the same. */
const states: Readonly<Partial<Record<CommandType, readonly string[]>>> = { startTask: ['todo', 'taskReturned'], submitTaskProof: ['doing'], closeTask: ['submitted'], returnTask: ['submitted'], waiveTask: ['todo', 'doing', 'taskReturned'] };
const sensible = ({ state: s }: Ship, type: CommandType): boolean => {
  const wanted = states[type];
  if (wanted) return s.tasks.some((t) => wanted.includes(t.state));
  if (type === 'grantExtension' || type === 'denyExtension') return s.extension.state === 'pending';
  if (type === 'requestExtension') return s.extension.state !== 'pending';
  if (type === 'recordCallback') return s.raters.some((r) => r.callback.state === 'due');
  if (type === 'decideAppeal' || type === 'withdrawAppeal') return s.appeal.state === 'filed';
  if (type === 'fileAppeal') return s.appeal.state !== 'filed';
  if (type === 'replyAct') return s.acts.some((a) => a.answeredAt === null);
  if (type === 'withdrawProposal' || type === 'returnProposal') return s.proposals.length > 0;
  if (type === 'coopSignFor' || type === 'coopObject') return s.responsibility.coops.some((c) => c.signedAt === null);
  if (type === 'raterWithdraw') return s.raters.some((r) => !r.withdrawn);
  if (type === 'reportDone' || type === 'applyClosure') return s.tasks.length > 0 && s.tasks.every((t) => ['taskClosed', 'waived'].includes(t.state));
  if (type === 'replyCitizen') return s.raters.some((r) => r.answeredAt === null);
  if (type === 'recordSpotCheck') return s.spotCheck.state === 'active';
  return type !== 'clearAlert' || s.alert.level !== 'none';
};
const actorFor = (ship: Ship, who: string): Actor => {
  const lead = ship.state.responsibility.leadUnit ?? 'U1';
  if (who === 'owner') {
    const owner = ship.state.tasks.find((t) => ['todo', 'taskReturned', 'doing'].includes(t.state))?.owner ?? `UO-1@${lead}`;
    const unit = owner.split('@')[1] ?? lead;
    return { person: owner, role: 'UO', unit, memberOf: [unit], conflicted: false };
  }
  const [role = 'HUB', n = '1'] = who.split('-');
  return actor(role as Actor['role'], Number(n), ['UC', 'UO', 'UL', 'UH', 'LEAD'].includes(role) ? lead : undefined);
};
const shuffled = <T>(dice: Dice, all: readonly T[]): T[] => [...all].sort(() => dice() - 0.5);

/** Tries everybody who may; whether somebody did it. */
export const attempt = (ship: Ship, dice: Dice, type: CommandType): boolean => {
  if (!sensible(ship, type) && dice() < 0.95) return false;
  const may = type === 'approveProposal' || type === 'returnProposal' ? approvers(ship) : (doers[type] ?? byRow(ship, type));
  for (const who of shuffled(dice, may).slice(0, 3)) {
    const by = actorFor(ship, who);
    const parsed = payloads[type].safeParse(JSON.parse(JSON.stringify(goodPayload[type](ship, by, dice))));
    if (!parsed.success) return false;
    if (ship.send(ship.envelope(type, by, JSON.parse(JSON.stringify(parsed.data)))).ok) return true;
  }
  return false;
};

/** 承接: an open item of another ledger, at any stage, late or not. */
const takeIn = (ship: Ship, dice: Dice): boolean => {
  const stage = oneOf(dice, ledgerStages);
  const wish = { stage, colour: oneOf(dice, ['blue', 'yellow', 'red'] as const), head: dice() < 0.85, dueIn: oneOf(dice, [30, 3, -10, null]) };
  const item = itemOf(ship, stage === 'assigned' || stage === 'triaged' ? { ...wish, track: oneOf(dice, ['immediate', 'list'] as const) } : wish);
  const raters = dice() < 0.5 ? [] : [{ raterId: 'R1', feedbackId: 'F1', named: true }];
  const parsed = payloads.capture.safeParse(captureOf(item, { raters }));
  return parsed.success && ship.send(ship.envelope('capture', actor('INTAKE'), JSON.parse(JSON.stringify(parsed.data)))).ok;
};

/** Not at all, to the very instant of the next mark, past a few, or just some time. */
const delay = (ship: Ship, dice: Dice): void => {
  const r = dice();
  const real = ship.now.calendar.scale ? ship.now.calendar.scale.msPerDay / day : 1;
  const marks = ship.pending.filter((m) => m.at > ship.at);
  const to = oneOf(dice, marks.slice(0, 5))?.at ?? Math.round(ship.at + 30 * day * real);
  // Once it is closed, months pass.
  if (kindOf(ship.state.stage) !== 'open' && ship.state.stage !== 'uncaptured' && dice() < 0.5) return ship.wait(Math.round(below(dice, 60) * day * real));
  if (r < 0.35) return;
  if (r < 0.55) ship.wait(to - ship.at);
  else if (r < 0.63) ship.wait(Math.max(0, to - ship.at - 1));
  else if (r < 0.75) ship.wait(to - ship.at + Math.round(below(dice, 8) * hour * real));
  else if (r < 0.97) ship.wait(Math.round(below(dice, 2 * 24) * hour * real));
  else ship.wait(Math.round(below(dice, 40) * day * real));
};

/** One leg; false when the voyage is over. */
export const leg = (ship: Ship, dice: Dice): boolean => {
  delay(ship, dice);
  if (ship.state.stage === 'retired' || dateAt(ship.now.calendar, ship.at) > '2034') return false;
  if (ship.state.stage === 'uncaptured' && dice() < 0.25) return takeIn(ship, dice) || true;
  if (dice() < 0.015) ship.adopt(dice() < 0.7 ? { edition: editionOf(dice) } : { policyText: packOf(dice, ship.text) });
  if (dice() < 0.02) ship.join(`R${10 + below(dice, 5)}`, dice() < 0.7);
  if (ship.state.proposals.length > 0 && dice() < 0.6) {
    attempt(ship, dice, dice() < 0.85 ? 'approveProposal' : 'returnProposal');
    return true;
  }
  const straight = (onward[ship.state.stage] ?? []).filter((type) => sensible(ship, type) && (type !== 'addMeasure' || ship.state.tasks.length === 0));
  if (straight.length > 0 && dice() < 0.35) {
    attempt(ship, dice, dice() < 0.7 ? (straight[0] as CommandType) : oneOf(dice, straight));
    return true;
  }
  const own = wishes[ship.state.stage] ?? [];
  attempt(ship, dice, pick(dice, dice() < 0.7 || alongside.length === 0 ? own : alongside));
  return true;
};
