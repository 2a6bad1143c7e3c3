import type { FaultKind, Fired } from './nemesis.ts';
import type { Line } from './log.ts';

export type Counts = { commands: number; copies: number; accepted: number; refused: number; unknown: number };
/** `worker`: another was there to take over; `workers`: all were killed, and the wait is that for one to come up. */
export type Waits = Record<FaultKind | 'workers' | 'command', number | null>;
export type Report = { seed: number; cases: number; entries: number; fired: Fired; counts: Counts; longestWaitMs: Waits; faults: string[]; logFile: string };

export function countsOf(lines: readonly Line[]): Counts {
  const of = (t: Line['t']): number => lines.filter((line) => line.t === t).length;
  const commands = new Set(lines.flatMap((line) => (line.t === 'invoke' ? [line.commandId] : []))).size;
  return { commands, copies: of('invoke'), accepted: of('ok'), refused: of('refused'), unknown: of('unknown') };
}

/**
 * How long the unluckiest command waited after a fault of each kind, in ms: from the fault, or from being sent if that was later, to its
 * outcome. A command hit by several faults counts for the last of them; `command` is the longest of all, whatever struck meanwhile.
 */
export function longestWaits(lines: readonly Line[]): Waits {
  const longest: Waits = { worker: null, workers: null, temporal: null, postgres: null, command: null };
  const started = new Map<number, number>();
  let fault: { kind: keyof Waits; at: number; up: number } | undefined;
  const wait = (of: keyof Waits, ms: number): void => void (longest[of] = Math.max(longest[of] ?? 0, ms));
  for (const line of lines) {
    if (line.t === 'invoke') started.set(line.op, line.at);
    if (line.t === 'fault') fault = { kind: line.kind === 'worker' && line.all ? 'workers' : line.kind, at: line.at, up: Number.POSITIVE_INFINITY };
    if (line.t === 'up' && fault !== undefined) fault.up = line.at;
    if (line.t !== 'ok' && line.t !== 'refused') continue;
    const start = started.get(line.op) ?? line.at;
    wait('command', line.at - start);
    if (fault !== undefined && start <= fault.up) wait(fault.kind, line.at - Math.max(fault.at, start));
  }
  return longest;
}

const seconds = (ms: number | null): string => (ms === null ? '-' : `${(ms / 1000).toFixed(1)} s`);
const named = { worker: 'kill -9 工作进程 worker', temporal: 'kill -9 Temporal', postgres: 'PostgreSQL stop -m immediate' } as const;

export function textOf({ seed, cases, entries, fired, counts, longestWaitMs, faults, logFile }: Report): string {
  const { commands, copies, accepted, refused, unknown } = counts;
  return [
    `种子 seed ${seed}: 案件 cases ${cases}, 操作 commands ${commands}, 份 copies ${copies}, 接受 accepted ${accepted}, 拒绝 refused ${refused}, 当时不明 unknown at first ${unknown}, 分录 entries ${entries}`,
    `  ${named.worker}: ${fired.worker} 次, 最长等待 longest wait ${seconds(longestWaitMs.worker)} (目标 aim 4 s), 全部被杀 all killed at once ${seconds(longestWaitMs.workers)}`,
    ...(['temporal', 'postgres'] as const).map((kind) => `  ${named[kind]}: ${fired[kind]} 次, 最长等待 longest wait ${seconds(longestWaitMs[kind])}`),
    `  一个操作最长 longest command, through all faults that struck it: ${seconds(longestWaitMs.command)}`,
    ...(faults.length === 0 ? ['  没有丢失, 没有重复 · nothing lost, nothing twice'] : faults.map((fault) => `  ✗ ${fault}`)),
    ...(faults.length === 0 ? [] : [`  ${logFile}`]),
  ].join('\n');
}
