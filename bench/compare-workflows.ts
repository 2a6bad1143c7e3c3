/** What ours is compared with: the same Updates, taken by workflows that decide nothing. */
import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import { commandUpdate } from '../workflows/messages.ts';
import type { Answer, Envelope } from '../schemas/index.ts';

const { noop } = proxyActivities<{ noop(): Promise<void> }>({ startToCloseTimeout: '10s' });
/** Small as a receipt is. */
const answer = { receipt: null, view: null, recorded: false } as unknown as Answer;

function take(handled: () => void): void {
  const validator = (sent: Envelope): void => {
    if (sent.commandId === '') throw new Error('no id');
  };
  setHandler(
    commandUpdate,
    () => {
      handled();
      return answer;
    },
    { validator },
  );
}

/** 裸流程: says yes. */
export async function bareWorkflow(): Promise<void> {
  take(() => undefined);
  await condition(() => false);
}

/** 空活动: says yes and runs an activity that does nothing, one for each command, awaited by nobody. */
export async function noopWorkflow(): Promise<void> {
  take(() => void noop());
  await condition(() => false);
}
