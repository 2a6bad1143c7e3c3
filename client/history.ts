import { machineOf, mayRead, type Recorded } from '../cases/index.ts';
import { type Actor, type CaseState, type CommandType, adoptions, commands, documents, sideOf, stages, zhOf } from '../schemas/index.ts';
import type { As, HistoryItem } from './client.ts';
import type { Context } from './context.ts';
import { isUnitSide, readable } from './reading.ts';
import { recordedEntries } from './state.ts';

/** 办理经过 for one reader: the entries it may see, numbered as if there were no others. */
export async function history(ctx: Context, caseNo: string, as: As): Promise<HistoryItem[]> {
  const { state, actor } = await readable(ctx, caseNo, 'history', as);
  const entries = await recordedEntries(ctx, caseNo);
  return entries.filter((e) => sees(state, actor, e)).map((e, index) => itemOf(state, actor, e, index + 1));
}

/** Is the covert operation that an entry belongs to over (`operationEnded`)? */
const revealed = (state: CaseState): boolean => state.visit === null && state.spotCheck.state !== 'active' && state.stage !== 'lookback' && !state.stage.startsWith('reinspection');

/** Who may know of an entry: its audience, not the reader's curiosity. */
export function sees(state: CaseState, who: Actor, { header }: Recorded): boolean {
  const { scope, people = [], reveal } = header.audience;
  if (isUnitSide(who)) return scope === 'case' || scope === 'served';
  if (scope === 'sealed') return people.includes(who.person);
  if (scope !== 'covert') return sideOf(who.role) !== 'public';
  if (people.includes(who.person) || mayRead(state, who, 'covert') === 'yes') return true;
  return reveal === 'operationEnded' && revealed(state) && mayRead(state, who, 'callbacks') === 'yes';
}

/** Who acted, unless it is an inspector whom this reader may not know. */
export const nameFor = (state: CaseState, who: Actor, by: { person: string; role: string }): string => (['IL', 'INS'].includes(by.role) && mayRead(state, who, 'inspectors') !== 'yes' ? '—' : by.person);

function itemOf(state: CaseState, who: Actor, { header, body }: Recorded, position: number): HistoryItem {
  const stage = isUnitSide(who) ? unitStage : officeStage;
  return {
    position,
    at: header.at,
    type: header.type,
    zh: wordsFor(header, body.row),
    by: nameFor(state, who, header.actor),
    role: header.actor.role,
    outcome: body.outcome,
    from: stage(body.from),
    to: stage(body.to),
    documents: body.documents.map((d) => wordsForDocument(d.kind)),
  };
}

/** What the engine itself puts on record. */
const engineWords: Readonly<Record<string, string>> = { takenOver: '承接台账', ratersJoined: '评价人并入', ratersLeft: '评价人移出', keepRun: '留存运行记录', adoptCalendar: adoptions.adoptCalendar.zh, adoptPolicy: adoptions.adoptPolicy.zh };

/** The act by the name of its row; an approval by both: 同意 立改完成. */
export function wordsFor({ type, machine }: Recorded['header'], row: string): string {
  const fired = machineOf(machine)?.byId.get(row);
  if (fired?.command === type) return fired.zh;
  const own = Object.hasOwn(commands, type) ? zhOf(type as CommandType) : (engineWords[type] ?? type);
  return fired ? `${own} ${fired.zh}` : own;
}
const wordsForDocument = (kind: string): string => (Object.hasOwn(documents, kind) ? documents[kind as keyof typeof documents].zh : kind);
const known = (id: string): id is keyof typeof stages => Object.hasOwn(stages, id);
const officeStage = (id: string): string => (known(id) ? stages[id].zh : '—');
const unitStage = (id: string): string => (known(id) ? (stages[id].unitView ?? '—') : '—');
