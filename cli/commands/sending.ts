import type { Command } from 'commander';
import type { CommandOptions } from '../../client/index.ts';
import type { Answer } from '../../schemas/index.ts';
import { both, help, say } from '../messages.ts';
import { wholeNumber } from '../number.ts';
import { asOf, type AsOptions } from './context.ts';

/** `--as` and what goes with it: every act and every reading is somebody's. */
export const withActor = (command: Command, required = true): Command =>
  (required ? command.requiredOption('--as <person>', both(help.as)) : command.option('--as <person>', both(help.as)))
    .option('--role <role>', both(help.role))
    .option('--unit <unit>', both(help.unit))
    .option('--on-behalf-of <person>', both(help.onBehalfOf))
    .option('--for-role <role>', both(help.forRole));

export type Sending = AsOptions & { id?: string; revision?: string };
export const withSending = (command: Command, required = true): Command => withActor(command, required).option('--id <id>', both(help.commandId)).option('--revision <number>', both(help.revision));

/** @throws BAD-INPUT for a revision that is no number */
export function sendingOf(o: Sending): CommandOptions {
  const revision = o.revision === undefined ? undefined : wholeNumber('revision', o.revision, 0);
  return { ...asOf(o), ...(o.id === undefined ? {} : { commandId: o.id }), ...(revision === undefined ? {} : { expectedRevision: revision }) };
}

/** What happened to a command, in words. */
export function answerText(zh: string, { receipt, view }: Answer): string {
  const outcome = receipt === null ? 'done' : receipt.outcome;
  const first = say(outcome, { zh, proposalId: receipt?.proposalId ?? '' });
  return `${first}\n${say('nowAt', { stage: view.stageZh, revision: view.revision })}`;
}
