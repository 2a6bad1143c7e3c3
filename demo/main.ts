/** 演示: brings a stack up in a folder of its own, plays the twelve stories through the public client, and audits what is left. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Counts } from '../import/index.ts';
import type { Board, Calendar } from '../schemas/index.ts';
import { audit, type Audited, notOnRecord } from './audit.ts';
import { directory } from './directory.ts';
import type { Driver, Note, StoryDriver } from './driver.ts';
import { haltable, settled } from './halt.ts';
import { demoPack } from './pack.ts';
import * as who from './people.ts';
import { createScreen, type Out, type Screen } from './screen.ts';
import { openStack, type Stack } from './stack.ts';
import { takeIn } from './take-in.ts';
import { type Story, stories } from './stories/index.ts';
import { scaleNote, stageOf } from './words.ts';

export type DemoOptions = {
  /** Only one JSON document on `out`, as its last line; what people read goes to `log`. */
  json?: boolean;
  out?: Out;
  log?: Out;
  /** Kept afterwards when given, so that one may look into it; a temporary folder that is removed otherwise. */
  dataDir?: string;
  /** Called with the stack still up, after the audit: to keep what it leaves, such as the histories of the cases. */
  afterwards?: (stack: Stack, told: readonly Told[]) => Promise<void>;
};
export type Summary = {
  cases: number;
  byStage: Record<string, number>;
  refusals: Record<string, number>;
  entries: number;
  chainVerified: boolean;
  refoldEqual: boolean;
  /** What time did at the wrong instant, twice, or not at all: counted by an oracle over the entries. */
  wrongFirings: number;
  /** Rows of the file of feedback: read = accepted + duplicate + rejected. */
  import: Counts;
};

/** So many stories run at a time; the longest ones first, because they wait for the calendar. */
const atATime = 6;
const longestFirst = [12, 10, 4, 7, 2, 5, 3, 6, 11, 1, 9, 8];

/** @returns 0 when every story ended as told, every refusal is on record, every chain holds and every replay is equal; 130 after Ctrl-C; else 1 */
export async function runDemo(options: DemoOptions = {}): Promise<number> {
  const out = options.out ?? process.stdout;
  const log = options.log ?? (options.json ? process.stderr : out);
  const stack = await openStack({ log, ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }) });
  const { stopped, release } = interrupted();
  const halt = new AbortController();
  const playing = play(stack, { out, log, json: options.json ?? false, afterwards: options.afterwards, halted: halt.signal });
  try {
    return await Promise.race([playing, stack.broken, stopped]);
  } finally {
    halt.abort(new Error('the demonstration was stopped'));
    await settled(playing);
    await stack.stop();
    release();
  }
}

/** Ctrl-C: the stack is stopped in order, the exit code is 130. A second one ends at once. */
function interrupted(): { stopped: Promise<number>; release: () => void } {
  let stop: () => void = () => undefined;
  const stopped = new Promise<number>((resolve) => (stop = () => resolve(130)));
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, stop);
  return { stopped, release: () => signals.forEach((signal) => process.off(signal, stop)) };
}

type Playing = { out: Out; log: Out; json: boolean; afterwards: DemoOptions['afterwards']; halted: AbortSignal };

async function play(stack: Stack, { out, log, json, afterwards, halted }: Playing): Promise<number> {
  const { pack, names, text, basis } = await demoPack(Date.now());
  await stack.ledger.importDirectory(directory, Date.now());
  await stack.ledger.savePack(pack, names, Date.now());
  await stack.ledger.keepPolicy({ policy: pack.policy, text }, Date.now());
  const screen = createScreen(log, pack.calendar, Date.now);
  screen.line(`${directory.name}: ${stories.length} 个故事 · ${scaleNote}`);
  const taken = await takeIn(stack, pack, screen.line);
  halted.throwIfAborted();
  const notes: Note[] = [];
  const driver = { ...driverOf(stack, { calendar: pack.calendar, screen, notes, halted }), signal: taken.signal };
  const told = await playAll(stack, driver, screen);
  halted.throwIfAborted();
  const audited = await audit(
    { ...stack, basis, now: Date.now },
    (await allBoards(stack)).map((b) => b.caseNo),
  );
  const boards = await allBoards(stack);
  screen.table(boards);
  const missing = await notOnRecord(
    stack.ledger,
    notes.filter((n) => n.kind === 'refused'),
  );
  const summary = { ...summaryOf(boards, notes, audited), import: taken.summary.counts };
  const faults = [...told.flatMap((t) => t.faults), ...audited.faults, ...audited.firings, ...missing];
  report(screen, summary, faults);
  await afterwards?.(stack, told);
  if (json) out.write(`${JSON.stringify(summary)}\n`);
  return faults.length === 0 && summary.chainVerified && summary.refoldEqual ? 0 : 1;
}

type Stage = { calendar: Calendar; screen: Screen; notes: Note[]; halted: AbortSignal };
const driverOf = (stack: Stack, { calendar, screen, notes, halted }: Stage): Driver => ({
  client: haltable(stack.client, halted),
  calendar,
  now: Date.now,
  waitUntil: async (instant) => {
    // One more tick of the clock: what ends at an instant is over only after it.
    for (let left = instant - Date.now(); left >= 0; left = instant - Date.now()) await wait(left + 5, undefined, { signal: halted });
  },
  note: (n) => {
    notes.push(n);
    screen.note(n);
  },
});

/** How one story went: its cases, the main one first, and in words what went another way than it tells. */
export type Told = { story: number; cases: readonly string[]; faults: readonly string[] };

async function playAll(stack: Stack, driver: StoryDriver, screen: Screen): Promise<Told[]> {
  const queue = longestFirst.flatMap((no) => stories.filter((s) => s.story.no === no));
  const told: Told[] = [];
  const table = screen.live ? setInterval(() => void allBoards(stack).then(screen.table, () => undefined), 500) : undefined;
  const lane = async () => {
    for (let s = queue.shift(); s !== undefined; s = queue.shift()) told.push(await playOne(stack, driver, s));
  };
  try {
    await Promise.all(Array.from({ length: atATime }, lane));
  } finally {
    clearInterval(table);
  }
  return told.sort((a, b) => a.story - b.story);
}

async function playOne(stack: Stack, driver: StoryDriver, { story, run }: Story): Promise<Told> {
  try {
    const cases = await run(driver);
    const { stage } = await stack.live(cases[0] ?? '');
    return {
      story: story.no,
      cases,
      faults: stage === story.stage ? [] : [`story ${story.no} ${cases[0]} ended in ${stage}, not in ${story.stage}`],
    };
  } catch (error) {
    return {
      story: story.no,
      cases: [],
      faults: [`story ${story.no}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
    };
  }
}

const allBoards = async (stack: Stack): Promise<Board[]> => (await stack.client.problems({ limit: 500 }, who.aud)).items;

const count = (names: readonly string[]): Record<string, number> => {
  const out: Record<string, number> = {};
  for (const name of [...names].sort()) out[name] = (out[name] ?? 0) + 1;
  return out;
};
const summaryOf = (boards: readonly Board[], notes: readonly Note[], audited: Audited): Omit<Summary, 'import'> => ({
  cases: boards.length,
  byStage: count(boards.map((b) => b.stage)),
  refusals: count(notes.flatMap((n) => (n.kind === 'refused' ? [n.code] : []))),
  entries: audited.entries,
  chainVerified: audited.chainVerified,
  refoldEqual: audited.refoldEqual,
  wrongFirings: audited.firings.length,
});

function report(screen: Screen, s: Summary, faults: readonly string[]): void {
  const refused = Object.values(s.refusals).reduce((a, b) => a + b, 0);
  screen.line('');
  screen.line(`小结 · summary（${scaleNote}）`);
  screen.line(
    `  案件 ${s.cases}: ${Object.entries(s.byStage)
      .map(([stage, n]) => `${stageOf(stage)} ${n}`)
      .join('，')}`,
  );
  screen.line(`  拒绝 ${refused} 次，规则 ${Object.keys(s.refusals).length} 条 · refusals by rule`);
  screen.line(
    `  分录 ${s.entries} 条，哈希链${s.chainVerified ? '完整' : '有误'}，重放${s.refoldEqual ? '一致' : '不一致'} · chain ${s.chainVerified}, replay ${s.refoldEqual}`,
  );
  screen.line(`  计时差错 ${s.wrongFirings} 次（由独立的算法逐条核对）· wrong firings ${s.wrongFirings}`);
  for (const fault of faults) screen.line(`  ✗ ${fault}`);
}
