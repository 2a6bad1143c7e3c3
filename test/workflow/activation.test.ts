/** What a case answers to one activation, command by command: in the SDK's own sandbox, where every command and instant can be seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextDue } from '../../cases/index.ts';
import { Refusal, type Answer, type CaseState, type EntryDraft, type Envelope } from '../../schemas/index.ts';
import { workflowBundle } from '../../worker/index.ts';
import { type CaseInput, caseWorkflowId, caseWorkflowType } from '../../workflows/messages.ts';
import { wakeAt } from '../../workflows/wake.ts';
import { type Command, Sandbox, type SandboxRun, activityDone, signalOf, timerFired, updateOf, valueOf } from '../support/sandbox.ts';
import { goodPayload } from '../support/payloads.ts';
import { move, random } from '../support/walk.ts';
import { World, actor, pack } from '../support/world.ts';
import { quiet } from '../support/worker.ts';

quiet();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await Sandbox.open(await workflowBundle());
});
afterAll(() => sandbox.close());

let count = 0;
const freshWorld = (): World => new World(`YC-2026-JY-${(count += 1) + 5000}`, Date.now());
const envelopeOf = (w: World, type: Envelope['type'], by = actor('VERIFIER')): Envelope =>
  JSON.parse(JSON.stringify(w.envelope(type, by, goodPayload[type](w, by, () => 0)))) as Envelope;
/** The world takes the step as well. */
const stepped = (w: World, type: Envelope['type'], by = actor('VERIFIER')): Envelope => {
  const env = envelopeOf(w, type, by);
  const result = w.send(env);
  if (!result.ok) throw new Error(result.refusal.en);
  return env;
};
async function begun({ caseNo, machine }: CaseState, carried?: CaseInput['carried'], of: Sandbox = sandbox, at?: number): Promise<{ run: SandboxRun; commands: Command[] }> {
  const input: CaseInput = { caseNo, machine, pack, ...(carried ? { carried } : {}) };
  const workflowId = caseWorkflowId(`${caseNo}/${(count += 1)}`);
  return of.start({ workflowType: caseWorkflowType, workflowId, args: [input] }, at);
}
const carriedOf = (state: CaseState): CaseInput['carried'] => ({ state, outbox: [], previousRun: 'run-before', unkept: [] });
const rejections = (commands: readonly Command[]): Refusal[] =>
  commands.flatMap(({ updateResponse }) => (updateResponse?.rejected ? [Refusal.parse(valueOf(updateResponse.rejected.applicationFailureInfo?.details?.payloads?.[0]))] : []));
const answers = (commands: readonly Command[]): Answer[] =>
  commands.flatMap(({ updateResponse }) => (updateResponse?.completed ? [valueOf(updateResponse.completed) as Answer] : []));
const kinds = (commands: readonly Command[]): string[] => commands.flatMap((command) => Object.keys(command).filter((key) => key !== 'userMetadata'));

describe('an Update', () => {
  it('that is refused is answered and nothing else: no command, one line for the record', async () => {
    const w = freshWorld();
    const { run } = await begun(w.state);
    await run.activate([updateOf(stepped(w, 'capture', actor('INTAKE')))]);
    await run.sinkCalls();
    const commands = await run.activate([updateOf(envelopeOf(w, 'confirmValid'))]);
    expect([kinds(commands), rejections(commands).map((r) => r.code)]).toEqual([['updateResponse'], ['NOT-IN-THIS-STATE']]);
    expect((await run.sinkCalls()).filter((call) => call.ifaceName === 'refusals')).toHaveLength(1);
  });

  it('dates from the instant of its task, whatever its sender claims', async () => {
    const w = freshWorld();
    const { run } = await begun(w.state);
    run.at += 12_345;
    const claimed: Envelope = Object.assign(envelopeOf(w, 'capture', actor('INTAKE')), { at: 1 });
    const commands = await run.activate([updateOf(claimed)]);
    expect([answers(commands).map((a) => a.receipt?.at), rejections(commands)]).toEqual([[run.at], []]);
  });

  it.each(['xstate.after.1000.captured', 'xstate.init', '*', '', '__proto__', 'ratersJoined', 'keepRun'])(
    'of the type %j is unknown, however good its envelope, and so is another name of an Update',
    async (type) => {
      const w = freshWorld();
      const { run } = await begun(w.state);
      await run.activate([updateOf(stepped(w, 'capture', actor('INTAKE')))]);
      const env = w.envelope(type as never, actor('SYS'), {});
      const refused = await run.activate([updateOf(env)]);
      expect([kinds(refused), rejections(refused).map((r) => r.code)]).toEqual([['updateResponse'], ['BAD-INPUT']]);
      const named = await run.activate([updateOf(envelopeOf(w, 'verifyStart'), 1, type || 'other')]);
      expect([kinds(named), named[0]?.updateResponse?.rejected != null]).toEqual([['updateResponse'], true]);
    },
  );

  it.each(['closed', 'archived', 'retired'] as const)('that is known is answered with its receipt when the case is %s, and nothing steps', async (stage) => {
    const { state, at, sent } = walkedTo(stage);
    const { run } = await begun(state, carriedOf(state));
    run.at = at;
    const known = sent.filter((env) => state.receipts.some((r) => r.commandId === env.commandId));
    expect(known.length).toBeGreaterThan(3);
    const commands = await run.activate(known.map((env, n) => updateOf(env, n)));
    expect(answers(commands).map((a) => a.receipt)).toEqual(known.map((env) => state.receipts.find((r) => r.commandId === env.commandId)));
    expect(commands.some((command) => command.scheduleActivity?.activityType === 'append')).toBe(false);
  });

  it('that meets a fault of our own is INTERNAL, in validator and handler alike, and the task does not fail', async () => {
    for (const fails of [1, 2]) {
      const w = freshWorld();
      const of = await Sandbox.open(await workflowBundle(), (code) => code.replace('schema.safeParse(sent)', `((globalThis.asked = (globalThis.asked ?? 0) + 1) === ${fails} ? null.fault : schema.safeParse(sent))`));
      const { run } = await begun(w.state, undefined, of);
      const commands = await run.activate([updateOf(envelopeOf(w, 'capture', actor('INTAKE')))]);
      expect(rejections(commands).map((r) => r.code)).toEqual(['INTERNAL']);
      expect(kinds(commands).every((kind) => kind === 'updateResponse')).toBe(true);
      expect(answers(await run.activate([updateOf(envelopeOf(w, 'capture', actor('INTAKE')), 2)])).map((a) => a.receipt?.seq)).toEqual([1]);
      await of.close();
    }
  });
});

type Place = { state: CaseState; at: number; sent: Envelope[] };
const places = new Map<CaseState['stage'], Place>();
/** A case that a walk of the pure core brought to a stage, and the commands that it took. */
function walkedTo(stage: CaseState['stage']): Place {
  for (let seed = 1; !places.has(stage) && seed < 400; seed += 1) walk(seed);
  const place = places.get(stage);
  if (place === undefined) throw new Error(`no walk comes to ${stage}`);
  return place;
}

function walk(seed: number): void {
  const w = new World(`YC-2026-JY-${seed + 1000}`);
  const sent: Envelope[] = [];
  const met = (): void => {
    if (!places.has(w.state.stage)) places.set(w.state.stage, { state: w.state, at: w.at, sent: [...sent] });
  };
  const send = w.send.bind(w);
  w.send = (env) => {
    const result = send(env);
    if (result.ok && !result.repeat) sent.push(JSON.parse(JSON.stringify(env)) as Envelope);
    return result;
  };
  const rnd = random(seed);
  for (let n = 0; n < 150; n += 1) {
    move(w, rnd);
    met();
    // Left alone for two years it retires.
    if (w.state.stage === 'archived') w.wait(2 * 366 * 86_400_000);
    met();
  }
}

describe('what is accepted', () => {
  it("goes through the ledger's door by a normal activity: ten seconds, retried for ever from one second to thirty, but not a fork", async () => {
    const w = freshWorld();
    const { run } = await begun(w.state);
    const commands = await run.activate([updateOf(stepped(w, 'capture', actor('INTAKE')))]);
    expect(kinds(commands)).not.toContain('scheduleLocalActivity');
    const [append] = commands.flatMap(({ scheduleActivity }) => scheduleActivity ?? []);
    expect(append?.activityType).toBe('append');
    expect(Number(append?.startToCloseTimeout?.seconds)).toBe(10);
    expect(append?.scheduleToCloseTimeout ?? null).toBeNull();
    const { initialInterval, maximumInterval, backoffCoefficient, maximumAttempts, nonRetryableErrorTypes } = append?.retryPolicy ?? {};
    expect([Number(initialInterval?.seconds), backoffCoefficient, Number(maximumInterval?.seconds), maximumAttempts || 0]).toEqual([1, 2, 30, 0]);
    expect(nonRetryableErrorTypes).toEqual(['LEDGER-FORK', 'ACTOR-FORGED']);
  });

  it('waits for the batch that is under way: one append at a time, and what came meanwhile is the next batch', async () => {
    const w = freshWorld();
    const { run } = await begun(w.state);
    const first = await run.activate([updateOf(stepped(w, 'capture', actor('INTAKE')))]);
    const meanwhile = [...(await run.activate([updateOf(stepped(w, 'verifyStart'))])), ...(await run.activate([updateOf(stepped(w, 'confirmValid'))]))];
    expect(appended(first)).toEqual([[1]]);
    expect(appended(meanwhile)).toEqual([]);
    expect(appended(await run.activate([activityDone(1, { seq: 1, hash: '0'.repeat(64) })]))).toEqual([[2, 3]]);
  });

  it.each([['red', 1], ['yellow', 2], ['blue', 3]] as const)('of a %s case is appended with priority %i, fair between units', async (colour, priorityKey) => {
    const { state: rectifying } = walkedTo('rectifying');
    const state = { ...rectifying, grade: { ...rectifying.grade, colour } } as CaseState;
    const { commands } = await begun(state, carriedOf(state));
    const [keep] = commands.flatMap(({ scheduleActivity }) => scheduleActivity ?? []);
    expect(keep?.priority).toMatchObject({ priorityKey, fairnessKey: state.responsibility.leadUnit });
  });

  it('is shown by one command for all search attributes that changed, and by none when nothing changed', async () => {
    const w = freshWorld();
    const { run } = await begun(w.state);
    const shown = async (...of: Parameters<typeof stepped>): Promise<string[][]> =>
      (await run.activate([updateOf(stepped(...of))])).flatMap(({ upsertWorkflowSearchAttributes: u }) => (u ? [Object.keys(u.searchAttributes?.indexedFields ?? u.searchAttributes ?? {}).sort()] : []));
    // Nothing is a unit's to know before the case is assigned.
    expect([await shown(w, 'capture', actor('INTAKE')), await shown(w, 'verifyStart'), await shown(w, 'confirmValid')]).toEqual([[], [], []]);
    await shown(w, 'triage', actor('HUB'));
    expect(await shown(w, 'assign', actor('HUB'))).toEqual([['CaseNextDue', 'CaseStage', 'CaseUnit']]);
    expect(await shown(w, 'instruct', actor('LDR_DEPUTY'))).toEqual([]);
  });
});

const scheduled = (commands: readonly Command[]) => commands.flatMap(({ scheduleActivity }) => scheduleActivity ?? []);
const drafts = (commands: readonly Command[]): EntryDraft[] =>
  scheduled(commands).flatMap((s) => (s.activityType === 'append' ? (valueOf(s.arguments?.[0]) as { entries: EntryDraft[] }).entries : []));
const appended = (commands: readonly Command[]): number[][] =>
  commands.flatMap(({ scheduleActivity }) => (scheduleActivity?.activityType === 'append' ? [(valueOf(scheduleActivity.arguments?.[0]) as { entries: { seq: number }[] }).entries.map((e) => e.seq)] : []));

describe('time', () => {
  it('wakes a case for a limit in days within five minutes of midnight, at an instant of its own, and what it records dates from midnight', async () => {
    const { state, at } = walkedTo('archived');
    const due = nextDue(state, pack) ?? 0;
    // 24:00 in Shanghai.
    expect(due % 86_400_000).toBe(16 * 3_600_000);
    const from = Math.max(at, due - 86_400_000);
    const { run, commands } = await begun(state, carriedOf(state), sandbox, from);
    const [timer] = commands.flatMap(({ startTimer }) => startTimer ?? []);
    const wakes = from + Number(timer?.startToFireTimeout?.seconds) * 1000 + (timer?.startToFireTimeout?.nanos ?? 0) / 1_000_000;
    expect([wakes - due > 0, wakes - due < 300_000, wakes]).toEqual([true, true, wakeAt({ at: due, exact: false }, state.caseNo, pack)]);
    run.at = wakes;
    const entries = drafts(await run.activate([timerFired(timer?.seq)]));
    expect(entries.map(({ type, at: recordedAt, effectiveAt }) => [type, recordedAt, effectiveAt])).toEqual([['retire', wakes, due]]);
  });
});

describe('a new run', () => {
  /** A captured case that took so many Updates: all but the first are that one again. */
  async function after(updates: number): Promise<{ run: SandboxRun; last: Command[]; env: Envelope }> {
    const w = freshWorld();
    const { run } = await begun(w.state);
    const env = stepped(w, 'capture', actor('INTAKE'));
    let last: Command[] = [];
    for (let n = 0; n < updates; n += 100) last = await run.activate(Array.from({ length: Math.min(100, updates - n) }, (_, i) => updateOf(env, n + i)));
    return { run, last, env };
  }
  const begins = (commands: readonly Command[]): boolean => commands.some((command) => command.continueAsNewWorkflowExecution != null);
  const appendDone = activityDone(1, { seq: 1, hash: '0'.repeat(64) });

  it('begins after 1,500 Updates, at the first activation that handled none', async () => {
    const { run, last, env } = await after(1500);
    expect([begins(last), begins(await run.activate([updateOf(env, 1501)]))]).toEqual([false, false]);
    expect(begins(await run.activate([appendDone]))).toBe(true);
    const before = await after(1499);
    expect(begins(await before.run.activate([appendDone]))).toBe(false);
  });

  it('begins at 1,800 Updates in any activation, which still answers them, and takes along what the ledger has not got', async () => {
    expect(begins((await after(1799)).last)).toBe(false);
    const { last } = await after(1800);
    const [command] = last.flatMap(({ continueAsNewWorkflowExecution }) => continueAsNewWorkflowExecution ?? []);
    expect(answers(last)).toHaveLength(100);
    const { carried } = valueOf(command?.arguments?.[0]) as CaseInput;
    expect([carried?.state.seq, carried?.outbox.map((batch) => batch.entries.map((e) => e.seq))]).toEqual([1, [[1]]]);
  });

  it('begins when the server suggests it or somebody asks for it, and not in the activation that handled an Update', async () => {
    const suggested = await after(1);
    suggested.run.continueAsNewSuggested = true;
    expect(begins(await suggested.run.activate([updateOf(suggested.env, 2)]))).toBe(false);
    expect(begins(await suggested.run.activate([appendDone]))).toBe(true);
    const asked = await after(1);
    const both = await asked.run.activate([signalOf('renew'), updateOf(asked.env, 2)]);
    expect([begins(both), answers(both).length]).toEqual([false, 1]);
    expect(begins(await asked.run.activate([appendDone]))).toBe(true);
    const alone = await after(1);
    expect(begins(await alone.run.activate([signalOf('renew')]))).toBe(true);
  });

  it('follows no case that retires: the ledger has everything before the run is kept, and all is recorded before it ends', async () => {
    const { state, at } = walkedTo('archived');
    const { run, commands } = await begun(state, carriedOf(state));
    run.at = at;
    const noted = await run.activate([activityDone(scheduled(commands)[0]?.seq, { sha256: '0'.repeat(64) })]);
    await run.activate([activityDone(scheduled(noted)[0]?.seq, { seq: 1, hash: '0'.repeat(64) })]);
    const [timer] = commands.flatMap(({ startTimer }) => startTimer ?? []);
    run.at = at + 2 * 366 * 86_400_000;
    const acts: string[][] = [];
    for (let next = await run.activate([timerFired(timer?.seq)]); ; ) {
      const [act] = scheduled(next);
      acts.push(kinds(next).includes('completeWorkflowExecution') ? ['end'] : scheduled(next).map((a) => a.activityType ?? ''));
      if (!act) break;
      next = await run.activate([activityDone(act.seq, { seq: 1, hash: '0'.repeat(64), sha256: '0'.repeat(64) })]);
    }
    expect(acts).toEqual([['append'], ['keepRun'], ['append'], ['end']]);
  });

  it('keeps the run before it as its first act, and does not hand over before that is done', async () => {
    const { state, at } = walkedTo('rectifying');
    const { run, commands } = await begun(state, { state, outbox: [], previousRun: 'run-2', unkept: ['run-1'] });
    const kept = (of: readonly Command[]) => of.flatMap(({ scheduleActivity }) => (scheduleActivity?.activityType === 'keepRun' ? [(valueOf(scheduleActivity.arguments?.[0]) as { runId: string }).runId] : []));
    run.at = at;
    expect(kept(commands)).toEqual(['run-1']);
    const renewed = await run.activate([signalOf('renew')]);
    const next = await run.activate([activityDone(1, { sha256: '0'.repeat(64) })]);
    expect([begins(renewed), begins(next), kept(next), appended(next)]).toEqual([false, false, ['run-2'], [[state.seq + 1]]]);
    const seq = next.flatMap(({ scheduleActivity }) => (scheduleActivity?.activityType === 'keepRun' ? [scheduleActivity.seq] : []))[0];
    expect(begins(await run.activate([activityDone(seq, { sha256: '1'.repeat(64) })]))).toBe(true);
  });
});
