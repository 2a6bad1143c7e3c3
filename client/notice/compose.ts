import * as z from 'zod';
import { citeWords, machineOf } from '../../cases/index.ts';
import { type Board, type Calendar, type CommandType, type Deadline, type Directory, type Effect, type Words, adoptions, commands, isAdoption, sideOf, zhOf } from '../../schemas/index.ts';
import type { Gap, Notice } from '../../schemas/notice.ts';
import type { Sources } from '../rules-of.ts';
import { type Around, type Recipient, recipientsOf } from './recipients.ts';
import { dueWords, gapWords, limitWords, markWords, sentence } from './words.ts';

/** What is known at the moment of delivery. `calendar` and `machine` are the case's own. */
export type Moment = { readonly directory: Directory; readonly today: string; readonly now: number; readonly calendar: Calendar; readonly machine: string; readonly board: Pick<Board, 'ratedUnit' | 'leadUnit' | 'coopUnits' | 'deadlines'> | null; /** What the pack of the case cites for a limit. */ readonly cite?: Sources['of'] };

const MarkData = z.object({ deadline: z.string(), mark: z.string(), due: z.int(), unit: z.string().nullable() });
type MarkData = z.infer<typeof MarkData>;
/** Does time say it, about one limit? */
export const isMark = ({ data }: Pick<Effect, 'data'>): boolean => MarkData.safeParse(data).success;

const aroundOf = ({ directory, today, board }: Moment): Around => ({
  directory, today, units: board === null ? [] : [board.ratedUnit, board.leadUnit, ...board.coopUnits].filter((u) => u !== null),
});

/** What happened, in the words of the table; an approval by the act that it approved. */
const actWords = (effect: Effect, machine: string): Words => {
  if (isAdoption(effect.name)) return adoptions[effect.name];
  const row = machineOf(machine)?.rows.find((r) => r.row === effect.data['row']);
  const zh = row?.zh ?? (Object.hasOwn(commands, effect.name) ? zhOf(effect.name as CommandType) : effect.name);
  return { zh, en: row?.command ?? effect.name };
};

const unitName = (d: Directory, id: string | null): string | null => (id === null ? null : (d.units.find((u) => u.id === id)?.name ?? id));
const ofCase = (caseNo: string, unit: string | null): string => (unit === null ? caseNo : `${caseNo} ${unit}`);

const stillDue = (mark: Pick<MarkData, 'deadline' | 'due'>, { board }: Moment): Deadline | undefined => board?.deadlines.find((d) => d.id === mark.deadline && d.due === mark.due);

function limitOf(mark: MarkData | null, m: Moment): Notice['limit'] {
  return mark === null ? undefined : { id: mark.deadline, mark: mark.mark, due: mark.due, provisional: stillDue(mark, m)?.provisional ?? false };
}

/** 依据, while the limit is in force. */
function citeText(limit: NonNullable<Notice['limit']>, m: Moment): Words {
  const d = stillDue({ deadline: limit.id, due: limit.due }, m);
  const cited = d === undefined ? '' : citeWords(m.cite?.(d) ?? []);
  return cited === '' ? { zh: '', en: '' } : sentence('cited', { cited });
}

function markText(effect: Effect, limit: NonNullable<Notice['limit']>, unit: string | null, m: Moment): Words {
  const what = Object.hasOwn(markWords, effect.name) ? markWords[effect.name as keyof typeof markWords] : actWords(effect, m.machine);
  return sentence('mark', { what, of: ofCase(effect.case, unitName(m.directory, unit)), limit: limitWords(limit.id, effect.data['stage']), due: joined(dueWords(m.calendar, limit, m.now), citeText(limit, m)) });
}

const AdoptionData = z.object({ changes: z.array(z.object({ what: z.string(), change: z.string(), before: z.string(), after: z.string().nullable() })) });
/** 启用日历版本, 改用限时方案: what the unit owes is due on another day. */
const totalText = ({ name, data }: Effect): Words => {
  const total = isAdoption(name) ? AdoptionData.safeParse(data).data?.changes.find((c) => c.what === 'totalDue' && c.change === 'moved') : undefined;
  return total ? sentence('total', { before: total.before, after: total.after ?? '' }) : { zh: '', en: '' };
};

const joined = (a: Words, b: Words): Words => ({ zh: a.zh + b.zh, en: a.en + b.en });

/**
 * The notices of one effect: one for each person, each under the key of the effect; one for the rater, where somebody is to tell them;
 * and for every gap in the line one of its own to the office (责任链空缺), once for each case and place. Nobody at all: it is kept for
 * nobody, so that it is seen that it went nowhere. Pure.
 */
export function noticesOf(effect: Effect, m: Moment): Notice[] {
  const around = aroundOf(m);
  const told = recipientsOf(around, effect.to);
  const mark = MarkData.safeParse(effect.data).data ?? null;
  const limit = limitOf(mark, m);
  const text = limit === undefined ? joined(sentence('act', { what: actWords(effect, m.machine), of: effect.case }), totalText(effect)) : markText(effect, limit, mark?.unit ?? null, m);
  const common = { key: effect.key, case: effect.case, name: effect.name, at: effect.at, sentAt: m.now, text, ...(limit === undefined ? {} : { limit }) };
  const kind = limit === undefined ? 'act' : 'mark';
  const toPeople = told.people.map((p): Notice => ({ ...common, kind, ...placeOf(p), ...seenGaps(p, told.missing), text: p.line === undefined ? text : joined(text, sentence('superior')) }));
  const toRater: Notice[] = told.rater ? [{ ...common, kind, person: null, role: 'rater', unit: null, text: sentence('rater', { what: actWords(effect, m.machine), of: effect.case }) }] : [];
  return [...forNobody(toPeople, toRater, told.missing, { ...common, kind }), ...told.missing.flatMap((gap) => gapNotices(effect, gap, m, around))];
}

const placeOf = ({ person, role, unit, line, onBehalfOf }: Recipient): Pick<Notice, 'person' | 'role' | 'unit' | 'line' | 'onBehalfOf'> => ({
  person, role, unit, ...(line === undefined ? {} : { line }), ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
});

/** How the office is staffed is told to the office alone. */
const seenGaps = ({ role }: Recipient, missing: readonly Gap[]): Pick<Notice, 'missing'> => (missing.length > 0 && sideOf(role) === 'office' ? { missing: [...missing] } : {});

function forNobody(people: readonly Notice[], rater: readonly Notice[], missing: readonly Gap[], common: Omit<Notice, 'person' | 'role' | 'unit'>): Notice[] {
  const first = missing[0];
  if (people.length > 0 || first === undefined) return [...people, ...rater];
  return [{ ...common, person: null, role: first.role, unit: first.unit, missing: [...missing] }, ...rater];
}

function gapNotices(effect: Effect, gap: Gap, m: Moment, around: Around): Notice[] {
  const places = gapWords(gap.role, unitName(m.directory, gap.unit), gap.why);
  const common = {
    key: `${effect.case}:missing:${gap.role}${gap.unit === null ? '' : `@${gap.unit}`}`, kind: 'missing-superior' as const, case: effect.case, name: effect.name, at: effect.at, sentAt: m.now,
    missing: [gap], text: sentence('gap', { of: effect.case, places }),
  };
  const { people } = recipientsOf(around, [{ role: 'HUB', unit: null }]);
  return people.length === 0 ? [{ ...common, person: null, role: 'HUB', unit: null }] : people.map((p) => ({ ...common, ...placeOf(p) }));
}
