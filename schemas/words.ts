/** 中文 of closed value lists that are no part of the case table: pages, exports and imports say the same. */
export const colourWords = { red: '红色', yellow: '黄色', blue: '蓝色' } as const;
/** 督办预警: another colour than the grade's, and never without its word. */
export const alertWords = { blue: '蓝·临期', yellow: '黄·滞后', red: '红·逾期' } as const;
export const trackWords = { immediate: '立行立改', list: '清单整改' } as const;
export const taskStateWords = { todo: '未开始', doing: '进行中', submitted: '已报佐证', taskClosed: '已销号', taskReturned: '已退回', waived: '已免除' } as const;
export const actWords = { L1: '催办', L2: '督办函', L3: '红牌警示单', L4: '约谈', L5: '通报', L6: '挂牌督办', L7: '问责建议' } as const;
export const sourceWords = { rating: '好差评', hotline: '12345热线', visit: '走访群众', inspection: '督查检查', report: '举报' } as const;
export const visitWords = { DRAGNET: '拉网式', RANDOM: '随机式', PINPOINT: '点穴式' } as const;
export const yesNo = { yes: '是', no: '否' } as const;

/** The word for a value of a list; what no list knows stands as it is. */
export const wordIn = (words: Readonly<Record<string, string>>, key: string): string => (Object.hasOwn(words, key) ? (words[key] ?? key) : key);

/** `{name}` in a text replaced by its value; what has none stands as it is. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** A text in both languages. */
export type Words = { readonly zh: string; readonly en: string };
const inLanguage = (values: Readonly<Record<string, string | number | Words>>, lang: keyof Words): Record<string, string | number> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value[lang] : value]));
/** The same in both languages; a value may itself have two. */
export const fillWords = (of: Words, values: Readonly<Record<string, string | number | Words>>): Words => ({ zh: fill(of.zh, inLanguage(values, 'zh')), en: fill(of.en, inLanguage(values, 'en')) });
