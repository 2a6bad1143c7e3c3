import { appendFileSync } from 'node:fs';
import type { Receipt } from '../../schemas/index.ts';
import type { FaultKind } from './nemesis.ts';

/** One copy of one command, asked until its outcome is known. `body` is a hash of the payload: two bodies may stand under one id. */
export type Sent = { op: number; key: string; commandId: string; type: string; body: string };
/**
 * What the clients saw, line by line. `unknown` is an attempt without an answer, after which the same is asked again; `lost` is a command
 * whose outcome nobody could find out.
 */
export type Line = { at: number } & (
  | ({ t: 'invoke' } & Sent)
  | { t: 'unknown'; op: number; why: string }
  | { t: 'ok'; op: number; caseNo: string; receipt: Receipt | null }
  | { t: 'refused'; op: number; caseNo: string; code: string }
  | { t: 'lost'; op: number; why: string }
  | { t: 'fault'; kind: FaultKind; what: string; /** Nothing of its kind is left. */ all: boolean }
  | { t: 'up'; kind: FaultKind }
);
type Without<T> = T extends unknown ? Omit<T, 'at'> : never;

/** The client log: in memory for the checker, and line by line in a file for whoever has to understand a failure. */
export class ClientLog {
  readonly lines: Line[] = [];
  readonly file: string;
  #ops = 0;
  constructor(file: string) {
    this.file = file;
  }

  write(line: Without<Line>): void {
    const dated = { at: Date.now(), ...line } as Line;
    this.lines.push(dated);
    appendFileSync(this.file, `${JSON.stringify(dated)}\n`);
  }

  /** Cases of which clients were told that something was accepted. */
  accepted(): string[] {
    return [...new Set(this.lines.flatMap((line) => (line.t === 'ok' ? [line.caseNo] : [])))];
  }

  nextOp(): number {
    this.#ops += 1;
    return this.#ops;
  }
}
