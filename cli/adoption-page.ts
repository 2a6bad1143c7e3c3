import type { AdoptionRehearsal, AdoptionReport } from '../client/index.ts';
import { both, label, say } from './messages.ts';
import { table } from './table.ts';
import { adoptionWords, changeWords, dateWords } from './words/adoption.ts';

type Change = AdoptionRehearsal['changes'][number];

/** `lookback 2` by its first word. */
const whatWord = (what: string): string => {
  const [first = ''] = what.split(' ');
  return Object.hasOwn(dateWords, first) ? `${dateWords[first as keyof typeof dateWords]} ${what}` : what;
};
const dates = (changes: readonly Omit<Change, 'stage'>[]): string[] =>
  changes.length === 0
    ? []
    : [
        table(
          [label('caseNo'), label('what'), label('task'), label('before'), label('after'), '', label('why')],
          changes.map((c) => [
            c.caseNo,
            whatWord(c.what),
            c.taskId ?? '',
            c.before,
            c.after ?? '?',
            changeWords[c.change],
            `${c.why.zh} · ${c.why.en}`,
          ]),
        ),
      ];

/** 试算: what would happen. */
export function adoptionText(id: string, r: AdoptionRehearsal): string {
  const count = (...changes: string[]): number => r.changes.filter((c) => changes.includes(c.change)).length;
  const sum = say('adoptionOf', {
    id,
    cases: r.cases,
    moved: count('moved'),
    confirmed: count('confirmed'),
    rest: count('unclear', 'offDay'),
  });
  return [sum, ...dates(r.changes), ...(r.faults.length === 0 ? [] : [say('adoptionFaults', { cases: r.faults.join(', ') })])].join('\n');
}

/** What happened, and why not where it did not. */
export function adoptedText(id: string, r: AdoptionReport): string {
  const changes = r.items.filter((i) => i.outcome === 'adopted').flatMap((i) => i.changes.map((c) => ({ caseNo: i.caseNo, ...c })));
  const { cases, adopted, unchanged, refused, failed } = r;
  const sum = say('adoptedSum', {
    id,
    cases,
    adopted,
    unchanged,
    refused,
    failed,
    moved: changes.filter((c) => c.change === 'moved').length,
  });
  const others = r.items
    .filter((i) => i.code !== undefined)
    .map((i) => [i.caseNo, adoptionWords[i.outcome], `${i.code}: ${both({ zh: i.zh ?? '', en: i.en ?? '' })}`]);
  const told = others.length === 0 ? [] : [table([label('caseNo'), label('outcome'), label('reason')], others)];
  return [sum, ...dates(changes), ...told, ...(failed > 0 ? [say('adoptedAgain')] : [])].join('\n');
}
