import { type Actor, type CaseState, type Feedback, type RoleId, isSecret } from '../schemas/index.ts';
import type { DuplicateQuery, FeedbackQuery, LikelyDuplicate, Suspicion, SuspicionQuery } from '../ledger/index.ts';
import type { As } from './client.ts';
import { isDesk, lookOf, needsReason, openParts, rightToContact, wholeParts } from './contact.ts';
import type { Context } from './context.ts';
import { isUnitSide, notForYou, readable, type Reading, readerOf } from './reading.ts';

/**
 * 反馈 as one reader sees it. `shows`: `whole` as it was said; `masked` with what is left of names and numbers; `text` the masked text
 * alone, without the person. A unit sees neither the ids nor the times by which it would find that person in its own files.
 */
export type Said = {
  feedbackId: string | null;
  kind: Feedback['kind'];
  level: number | null;
  named: boolean;
  channel: string;
  field: string;
  matter: string;
  place: string | null;
  ratedUnit: string | null;
  text: string;
  at: number | null;
  indicators: readonly string[];
  isDefault: boolean;
  rater: { raterId: string; name: string | null; phone: string | null; idNo: string | null } | null;
  service: Feedback['service'] | null;
  order: Feedback['order'] | null;
  shows: Shows;
};
type Shows = 'whole' | 'masked' | 'text';
export type SaidRow = { said: Said; caseNo: string | null; raterKey: string | null };
export type SaidPage = { items: SaidRow[]; next: string | null };

/**
 * What was said in the feedback of a case, the first first. Whoever may read the problem reads the masked text; who said it is shown by
 * the rules of contact (domain 6.8), and then the look is on record. 举报 is for the desk alone. @throws NOT-FOR-YOU, on record
 */
export async function feedback(ctx: Context, caseNo: string, as: As & { reason?: string }): Promise<Said[]> {
  const reading = await readable(ctx, caseNo, 'feedback', as);
  const { state, actor } = reading;
  const right = rightToContact(state, actor);
  const desk = isDesk(actor, right);
  if (state.source === 'report' && !desk) return notForYou(ctx, reading);
  const open = [...(await openParts(ctx, await idsOf(ctx, state))).values()].filter((f) => desk || !isSecret(f)).toSorted((a, b) => whenOf(a) - whenOf(b));
  if (right === 'no' || (needsReason(actor) && !as.reason?.trim())) return open.map((f) => shownTo(actor, f, 'text'));
  const look = lookOf(ctx, caseNo, 'feedback', reading, { reason: as.reason, masked: right === 'masked' });
  if (right === 'masked') return ctx.ledger.noteRead(look).then(() => open.map((f) => shownTo(actor, f, 'masked')));
  const theirs = desk ? open : open.filter((f) => f.rater !== undefined && f.rater.raterId === state.disclosed?.rater);
  const whole = await wholeParts(ctx, theirs.map((f) => f.feedbackId), look);
  return open.map((f) => shownTo(actor, whole.get(f.feedbackId) ?? f, whole.has(f.feedbackId) ? 'whole' : 'text'));
}

const whenOf = (f: Feedback): number => f.saidAt ?? f.receivedAt;

/** By the ledger, and by the raters who joined when another case was merged into this one. */
async function idsOf(ctx: Context, state: CaseState): Promise<string[]> {
  const linked = await ctx.ledger.feedbacks({ case: state.caseNo, limit: 1000 });
  return [...new Set([...linked.map((row) => row.feedback.feedbackId), ...state.raters.map((r) => r.feedbackId)])];
}

/** One feedback as this reader sees it; `f` is masked already unless `shows` says whole. */
export function shownTo(reader: Pick<Actor, 'role'>, f: Feedback, shows: Shows): Said {
  const hidden = isUnitSide(reader) && shows === 'text';
  return {
    feedbackId: hidden ? null : f.feedbackId, kind: f.kind, level: f.level ?? null, named: f.named, channel: f.channel, field: f.field, matter: f.matter.name, place: f.place ?? null,
    ratedUnit: f.ratedUnit ?? null, text: f.text, at: hidden ? null : whenOf(f), indicators: f.indicators ?? [], isDefault: f.isDefault ?? false,
    rater: shows === 'text' || !f.rater ? null : { raterId: f.rater.raterId, name: f.rater.name ?? null, phone: f.rater.phone ?? null, idNo: f.rater.idNo ?? null },
    service: hidden ? null : (f.service ?? null), order: hidden ? null : (f.order ?? null), shows,
  };
}

/** Who looks after what was said as a whole; never a unit, a team or the archive. */
const watchers: readonly RoleId[] = ['INTAKE', 'VERIFIER', 'SUP', 'HUB', 'LDR_DEPUTY', 'LDR_CHIEF', 'UPPER', 'PANEL', 'REVIEW', 'AUD'];
const desk: readonly RoleId[] = ['INTAKE', 'VERIFIER'];

async function watcherOf(ctx: Context, what: string, as: As): Promise<Reading> {
  const reading = await readerOf(ctx, '', what, as);
  return watchers.includes(reading.actor.role) ? reading : notForYou(ctx, reading);
}
/** Reports and secret orders are there for the desk only. */
const scopeOf = ({ actor }: Reading): { secret?: false } => (desk.includes(actor.role) ? {} : { secret: false });

/** 反馈 of all cases and of none, the latest first, without the person: one rater is recognised by `raterKey`. @throws NOT-FOR-YOU */
export async function feedbacks(ctx: Context, query: Omit<FeedbackQuery, 'secret'>, as: As): Promise<SaidPage> {
  const reading = await watcherOf(ctx, 'feedbacks', as);
  const limit = Math.max(1, Math.min(query.limit ?? 100, 1000));
  const rows = await ctx.ledger.feedbacks({ ...query, ...scopeOf(reading), limit });
  const items = rows.map((row) => ({ said: shownTo(reading.actor, row.feedback, 'text'), caseNo: row.caseNo, raterKey: row.raterKey }));
  return { items, next: items.length < limit ? null : (items.at(-1)?.said.feedbackId ?? null) };
}

/** 异常线索: shown, and acted on by nobody but a person. @throws NOT-FOR-YOU */
export async function suspicions(ctx: Context, query: Omit<SuspicionQuery, 'secret'>, as: As): Promise<Suspicion[]> {
  const reading = await watcherOf(ctx, 'suspicions', as);
  return ctx.ledger.suspicions({ ...query, ...scopeOf(reading) });
}

/** 疑似重复: a person merges them, by `merge`, or does not. @throws NOT-FOR-YOU */
export async function duplicates(ctx: Context, query: DuplicateQuery, as: As): Promise<LikelyDuplicate[]> {
  await watcherOf(ctx, 'duplicates', as);
  return ctx.ledger.likelyDuplicates(query);
}
