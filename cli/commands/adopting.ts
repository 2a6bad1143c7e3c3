import type { Command } from 'commander';
import { rehearseAdoption, type Adopted, type AdoptionReport, type OfficeClient } from '../../client/index.ts';
import type { RemoteLedger } from '../../ledger/index.ts';
import { caseError } from '../../schemas/index.ts';
import { adoptedText, adoptionText } from '../adoption-page.ts';
import { both, help, say, textsOf } from '../messages.ts';
import { progressOn, type Result } from '../output.ts';
import { openClient, openLedgerToRead } from '../place.ts';
import { asOf, using, type AsOptions, type Run } from './context.ts';
import { withActor } from './sending.ts';

/** What `calendar adopt` and `policy adopt` share: which cases, who, and whether anything is to be done. */
export type Adopting = Partial<AsOptions> & { case?: string; everyCase?: boolean; dryRun?: boolean };
export const withAdopting = (command: Command): Command =>
  withActor(command, false).option('--case <no>', both(help.adoptCase)).option('--dry-run', both(help.adoptDryRun));

/** `named`: as the answer names it. `check`: what no case is asked for; `keep`: what has to be in the ledger before the first case is. */
export type ToAdopt = {
  adopted: Adopted;
  named: { edition: string } | { policy: string };
  check: (ledger: RemoteLedger) => Promise<void>;
  keep: (ledger: RemoteLedger) => Promise<unknown>;
};
const idOf = ({ named }: Pick<ToAdopt, 'named'>): string => ('edition' in named ? named.edition : named.policy);

/** @throws BAD-INPUT without `--as`, unless nothing is to be done */
export async function adoptCases(run: Run, of: ToAdopt, o: Adopting): Promise<Result> {
  const { adopted, check, keep } = of;
  if (o.dryRun === true) return rehearse(run, of, o);
  const { as } = o;
  if (as === undefined) throw caseError('BAD-INPUT', { field: '--as', ...textsOf('adoptNobody') });
  const report = await using(openClient(run.place), async ({ client, ledger }) => {
    await check(ledger);
    await keep(ledger);
    return o.case === undefined ? everyCase(run, client, adopted, { ...o, as }) : oneCase(client, o.case, adopted, { ...o, as });
  });
  if (report.failed > 0) process.exitCode = 1;
  else if (report.refused > 0) process.exitCode = 3;
  return { json: { ...of.named, ...report }, text: adoptedText(idOf(of), report) };
}

const rehearse = (run: Run, of: ToAdopt, o: Adopting): Promise<Result> =>
  using(openLedgerToRead(run.place), async (ledger) => {
    await of.check(ledger);
    const rehearsal = await rehearseAdoption(ledger, of.adopted, run.now(), o.case === undefined ? 'every' : [o.case]);
    return { json: { ...of.named, ...rehearsal }, text: adoptionText(idOf(of), rehearsal) };
  });

async function everyCase(run: Run, client: OfficeClient, adopted: Adopted, o: AsOptions): Promise<AdoptionReport> {
  const progress = progressOn(run.out);
  return client.adoptEverywhere(adopted, asOf(o), (n) => progress.show(say('casesDone', { n }))).finally(() => progress.end());
}

/** A single case that refuses is the answer of the whole command. */
async function oneCase(client: OfficeClient, caseNo: string, adopted: Adopted, o: AsOptions): Promise<AdoptionReport> {
  const { outcome, changes } = await client.adopt(caseNo, adopted, asOf(o));
  return {
    cases: 1,
    adopted: outcome === 'adopted' ? 1 : 0,
    unchanged: outcome === 'unchanged' ? 1 : 0,
    refused: 0,
    failed: 0,
    items: [{ caseNo, outcome, changes }],
  };
}
