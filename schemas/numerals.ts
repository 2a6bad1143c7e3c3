/** 中文数字 in dates: 二〇二六年六月三十日, 廿三, 元月. Only numerals before 年, 月, 日, 号, 季度, 时, 点, 分, 秒 are numbers; others are words. */
const digits = '〇一二三四五六七八九';
const numeral = /[〇零○◯一二三四五六七八九十廿卅元两]+(?=年|月|日|号|季度|时|点|分|秒)/g;

function numberOf(text: string): string {
  const plain = text
    .replace(/[零○◯]/g, '〇')
    .replace('元', '一')
    .replaceAll('两', '二')
    .replace('廿', '二十')
    .replace('卅', '三十');
  const digit = (c: string): string => String(Math.max(0, digits.indexOf(c)));
  const tens = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(plain);
  if (tens) return String(Number(digit(tens[1] || '一')) * 10 + Number(digit(tens[2] || '〇')));
  return plain.includes('十') ? text : [...plain].map(digit).join('');
}

/** The same text with its numerals as digits; what is no number (十六十) stays. */
export const withDigits = (text: string): string => text.replace(numeral, numberOf);
