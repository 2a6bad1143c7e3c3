import { CitizenId, type Field, Phone, Uscc, UsccFictional, fields, maskText, normalise, parseDate, type OrderCategory } from '../../schemas/index.ts';
import { type MapContext, instantOf, unitNamed } from './context.ts';
import { type Parse, type Value, ok, wrong } from './reading.ts';

/** How the words of files become ours: one small parser for each kind of value. */

export const words: Parse<string> = (text) => (text.length > 4000 ? wrong('TOO-LONG') : ok(normaliseText(text)));
/** Blanks at the ends and lone halves of characters are nobody's words; what stands between stays as written. */
const normaliseText = (text: string): string => text.toWellFormed().trim();

/** Text that enters the case. */
export const caseText: Parse<string> = (text) => (text.length > 4000 ? wrong('TOO-LONG') : ok(maskText(normaliseText(text))));

/** A name of a matter enters the case: nobody's number does. */
export const title: Parse<string> = (text) => ok(maskText(normaliseText(text)).slice(0, 200));

/** A place (点位) enters the case and the public text: no finer than the street. The file's own words are kept aside. */
export const place: Parse<string> = (text) => ok(maskText(normaliseText(text)).slice(0, 200));

/** A code of somebody's list: short, printable, no blanks, no Chinese where a code is expected. */
export const code: Parse<string> = (text) => {
  const plain = normalise(text);
  return /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,79}$/.test(plain) ? ok(plain) : wrong('BAD-CODE');
};
/** A code, or a short name where a file has none. */
export const codeOrName: Parse<string> = (text) => {
  const plain = normalise(text).replace(/\s+/g, '');
  return /^[\p{L}\p{N}][\p{L}\p{N}._:@/-]{0,79}$/u.test(plain) ? ok(plain) : wrong('BAD-CODE');
};

export const wholeNumber: Parse<number> = (text) => {
  const plain = normalise(text);
  return /^\d{1,9}(\.0+)?$/.test(plain) ? ok(Number(plain)) : wrong('BAD-NUMBER');
};

const yes = ['1', 'true', 'y', 'yes', '是', '有', '已', '√', '✓'];
const no = ['0', 'false', 'n', 'no', '否', '无', '未', '×', '-'];
export const yesNo: Parse<boolean> = (text) => {
  const plain = normalise(text).toLowerCase();
  return yes.includes(plain) ? ok(true) : no.includes(plain) ? ok(false) : wrong('BAD-YES-NO');
};

/** One of a list of words; the map file's own words go first. */
export const oneOf =
  <T extends string>(ctx: MapContext, column: string, list: Readonly<Record<string, T>>, rule: 'BAD-CHANNEL' | 'BAD-CATEGORY' | 'BAD-FIELD' | 'BAD-COLOUR' | 'BAD-TRACK' | 'BAD-STATE'): Parse<T> =>
  (text) => {
    const plain = normalise(text);
    const word = ctx.map.values?.[column]?.[plain] ?? plain;
    const found = Object.entries(list).find(([name, value]) => name === word || value === word);
    return found ? ok(found[1]) : wrong(rule);
  };

/** 满意度 as the national exchange has it: 5 is the best (domain 0.4). A file that says both must not contradict itself. */
const levels: Readonly<Record<string, number>> = { 非常满意: 5, 满意: 4, 基本满意: 3, 不满意: 2, 非常不满意: 1, 五星: 5, 四星: 4, 三星: 3, 二星: 2, 一星: 1 };
export const level: Parse<number> = (text) => {
  const plain = normalise(text).replace(/\s+/g, '');
  if (levels[plain] !== undefined) return ok(levels[plain]);
  const both = /^([1-5])(?:[星分]|[-_.、:]?(非常满意|基本满意|非常不满意|不满意|满意))?$/.exec(plain);
  if (!both) return wrong('BAD-LEVEL');
  const said = both[2] === undefined ? undefined : levels[both[2]];
  return said === undefined || said === Number(both[1]) ? ok(Number(both[1])) : wrong('LEVEL-CONTRADICTS');
};

/** 评价渠道 codes of the exchange (domain 4.1). */
const channels: Readonly<Record<string, string>> = { '1': 'PC端', '2': '移动端', '3': '二维码', '4': '大厅平板', '5': '大厅其他终端', '6': '电话', '7': '短信' };
export const channel =
  (ctx: MapContext): Parse<string> =>
  (text) => {
    const plain = normalise(text);
    const word = ctx.map.values?.['channel']?.[plain] ?? channels[plain] ?? plain;
    return /^\d+$/.test(word) ? wrong('BAD-CHANNEL') : ok(word.slice(0, 100));
  };

const categories: Readonly<Record<string, OrderCategory>> = { 咨询: 'consult', 求助: 'help', 投诉: 'complaint', 举报: 'report', 建议: 'suggestion', 表扬: 'praise' };
export const category = (ctx: MapContext): Parse<OrderCategory> => oneOf(ctx, 'category', categories, 'BAD-CATEGORY');

const fieldNames: Readonly<Record<string, Field>> = { ...Object.fromEntries(Object.entries(fields).map(([id, zh]) => [zh, id as Field])), 养老: 'YX', 托育: 'YX', 一老: 'YX', 一小: 'YX', 城管: 'JT', 政务服务: 'ZW' };
export const field = (ctx: MapContext): Parse<Field> => oneOf(ctx, 'field', fieldNames, 'BAD-FIELD');

export const phone: Parse<string> = (text) => parsed(Phone.safeParse(text), 'BAD-PHONE');
export const idNo: Parse<string> = (text) => parsed(CitizenId.safeParse(text), 'BAD-ID-NO');
const parsed = (r: { success: boolean; data?: string | undefined }, rule: 'BAD-PHONE' | 'BAD-ID-NO' | 'BAD-USCC'): Value<string> => (r.success && r.data !== undefined ? ok(r.data) : wrong(rule));

/** 匿名, a dash, or nothing: nobody is named. */
export const isAnonymous = (text: string | undefined): boolean => text === undefined || ['匿名', '无', '-', '—', '/', '不详', '未知', '未留'].includes(normalise(text));

/** A unit of the directory, by id, code or name. An 18-digit code is checked before it is looked for, so that a slip is called one. */
export const unit =
  (ctx: MapContext): Parse<string> =>
  (text) => {
    const plain = normalise(text);
    const found = unitNamed(ctx, plain);
    if (found) return ok(found.id);
    return /^[0-9A-Z]{18}$/i.test(plain) && !Uscc.safeParse(plain).success ? wrong('BAD-USCC') : wrong('UNKNOWN-UNIT');
  };

/** A moment that lies behind us; a date alone stands for its first moment. `ahead`: a limit may lie before us. */
export const moment =
  (ctx: MapContext, ahead = false): Parse<number> =>
  (text) => {
    const read = parseDate(text, { reference: ctx.today });
    if (read.kind !== 'date' && read.kind !== 'instant') return wrong('BAD-DATE');
    // By the day: clocks of other systems may run ahead by minutes.
    if (!ahead && read.date > ctx.today) return wrong('FUTURE-DATE');
    return ok(instantOf(ctx, read.date, read.kind === 'instant' ? read.seconds : 0));
  };

/** A last day (完成时限), ahead of us or behind: 2026年6月底 is its last day. */
export const lastDay =
  (ctx: MapContext): Parse<string> =>
  (text) => {
    const read = parseDate(text, { reference: ctx.today });
    return read.kind === 'date' || read.kind === 'instant' ? ok(read.date) : wrong('BAD-DATE');
  };

/** 统一社会信用代码; whether region 99 may stand there is for the directory as a whole to say. */
export const uscc: Parse<string> = (text) => parsed(UsccFictional.safeParse(normalise(text)), 'BAD-USCC');

/** A day that lies behind us. */
export const pastDay =
  (ctx: MapContext): Parse<string> =>
  (text) => {
    const read = lastDay(ctx)(text);
    return 'value' in read && read.value > ctx.today ? wrong('FUTURE-DATE') : read;
  };
