import { randomUUID } from 'node:crypto';
import { toCivil, yearOf } from '../cases/index.ts';
import { type Answer, CaseError, Feedback, type ImportedInput, type Payload, badInput, caseError, codeOf } from '../schemas/index.ts';
import type { CommandOptions } from './client.ts';
import { captureCase, command, type Wish } from './command.ts';
import { type Context, momentOf } from './context.ts';
import { resolveActor } from './edge.ts';
import { onRecord, refuse, type Attempt } from './refused.ts';

/** `imported`: where the item stands in the ledger from which it is taken over (承接台账). */
export type OpenOptions = CommandOptions & { externalKey?: string; predecessor?: string; imported?: ImportedInput };

/**
 * Saves the feedback (反馈), reserves the number (问题编号), starts the case and captures it. Each step may be repeated: the same
 * commandId gives the same case and receipt, another one under the same key is refused with KEY-NOT-NEW.
 */
export async function openCase(ctx: Context, input: unknown, options: OpenOptions): Promise<Answer & { caseNo: string }> {
  const commandId = options.commandId ?? `c-${randomUUID()}`;
  const attempt: Attempt = { caseNo: '', type: 'capture', commandId, as: options };
  const moment = await momentOf(ctx);
  const feedback = await onRecord(ctx, attempt, () => {
    resolveActor(moment.directory, options, moment.today);
    return parseFeedback(input);
  });
  const externalKey = options.externalKey ?? feedback.feedbackId;
  const year = yearOf(toCivil(moment.pack.calendar, moment.at).day);
  await onRecord(ctx, attempt, () => ctx.ledger.saveFeedback(feedback));
  const { caseNo, fresh } = await ctx.ledger.reserveCase({ prefix: moment.directory.prefix, year, field: feedback.field, externalKey, commandId });
  const wish: Wish = { caseNo, type: 'capture', payload: captureOf(feedback, externalKey, options), options: { ...options, commandId }, keyNew: true };
  const already = taken(externalKey, caseNo);
  const captured = (await ctx.ledger.problem(caseNo)) !== null;
  if (captured && !fresh) return refuse(ctx, { ...attempt, caseNo }, already);
  return { caseNo, ...(captured ? await command(ctx, wish) : await captureOnce(ctx, wish, { ...attempt, caseNo }, already)) };
}

const taken = (key: string, caseNo: string): CaseError => caseError('KEY-NOT-NEW', { zh: `${key} → ${caseNo}`, en: `${key} → ${caseNo}` });

function parseFeedback(input: unknown): Feedback {
  const parsed = Feedback.safeParse(input);
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  return parsed.data;
}

type Capture = Omit<Payload<'capture'>, 'imported'> & { imported?: ImportedInput };
/** What of the feedback enters the case: references, never who said it. */
function captureOf(f: Feedback, externalKey: string, { predecessor, imported }: OpenOptions): Capture {
  return {
    feedbackId: f.feedbackId,
    source: f.kind,
    externalKey,
    field: f.field,
    matter: f.matter,
    ...(f.ratedUnit === undefined ? {} : { ratedUnit: f.ratedUnit }),
    ...(f.place === undefined ? {} : { place: f.place }),
    raters: f.rater === undefined ? [] : [{ raterId: f.rater.raterId, feedbackId: f.feedbackId, named: f.named }],
    ...(predecessor === undefined ? {} : { predecessor }),
    ...(imported === undefined ? {} : { imported }),
  };
}

/** A case that is there already, though the ledger did not show it yet, was captured under another command id. */
async function captureOnce(ctx: Context, wish: Wish, attempt: Attempt, already: CaseError): Promise<Answer> {
  try {
    return await captureCase(ctx, wish);
  } catch (error) {
    if (codeOf(error) !== 'NOT-IN-THIS-STATE') throw error;
    return refuse(ctx, attempt, already);
  }
}
