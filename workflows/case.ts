import {
  CancellationScope,
  allHandlersFinished,
  condition,
  continueAsNew,
  log,
  proxyActivities,
  proxySinks,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { RatersMove } from '../cases/index.ts';
import type { Answer, Batch, RefusalRecord } from '../schemas/index.ts';
import { core } from './core.ts';
import { answering, refused, seen, stopOf } from './failure.ts';
import { type Live, type Verdict, answerTo, assume, at, judge, judgeAdoption, openLive, passTime, recordOf } from './live.ts';
import {
  type CaseInput,
  type CaseOutcome,
  type Look,
  type Sight,
  adoptUpdate,
  commandUpdate,
  lookUpdate,
  ratersSignal,
  renewSignal,
  stateQuery,
} from './messages.ts';
import { now } from './now.ts';
import { type Shown, show, shownBefore } from './shown.ts';
import { alarmClock, wakeAt } from './wake.ts';

/** Where the validator puts refusals on record: awaited before the refusal leaves, not replayed, no history. */
export type RefusalSinks = { refusals: { record(refusal: RefusalRecord): void } };
const { refusals } = proxySinks<RefusalSinks>();

/** A server keeps 2,000 Updates of a run; a new run is due well before, and imposed soon after. */
const updatesWanted = 1500;
const updatesImposed = 1800;
const captureWithinMs = 60_000;

type Judge = (instant: number) => Verdict;

/** 案件: one case for life (一案一流程). Cancelling it does nothing: a case ends by its own rules. */
export async function caseWorkflow(input: CaseInput): Promise<CaseOutcome> {
  return CancellationScope.nonCancellable(() => new CaseRun(input).run());
}

/** One run of a case: answers, drains, wakes, and hands over to the next. */
class CaseRun {
  readonly #input: CaseInput;
  readonly #live: Live;
  readonly #arm: (at: number | null) => void;
  #shown: Shown;
  #updates = 0;
  /** History length when an Update was last handled: the same all through one activation, longer in the next. */
  #updatedAt = -1;
  #renewAsked = false;
  #sealing = false;
  /** Nothing is left to do but to end. */
  #done = false;
  #unkept: string[];

  constructor(input: CaseInput) {
    this.#input = input;
    this.#live = openLive(input);
    this.#shown = shownBefore();
    this.#arm = alarmClock(() => this.#wake());
    this.#unkept = input.carried ? [...input.carried.unkept, input.carried.previousRun] : [];
    this.#listen();
  }

  async run(): Promise<CaseOutcome> {
    this.#settle();
    void this.#drain();
    void this.#keepRuns();
    await activationHandled();
    if (this.#live.state.stage === 'uncaptured') void this.#expire();
    // Conditions are looked at after each job of an activation: an Update may follow the job that asked for a new run.
    do {
      await condition(() => this.#mayLeave());
      await condition(allHandlersFinished);
    } while (!this.#mayLeave());
    if (!this.#isOver()) return this.#renew();
    return { caseNo: this.#input.caseNo, ended: this.#live.state.stage === 'uncaptured' ? 'uncaptured' : 'retired' };
  }

  #listen(): void {
    const live = this.#live;
    setHandler(commandUpdate, (sent) => answering(() => this.#handle((instant) => judge(live, sent, instant))), {
      validator: (sent) => answering(() => this.#validate(sent, (instant) => judge(live, sent, instant))),
    });
    setHandler(adoptUpdate, (sent, pack) => answering(() => this.#handle((instant) => judgeAdoption(live, sent, pack, instant))), {
      validator: (sent, pack) => answering(() => this.#validate(sent, (instant) => judgeAdoption(live, sent, pack, instant))),
    });
    setHandler(lookUpdate, () => { throw refused(core().refusal('INTERNAL')); }, {
      validator: (look) => answering(() => { throw seen(this.#see(look)); }),
    });
    setHandler(stateQuery, ({ now: instant }) => at(live, instant));
    setHandler(ratersSignal, (move) => this.#moveRaters(move));
    setHandler(renewSignal, () => {
      this.#renewAsked = true;
    });
  }

  /** On a copy to which time is applied: looking changes nothing. */
  #see(look: Look): Sight[Look['of']] {
    const { viewOf, allowed } = core();
    const { pack } = this.#live;
    const state = at(this.#live, look.now);
    if (look.of === 'view') return viewOf(state, look.reader, look.now, pack);
    return look.of === 'allowed' ? allowed(state, look.actor, look.now, pack, look.facts) : state;
  }

  /** Refuses before anything happens. Synchronous and without commands; it may only look. */
  #validate(sent: unknown, judged: Judge): void {
    const instant = now();
    const verdict = judged(instant);
    if (verdict.ok) return;
    refusals.record(recordOf(this.#live, sent, verdict, instant));
    throw refused(verdict.refusal);
  }

  #handle(judged: Judge): Answer {
    const instant = now();
    this.#updates += 1;
    this.#updatedAt = workflowInfo().historyLength;
    const verdict = judged(instant);
    if (!verdict.ok) throw refused(verdict.refusal);
    assume(this.#live, verdict.change);
    this.#settle();
    return answerTo(this.#live, verdict, instant);
  }

  /** A signal cannot be refused: what comes twice, or to a case that takes nothing any more, changes nothing. */
  #moveRaters(move: RatersMove): void {
    const instant = now();
    passTime(this.#live, instant);
    const { state, pack } = this.#live;
    const closed = state.halted !== null || core().kindOf(state.stage) === 'final';
    const moved = closed ? null : core().moveRaters(state, move, instant, pack);
    if (moved) assume(this.#live, { state: moved.state, entries: [moved.entry], effects: [] });
    this.#settle();
  }

  #wake(): void {
    passTime(this.#live, now());
    this.#settle();
  }

  /** After every change: what others see, and when to wake next. */
  #settle(): void {
    const { state, pack } = this.#live;
    this.#shown = show(this.#shown, state);
    this.#arm(wakeAt(core().nextMark(state, pack), state.caseNo, pack));
    if (state.stage === 'retired' && !this.#sealing) void this.#seal();
  }

  /** The one drain loop: batch after batch, for as long as the run lives and the case is not stopped. */
  async #drain(): Promise<void> {
    const { outbox } = this.#live;
    for (;;) {
      await condition(() => !outbox.isEmpty && this.#live.state.halted === null);
      const batch = outbox.take();
      if (batch && (await this.#append(batch))) outbox.sent();
    }
  }

  /** @returns false when the ledger will never take it: the case is stopped then, with an alarm */
  async #append(batch: Batch): Promise<boolean> {
    try {
      await ledgerFor(this.#shown).append(batch);
      return true;
    } catch (error) {
      const code = stopOf(error);
      if (code === undefined) throw error;
      log.error('case halted', { code, case: batch.case, seq: batch.entries[0]?.seq });
      this.#live.state = core().halt(this.#live.state, code, now());
      this.#settle();
      return false;
    }
  }

  /** The run's first act: the histories of the runs before it are kept beside the ledger, and one entry names each. */
  async #keepRuns(): Promise<void> {
    for (let runId = this.#unkept[0]; runId !== undefined; runId = this.#unkept[0]) {
      await this.#keep(runId);
      this.#unkept = this.#unkept.slice(1);
    }
  }

  async #keep(runId: string, events?: number): Promise<void> {
    const { caseNo } = this.#input;
    const { workflowId } = workflowInfo();
    const { sha256 } = await ledgerFor(this.#shown).keepRun({
      case: caseNo,
      workflowId,
      runId,
      ...(events === undefined ? {} : { events }),
    });
    const instant = now();
    passTime(this.#live, instant);
    if (this.#live.state.halted) return;
    const { state, entry } = core().noteRun(this.#live.state, { runId, sha256 }, instant);
    assume(this.#live, { state, entries: [entry], effects: [] });
    this.#settle();
  }

  /** 封存, the last act: everything into the ledger, then this run's own history as far as it goes, then the end. */
  async #seal(): Promise<void> {
    this.#sealing = true;
    await condition(() => this.#live.outbox.isEmpty && this.#unkept.length === 0);
    const { runId, historyLength } = workflowInfo();
    await this.#keep(runId, historyLength);
    await condition(() => this.#live.outbox.isEmpty);
    this.#done = true;
  }

  /** A workflow that was started and took no case in (its first command was refused) ends by itself. */
  async #expire(): Promise<void> {
    await sleep(captureWithinMs, { summary: 'capture within a minute' });
    this.#done = this.#live.state.stage === 'uncaptured';
  }

  #isOver(): boolean {
    const { stage } = this.#live.state;
    return this.#done && (stage === 'uncaptured' || stage === 'retired') && this.#isQuiet();
  }

  /** No Update was handled in this activation: a run does not end in the task that answers one. */
  #isQuiet(): boolean {
    return workflowInfo().historyLength !== this.#updatedAt;
  }

  #mayLeave(): boolean {
    return this.#isOver() || this.#mayRenew();
  }

  #mayRenew(): boolean {
    if (this.#sealing || this.#live.state.stage === 'uncaptured') return false;
    if (this.#updates >= updatesImposed) return true;
    const wanted = this.#renewAsked || this.#updates >= updatesWanted || workflowInfo().continueAsNewSuggested;
    return wanted && this.#isQuiet() && this.#unkept.length === 0;
  }

  /** State crosses as parsed JSON, what waits for the ledger in the batches it waits in. */
  #renew(): Promise<never> {
    const { caseNo, machine } = this.#input;
    const { state, outbox, pack } = this.#live;
    const carried = {
      state: core().CaseState.parse(state),
      outbox: outbox.waiting,
      previousRun: workflowInfo().runId,
      unkept: this.#unkept,
    };
    return continueAsNew<typeof caseWorkflow>({ caseNo, machine, pack, carried });
  }
}

/** Resolves when everything that came with the present activation has been handled. */
async function activationHandled(): Promise<void> {
  let looks = 0;
  await condition(() => (looks += 1) > 1);
}

const priorities: Readonly<Record<string, number>> = { red: 1, yellow: 2, blue: 3 };

/** The ledger's door, by colour, fair between units where the server is. Unlimited retry: what was accepted gets there. */
const ledgerFor = ({ colour, unit }: Shown) =>
  proxyActivities<Pick<Activities, 'append' | 'keepRun'>>({
    startToCloseTimeout: '10s',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '30s',
      nonRetryableErrorTypes: ['LEDGER-FORK', 'ACTOR-FORGED'],
    },
    priority: { priorityKey: priorities[colour ?? ''] ?? 2, ...(unit === null ? {} : { fairnessKey: unit.slice(0, 20) }) },
  });
