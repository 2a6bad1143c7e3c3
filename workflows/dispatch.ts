import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { type EffectKind, wakeSignal } from './messages.ts';

const { deliver } = proxyActivities<Pick<Activities, 'deliver'>>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** The sweep finds what no signal told of: a worker was killed between an append and its signal. */
const sweepEvery = '30s';
const roundsOfARun = 500;

/**
 * 派发: hands effects of one kind to the outside world, one dispatcher for all cases. A case never waits for a receiver, and a receiver
 * that fails does not hold up the others: its effect stays pending for the next sweep.
 */
export async function dispatchWorkflow({ kind }: { kind: EffectKind }): Promise<void> {
  let woken = true;
  setHandler(wakeSignal, () => {
    woken = true;
  });
  for (let round = 0; round < roundsOfARun && !workflowInfo().continueAsNewSuggested; round += 1) {
    await condition(() => woken, sweepEvery);
    woken = false;
    const { more } = await deliver({ kind });
    woken ||= more;
  }
  await continueAsNew<typeof dispatchWorkflow>({ kind });
}
