import type { Said, SaidPage } from '../client/index.ts';
import type { LikelyDuplicate, Suspicion } from '../ledger/index.ts';
import { dateTime, type Paper, unitName } from './page.ts';
import { label, say } from './messages.ts';
import { facts, table } from './table.ts';
import { feedbackKinds, levels, suspicionWords } from './words/feedback.ts';

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text).replace(/\s+/g, ' ');
const levelWord = (level: number | null): string => (level === null ? '—' : `${level} ${levels[level] ?? ''}`.trim());
const shortKey = (key: string | null): string => (key === null ? '—' : key.slice(0, 12));
const minute = 60_000;
const day = 24 * 60 * minute;

/** One line each; a rater by the beginning of the key. */
export function saidListPage({ items, next }: SaidPage, paper: Paper): string {
  if (items.length === 0) return say('empty');
  const heading = [label('said'), label('kind'), label('level'), label('at'), label('unit'), label('caseNo'), label('rater'), label('matter')];
  const rows = items.map(({ said: s, caseNo, raterKey }) => [
    s.feedbackId ?? '—', feedbackKinds[s.kind], levelWord(s.level), s.at === null ? '—' : dateTime(s.at, paper.calendar), unitName(s.ratedUnit, paper.directory) ?? '—', caseNo ?? '—', shortKey(raterKey), `${s.matter}: ${short(s.text)}`,
  ]);
  const page = table(heading, rows);
  return next === null ? page : `${page}\n${say('more', { cursor: next })}`;
}

/** What was said in a case, one after the other. */
export function saidPage(all: readonly Said[], paper: Paper): string {
  return all.length === 0 ? say('empty') : all.map((s) => onePage(s, paper)).join('\n\n');
}

function onePage(s: Said, paper: Paper): string {
  const rater = s.rater === null ? (s.named && s.feedbackId !== null && s.shows === 'text' ? say('notShown') : null) : (s.rater.name ?? s.rater.raterId);
  return facts([
    [label('said'), s.feedbackId],
    [label('kind'), feedbackKinds[s.kind]],
    [label('level'), s.level === null ? null : levelWord(s.level)],
    [label('channel'), s.channel],
    [label('at'), s.at === null ? null : dateTime(s.at, paper.calendar)],
    [label('matter'), s.matter],
    [label('unit'), unitName(s.ratedUnit, paper.directory)],
    [label('place'), s.place],
    [label('saidText'), s.text],
    [label('rater'), rater],
    [label('phone'), s.rater?.phone ?? null],
    [label('idNo'), s.rater?.idNo ?? null],
    [label('projectNo'), s.service ? `${s.service.projectNo} (${s.service.seq})` : null],
    [label('orderNo'), s.order?.orderNo ?? null],
  ]);
}

export function suspicionPage(all: readonly Suspicion[], paper: Paper): string {
  if (all.length === 0) return say('empty');
  const rows = all.map((s) => [`${suspicionWords[s.code]} ${s.code}`, s.feedbackId, s.caseNo ?? '—', unitName(s.unit, paper.directory) ?? '—', dateTime(s.at, paper.calendar), groundsOf(s)]);
  return table([label('suspicion'), label('said'), label('caseNo'), label('unit'), label('at'), label('grounds')], rows);
}

function groundsOf({ code, numbers: n }: Suspicion): string {
  const number = (name: string): number => n[name] ?? 0;
  if (code === 'RATED-BEFORE-SERVICE') return say('beforeService', { minutes: Math.ceil((number('acceptedAt') - number('saidAt')) / minute) });
  if (code === 'TERMINAL-BURST') return say('burst', { count: number('count'), minutes: number('withinMs') / minute });
  if (code === 'DEFAULT-FIVE') return say('defaults', { defaults: number('defaults'), ratings: number('ratings') });
  return say('sameRater', { count: number('count'), days: number('withinMs') / day });
}

export function duplicatePage(all: readonly LikelyDuplicate[]): string {
  if (all.length === 0) return say('empty');
  const rows = all.map((d) => [d.caseNo, d.other, say(sameness(d.because), { days: Math.floor(d.because.apartMs / day) })]);
  return table([label('caseNo'), label('mayBelongTo'), label('grounds')], rows);
}

const sameness = ({ unit, place }: LikelyDuplicate['because']): 'sameUnitAndPlace' | 'sameUnit' | 'samePlace' =>
  unit !== null && place !== null ? 'sameUnitAndPlace' : unit !== null ? 'sameUnit' : 'samePlace';
