import { describe, expect, it } from 'vitest';
import { openDuties } from '../../../client/index.ts';
import type { Board, Directory } from '../../../schemas/index.ts';
import { testDirectory } from '../../support/directory.ts';
import { boardOf } from '../../support/ledger-drafts.ts';

const today = '2026-03-10';
const board = (more: Partial<Board> = {}): Board => boardOf({ leadUnit: 'U1', unitHead: 'wang', dutyLeader: 'gao', owner: 'ren', liaison: 'bai', caseLeader: 'fen', ...more });
const duties = (b: Board, directory: Directory = testDirectory, day = today): string[] => openDuties(b, directory, day).map((d) => `${d.duty} ${d.holder} ${d.why} ${d.since ?? '-'} → ${d.suggested.join(',')}`);
const without = (id: string, to: string | null): Directory => ({
  ...testDirectory,
  people: testDirectory.people.flatMap((p) => (p.id !== id ? [p] : to === null ? [] : [{ ...p, terms: p.terms.map((t) => ({ ...t, to })) }])),
});

describe('open duties without a holder', () => {
  it('are none while everybody is there', () => {
    expect(duties(board({ coopUnits: ['U2'] }))).toEqual([]);
  });
  it('are shown the day after the last day of the term, with who holds the role now', () => {
    const left = without('ren', '2026-03-09');
    expect(duties(board(), left)).toEqual(['owner ren left 2026-03-09 → liang']);
    expect(duties(board(), left, '2026-03-09')).toEqual([]);
  });
  it('are shown for who is not in the directory at all', () => {
    expect(duties(board(), without('wang', null))).toEqual(['unitHead wang unknown - → ']);
  });
  it('are each open task of theirs, and no closed one', () => {
    const task = (taskId: string, state: string): Board['tasks'][number] => ({ taskId, measure: 'm', unit: 'U1', owner: 'ren', due: '2026-03-20', state, rework: false });
    const b = board({ owner: 'liang', tasks: [task('T1', 'doing'), task('T2', 'taskClosed'), task('T3', 'waived')] });
    expect(openDuties(b, without('ren', '2026-03-01'), today).map((d) => [d.duty, d.taskId])).toEqual([['task', 'T1']]);
  });
  it('are those of a unit that was merged away, with the one that took over', () => {
    const merged: Directory = { ...testDirectory, units: testDirectory.units.map((u) => (u.id === 'U2' ? { ...u, until: '2026-03-01', mergedInto: 'U3' } : u)) };
    expect(duties(board({ leadUnit: 'U2', unitHead: null, dutyLeader: null, owner: null, liaison: 'wei', coopUnits: ['U2'] }), merged)).toEqual(['leadUnit U2 unitGone 2026-03-01 → U3', 'coopUnit U2 unitGone 2026-03-01 → U3']);
  });
  it('are a case leader who leads nobody any more', () => {
    expect(duties(board({ caseLeader: 'chu' }))).toEqual(['caseLeader chu unknown - → fen'.replace('unknown', 'left')]);
  });
  it('of a case that has ended are nobody’s', () => {
    expect(duties(board({ kind: 'settled' }), without('wang', null))).toEqual([]);
  });
});
