import { sealMac, type IntakeRow } from '../../ledger/index.ts';
import { hashOf, noFacts, system, type Actor, type Batch, type Board, type EdgeFacts, type EntryDraft } from '../../schemas/index.ts';

export const secret = 'a secret for tests, nothing else';
export const T0 = Date.UTC(2026, 0, 5, 1, 0, 0);
const zeros = '0'.repeat(64);
export const clerk: Actor = { person: 'P-LI', role: 'INTAKE', unit: 'U-OFFICE', memberOf: ['U-OFFICE'], conflicted: false };

type DraftOptions = { case?: string; seq?: number; commandId?: string; actor?: Actor; facts?: EdgeFacts; text?: string; at?: number; type?: string; key?: string; expiresAt?: number };

/** A command of a clerk, sealed as the edge would. */
export function draftOf(o: DraftOptions = {}): EntryDraft {
  const { seq = 1, actor = clerk, facts = noFacts, at = T0 + seq * 1000 } = o;
  const caseNo = o.case ?? 'YC-2026-JY-0001';
  const commandId = o.commandId ?? `c-${seq}`;
  const payload = { note: o.text ?? `第 ${seq} 条` };
  const fingerprint = hashOf({ caseNo, payload, person: actor.person }).slice(0, 16);
  const expiresAt = o.expiresAt ?? at + 60_000;
  const mac = sealMac(o.key ?? secret, { case: caseNo, commandId, fingerprint, actor, facts, expiresAt });
  const { person, role, unit, onBehalfOf } = actor;
  return {
    v: 1,
    case: caseNo,
    seq,
    type: o.type ?? 'note',
    at,
    commandId,
    fingerprint,
    actor: { person, role, unit, ...(onBehalfOf ? { onBehalfOf: onBehalfOf.person } : {}) },
    machine: '1',
    policy: zeros,
    calendar: zeros,
    audience: { scope: 'case' },
    before: hashOf(seq - 1),
    after: hashOf(seq),
    body: {
      row: 'R1',
      outcome: 'done',
      payload,
      actor,
      facts,
      seal: { expiresAt, mac },
      documents: [],
      voided: [],
      from: 'captured',
      to: 'captured',
      receipt: { commandId, seq, revision: seq, stage: 'captured', at, outcome: 'done' },
    },
  };
}

/** What time does: the system's entry, without a command. */
export function markOf(o: { case?: string; seq: number; at?: number }): EntryDraft {
  const { commandId: _id, fingerprint: _print, ...draft } = draftOf({ ...o, actor: system, type: 'mark' });
  const { seal: _seal, ...body } = draft.body;
  return { ...draft, effectiveAt: draft.at - 500, body: { ...body, outcome: 'noop', receipt: null } };
}

export function boardOf(o: Partial<Board> = {}): Board {
  return {
    caseNo: 'YC-2026-JY-0001',
    seq: 1,
    stage: 'captured',
    officeAlert: 'none',
    unitStage: null,
    kind: 'open',
    since: T0,
    round: 1,
    field: 'JY',
    source: 'rating',
    matter: '学校门口拥堵',
    matterCode: 'M-1',
    place: '云川市',
    ratedUnit: 'U-SCHOOL',
    ledgerNo: null,
    colour: null,
    ordinary: true,
    track: null,
    alert: 'none',
    leadUnit: null,
    coopUnits: [],
    unitHead: null,
    owner: null,
    dutyLeader: null,
    liaison: null,
    caseLeader: null,
    capturedAt: T0,
    due: null,
    originalDue: null,
    dueProvisional: false,
    extensions: 0,
    grantedDue: null,
    appliedAt: null,
    deadlines: [],
    closedAt: null,
    revision: 1,
    stateHash: hashOf(1),
    proofs: [],
    feedback: [],
    tasks: [],
    publication: null,
    callbacks: [],
    imported: null,
    ...o,
  };
}

/** A batch of these drafts with one notice for each, and the board at its end. */
export function batchOf(drafts: EntryDraft[], board: Partial<Board> = {}): Batch {
  const caseNo = drafts[0]?.case ?? 'YC-2026-JY-0001';
  const last = drafts.at(-1)?.seq ?? 1;
  const effects = drafts.map(({ seq, at }) => ({ key: `${caseNo}:${seq}:told`, kind: 'notice' as const, case: caseNo, seq, to: [{ role: 'INTAKE', unit: null }], name: 'told', at, data: { seq } }));
  return { case: caseNo, entries: drafts, effects, board: boardOf({ caseNo, seq: last, revision: last, ...board }) };
}

/** Drafts `from`..`to` of one case in one batch. */
export const batchFrom = (caseNo: string, from: number, to = from, board: Partial<Board> = {}): Batch =>
  batchOf(Array.from({ length: to - from + 1 }, (_, i) => draftOf({ case: caseNo, seq: from + i })), board);

/** Two chunks of a file, three rows each that open a case. */
export const chunks: readonly IntakeRow[][] = [[1, 2, 3], [4, 5, 6]].map((of) =>
  of.map((i) => ({
    feedback: { feedbackId: `F-${i}`, kind: 'rating', level: 1, named: true, channel: '窗口', field: 'ZW', matter: { code: 'M-1', name: '社保转移' }, receivedAt: T0, text: '排队太久', rater: { raterId: `r:${i}`, name: '陈小明' } },
    opens: true,
    externalKey: `F-${i}`,
    commandId: `import:F-${i}`,
  })),
);
