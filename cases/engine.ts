import { type CaseState, type EntryDraft, type ErrorCode, type Pack, type Rater, noFacts, system } from '../schemas/index.ts';
import type { Row } from './row.ts';
import { record } from './record.ts';
import { timed } from './machine/index.ts';
import { settleTime } from './time.ts';

/** Entries that the engine itself makes: rows of no table. They change no stage; 承接 (`takeover.ts`) alone says at which one a case begins. */
export const engineRow = (command: string, zh: string): Row =>
  ({ row: `@${command}`, part: 'main', from: [], command, zh, en: command, actor: 'SYS', steps: [{ roles: ['SYS'] }], guards: [], to: [{ to: 'same' }], with: {}, limit: null, visible: 'office', do: [], docs: [], notify: [] }) as unknown as Row;

/** 留存: the history of a finished run was stored beside the ledger; the entry names its hash. */
export const noteRun = (state: CaseState, run: { runId: string; sha256: string }, at: number): { state: CaseState; entry: EntryDraft } => {
  const r = record({ type: 'keepRun', row: engineRow('keepRun', '留存运行记录'), outcome: 'done', before: state, after: state, actor: system, at, payload: run, facts: noFacts, voided: [] });
  return { state: r.state, entry: r.entry };
};

/** 并单: raters of another case join this one, or go back to it when the merge was a mistake. `key` makes it happen once. */
export type RatersMove = { key: string; kind: 'join' | 'leave'; from: string; raters: { raterId: string; feedbackId: string; named: boolean }[] };

/** Once the office has accepted the application, who joins is due for a call-back like the others. */
const newcomer = (r: RatersMove['raters'][number], from: string, since: number | null, joined: Pick<Rater, 'joinedAt'>): Rater => ({
  ...r, from, withdrawn: false, ...joined, contactedAt: null, answeredAt: null, callback: { state: r.named && since !== null ? 'due' : 'none', since: r.named ? since : null, by: null, solved: null, satisfied: null },
});

/** Each rater keeps the reply and call-back duty in the case it stands in; null when the move was made before. What is late with them is late from now on. */
export const moveRaters = (state: CaseState, move: RatersMove, at: number, pack: Pack): { state: CaseState; entry: EntryDraft } | null => {
  if (Object.hasOwn(state.commands, move.key)) return null;
  const others = state.raters.filter((r) => r.from !== move.from);
  const raters = move.kind === 'leave' ? others : [...others, ...move.raters.filter((r) => !others.some((o) => o.raterId === r.raterId)).map((r) => newcomer(r, move.from, state.application?.accepted ? at : null, timed(state) ? { joinedAt: at } : {}))];
  const moved = { ...state, raters, commands: { ...state.commands, [move.key]: { fingerprint: '0'.repeat(16), seq: state.seq + 1 } } };
  const after = settleTime(moved, at, pack);
  const name = move.kind === 'join' ? 'ratersJoined' : 'ratersLeft';
  const r = record({ type: name, row: engineRow(name, move.kind === 'join' ? '评价人并入' : '评价人移出'), outcome: 'done', before: state, after, actor: system, at, payload: move, facts: noFacts, voided: [] });
  return { state: r.state, entry: r.entry };
};

/** 停办: ledger and case disagree, or a seal was false. No entry (the ledger would not take it); the case takes no command any more. */
export const halt = (state: CaseState, code: ErrorCode, at: number): CaseState => ({ ...state, halted: { code, at } });
