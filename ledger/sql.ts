import { appendGroup, checkBatch, type Outcome } from './append.ts';
import { grouped } from './group.ts';
import type { Ledger, LedgerReader } from './ledger.ts';
import { readProblems } from './projection/problems.ts';
import { readCaseNos, readOrphans, readProjections, rebuildCase, removeOrphan } from './projection/rebuild.ts';
import { readActs } from './projection/act.ts';
import * as projection from './projection/read.ts';
import type { SqlStore } from './sql-store.ts';
import * as directories from './tables/directories.ts';
import * as draws from './tables/draws.ts';
import * as editions from './tables/editions.ts';
import * as effects from './tables/effects.ts';
import * as entries from './tables/entries.ts';
import * as exhibits from './tables/exhibits.ts';
import * as feedback from './tables/feedback.ts';
import { checkIntake, intake } from './tables/intake.ts';
import * as numbers from './tables/numbers.ts';
import * as packs from './tables/packs.ts';
import * as policies from './tables/policies.ts';
import * as past from './tables/past.ts';
import { raterKeys, rehearse } from './tables/rehearse.ts';
import * as reads from './tables/reads.ts';
import * as refusals from './tables/refusals.ts';
import * as runs from './tables/runs.ts';
import { readDuplicates, readSuspicions } from './tables/suspicions.ts';
import type { IntakeResult, IntakeRow, Numbering } from './intake.ts';
import type { Batch } from '../schemas/index.ts';

/** Named points of an append or an intake for kill tests: called with its cases, inside the transaction and after it. Nothing else uses them. */
export type Hooks = { beforeCommit?: (cases: string[]) => void | Promise<void>; afterCommit?: (cases: string[]) => void | Promise<void> };
export type SqlLedgerOptions = { sealSecret: string; hooks?: Hooks };
type Durability = LedgerReader['durability'];

/** The one implementation of the ledger, over either store. */
export function sqlLedger(store: SqlStore, durability: Durability, options: SqlLedgerOptions): Ledger {
  // What is malformed or forged never reaches a transaction.
  const appends = grouped((batches) => appendInOne(store, batches, options.hooks));
  return {
    ...reader(store),
    durability,
    append: async (batch) => {
      checkBatch(batch, options.sealSecret);
      return appends.append(batch);
    },
    reserveCase: (wish) => store.transaction((tx) => numbers.reserveCase(tx, wish)),
    refuse: (record) => refusals.refuse(store, record),
    noteRead: (record) => reads.noteRead(store, record),
    saveFeedback: (given) => store.transaction((tx) => feedback.saveFeedback(tx, given)),
    intake: async (chunk, numbering, at) => intakeInOne(store, { rows: checkIntake(chunk, numbering), numbering, at }, options.hooks),
    unseal: (ids, read) => store.transaction((tx) => feedback.unsealFeedback(tx, ids, read)),
    keepPast: (items, at) => store.transaction((tx) => past.keepPast(tx, items, at)),
    registerExhibit: (exhibit, at) => exhibits.registerExhibit(store, exhibit, at),
    importDirectory: (directory, at) => store.transaction((tx) => directories.importDirectory(tx, directory, at)),
    savePack: (pack, names, at) => store.transaction((tx) => packs.savePack(tx, pack, names, at)),
    keepPack: (pack, names, at) => store.transaction(async (tx) => void (await packs.keepPack(tx, pack, names, at))),
    keepPolicy: (given, at) => store.transaction((tx) => policies.keepPolicy(tx, given, at)),
    adoptPolicy: (hash, at) => store.transaction((tx) => policies.adoptPolicy(tx, hash, at)),
    saveEdition: (edition, at) => store.transaction((tx) => editions.saveEdition(tx, edition, at)),
    commitDraw: (batch, at) => store.transaction((tx) => draws.commitDraw(tx, batch, at)),
    rebuild: async (caseNo, expectedSeq, of) => rebuildCase(store, caseNo, expectedSeq, of),
    removeOrphan: (caseNo) => removeOrphan(store, caseNo),
    keepRun: (run) => runs.keepRun(store, run),
    deliver: (key, at) => effects.deliver(store, key, at),
    attempted: (key) => effects.attempted(store, key),
    close: () => appends.idle().then(store.close),
  };
}

function reader(db: SqlStore): Omit<LedgerReader, 'durability'> {
  return {
    entries: (caseNo, page) => entries.readEntries(db, caseNo, page),
    head: (caseNo) => entries.readHead(db, caseNo),
    recall: (caseNo, commandId) => entries.recall(db, caseNo, commandId),
    acts: (caseNos) => readActs(db, caseNos),
    problem: (caseNo) => projection.readProblem(db, caseNo),
    problems: (query, scope) => readProblems(db, query, scope),
    tasks: (query) => projection.readTasks(db, query),
    monthly: (range) => projection.readMonthly(db, range),
    publications: (at) => projection.readPublications(db, at),
    refusals: (query) => refusals.readRefusals(db, query),
    reads: (query) => reads.readReads(db, query),
    feedback: (id) => feedback.readFeedback(db, id),
    feedbacks: (query) => feedback.readFeedbacks(db, query),
    suspicions: (query) => readSuspicions(db, query),
    likelyDuplicates: (query) => readDuplicates(db, query),
    pastProblems: (query) => past.readPast(db, query),
    rehearse: (items) => rehearse(db, items),
    raterKeys: (raters) => raterKeys(db, raters),
    exhibits: (ids) => exhibits.readExhibits(db, ids),
    proofSeen: (sha256s) => projection.readProofs(db, sha256s),
    directory: () => directories.readDirectory(db),
    pack: (hashes) => packs.readPack(db, hashes),
    currentPack: () => packs.readCurrentPack(db),
    policies: () => policies.readPolicies(db),
    policyText: (hash) => policies.readPolicyText(db, hash),
    editions: () => editions.readEditions(db),
    draw: (caseNo) => draws.readDraw(db, caseNo),
    runs: (caseNo) => runs.readRuns(db, caseNo),
    run: (caseNo, runId) => runs.readRun(db, caseNo, runId),
    effects: (query) => effects.readEffects(db, query),
    caseNos: (after, limit) => readCaseNos(db, after, limit),
    projections: (caseNo) => readProjections(db, caseNo),
    orphans: () => readOrphans(db),
    counts: () => projection.readCounts(db),
  };
}

async function appendInOne(store: SqlStore, batches: readonly Batch[], hooks: Hooks | undefined): Promise<Outcome[]> {
  const cases = batches.map((batch) => batch.case);
  const outcomes = await store.transaction(async (tx) => {
    const done = await appendGroup(tx, batches);
    await hooks?.beforeCommit?.(cases);
    return done;
  });
  await hooks?.afterCommit?.(cases);
  return outcomes;
}

async function intakeInOne(store: SqlStore, { rows, numbering, at }: { rows: readonly IntakeRow[]; numbering: Numbering; at: number }, hooks: Hooks | undefined): Promise<IntakeResult[]> {
  const casesOf = (results: readonly IntakeResult[]): string[] => results.flatMap((r) => r.caseNo ?? []);
  const results = await store.transaction(async (tx) => {
    const done = await intake(tx, rows, numbering, at);
    await hooks?.beforeCommit?.(casesOf(done));
    return done;
  });
  await hooks?.afterCommit?.(casesOf(results));
  return results;
}
