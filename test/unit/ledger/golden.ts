import type { EntryDraft } from '../../../schemas/index.ts';

/** Two drafts of version 1 with everything an entry may have. Never edit them: their bytes are frozen. */
export const goldenKey = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const [machinePolicy, calendar, before, after] = ['1', '2', '3', '4'].map((x) => x.repeat(64)) as [string, string, string, string];
const actor = { person: 'P-LI', role: 'SUP' as const, unit: 'U-整改办', memberOf: ['U-整改办'], onBehalfOf: { person: 'P-ZHAO', document: 'D-7' }, conflicted: false };

export const golden: EntryDraft = {
  v: 1,
  case: 'YC-2026-JY-0012',
  seq: 1,
  type: 'verify',
  at: 1767225600000,
  commandId: 'c-1',
  fingerprint: '0123456789abcdef',
  actor: { person: 'P-LI', role: 'SUP', unit: 'U-整改办', onBehalfOf: 'P-ZHAO' },
  machine: '1',
  policy: machinePolicy,
  calendar,
  audience: { scope: 'covert', people: ['P-LI', 'P-CHEN'], reveal: 'operationEnded' },
  before,
  after,
  body: {
    row: 'R12',
    outcome: 'done',
    payload: { zeta: 1.5, alpha: ['引号 "', '\u0000', '𠮷'], 中文: null, nested: { b: true, a: -0 } },
    actor,
    facts: { exhibits: {}, people: {}, units: ['U-1'], proofSeen: {} },
    expectedRevision: 4,
    seal: { expiresAt: 1767225660000, mac: 'a'.repeat(64) },
    documents: [{ kind: '督办单', number: '1', signer: 'P-LI', recipient: ['U-1'], servedAt: null, hash: 'b'.repeat(64) }],
    voided: ['p-3'],
    from: 'captured',
    to: 'verified',
    receipt: { commandId: 'c-1', seq: 1, revision: 5, stage: 'verified', at: 1767225600000, outcome: 'done' },
  },
};

const { commandId: _id, fingerprint: _print, ...core } = golden;
const { seal: _seal, expectedRevision: _revision, ...body } = golden.body;
const sys = { person: 'SYS', role: 'SYS' as const, unit: 'SYS' };
export const goldenMark: EntryDraft = {
  ...core,
  seq: 2,
  type: 'mark.due',
  effectiveAt: 1767225599000,
  actor: sys,
  audience: { scope: 'case' },
  body: { ...body, outcome: 'noop', payload: {}, actor: { ...sys, memberOf: [], conflicted: false }, documents: [], voided: [], receipt: null },
};
