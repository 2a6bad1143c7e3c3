import type { Command } from 'commander';
import type { As } from '../../client/index.ts';
import { RoleId, caseError } from '../../schemas/index.ts';
import type { Ink, Output, Result } from '../output.ts';
import type { Open, Place } from '../place.ts';

/** What every command gets: where things are, where words go, the environment. */
export type Run = { place: Place; out: Output; ink: Ink; env: NodeJS.ProcessEnv; now: () => number };
/** A command as the program knows it: it adds itself, and hands its work to `act`. */
export type Act = (work: (run: Run) => Promise<Result | null>) => Promise<void>;
export type AddCommand = (program: Command, act: (command: Command) => Act) => void;

/** Runs `work` with something that is open and closes it, whatever happens. */
export async function using<T extends Pick<Open, 'close'>, R>(opening: Promise<T>, work: (open: T) => Promise<R>): Promise<R> {
  const open = await opening;
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

export type AsOptions = { as: string; role?: string; unit?: string; onBehalfOf?: string; forRole?: string };

/** Who acts, from the options of a command. @throws BAD-INPUT for a role that does not exist */
export function asOf(o: AsOptions): As {
  return {
    as: o.as,
    ...(o.role === undefined ? {} : { role: roleOf('role', o.role) }),
    ...(o.unit === undefined ? {} : { unit: o.unit }),
    ...(o.onBehalfOf === undefined ? {} : { onBehalfOf: o.onBehalfOf }),
    ...(o.forRole === undefined ? {} : { forRole: roleOf('forRole', o.forRole) }),
  };
}

function roleOf(field: string, text: string): RoleId {
  const role = RoleId.safeParse(text);
  if (!role.success) throw caseError('BAD-INPUT', { field, zh: text, en: `${text}; one of ${RoleId.options.join(', ')}` });
  return role.data;
}
