import { describe, expect, it } from 'vitest';
import { resolveActor } from '../../../client/edge.ts';
import { idsIn, lookUp, type Question } from '../../../client/facts.ts';
import type { CaseState, Exhibit, Feedback } from '../../../schemas/index.ts';
import { boardOf } from '../../support/ledger-drafts.ts';
import { testDirectory as directory } from '../../support/directory.ts';
import { World } from '../../support/world.ts';

const today = '2026-03-02';
const exhibitOf = (id: string, more: Partial<Exhibit> = {}): Exhibit => ({
  id, caseNo: 'YC-2026-JY-0001', kind: 'proof', sha256: 'a'.repeat(64), registeredAt: 1, by: { person: 'ren', role: 'UO', unit: 'U1' }, data: {}, ...more,
});
const known: Exhibit[] = [exhibitOf('x-1'), exhibitOf('x-2', { kind: 'pledge', by: { person: 'cha', role: 'INS', unit: 'OFFICE' } })];

/** A ledger that knows a few things, as values: what is looked up is the matter here, not how it is stored. */
const ledger: Question['ledger'] = {
  exhibits: async (ids) => known.filter((e) => ids.includes(e.id)),
  problem: async (no) => (no === 'YC-2026-JY-0099' ? boardOf({ caseNo: no, ratedUnit: 'U1' }) : null),
  feedback: async (id) => (id === 'f-9' ? ({ feedbackId: 'f-9', matter: { code: 'M1', name: '入学' }, ratedUnit: 'U1' } as Feedback) : null),
  proofSeen: async (shas) => (shas.includes('a'.repeat(64)) ? { ['a'.repeat(64)]: ['YC-2025-JY-0007'] } : {}),
  draw: async () => ({ commitment: 'c'.repeat(64), drawn: true }),
};
const state = (more: Partial<CaseState> = {}): CaseState => {
  const { state: blank } = new World();
  return { ...blank, matter: { ...blank.matter, ratedUnit: 'U1' }, ...more };
};
const ask = (type: Question['type'], payload: Record<string, unknown>, more: Partial<Question> = {}, as = 'li') =>
  lookUp({ ledger, directory, today, caseNo: 'YC-2026-JY-0001', type, payload, actor: resolveActor(directory, { as }, today), state: async () => state(), ...more });

describe('what the edge looks up', () => {
  it('finds every id in a payload, however deep, and nothing that is a sentence', () => {
    expect(idsIn({ a: 'x-1', b: ['x-2', { c: 'x-1' }], d: 3, e: 'two words', f: null, g: '' })).toEqual(['x-1', 'x-2']);
  });

  it('brings the exhibits, people and units that are named, and no others', async () => {
    const { facts } = await ask('startReinspection', { plan: 'x-404', team: ['cha', 'nobody'], pledges: ['x-2'], note: 'U2' });
    expect(Object.keys(facts.exhibits)).toEqual(['x-2']);
    expect(facts.people).toEqual({ cha: { roles: ['INS'], units: ['OFFICE'], conflicted: false } });
    expect(facts.units).toEqual(['U2']);
  });

  it('gives the words of a draft to who signs, and to nobody before: until then they are not known to be masked', async () => {
    const draft = exhibitOf('x-3', { kind: 'draft', data: { text: '张某 13812345678', what: '公示稿' } });
    const asked = { ledger: { ...ledger, exhibits: async () => [draft] } };
    expect((await ask('signClosure', { notice: 'x-3' }, asked)).facts.exhibits['x-3']?.data.text).toBe('张某 13812345678');
    expect((await ask('submitSupplement', { materials: ['x-3'] }, asked)).facts.exhibits['x-3']?.data).toEqual({ what: '公示稿' });
  });

  it('takes no fact from the payload itself', async () => {
    const { facts } = await ask('capture', { facts: { keyNew: true }, keyNew: true, proofSeen: {}, draw: { drawn: false } });
    expect(facts).toEqual({ exhibits: {}, people: {}, units: [], proofSeen: {} });
  });

  it('says where a proof was used before', async () => {
    expect((await ask('submitTaskProof', { taskId: 'T1', proofs: ['x-1'] })).facts.proofSeen).toEqual({ ['a'.repeat(64)]: ['YC-2025-JY-0007'] });
    expect((await ask('reportProgress', { nodes: [{ taskId: 'T1', what: '节点', proof: 'x-1' }] })).facts.proofSeen).toEqual({});
  });

  it('describes the case that a merge or a new case points at', async () => {
    expect((await ask('merge', { into: 'YC-2026-JY-0099' })).facts.target).toMatchObject({ caseNo: 'YC-2026-JY-0099', kind: 'open', unit: 'U1' });
    expect((await ask('merge', { into: 'YC-2026-JY-0001' })).facts.target).toBeUndefined();
    expect((await ask('capture', { predecessor: 'YC-2026-JY-0099' })).facts.target).toMatchObject({ caseNo: 'YC-2026-JY-0099' });
  });

  it('brings the feedback of a rebound and the draw where it decides, and the draw nowhere else', async () => {
    expect((await ask('rebound', { feedbackId: 'f-9', finding: '反弹' })).facts.feedback).toEqual({ feedbackId: 'f-9', matter: 'M1', place: null, unit: 'U1' });
    expect((await ask('passByCallback', {})).facts.draw).toEqual({ commitment: 'c'.repeat(64), drawn: true });
    expect((await ask('passPrelim', {})).facts.draw).toBeUndefined();
  });

  it('asks the case only when somebody has a conflict to compare with it', async () => {
    const untouched = { state: () => Promise.reject(new Error('the case was asked')) };
    expect((await ask('passPrelim', {}, untouched, 'fu')).actor.conflicted).toBe(false);
    await expect(ask('passPrelim', {}, untouched, 'chu')).rejects.toThrow('the case was asked');
    expect((await ask('passPrelim', {}, {}, 'chu')).actor.conflicted).toBe(true);
    expect((await ask('passPrelim', {}, { state: async () => state({ matter: { code: '', name: '', place: null, ratedUnit: 'U2' } }) }, 'chu')).actor.conflicted).toBe(false);
  });

  it('looks up for an approval what the proposal names', async () => {
    const proposal = { proposalId: 'P1', row: '33', type: 'reinspectionFail', payload: { evidence: ['x-1'] }, facts: { exhibits: {}, people: {}, units: [], proofSeen: {} }, approvers: [], at: 1, stage: 'reinspection.active', visible: 'served', ratify: null } as unknown as CaseState['proposals'][number];
    const { facts } = await ask('approveProposal', { proposalId: 'P1' }, { state: async () => state({ proposals: [proposal] }) }, 'zhu');
    expect(Object.keys(facts.exhibits)).toEqual(['x-1']);
  });

  it('lists the holders of the level for which a higher one decides', async () => {
    const actor = { ...resolveActor(directory, { as: 'fen' }, today), forRole: 'HUB' as const };
    const { facts } = await ask('confirmClosure', {}, { actor });
    expect(facts.holders?.map((h) => h.person)).toEqual(['zhu', 'shuang']);
  });
});
