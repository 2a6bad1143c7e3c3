import { deadlinesForUnit, readsCallbacks } from '../cases/index.ts';
import { type Actor, type Board, CaseError, ProblemQuery, type ProblemPage, badInput, sideOf } from '../schemas/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { isUnitSide, notForYou, readerOf, type Reading } from './reading.ts';

const nothing = '0'.repeat(64);
/** What an archivist reads (6.8). */
const archived = ['closed', 'archived', 'retired'];

/**
 * 问题台账, as far as the reader may see it. A unit gets its own cases by their public stage; the columns whose change would tell of
 * a covert visit (revision, hash, since when) are blank. What a reader may not see it cannot ask by either: the ledger filters, sorts,
 * counts pages and cuts them among the rows that this reader may see and by the values that it may see.
 */
export async function problems(ctx: Context, query: ProblemQuery, as: As): Promise<ProblemPage> {
  const reading = await readerOf(ctx, '', 'problems', as);
  const { actor } = reading;
  const parsed = ProblemQuery.safeParse(query);
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  if (isUnitSide(actor)) return ofUnit(ctx, parsed.data, reading);
  if (['public', 'system'].includes(sideOf(actor.role))) return notForYou(ctx, reading);
  const page = await ctx.ledger.problems(parsed.data, { at: ctx.now(), ...(actor.role === 'ARCH' ? { stages: archived } : {}) });
  return readsCallbacks(actor.role) ? page : { ...page, items: page.items.map((b) => ({ ...b, callbacks: [], deadlines: b.deadlines.filter((d) => !d.id.startsWith('callback:')) })) };
}

/** Since when a case stands where it stands, and by which channel it came, is not a unit's to know. */
async function ofUnit(ctx: Context, query: ProblemQuery, reading: Reading): Promise<ProblemPage> {
  const hidden = query.sort === 'since' ? 'sort=since' : query.channel === undefined ? null : 'channel';
  if (hidden !== null) return notForYou(ctx, reading, { zh: hidden, en: hidden });
  const { items, next } = await ctx.ledger.problems(query, { unit: reading.actor.unit, at: ctx.now() });
  return { items: items.map((b) => unitBoard(b, b.unitStage ?? '', reading.actor)), next };
}

/** Named one by one: a column that a later board brings along is not shown to a unit before somebody has thought about it. */
const unitBoard = (b: Board, stage: string, who: Actor): Board => ({
  caseNo: b.caseNo,
  seq: 0,
  stage,
  unitStage: b.unitStage,
  kind: b.kind === 'open' ? 'open' : 'settled',
  since: b.capturedAt,
  round: b.round,
  field: b.field,
  source: b.source,
  matter: b.matter,
  matterCode: b.matterCode,
  place: b.place,
  ratedUnit: b.ratedUnit,
  ledgerNo: b.ledgerNo,
  colour: b.colour,
  ordinary: b.ordinary,
  track: b.track,
  alert: b.alert,
  // What the office is late with would tell a unit what goes on behind 核验中.
  officeAlert: 'none',
  leadUnit: b.leadUnit,
  coopUnits: b.coopUnits,
  unitHead: b.unitHead,
  owner: b.owner,
  dutyLeader: b.dutyLeader,
  liaison: b.liaison,
  caseLeader: b.caseLeader,
  capturedAt: b.capturedAt,
  due: b.due,
  originalDue: b.originalDue,
  dueProvisional: b.dueProvisional,
  extensions: b.extensions,
  grantedDue: b.grantedDue,
  appliedAt: b.appliedAt,
  ...(b.policy === undefined ? {} : { policy: b.policy }),
  ...(b.calendar === undefined ? {} : { calendar: b.calendar }),
  deadlines: deadlinesForUnit(who.unit, b),
  imported: b.imported,
  closedAt: b.closedAt,
  revision: 0,
  stateHash: nothing,
  proofs: [],
  feedback: [],
  callbacks: [],
  tasks: b.tasks.filter((t) => b.leadUnit === who.unit || t.unit === who.unit),
  publication: stage === '公示中' || stage === '已销号' ? b.publication : null,
});
