import { type CaseState, type EntryDraft, type ErrorCode, noFacts, system } from '../schemas/index.ts';
import type { Row } from './row.ts';
import { record } from './record.ts';

/** Entries that the engine itself makes: they change no stage and are rows of no table. */
const row = (command: string, zh: string): Row =>
  ({ row: `@${command}`, part: 'main', from: [], command, zh, en: command, actor: 'SYS', steps: [{ roles: ['SYS'] }], guards: [], to: [{ to: 'same' }], with: {}, limit: null, visible: 'office', do: [], docs: [], notify: [] }) as unknown as Row;

/** 留存: the history of a finished run was stored beside the ledger; the entry names its hash. */
export const noteRun = (state: CaseState, run: { runId: string; sha256: string }, at: number): { state: CaseState; entry: EntryDraft } => {
  const r = record({ type: 'keepRun', row: row('keepRun', '留存运行记录'), outcome: 'done', before: state, after: state, actor: system, at, payload: run, facts: noFacts, voided: [] });
  return { state: r.state, entry: r.entry };
};

/** 停办: ledger and case disagree, or a seal was false. No entry (the ledger would not take it); the case takes no command any more. */
export const halt = (state: CaseState, code: ErrorCode, at: number): CaseState => ({ ...state, halted: { code, at } });
