import { citeWords, dueDateAt } from '../cases/index.ts';
import { type CaseDeadlines, type ShownDeadline, dueDateWords } from '../client/index.ts';
import { holderWords, standingTone, whatWords } from './board-page.ts';
import { amountIn, byWords, explainLines } from './explain-page.ts';
import { both, label, say } from './messages.ts';
import { type Paper, dateTime, dueText } from './page.ts';
import { standingWords } from './words/board.ts';
import { anchorWords } from './words/deadline.ts';

/** 各项期限 of one case: what, until when, whose; under it by which rule and source. */

/** 本环节 by what it waits for. */
const nameOf = (d: ShownDeadline): string => (d.id === 'stage' && d.act !== null ? `${whatWords(d.id)} (${both(d.act)})` : whatWords(d.id));

const usedWords = ({ consumed: { ms, of }, amount }: ShownDeadline): string => {
  const used = amountIn({ amount: ms / 3_600_000, unit: 'h' });
  return say(amount?.unit === 'h' ? 'consumedHours' : 'consumed', { n: used.zh, nEn: used.en, share: of === 0 ? 100 : Math.round((100 * ms) / of) });
};

/** By which rule its date was counted; by whom it was set, where the rule does not lead there. */
function ruleWords(d: ShownDeadline, paper: Paper): string | null {
  const last = d.parts.filter((p) => p.part !== 'paused').at(-1);
  const set = last?.part === 'set' ? (byWords(last.cause, paper) ?? 'unknown') : null;
  const by = set === null ? null : set === 'unknown' ? say('bySomebody') : say('byPerson', set);
  if (d.amount === null) return by;
  const amount = amountIn(d.amount);
  const anchor = anchorWords[d.anchor as keyof typeof anchorWords] ?? { zh: '', en: '' };
  const row = d.act === null ? '' : `${d.act.zh} (${d.row}) `;
  const rule = say('byRule', { what: row, amount: amount.zh, anchor: anchor.zh, from: dateTime(d.since, paper.calendar), amountEn: amount.en, anchorEn: anchor.en });
  return by === null ? rule : `${rule}; ${by}`;
}

function deadlineLines(d: ShownDeadline, paper: Paper, explain: boolean): string[] {
  const { ink, calendar } = paper;
  // Nobody counts down what stands still.
  const due = d.paused && calendar !== null ? dueDateWords(calendar, d.due) : dueText(d.due, d.provisional, paper);
  const head = `${nameOf(d)}  ${due}  ${holderWords(d, paper)}  ${ink(standingTone(d), both(standingWords[d.standing]))}`;
  const cite = d.cite.length === 0 ? null : say('citing', { cite: citeWords(d.cite) });
  const original = d.original === null || calendar === null ? null : say('originally', { date: dueDateAt(calendar, d.original) });
  const rule = [ruleWords(d, paper), usedWords(d), cite, original].filter((w) => w !== null).join('; ');
  return [head, `    ${rule}`, ...(explain ? explainLines(d.parts, paper).map((l) => `      ${l}`) : [])];
}

/** Empty where nothing is due. */
export function deadlinesPage(all: CaseDeadlines, paper: Paper, explain: boolean): string {
  if (all.deadlines.length === 0) return '';
  const by = [say('byEdition', { edition: all.edition, policy: all.policy }), ...(all.counting === 'first' ? [say('firstCounting')] : []), ...(explain ? [] : [say('explainHint')])];
  return [label('deadlines'), ...all.deadlines.flatMap((d) => deadlineLines(d, paper, explain).map((l) => `  ${l}`)), `  ${by.join('; ')}`, ...(all.complete || !explain ? [] : [`  ${say('notComplete')}`])].join('\n');
}
