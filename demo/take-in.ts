/** 导入: the demonstration begins as an agency does, with a file. What cannot be read stays out and is shown. */
import { yearOf, toCivil } from '../cases/index.ts';
import { contextOf, importFile, openTable, openingId, type ImportSummary } from '../import/index.ts';
import { type Pack, caseError } from '../schemas/index.ts';
import { directory } from './directory.ts';
import type { StoryDriver } from './driver.ts';
import { feedbackFile } from './feedback/make.ts';
import * as who from './people.ts';
import type { Stack } from './stack.ts';

export type TakenIn = { readonly summary: ImportSummary; readonly signal: StoryDriver['signal'] };

/** @param line one line for people, for each row that stays out and for the whole */
export async function takeIn(stack: Pick<Stack, 'client' | 'ledger'>, pack: Pack, line: (text: string) => void): Promise<TakenIn> {
  const now = Date.now();
  const context = contextOf({ directory, calendar: pack.calendar, now, document: 'feedback.xlsx' });
  const numbering = { prefix: directory.prefix, year: yearOf(toCivil(pack.calendar, now).day) };
  const cases = new Map<string, string>();
  const file = await openTable(feedbackFile);
  const summary = await importFile({ ...stack, as: who.intake, context, numbering, now: Date.now }, file, {
    onError: (e) => line(`  ↩ ${e.sheet ?? ''} 第${e.row}行 ${e.column ?? ''} “${e.value}” ${e.rule} ${e.zh}`),
    onRow: ({ key, caseNo }) => void (caseNo !== null && cases.set(key, caseNo)),
  }).finally(() => file.close());
  const { read, accepted, duplicate, rejected } = summary.counts;
  line(`导入 feedback.xlsx: 读取 ${read} 行, 接收 ${accepted}, 重复 ${duplicate}, 未接收 ${rejected}, 立案 ${summary.opened} 件`);
  return { summary, signal: (key) => signalOf(stack, cases, key) };
}

async function signalOf({ ledger }: Pick<Stack, 'ledger'>, cases: ReadonlyMap<string, string>, key: string): ReturnType<StoryDriver['signal']> {
  const [caseNo, feedback] = [cases.get(key), await ledger.feedback(key)];
  if (caseNo === undefined || feedback === null) throw caseError('UNKNOWN-CASE', { zh: key, en: key });
  return { caseNo, commandId: openingId(key), feedback };
}
