/** A case under two packs in one chain: appended, read back, replayed and rebuilt by what its headers name. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boardOf, packWith, refold } from '../../cases/index.ts';
import { packsOf, rebuildProjections } from '../../client/index.ts';
import { sealMac, verifyChain } from '../../ledger/index.ts';
import { Body, type EntryDraft, Header, type Pack } from '../../schemas/index.ts';
import { adoptIn, lookupIn, policyWith, withOff } from '../support/adopting.ts';
import { secret, temporaryLedger } from '../support/ledger.ts';
import { go, hub, toTriaged, uc } from '../support/scenarios/build.ts';
import { recorded } from '../support/walk.ts';
import { World, monday, pack } from '../support/world.ts';

let open: Awaited<ReturnType<typeof temporaryLedger>>;
beforeAll(async () => {
  open = await temporaryLedger({ door: false });
});
afterAll(() => open.remove());

/** As the edge would have sealed it: a world looks at no seal. */
const sealed = (e: EntryDraft): EntryDraft => {
  const { commandId, fingerprint } = e;
  if (commandId === undefined || fingerprint === undefined) return e;
  const expiresAt = e.at + 600_000;
  const mac = sealMac(secret, { case: e.case, commandId, fingerprint, actor: e.body.actor, facts: e.body.facts, expiresAt });
  return { ...e, body: { ...e.body, seal: { expiresAt, mac } } };
};
/** With what its entries tell the outside world, as a replay says. */
const append = async (w: World, from: number, ...packs: Pack[]): Promise<void> => {
  const effects = refold(recorded(w.entries), lookupIn(pack, ...packs)).effects.filter((e) => e.seq > from);
  await open.ledger.append(
    JSON.parse(
      JSON.stringify({ case: w.state.caseNo, entries: w.entries.slice(from).map(sealed), effects, board: boardOf(w.state, w.pack) }),
    ),
  );
};

it('takes entries that carry the new hashes, finds every pair of policy and calendar, and replays to the state that it shows', async () => {
  const w = new World();
  toTriaged(w, 'blue', 'immediate');
  go(w, 'assign', hub, { due: undefined });
  await open.ledger.savePack(pack, { policy: 'default-1', calendar: 'cn-2026' }, monday);
  await append(w, 0);
  const born = w.entries.length;

  // The two halves of the second pack are kept at different times, and with another half beside them.
  const calendar = withOff(['2026-03-04', '2026-03-05', '停止办公']);
  const policy = policyWith((p) => ({ totals: { ...p.totals, ordinary: p.totals.yellow } }));
  const packs: Pack[] = [packWith(pack, { calendar }), packWith(pack, { policy })];
  for (const of of packs) await open.ledger.keepPack(of, { policy: of.policy.id, calendar: 'changed' }, w.at);
  adoptIn(w, { calendar });
  await append(w, born, ...packs);
  const adopted = w.entries.length;
  go(w, 'signFor', uc);
  adoptIn(w, { policy });
  await append(w, adopted, ...packs);
  expect(w.state).toMatchObject({ calendar: calendar.hash, policy: policy.hash });

  const entries = await open.ledger.entries(w.state.caseNo);
  expect(verifyChain(entries)).toMatchObject({ ok: true });
  const stored = entries.map((e) => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) }));
  expect(new Set(stored.map((e) => `${e.header.policy} ${e.header.calendar}`)).size).toBe(3);
  const again = refold(stored, await packsOf(open.ledger, stored));
  expect([again.divergence, again.pack]).toEqual([null, w.pack]);
  expect((await open.ledger.problem(w.state.caseNo))?.stateHash).toBe(again.state?.stateHash);
  expect(await rebuildProjections(open.ledger, { check: true })).toMatchObject({ cases: 1, equal: 1, faults: [] });
});

it('keeps a pack for cases without putting it in force for new ones, and nothing else under its hash', async () => {
  const inForce = await open.ledger.currentPack();
  const other = packWith(pack, { policy: policyWith(() => ({ reRateDays: 3 })) });
  await open.ledger.keepPack(other, { policy: 'other-1', calendar: 'cn-2026' }, monday);
  expect(await open.ledger.currentPack()).toEqual(inForce);
  expect(await open.ledger.pack({ policy: other.policy.hash, calendar: other.calendar.hash })).toEqual(other);
  await expect(
    open.ledger.keepPack({ ...other, policy: { ...other.policy, reRateDays: 4 } }, { policy: 'other-1', calendar: 'cn-2026' }, monday),
  ).rejects.toMatchObject({ code: 'BAD-INPUT' });
});
