import { faultKinds, type FaultKind, type Fired } from './nemesis.ts';
import type { Line } from './log.ts';

export type Counts = { commands: number; copies: number; accepted: number; refused: number; unknown: number };
export type Report = { seed: number; cases: number; entries: number; fired: Fired; counts: Counts; longestWaitMs: Record<FaultKind, number | null>; faults: string[]; logFile: string };

export function countsOf(lines: readonly Line[]): Counts {
  const of = (t: Line['t']): number => lines.filter((line) => line.t === t).length;
  const commands = new Set(lines.flatMap((line) => (line.t === 'invoke' ? [line.commandId] : []))).size;
  return { commands, copies: of('invoke'), accepted: of('ok'), refused: of('refused'), unknown: of('unknown') };
}

/**
 * How long the unluckiest command waited after a fault of each kind, in ms: from the fault, or from being sent if that was later, to its
 * outcome. Commands sent while the victim was still down count.
 */
export function longestWaits(lines: readonly Line[]): Record<FaultKind, number | null> {
  const spans = spansOf(lines);
  const longest = (kind: FaultKind): number | null => {
    const waits = outages(lines, kind).flatMap(({ from, to }) => spans.filter((s) => s.start <= to && s.end >= from).map((s) => s.end - Math.max(from, s.start)));
    return waits.length === 0 ? null : Math.max(...waits);
  };
  return { worker: longest('worker'), temporal: longest('temporal'), postgres: longest('postgres') };
}

function spansOf(lines: readonly Line[]): { start: number; end: number }[] {
  const started = new Map<number, number>();
  const spans: { start: number; end: number }[] = [];
  for (const line of lines) {
    if (line.t === 'invoke') started.set(line.op, line.at);
    if (line.t === 'ok' || line.t === 'refused') spans.push({ start: started.get(line.op) ?? line.at, end: line.at });
  }
  return spans;
}

function outages(lines: readonly Line[], kind: FaultKind): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const line of lines) {
    if (line.t === 'fault' && line.kind === kind) found.push({ from: line.at, to: line.at });
    const last = found.at(-1);
    if (line.t === 'up' && line.kind === kind && last !== undefined) last.to = line.at;
  }
  return found;
}

const seconds = (ms: number | null): string => (ms === null ? '-' : `${(ms / 1000).toFixed(1)} s`);
const named = { worker: 'kill -9 工作进程 worker', temporal: 'kill -9 Temporal', postgres: 'PostgreSQL stop -m immediate' } as const;

export function textOf({ seed, cases, entries, fired, counts, longestWaitMs, faults, logFile }: Report): string {
  const { commands, copies, accepted, refused, unknown } = counts;
  return [
    `种子 seed ${seed}: 案件 cases ${cases}, 操作 commands ${commands}, 份 copies ${copies}, 接受 accepted ${accepted}, 拒绝 refused ${refused}, 当时不明 unknown at first ${unknown}, 分录 entries ${entries}`,
    ...faultKinds.map((kind) => `  ${named[kind]}: ${fired[kind]} 次, 最长等待 longest wait ${seconds(longestWaitMs[kind])}${kind === 'worker' ? ' (目标 aim 4 s)' : ''}`),
    ...(faults.length === 0 ? ['  没有丢失, 没有重复 · nothing lost, nothing twice'] : faults.map((fault) => `  ✗ ${fault}`)),
    ...(faults.length === 0 ? [] : [`  ${logFile}`]),
  ].join('\n');
}
