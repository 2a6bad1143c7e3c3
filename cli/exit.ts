import { CommanderError } from 'commander';
import { type ErrorCode, isRule, type Refusal, caseError, codeOf, wordsOf } from '../schemas/index.ts';
import { textsOf } from './messages.ts';

/** 0 done, 3 refused, 2 bad input, 1 failure. */
export type ExitCode = 0 | 1 | 2 | 3;
const badInput: readonly ErrorCode[] = ['BAD-INPUT', 'UNKNOWN-CASE', 'UNKNOWN-EXHIBIT'];
const refused: readonly ErrorCode[] = ['NOT-FOR-YOU', 'UNKNOWN-PERSON', 'CASE-HALTED'];

export const exitCodeOf = (code: ErrorCode): ExitCode => (badInput.includes(code) ? 2 : isRule(code) || refused.includes(code) ? 3 : 1);

/** What went wrong, for people and for programs. `explained` are the lines of an error that explains itself (set-up). */
export type Failure = { exit: ExitCode; refusal: Refusal; explained?: string };

/** Any error as a failure; null for commander's own `--help` and `--version`, which are no errors. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof CommanderError) return error.exitCode === 0 ? null : { exit: 2, refusal: caseError('BAD-INPUT', misread(error)).refusal };
  const code = codeOf(error);
  if (code !== undefined) {
    const found = (error as { refusal?: Refusal }).refusal;
    return { exit: exitCodeOf(code), refusal: found ?? { code, ...wordsOf(code) } };
  }
  const message = error instanceof Error ? error.message : String(error);
  if ((error as { code?: unknown } | null)?.code === 'SET-UP') return { exit: 1, refusal: caseError(setUpCode(message)).refusal, explained: message };
  return { exit: 1, refusal: caseError('INTERNAL', { zh: message, en: message }).refusal };
}

/** A group without a command: commander has shown the help then. */
const misread = ({ code, message }: CommanderError): { zh: string; en: string } => (code === 'commander.help' ? textsOf('noCommand') : { zh: message, en: message });

/** Set-up errors of the tools have no code of ours; the two that people act on do. */
const setUpCode = (message: string): ErrorCode => (message.startsWith('端口 ') ? 'PORT-TAKEN' : message.startsWith('数据文件正在使用') ? 'LEDGER-LOCKED' : 'SERVER-MISSING');

/** The document of `--json`. */
export const errorDocument = ({ refusal, explained }: Failure): unknown => ({ error: { ...refusal, ...(explained === undefined ? {} : { detail: explained }) } });

/** The lines that a person reads: the rule, what is missing and who could do it, in both languages. */
export function explain({ refusal, explained }: Failure): string {
  if (explained !== undefined) return explained;
  const lines = [`${refusal.code}`, `  ${refusal.zh}`, `  ${refusal.en}`];
  if (refusal.field !== undefined && !refusal.en.includes(refusal.field)) lines.push(`  ${refusal.field}`);
  return lines.join('\n');
}
