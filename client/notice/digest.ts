import { dateAt, plainWeekdays } from '../../cases/index.ts';
import type { Words } from '../../schemas/index.ts';
import type { Notice } from '../../schemas/notice.ts';
import { markWords, sentence } from './words.ts';

/**
 * 通知汇总: what one person was told in one day, of all their cases, as one message: for a receiver that a flood of single ones would
 * close (mail, phone). `notices`: the most urgent first; none is left out, and each stands in one digest.
 */
export type Digest = { readonly person: string; /** Civil date, Asia/Shanghai. */ readonly day: string; readonly cases: number; readonly text: Words; readonly notices: readonly Notice[] };

const urgency = ['fallOverdue', 'fallBehind', 'nearDue', 'remind'];
const rankOf = ({ kind, name }: Notice): number => (kind === 'missing-superior' ? -1 : kind === 'mark' ? urgency.indexOf(name) : urgency.length);
const wordOf = ({ kind, name }: Notice): Words => {
  if (kind === 'missing-superior') return sentence('gaps');
  return kind === 'mark' && Object.hasOwn(markWords, name) ? markWords[name as keyof typeof markWords] : sentence('acts');
};

/** `逾期 2, 临期 1`, in the order of the notices. */
function sums(notices: readonly Notice[], lang: 'zh' | 'en'): string {
  const counted = new Map<string, number>();
  for (const n of notices) counted.set(wordOf(n)[lang], (counted.get(wordOf(n)[lang]) ?? 0) + 1);
  return [...counted].map(([word, n]) => `${word} ${n}`).join(', ');
}

function digest(person: string, day: string, all: readonly Notice[]): Digest {
  const notices = all.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.limit?.due ?? a.at) - (b.limit?.due ?? b.at) || (a.case < b.case ? -1 : a.case > b.case ? 1 : 0));
  const cases = new Set(notices.map((n) => n.case)).size;
  const head = sentence('digest', { day, cases: String(cases), sums: { zh: sums(notices, 'zh'), en: sums(notices, 'en') } });
  const lines = (lang: 'zh' | 'en'): string => [head[lang], ...notices.map((n) => `- ${n.text[lang]}`)].join('\n');
  return { person, day, cases, text: { zh: lines('zh'), en: lines('en') }, notices };
}

/** By day, then by person. What went to no person of the directory is for nobody's digest. */
export function digestsOf(notices: readonly Notice[]): Digest[] {
  const boxes = new Map<string, { person: string; day: string; notices: Notice[] }>();
  for (const n of notices) {
    if (n.person === null) continue;
    const day = dateAt(plainWeekdays, n.sentAt);
    const key = `${day} ${n.person}`;
    const box = boxes.get(key) ?? { person: n.person, day, notices: [] };
    box.notices.push(n);
    boxes.set(key, box);
  }
  return [...boxes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, box]) => digest(box.person, box.day, box.notices));
}
