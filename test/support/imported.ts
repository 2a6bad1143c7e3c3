/** Open items of ledgers that were kept elsewhere, as an importer hands them in. */
import { dateAt, dateOf, epochDay } from '../../cases/index.ts';
import type { ImportedInput, LedgerStage } from '../../schemas/index.ts';
import type { World } from './world.ts';

const inDays = (w: World, n: number): string => dateOf(epochDay(dateAt(w.pack.calendar, w.at)) + n);
type Colour = 'red' | 'yellow' | 'blue';
export type Wish = { stage: LedgerStage; colour?: Colour; track?: 'immediate' | 'list'; head?: boolean; dueIn?: number | null };
const trackOf = (stage: LedgerStage): 'immediate' | 'list' => (stage === 'planDrafting' || stage === 'rectifying' ? 'list' : 'immediate');

/** A whole item: everything that the stage may have is known, unless it is left out. */
export const itemOf = (w: World, { stage, colour = 'blue', track = trackOf(stage), head = true, dueIn = 30 }: Wish): ImportedInput => ({
  document: '2025年问题台账',
  originalNo: '17',
  stage,
  foundOn: inDays(w, -60),
  ...(dueIn === null ? {} : { due: inDays(w, dueIn) }),
  ...(stage === 'registered' ? {} : { grade: { colour, track } }),
  ...(stage === 'registered' || stage === 'triaged'
    ? {}
    : {
        assignedOn: inDays(w, -40),
        responsibility: { leadUnit: 'U1', ...(head ? { unitHead: 'UH-1@U1' } : {}), owner: 'UO-1@U1', coopUnits: ['U2'], ...(colour === 'red' ? { caseLeader: 'LDR_CHIEF-1' } : {}) },
        tasks: [{ measure: '改办事指南', due: inDays(w, 5), done: true }, { measure: '培训窗口人员', owner: 'UO-2@U1', due: inDays(w, -3) }],
      }),
});

/** Tasks of a unit officer that fall due so many days from now each. */
export const tasksDue = (w: World, days: readonly number[]) => days.map((n, i) => ({ measure: `措施${i}`, owner: 'UO-1@U1', due: inDays(w, n) }));

/** The capture of such an item. */
export const captureOf = (item: ImportedInput, over: object = {}) => ({
  source: 'inspection', externalKey: '2025年问题台账:17', field: 'JY', matter: { code: 'M1', name: '入学材料' }, ratedUnit: 'U1', place: '东湖区', raters: [], ...over, imported: item,
});
