export const boardHelp = {
  board: { zh: '期限看板: 谁欠什么, 还剩几个工作日', en: 'what is due, by whom, and how many working days are left' },
  watch: { zh: '每隔几秒刷新, Ctrl-C 停止', en: 'again every few seconds, until Ctrl-C' },
  boardDue: { zh: '只看此前到期的: overdue, 3d, 3wd (工作日), 2026-12-01 (含当日)', en: 'only what is overdue, due within 3d or 3wd (working days), or by a date' },
  boardMine: { zh: '只看此人负责的案件, 且不属他人名下的期限', en: "only this person's cases, without what is due from somebody else by name" },
} as const;

export const boardLabels = {
  whatIsDue: { zh: '事项', en: 'what' },
  owes: { zh: '责任方', en: 'from' },
  standing: { zh: '进度', en: 'standing' },
} as const;

/** What stands behind a colour on the board: the word comes first. */
export const standingWords = {
  overdueThrice: { zh: '逾期超时限三倍', en: 'three times the limit' },
  overdue: { zh: '逾期', en: 'overdue' },
  soon: { zh: '临期', en: 'soon due' },
  running: { zh: '在期内', en: 'in time' },
  paused: { zh: '暂停计时', en: 'suspended' },
} as const;

export const boardEvents = {
  nothingDue: { zh: '没有到期事项', en: 'nothing is due' },
  extended: { zh: '原为 {date}', en: 'extended from {date}' },
  boardSum: { zh: '{cases} 件, {n} 项期限: 逾期超三倍 {overdueThrice}, 逾期 {overdue}, 临期 {soon}, 在期内 {running}, 暂停 {paused}', en: '{cases} cases, {n} deadlines' },
} as const;

export { deadlineWords } from '../../schemas/deadline-words.ts';
