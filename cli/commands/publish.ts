import type { Command } from 'commander';
import { publicView, type PublicView } from '../../client/index.ts';
import { endOfDay, epochDay, plainWeekdays } from '../../cases/index.ts';
import { caseError, isCivilDate } from '../../schemas/index.ts';
import { both, help, label, say } from '../messages.ts';
import { openLedgerToRead } from '../place.ts';
import { facts, table } from '../table.ts';
import { using, type Act } from './context.ts';

/** The public view: nobody has to say who reads it. */
export function addPublish(program: Command, act: (command: Command) => Act): void {
  const group = program.command('publish').description(both(help.publish));
  const list = group.command('list').description(both(help.publishList)).option('--at <date>', both(help.publishAt)).option('--month <month>', both(help.month));
  list.action((o: { at?: string; month?: string }) =>
    act(list)((run) =>
      using(openLedgerToRead(run.place), async (ledger) => {
        const calendar = (await ledger.currentPack())?.calendar ?? plainWeekdays;
        // On a named day: what could be seen at its end, and so at any time of it.
        const at = o.at === undefined ? run.now() : endOfDay(calendar, epochDay(dateOf(o.at))) - 1;
        const view = await publicView(ledger, { at, ...(o.month === undefined ? {} : { month: o.month }) });
        return { json: view, text: page(view) };
      }),
    ),
  );
}

/** @throws BAD-INPUT */
function dateOf(text: string): string {
  if (!isCivilDate(text)) throw caseError('BAD-INPUT', { field: 'at', zh: text, en: `${text}: 2026-03-05` });
  return text;
}

function page({ date, items, contact, monthly }: PublicView): string {
  const notices = items.length === 0 ? say('empty') : table([label('caseNo'), label('publicFrom'), label('publicity'), label('notice')], items.map((n) => [n.caseNo, n.from, n.until, n.text]));
  const parts = [`${say('publicAt', { date })}\n${notices}`, contactPart(contact)];
  if (monthly !== null) {
    const rows = monthly.items.map((m) => [m.caseNo, m.closed, m.text ?? say('noNotice')]);
    parts.push(`${say('monthlyOf', { month: monthly.month })}\n${rows.length === 0 ? say('empty') : table([label('caseNo'), label('closedOn'), label('notice')], rows)}`);
  }
  return parts.join('\n\n');
}

function contactPart(contact: PublicView['contact']): string {
  if (!contact) return say('noContact');
  const { unit, phone = null, email = null, address = null } = contact;
  return `${say('contactIs')}\n${facts([[label('unit'), unit], [label('phone'), phone], [label('email'), email], [label('address'), address]])}`;
}
