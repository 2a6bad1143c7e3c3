/** How fast histories grow: counted, not timed. */
import { expect, it } from 'vitest';
import { onServer } from '../support/on-server.ts';
import { actor } from '../support/world.ts';

const on = onServer();

it('a command alone costs at most 11 events, one that moves stage and due date 13, one of twenty together 7', async () => {
  const one = on.newCase();
  await one.open();
  let before = await one.idle();
  const cost = async (act: () => Promise<unknown>, commands = 1): Promise<number> => {
    await act();
    const after = await one.idle();
    const events = (after - before) / commands;
    before = after;
    return events;
  };
  const alone = await cost(() => one.instruct(1));
  const verify = await cost(() => one.do('verifyStart', actor('VERIFIER')));
  const confirm = await cost(() => one.do('confirmValid', actor('VERIFIER')));
  await one.do('triage', actor('HUB'), { payload: { colour: 'blue', track: 'immediate', reasonCode: 'N0' } });
  before = await one.idle();
  const assign = await cost(() => one.do('assign', actor('HUB')));
  const burst = await cost(() => one.instruct(20), 20);
  console.log(
    `events per command: alone ${alone}, verifyStart ${verify}, confirmValid ${confirm}, assign (stage, unit, due) ${assign}, of twenty ${burst}`,
  );
  expect(alone).toBeLessThanOrEqual(11);
  expect(Math.max(verify, confirm, assign)).toBeLessThanOrEqual(13);
  expect(burst).toBeLessThanOrEqual(7);
});
