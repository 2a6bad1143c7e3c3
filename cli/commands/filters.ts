import type { Command } from 'commander';
import { type Calendar, CaseError, ProblemQuery, badInput } from '../../schemas/index.ts';
import { dueOf } from '../due.ts';
import { both, help } from '../messages.ts';
import { wholeNumber } from '../number.ts';
import { plainWeekdays } from '../../cases/index.ts';

/** The filters of lists and exports, as people type them. */
export type Filters = {
  stage?: string[]; colour?: string; field?: string; ofUnit?: string; source?: string; channel?: string; due?: string; mine?: string; kind?: string; sort?: string; desc?: boolean;
};
export type Paging = { limit?: string; cursor?: string };

/** `kindOption`: where `--kind` means something else. */
export const withFilters = (command: Command, kindOption = '--kind'): Command =>
  command
    .option('--stage <stage...>', both(help.stage))
    .option('--colour <colour>', both(help.colour))
    .option('--field <field>', both(help.field))
    .option('--of-unit <unit>', both(help.ofUnit))
    .option('--source <kind>', both(help.source))
    .option('--channel <channel>', both(help.channel))
    .option('--due <when>', both(help.due))
    .option('--mine <person>', both(help.mine))
    .option(`${kindOption} <kind>`, both(help.caseKind))
    .option('--sort <by>', both(help.sort))
    .option('--desc', both(help.desc));

export const withPaging = (command: Command): Command => command.option('--limit <number>', both(help.limit)).option('--cursor <cursor>', both(help.cursor));

type Moment = { now: number; calendar: Calendar | null };

/** @throws BAD-INPUT naming the option */
export function queryOf(o: Filters & Paging, { now, calendar }: Moment): ProblemQuery {
  const wish = {
    stage: o.stage,
    colour: o.colour,
    field: o.field,
    unit: o.ofUnit,
    source: o.source,
    channel: o.channel,
    due: o.due === undefined ? undefined : dueOf(o.due, now, calendar ?? plainWeekdays),
    mine: o.mine,
    kind: o.kind,
    sort: o.sort,
    order: o.desc === true ? 'desc' : undefined,
    limit: o.limit === undefined ? undefined : wholeNumber('limit', o.limit, 1),
    cursor: o.cursor,
  };
  const parsed = ProblemQuery.safeParse(Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)));
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  return parsed.data;
}
