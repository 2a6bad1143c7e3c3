/** Brings a World to a stage through real commands: small steps that scenarios put together. */
import { dateAt, dateOf, epochDay } from '../../../cases/index.ts';
import type { Actor, Colour, CommandType, GradeCode, Track } from '../../../schemas/index.ts';
import { goodPayload, planOf } from '../payloads.ts';
import { type World, actor, day, hour } from '../world.ts';
import { type Act, must } from './scenario.ts';

export const [intake, verifier, caller, hub, hub2] = [actor('INTAKE'), actor('VERIFIER'), actor('VERIFIER', 2), actor('HUB'), actor('HUB', 2)];
/** The first supervisor closes tasks, the second reviews. */
export const [sup, reviewer] = [actor('SUP'), actor('SUP', 2)];
export const [deputy, chief, upper, il, arch] = [actor('LDR_DEPUTY'), actor('LDR_CHIEF'), actor('UPPER'), actor('IL'), actor('ARCH')];
export const [panel, panel2, review, sys] = [actor('PANEL'), actor('PANEL', 2), actor('REVIEW'), actor('SYS')];
export const [uc, uo, ul, uh, lead, coop] = [actor('UC'), actor('UO'), actor('UL'), actor('UH'), actor('LEAD'), actor('COOP')];

type Data = Record<string, unknown>;
/** A payload that satisfies the rules of its command now, with some keys of it changed; undefined leaves one out. */
export const good = (w: World, type: CommandType, by: Actor, over: Data = {}): Data => ({ ...(goodPayload[type](w, by, () => 0.5) as Data), ...over });
export const act = (w: World, type: CommandType, by: Actor, over: Data = {}): Act => ({ type, by, payload: good(w, type, by, over) });
export const go = (w: World, type: CommandType, by: Actor, over: Data = {}): void => must(w, act(w, type, by, over));
export const newest = (w: World): Data => ({ proposalId: w.state.proposals.at(-1)?.proposalId ?? 'P0' });
export const approval = (w: World, by: Actor): Act => ({ type: 'approveProposal', by, payload: newest(w) });
/** The act of the first, approved by each of the others. */
export const both = (w: World, type: CommandType, by: readonly [Actor, ...Actor[]], over: Data = {}): void => {
  go(w, type, by[0], over);
  for (const next of by.slice(1)) must(w, approval(w, next));
};
export const inDays = (w: World, n: number): string => dateOf(epochDay(dateAt(w.pack.calendar, w.at)) + n);

export const toCaptured = (w: World, over: Data = {}): void => go(w, 'capture', intake, over);
export const toVerifying = (w: World, over: Data = {}): void => {
  toCaptured(w, over);
  go(w, 'verifyStart', verifier);
};
export const toRegistered = (w: World, over: Data = {}): void => {
  toVerifying(w, over);
  go(w, 'confirmValid', verifier);
};
const codes: Readonly<Record<Colour, GradeCode>> = { red: 'U3', yellow: 'S1', blue: 'N0' };
export const grade = (w: World, colour: Colour, track: Track): void => both(w, 'triage', colour === 'red' ? [hub, deputy] : [hub], { colour, track, reasonCode: codes[colour] });
export const toTriaged = (w: World, colour: Colour = 'blue', track: Track = 'immediate'): void => {
  toRegistered(w);
  grade(w, colour, track);
};
export const toAssigned = (w: World, colour: Colour = 'blue', track: Track = 'immediate'): void => {
  toTriaged(w, colour, track);
  go(w, 'assign', hub);
};
export const toReturned = (w: World): void => {
  toAssigned(w);
  go(w, 'requestReturn', ul);
};
export const toImmediate = (w: World, colour: Colour = 'blue'): void => {
  toAssigned(w, colour);
  go(w, 'signFor', uc);
};
/** 先交办后核实: red, not verified and not ratified yet. */
export const toUrgent = (w: World): void => {
  toCaptured(w);
  go(w, 'urgentAssign', hub);
  go(w, 'signFor', uc);
};
export const toDrafting = (w: World, colour: Colour = 'yellow'): void => {
  toAssigned(w, colour, 'list');
  go(w, 'signFor', uc);
};
export const toPlanReview = (w: World, colour: Colour = 'yellow'): void => {
  toDrafting(w, colour);
  go(w, 'submitPlan', uh);
};
export const toRectifying = (w: World, colour: Colour = 'yellow'): void => {
  toPlanReview(w, colour);
  both(w, 'approvePlan', colour === 'red' ? [hub, deputy] : [hub]);
};

export const measure = (w: World, over: Data = {}): void => go(w, 'addMeasure', uo, over);
export const started = (w: World): void => go(w, 'startTask', uo);
export const submitted = (w: World): void => {
  started(w);
  go(w, 'submitTaskProof', uo);
};
/** Every open task is started, proved, checked and closed. */
export const work = (w: World): void => {
  while (w.state.tasks.some((t) => ['todo', 'taskReturned'].includes(t.state))) {
    submitted(w);
    both(w, 'closeTask', [lead, sup]);
  }
};
export const reply = (w: World): void => go(w, 'replyCitizen', uo);
/** Ready to report or apply: on the short track a measure is set first. */
export const finish = (w: World): void => {
  if (w.state.tasks.length === 0) measure(w);
  work(w);
  reply(w);
};
export const apply = (w: World): void => (w.state.stage === 'immediate' ? both(w, 'reportDone', [uo, ul]) : go(w, 'applyClosure', uh));
export const accept = (w: World): void => go(w, 'acceptApplication', intake);
/** From work to the office: 完成, 申请, 受理. */
export const handIn = (w: World): void => {
  finish(w);
  apply(w);
  accept(w);
};
export const toWork = (w: World, colour: Colour): void => (colour === 'yellow' ? toRectifying(w, colour) : toImmediate(w, colour));
export const toApplied = (w: World, colour: Colour = 'blue'): void => {
  toWork(w, colour);
  finish(w);
  apply(w);
};
export const toPrelim = (w: World, colour: Colour = 'blue'): void => {
  toApplied(w, colour);
  accept(w);
};
export const called = (w: World, solved = true): void => go(w, 'recordCallback', caller, { answers: { solved, satisfied: solved, contacted: true, truthful: true } });
export const toAwaiting = (w: World, colour: Colour = 'blue'): void => {
  toPrelim(w, colour);
  go(w, 'passPrelim', reviewer);
};
/** What is sealed in a visit is newer than its start. */
export const visit = (w: World): void => {
  go(w, 'startReinspection', il);
  w.wait(hour);
};
export const toVisit = (w: World, colour: Colour = 'blue'): void => {
  toAwaiting(w, colour);
  visit(w);
};
export const pass = (w: World): void => {
  visit(w);
  go(w, 'reinspectionPass', il);
};
/** Before the signer, after a covert visit and a call-back. */
export const toSignoff = (w: World, colour: Colour = 'blue', solved = true): void => {
  toAwaiting(w, colour);
  called(w, solved);
  pass(w);
};
export const signers: Readonly<Record<Colour, Actor>> = { blue: hub, yellow: deputy, red: chief };
export const sign = (w: World): void => go(w, 'signClosure', signers[w.state.grade?.colour ?? 'blue']);
export const toPublic = (w: World, colour: Colour = 'blue'): void => {
  toSignoff(w, colour);
  sign(w);
};
export const toClosed = (w: World, colour: Colour = 'blue'): void => {
  toPublic(w, colour);
  w.wait(10 * day);
  go(w, 'confirmClosure', hub);
};
export const toArchived = (w: World): void => {
  toClosed(w);
  w.wait(31 * day);
  go(w, 'archive', arch);
};
/** Sent back by the preliminary review, with one rework item. */
export const toReworked = (w: World, colour: Colour = 'blue'): void => {
  toPrelim(w, colour);
  go(w, 'returnPrelim', reviewer);
};
export const spotCheck = (w: World): void => both(w, 'orderSpotCheck', [sup, hub]);

export { planOf };
