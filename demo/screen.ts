/** A live table of cases on a terminal, redrawn in place; plain lines in a pipe. */
import stringWidth from 'string-width';
import type { Board, Calendar } from '../schemas/index.ts';
import type { Note } from './driver.ts';
import { alertOf, colourOf, countdownOf, scaleNote, stageOf, todayOf } from './words.ts';

/** A size of 0 is a terminal that does not know. */
export type Out = { write(text: string): unknown; isTTY?: boolean | undefined; columns?: number; rows?: number };
export type Screen = { readonly live: boolean; note(n: Note): void; table(boards: readonly Board[]): void; line(text: string): void };

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));
/** As much of the text as fits. */
const cut = (text: string, width: number): string => {
  let out = '';
  for (const c of text) {
    if (stringWidth(out + c) > width) return `${out.slice(0, -1)}…`;
    out += c;
  }
  return out;
};

const titles = ['问题编号', '事项', '环节', '分级', '督办预警', '倒计时'];
const widths = [16, 18, 20, 14, 14, 20];
const row = (cells: readonly string[]): string => cells.map((c, i) => pad(cut(c, widths[i] ?? 20), widths[i] ?? 20)).join(' ');
const rowOf = (b: Board, calendar: Calendar, now: number): string =>
  row([b.caseNo, b.matter, stageOf(b.stage), colourOf(b), alertOf(b), countdownOf(b, calendar, now)]);

/** What a note says in one line; steps are told by their stage only. */
const lineOf = (n: Note): string => {
  const head = `[${String(n.story).padStart(2)}] ${n.caseNo}`;
  if (n.kind === 'time') return `${head} ⏱ 计时 · by time alone: ${n.act}`;
  if (n.kind === 'refused') return `${head} ✗ 拒绝 ${n.code} ${n.zh} —— ${n.who} ${n.act}: ${n.why}`;
  return `${head} ${n.stage} ← ${n.who} ${n.act}${n.outcome === 'proposed' ? '（提请）' : ''}`;
};

export const createScreen = (out: Out, calendar: Calendar, now: () => number): Screen =>
  out.isTTY === true ? live(out, calendar, now) : plain(out, calendar, now);

/** Refusals, what time did, and every change of stage; nothing is ever taken back. */
const plain = (out: Out, calendar: Calendar, now: () => number): Screen => {
  const stages = new Map<string, string>();
  const line = (text: string) => void out.write(`${text}\n`);
  const changed = (n: Note) => n.kind !== 'step' || stages.get(n.caseNo) !== n.stage;
  return {
    live: false,
    line,
    note: (n) => {
      if (changed(n)) line(`${todayOf(calendar, now())} ${lineOf(n)}`);
      if (n.kind === 'step') stages.set(n.caseNo, n.stage);
    },
    table: () => undefined,
  };
};

/** What fits: a line that has scrolled away cannot be redrawn. Open cases stay longest; the order is kept. */
const fitting = (boards: readonly Board[], room: number): { boards: readonly Board[]; more: number } => {
  if (boards.length <= room + 1) return { boards, more: 0 };
  const first = [...boards].sort((a, b) => Number(a.kind !== 'open') - Number(b.kind !== 'open')).slice(0, Math.max(0, room));
  return { boards: boards.filter((b) => first.includes(b)), more: boards.length - first.length };
};

const live = (out: Out, calendar: Calendar, now: () => number): Screen => {
  let shown = 0;
  let last: readonly Board[] = [];
  const erase = () => void (shown > 0 && out.write(`\u001b[${shown}A\u001b[0J`));
  const draw = () => {
    const { boards, more } = fitting(last, (out.rows || Infinity) - 4);
    const lines = [
      `${scaleNote} · 今日 ${todayOf(calendar, now())}`,
      row(titles),
      ...boards.map((b) => rowOf(b, calendar, now())),
      ...(more > 0 ? [`… 另有 ${more} 件 · ${more} more`] : []),
    ].map((l) => cut(l, (out.columns || 120) - 1));
    out.write(`${lines.join('\n')}\n`);
    shown = lines.length;
  };
  const above = (text: string) => {
    erase();
    out.write(`${text}\n`);
    draw();
  };
  return {
    live: true,
    line: above,
    note: (n) => void (n.kind !== 'step' && above(lineOf(n))),
    table: (boards) => {
      erase();
      last = boards;
      draw();
    },
  };
};
