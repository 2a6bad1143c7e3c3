import type { Command } from 'commander';
import { plainWeekdays } from '../../cases/index.ts';
import { readNotices } from '../../client/index.ts';
import { roles } from '../../schemas/index.ts';
import type { Notice } from '../../schemas/notice.ts';
import { both, help, label, say } from '../messages.ts';
import { dateTime } from '../page.ts';
import { table } from '../table.ts';
import type { Act } from './context.ts';

/** 通知: what lies in the data folder; whoever may read the folder may read it. */
export function addNotices(program: Command, act: (command: Command) => Act): void {
  const command = program
    .command('notices')
    .description(both(help.notices))
    .option('--person <person>', both(help.noticePerson))
    .option('--case <caseNo>', both(help.noticeCase));
  command.action((o: { person?: string; case?: string }) =>
    act(command)(async ({ place }) => {
      const notices = await readNotices(place.dataDir, o);
      return { json: { notices }, text: notices.length === 0 ? say('noNotices') : page(notices) };
    }),
  );
}

const page = (notices: readonly Notice[]): string =>
  `${table([label('sentAt'), label('toWhom'), label('asRole'), label('noticeText')], notices.map((n) => [dateTime(n.sentAt, plainWeekdays), whom(n), asWhat(n), n.text.zh]))}\n${say('noticeSum', { n: notices.length })}`;

const whom = ({ person, role }: Notice): string => person ?? (role === 'rater' ? say('raterTo') : say('nobodyTo'));

function asWhat({ role, unit, line, onBehalfOf }: Notice): string {
  if (role === 'rater') return '—';
  const word = unit === null ? roles[role].zh : `${unit} ${roles[role].zh}`;
  if (onBehalfOf !== undefined) return `${word}, ${say('delegateOf', { person: onBehalfOf })}`;
  return line === undefined ? word : say('superiorOf', { role: word });
}
