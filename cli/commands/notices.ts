import type { Command } from 'commander';
import { plainWeekdays } from '../../cases/index.ts';
import { type Digest, digestsOf, readNotices } from '../../client/index.ts';
import { roles } from '../../schemas/index.ts';
import type { Notice } from '../../schemas/notice.ts';
import { both, help, label, say } from '../messages.ts';
import type { Result } from '../output.ts';
import { dateTime } from '../page.ts';
import { table } from '../table.ts';
import type { Act } from './context.ts';

/** 通知: what lies in the data folder; whoever may read the folder may read it. */
export function addNotices(program: Command, act: (command: Command) => Act): void {
  const command = program
    .command('notices')
    .description(both(help.notices))
    .option('--person <person>', both(help.noticePerson))
    .option('--case <caseNo>', both(help.noticeCase))
    .option('--digest', both(help.noticeDigest));
  command.action(({ digest, ...o }: { person?: string; case?: string; digest?: boolean }) =>
    act(command)(async ({ place }) => {
      const notices = await readNotices(place.dataDir, o);
      if (digest === true) return digestResult(digestsOf(notices));
      return { json: { notices }, text: notices.length === 0 ? say('noNotices') : page(notices) };
    }),
  );
}

/** As they would be sent, one after the other. */
function digestResult(digests: readonly Digest[]): Result {
  const text = digests.map((d) => `${d.person}\n${d.text.zh}`).join('\n\n');
  return { json: { digests }, text: digests.length === 0 ? say('noNotices') : text };
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
