/** The checker's own test: a checker that finds nothing proves nothing, so every promise is broken once and must be reported. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Edition, compileCalendar, compilePolicy } from '../../cases/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };
import policy from '../../data/policy-default.json' with { type: 'json' };
import { directory } from '../../demo/directory.ts';
import { GENESIS, sealEntry } from '../../ledger/index.ts';
import { type EntryDraft, type Pack, Policy, type StoredEntry } from '../../schemas/index.ts';
import { CoreClient } from '../support/core-client.ts';
import { temporaryFolder } from '../support/ledger.ts';
import { type Found, faultsOf } from './checker.ts';
import { type Dice, diceOf } from './dice.ts';
import { errand } from './errands.ts';
import { ClientLog, type Line } from './log.ts';
import { repeatingClient } from './repeating.ts';

const pack: Pack = { policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)), calendar: compileCalendar(Edition.parse(calendar)) };
const caseKey = 'ab'.repeat(32);
/** Monday 2026-03-02, 09:00 in Shanghai. */
const monday = Date.UTC(2026, 2, 2, 1);
/** One copy of everything, and the illegal acts too. */
const dice: Dice = { ...diceOf(1), int: (low) => low, chance: (probability) => probability === 0.5 || probability === 0.6, pick: (of) => of[0] as (typeof of)[number], split: () => dice };

let folder: string;
let lines: Line[];
let found: Found;

beforeAll(async () => {
  folder = await temporaryFolder('xiaohao-checker-');
  const client = new CoreClient(directory, pack, monday);
  const log = new ClientLog(join(folder, 'clients.jsonl'));
  const repeating = repeatingClient({ clients: [client], dice, log, key: 'K1' });
  const caseNo = await errand({ client: repeating, calendar: pack.calendar, now: () => client.at, waitUntil: async () => undefined, note: () => undefined }, 'K1', dice);
  lines = log.lines;
  found = foundOf(client, caseNo);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function foundOf(client: CoreClient, caseNo: string): Found {
  const kept = client.cases.get(caseNo);
  if (kept === undefined) throw new Error(`${caseNo} is not there`);
  const refusals = lines.flatMap((line) => (line.t === 'refused' ? [{ commandId: sentBy(line.op), code: line.code }] : []));
  return { caseNo, ...chained(kept.entries), pack, boardHash: kept.state.stateHash, live: kept.state, replayed: kept.state, replayError: null, refusals };
}

function chained(drafts: readonly EntryDraft[]): Pick<Found, 'entries' | 'head'> {
  const entries: StoredEntry[] = [];
  for (const draft of drafts) entries.push(sealEntry(draft, entries.at(-1)?.hash ?? GENESIS, caseKey));
  const last = entries.at(-1);
  return { entries, head: last === undefined ? null : { seq: last.seq, hash: last.hash } };
}

const sentBy = (op: number): string => lines.flatMap((line) => (line.t === 'invoke' && line.op === op ? [line.commandId] : []))[0] ?? '';
const drafts = (): EntryDraft[] => found.entries.map((e) => ({ ...(JSON.parse(e.header) as EntryDraft), body: JSON.parse(e.body) as EntryDraft['body'] }));
const faultsWith = (change: Partial<Found>, of: readonly Line[] = lines): string[] => faultsOf(of, [{ ...found, ...change }]);
const lastOk = () => lines.findLast((line) => line.t === 'ok') as Extract<Line, { t: 'ok' }>;
const firstRefused = () => lines.find((line) => line.t === 'refused') as Extract<Line, { t: 'refused' }>;
const replaced = (old: Line, by: Line): Line[] => lines.map((line) => (line === old ? by : line));

describe('the checker', () => {
  it('has nothing to say about a run in which every promise was kept', () => {
    expect(found.entries.length).toBeGreaterThan(15);
    expect(faultsWith({})).toEqual([]);
  });

  it('sees an accepted command that is lost, at the end and in the middle', () => {
    expect(faultsWith(chained(drafts().slice(0, -1))).join()).toMatch(/accepted and is lost/);
    expect(faultsWith({ entries: found.entries.filter((e) => e.seq !== 5) }).join()).toMatch(/deleted at 5/);
  });

  it('sees a command that was applied twice', () => {
    const [last] = drafts().slice(-1);
    if (last === undefined) throw new Error('there is no entry');
    expect(faultsWith(chained([...drafts(), { ...last, seq: last.seq + 1 }])).join()).toMatch(/applied 2 times/);
  });

  it('sees an entry that nobody sent, and one that is not what was accepted', () => {
    const strange = (change: Partial<EntryDraft>) => faultsWith(chained(drafts().map((d) => (d.seq === 3 ? { ...d, ...change } : d)))).join();
    expect(strange({ commandId: 'nobody' })).toMatch(/nobody sent it/);
    expect(strange({ type: 'routeOut' })).toMatch(/on record as routeOut/);
    expect(strange({ body: { ...(drafts()[2] as EntryDraft).body, payload: { record: { facts: '别的', contacted: '别的', conclusion: '属实' } } } })).toMatch(/another body/);
  });

  it('sees a refused command on record, a refusal that is not, and a command whose outcome nobody knows', () => {
    const ok = lastOk();
    expect(faultsWith({}, replaced(ok, { t: 'refused', at: 0, op: ok.op, caseNo: ok.caseNo, code: 'ROLE-NOT-ALLOWED' })).join()).toMatch(/was refused and is on record/);
    expect(faultsWith({ refusals: [] }).join()).toMatch(new RegExp(`the refusal .* ${firstRefused().code} is not on record`));
    expect(faultsWith({}, replaced(ok, { t: 'lost', at: 0, op: ok.op, why: '' })).join()).toMatch(/nobody knows/);
  });

  it('sees two receipts, and two bodies under one id', () => {
    const ok = lastOk();
    const sent = lines.find((line) => line.t === 'invoke' && line.op === ok.op) as Extract<Line, { t: 'invoke' }>;
    const again = (body: string, receipt: typeof ok.receipt): Line[] => [...lines, { ...sent, op: -1, body }, { ...ok, op: -1, receipt }];
    expect(faultsWith({}, again(sent.body, ok.receipt))).toEqual([]);
    expect(faultsWith({}, again('other', ok.receipt)).join()).toMatch(/two bodies/);
    expect(faultsWith({}, again(sent.body, ok.receipt === null ? null : { ...ok.receipt, at: 1 })).join()).toMatch(/two receipts/);
  });

  it('sees a tampered chain, a state that parts from the record, and a history that does not replay', () => {
    const edited = found.entries.map((e) => (e.seq === 4 ? { ...e, body: e.body.replace('"done"', '"noop"') } : e));
    expect(faultsWith({ entries: edited }).join()).toMatch(/edited at 4/);
    expect(faultsWith({ live: { ...found.live, round: 9 } }).join()).toMatch(/refolded and live state differ.*replayed and live state differ/);
    expect(faultsWith({ boardHash: GENESIS }).join()).toMatch(/board/);
    expect(faultsWith({ replayError: 'Nondeterminism' }).join()).toMatch(/does not replay/);
    expect(faultsOf(lines, []).join()).toMatch(/there is no such case/);
  });
});
