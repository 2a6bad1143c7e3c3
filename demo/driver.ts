/** What the stories are written against: one client, one clock, and helpers that put what happens on the screen. */
import { dateAt, dateOf, addWorkingDays, epochDay, toCivil } from '../cases/index.ts';
import type { As, CaseClient, CommandOptions, NewExhibit } from '../client/client.ts';
import {
  type Answer,
  type Calendar,
  type CommandType,
  type ErrorCode,
  type Feedback,
  type Payload,
  type View,
  codeOf,
  wordsOf,
  zhOf as actOf,
} from '../schemas/index.ts';
import { nameOf } from './directory.ts';
import { hub as who, intake } from './people.ts';

/** Something worth a line: a step taken, an act refused by its rule, or what time did by itself. */
export type Note =
  | { kind: 'step'; story: number; caseNo: string; who: string; act: string; stage: string; outcome: string }
  | { kind: 'refused'; story: number; caseNo: string; who: string; act: string; code: ErrorCode; zh: string; why: string }
  | { kind: 'time'; story: number; caseNo: string; act: string };

export type Driver = {
  readonly client: CaseClient;
  /** The calendar by which the cases are judged: dates in payloads are counted with it. */
  readonly calendar: Calendar;
  readonly now: () => number;
  /** Returns when server time has reached the instant. */
  readonly waitUntil: (instant: number) => Promise<void>;
  readonly note: (note: Note) => void;
};
/** What a story is driven with: the cases that the file of feedback opened, by the key of the feedback. */
export type StoryDriver = Driver & { readonly signal: (key: string) => Promise<Signal> };

/** Civil date `days` natural days from now. */
export const inDays = (d: Driver, days: number): string => dateOf(epochDay(dateAt(d.calendar, d.now())) + days);
/** Civil date `amount` working days from now. */
export const inWorkingDays = (d: Driver, amount: number): string =>
  dateOf(addWorkingDays(d.calendar, epochDay(dateAt(d.calendar, d.now())), amount).day);

/** Lets civil days pass: in the demonstration by waiting, in a unit test by moving the clock. */
export const waitDays = async (d: Driver, days: number): Promise<void> => {
  const { day, ms } = toCivil(d.calendar, d.now());
  const span = d.calendar.scale?.msPerDay ?? 86_400_000;
  await d.waitUntil(d.now() + Math.ceil(days * span));
  if (toCivil(d.calendar, d.now()).day < day + Math.floor(days) && ms >= 0) throw new Error('the clock did not move');
};

/** What the refusal itself says, and what it misses; the words of the register where it crossed a process without them. */
const zhOf = (error: unknown, code: ErrorCode): string => (error as { refusal?: { zh?: string } }).refusal?.zh ?? wordsOf(code).zh;

/** One case as a story drives it. Every method throws where the story would go another way than domain 7 tells it. */
export class Matter {
  readonly d: Driver;
  readonly story: number;
  readonly caseNo: string;
  readonly feedback: Feedback;
  private proposal: string | undefined;
  private last: string;
  constructor(d: Driver, story: number, { caseNo, commandId, feedback }: Signal) {
    this.d = d;
    this.story = story;
    this.caseNo = caseNo;
    this.feedback = feedback;
    this.last = commandId;
  }

  /** 评价人 of the signal. */
  get rater(): string {
    const id = this.feedback.rater?.raterId;
    if (id === undefined) throw new Error(`story ${this.story}: nobody is known to have said it`);
    return id;
  }

  /** One command; must be accepted. */
  async do<T extends CommandType>(who: CommandOptions, type: T, payload: Payload<T>): Promise<Answer> {
    const answer = await this.d.client.command(this.caseNo, type, payload, who);
    this.proposal = answer.receipt?.proposalId ?? this.proposal;
    this.last = answer.receipt?.commandId ?? this.last;
    this.note(who, type, answer);
    return answer;
  }

  /** The id of what was proposed last. */
  proposed(): string {
    if (this.proposal === undefined) throw new Error(`story ${this.story}: nothing was proposed`);
    return this.proposal;
  }

  /** Approves what was proposed last: the second person of a two-person act. */
  async agree(...approvers: As[]): Promise<void> {
    const proposalId = this.proposed();
    for (const who of approvers) await this.do(who, 'approveProposal', { proposalId });
  }

  /** X→Y(→Z): a proposal and its approvals, by different people. */
  async both<T extends CommandType>(people: readonly [As, ...As[]], type: T, payload: Payload<T>): Promise<void> {
    const [first, ...rest] = people;
    await this.do(first, type, payload);
    if (rest.length > 0) await this.agree(...rest);
  }

  /** An act that must be refused by exactly this rule. */
  async refused<T extends CommandType>(code: ErrorCode, who: CommandOptions, type: T, payload: Payload<T>, why: string): Promise<void> {
    await this.expectRefusal(code, who, actOf(type), why, () => this.d.client.command(this.caseNo, type, payload, who));
  }
  async refusedApproval(code: ErrorCode, who: As, why: string): Promise<void> {
    await this.refused(code, who, 'approveProposal', { proposalId: this.proposed() }, why);
  }
  /** The system tries what only people decide. */
  async refusedTick<T extends CommandType>(code: ErrorCode, type: T, payload: Payload<T>, why: string): Promise<void> {
    await this.expectRefusal(code, { as: 'SYS' }, actOf(type), why, () => this.d.client.tick(this.caseNo, type, { payload }));
  }
  async expectRefusal(code: ErrorCode, who: As, act: string, why: string, attempt: () => Promise<unknown>): Promise<void> {
    const error = await attempt().then(
      () => null,
      (e: unknown) => e,
    );
    const got = error === null ? 'accepted' : codeOf(error);
    // Something else than a refusal went wrong: that is what the reader must see.
    if (got === undefined) throw error;
    if (got !== code) throw new Error(`story ${this.story} ${this.caseNo}: ${act} by ${who.as} should be refused with ${code}, was ${got}`);
    this.d.note({ kind: 'refused', story: this.story, caseNo: this.caseNo, who: nameOf(who.as), act, code, zh: zhOf(error, code), why });
  }

  /** Waits until time alone has done this in the case (提醒, 临期, 滞后, 逾期), and until it shows. */
  async awaits(type: CommandType, shows: (view: View) => boolean = () => true): Promise<void> {
    for (let n = 0; n < 400; n += 1) {
      const done = (await this.d.client.history(this.caseNo, who)).some((h) => h.type === type);
      if (done && shows(await this.d.client.view(this.caseNo, who))) return this.d.note({ kind: 'time', story: this.story, caseNo: this.caseNo, act: actOf(type) });
      await waitDays(this.d, 0.25);
    }
    throw new Error(`story ${this.story} ${this.caseNo}: time never brought ${type}`);
  }

  /** Puts an exhibit on record and gives its id. */
  async show(who: As, kind: NewExhibit['kind'], more: Omit<NewExhibit, 'kind'> = {}): Promise<string> {
    const content =
      more.content ?? (more.sha256 === undefined ? `${this.caseNo} ${kind} ${who.as} ${this.d.now()} ${Math.random()}` : undefined);
    const exhibit = await this.d.client.exhibit(this.caseNo, { kind, ...more, ...(content === undefined ? {} : { content }) }, who);
    return exhibit.id;
  }

  /** Waits until the ledger has the last command: another case is about to look it up there. */
  recorded(): Promise<void> {
    return this.d.client.recorded(this.caseNo, this.last);
  }

  /** Waits until the case stands in this stage by the passing of time alone. */
  async becomes(stage: string, who: As, tries = 120): Promise<void> {
    for (let n = 0; n < tries; n += 1) {
      if ((await this.d.client.view(this.caseNo, who)).stage === stage) return;
      await waitDays(this.d, 0.5);
    }
    throw new Error(`story ${this.story} ${this.caseNo}: never became ${stage}`);
  }

  private note(who: As, type: CommandType, answer: Answer): void {
    this.d.note({
      kind: 'step',
      story: this.story,
      caseNo: this.caseNo,
      who: nameOf(who.as),
      act: actOf(type),
      stage: answer.view.stageZh,
      outcome: answer.receipt?.outcome ?? 'done',
    });
  }
}

/** A case that the file of feedback opened: what the rest of a story needs of what was said. */
export type Signal = { readonly caseNo: string; readonly commandId: string; readonly feedback: Feedback };

/** 登记 was done when the file was taken in; the story goes on with the case that a row of it opened. */
export const begin = async (d: StoryDriver, story: number, key: string): Promise<Matter> => {
  const signal = await d.signal(key);
  const { stageZh } = await d.client.view(signal.caseNo, intake);
  d.note({ kind: 'step', story, caseNo: signal.caseNo, who: nameOf(intake.as), act: actOf('capture'), stage: stageZh, outcome: 'done' });
  return new Matter(d, story, signal);
};
