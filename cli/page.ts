import { type Cited, citeWords, countdownOf, dateAt, dateTimeAt, plainWeekdays } from '../cases/index.ts';
import { countdownWords, dueDateWords, openDuties, type HistoryItem } from '../client/index.ts';
import { type Allowed, type Board, type Calendar, type CommandType, type Directory, type View, roles, stages, unknowns, zhOf, commands, isRunning, actWords, alertWords, colourWords, taskStateWords, trackWords, wordIn } from '../schemas/index.ts';
import { label, say, both } from './messages.ts';
import type { Ink } from './output.ts';
import { facts, table } from './table.ts';

/** What a page needs beside the case: names, the calendar, the moment. */
export type Paper = { directory: Directory | null; calendar: Calendar | null; now: number; ink: Ink };

const tones = { red: 'red', yellow: 'yellow', blue: 'blue' } as const;

/** The colour by its word; painted too where the terminal can. */
export const colourWord = (colour: string | null, ordinary: boolean, ink: Ink): string | null => {
  if (colour === null) return null;
  const word = ordinary ? `${wordIn(colourWords, colour)}·一般件` : wordIn(colourWords, colour);
  return ink(tones[colour as keyof typeof tones] ?? 'grey', word);
};

/** 预警 by its word; null where there is none. */
export const alertWord = (alert: string | null, ink: Ink): string | null =>
  alert === null || alert === 'none' ? null : ink(tones[alert as keyof typeof tones] ?? 'grey', wordIn(alertWords, alert));

export const unitName = (id: string | null, d: Directory | null): string | null => (id === null ? null : (d?.units.find((u) => u.id === id)?.name ?? id));
export const personName = (id: string, d: Directory | null): string => d?.people.find((p) => p.id === id)?.name ?? id;

/** Date and time of an instant as the case's calendar counts them. */
export const dateTime = (at: number, calendar: Calendar | null): string => dateTimeAt(calendar ?? plainWeekdays, at);

/** `2026-03-09 (还剩5个工作日)`: a due instant is the end of a day, which is named by that day; of hours the hour is said. */
export function dueText(due: number, provisional: boolean, { calendar, now, ink }: Pick<Paper, 'calendar' | 'now' | 'ink'>): string {
  if (!calendar) return new Date(due).toISOString();
  const words = both(countdownWords(countdownOf(calendar, due, now)));
  const note = provisional ? `; ${say('provisional')}` : '';
  return `${dueDateWords(calendar, due)} (${now >= due ? ink('red', words) : words}${note})`;
}

/** A settled case is not counted down any more; a unit's stage is known by its public name. */
const isOver = (stage: string): boolean => Object.entries(stages).some(([id, s]) => s.kind !== 'open' && (id === stage || s.unitView === stage));
const lastDay = (due: number, calendar: Calendar | null): string => dateTime(due - 1, calendar).slice(0, 10);

/** A date that nothing is counted to any more - the unit has applied, the case is suspended or over - is a date alone. */
function dueOfCase(v: View, due: number, paper: Paper): string {
  return isRunning({ kind: isOver(v.stage) ? 'settled' : 'open', stage: v.stage }) ? dueText(due, v.dueProvisional, paper) : lastDay(due, paper.calendar);
}

/** 案件视图 as a page: what it is, where it stands, the countdown, `due` each deadline, tasks, what waits, what is next. */
export function casePage(v: View, next: readonly Allowed[], paper: Paper, due = ''): string {
  const { directory: d, ink } = paper;
  const head = facts([
    [label('caseNo'), ink('bold', v.caseNo)],
    [label('matter'), v.matter],
    [label('place'), v.place],
    [label('stage'), `${v.stageZh}  (第 ${v.revision} 版 revision ${v.revision})`],
    [label('round'), String(v.round)],
    [label('colour'), colourWord(v.colour, v.ordinary, ink)],
    [label('track'), v.track === null ? null : wordIn(trackWords, v.track)],
    [label('alert'), alertWord(v.alert, ink)],
    [label('officeAlert'), alertWord(v.officeAlert, ink)],
    [label('leadUnit'), unitName(v.leadUnit, d)],
    [label('coopUnits'), v.coopUnits.map((u) => unitName(u, d)).join('、')],
    [label('due'), v.due === null ? null : dueOfCase(v, v.due, paper)],
    [label('publicity'), v.publicUntil === null || isOver(v.stage) ? null : dateTime(v.publicUntil, paper.calendar)],
    [label('imported'), v.imported ? importedText(v.imported) : null],
    [label('halted'), v.halted === null ? null : ink('red', v.halted)],
  ]);
  return [head, due, tasksPart(v, paper), proposalsPart(v, paper), actsPart(v), nextPart(next)].filter((part) => part !== '').join('\n\n');
}

/** `原编号 17; 未知: 第一责任人 …`: what the ledger before did not say. */
const importedText = ({ originalNo, unknown }: NonNullable<View['imported']>): string => {
  const words = (lang: 'zh' | 'en') => unknown.map((u) => unknowns[u][lang]).join(lang === 'zh' ? '、' : ', ');
  return say('takenOver', { originalNo, zh: words('zh'), en: words('en') });
};

const part = (name: string, body: string): string => `${name}\n${body}`;

function tasksPart(v: View, { directory: d }: Paper): string {
  if (v.tasks.length === 0) return '';
  const rows = v.tasks.map((t) => [t.taskId, `${t.measure}${t.rework ? ' (返工 rework)' : ''}`, unitName(t.unit, d) ?? '', personName(t.owner, d), t.due, wordIn(taskStateWords, t.state)]);
  return part(label('tasks'), table(['#', label('measure'), label('unit'), label('owner'), label('due'), label('state')], rows));
}

function proposalsPart(v: View, { directory: d, calendar }: Paper): string {
  const rows = v.proposals.map((p) => [p.proposalId, commandWords(p.command), personName(p.by, d), dateTime(p.at, calendar)]);
  return rows.length === 0 ? '' : part(label('proposals'), table(['#', label('command'), label('by'), label('at')], rows));
}

const actsPart = (v: View): string =>
  v.acts.length === 0 ? '' : part(label('acts'), table(['#', label('command'), label('state')], v.acts.map((a) => [a.act, wordIn(actWords, a.code), a.answered ? '已回复 answered' : '待回复 awaits a reply'])));

/** Each command once: several rows may lead on from one stage. */
function nextPart(next: readonly Allowed[]): string {
  const open = [...new Map(next.filter((a) => a.enabled).map((a) => [`${a.command} ${a.zh}`, a])).values()];
  const body = open.length === 0 ? `  ${say('empty')}` : table([label('command'), '中文'], open.map((a) => [a.command, a.zh])).split('\n').slice(1).join('\n');
  return part(label('next'), body);
}

export const commandWords = (command: string): string => (Object.hasOwn(commands, command) ? zhOf(command as CommandType) : command === 'takenOver' ? label('ratify') : command);
const stageWords = (stage: string): string => (Object.hasOwn(stages, stage) ? stages[stage as keyof typeof stages].zh : stage);

/** A case of the list, by its own calendar; `cite`: what its pack cites for the total due. */
export type Listed = { readonly board: Board; readonly calendar: Calendar; readonly cite: readonly Cited[] };

/** 延期: both dates are shown; nothing where there is one alone. */
export const extendedFrom = (original: number | null, due: number, calendar: Calendar): string => (original === null || original === due ? '' : `; ${say('extended', { date: lastDay(original, calendar) })}`);

/** 问题台账 as a table. */
export function listPage(listed: readonly Listed[], paper: Paper): string {
  if (listed.length === 0) return say('empty');
  const { directory, calendar, ink, now } = paper;
  const heading = [label('caseNo'), label('stage'), label('colour'), label('alert'), label('leadUnit'), label('due'), label('cited'), label('matter')];
  const rows = listed.map(({ board: b, calendar: own, cite }) => [
    b.caseNo,
    stageWords(b.stage),
    colourWord(b.colour, b.ordinary, ink) ?? '—',
    alertWord(b.alert, ink) ?? '—',
    unitName(b.leadUnit, directory) ?? '—',
    b.due === null ? '—' : `${isRunning(b) ? dueText(b.due, b.dueProvisional, { ...paper, calendar: own }) : lastDay(b.due, own)}${extendedFrom(b.originalDue, b.due, own)}`,
    b.due === null ? '—' : citeWords(cite) || '—',
    b.matter,
  ]);
  const open = directory === null || calendar === null ? 0 : listed.flatMap(({ board }) => openDuties(board, directory, dateAt(calendar, now))).length;
  return open === 0 ? table(heading, rows) : `${table(heading, rows)}\n${say('handedOver', { n: open })}`;
}

/** What somebody may do; what not, with the rule and its reason in both languages. */
export function allowedPage(all: readonly Allowed[]): string {
  if (all.length === 0) return say('empty');
  const reason = (a: Allowed): string => (a.refusal ? `${a.refusal.code}: ${both(a.refusal)}` : a.payloadRules.length > 0 ? `${say('needs')}: ${a.payloadRules.join(', ')}` : '');
  const rows = all.toSorted((a, b) => Number(b.enabled) - Number(a.enabled)).map((a) => [a.enabled ? label('yes') : label('no'), a.command, a.zh, reason(a)]);
  return table(['', label('command'), '中文', label('reason')], rows);
}

export function historyPage(items: readonly HistoryItem[], paper: Paper): string {
  if (items.length === 0) return say('empty');
  const roleWords = (role: string): string => wordIn(Object.fromEntries(Object.entries(roles).map(([id, r]) => [id, r.zh])), role);
  const outcome = { done: '', proposed: ' (提请)', approved: ' (同意)', noop: ' (未生效)' } as const;
  const rows = items.map((i) => [
    String(i.position),
    dateTime(i.at, paper.calendar),
    `${i.zh}${wordIn(outcome, i.outcome)}`,
    personName(i.by, paper.directory),
    roleWords(i.role),
    i.from === i.to ? i.to : `${i.from} → ${i.to}`,
    i.documents.join('、'),
  ]);
  return table(['#', label('at'), label('command'), label('by'), label('role'), label('change'), label('documents')], rows);
}

