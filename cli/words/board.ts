export const boardHelp = {
  board: { zh: '期限看板: 谁欠什么, 还剩几个工作日', en: 'what is due, by whom, and how many working days are left' },
  watch: { zh: '每隔几秒刷新, Ctrl-C 停止; 与 --json 同用时每次一份文档, 各占一行', en: 'again every few seconds, until Ctrl-C; with --json one document a line each time' },
  boardDue: { zh: '只看此前到期的: overdue, 3d, 3wd (工作日), 2026-12-01 (含当日)', en: 'only what is overdue, due within 3d or 3wd (working days), or by a date' },
  boardMine: { zh: '只看由此人办的期限: 指名的, 其岗位的, 受托的; 无人在岗的归上一级', en: 'only what is due from this person: by name, by a role held, on behalf of somebody; of an empty place from the next one up' },
} as const;

export const boardLabels = {
  whatIsDue: { zh: '事项', en: 'what' },
  owes: { zh: '责任方', en: 'from' },
  standing: { zh: '进度', en: 'standing' },
  cited: { zh: '依据', en: 'source' },
} as const;

/** What stands behind a colour on the board: the word comes first. */
export const standingWords = {
  overdueThrice: { zh: '逾期超时限三倍', en: 'three times the limit' },
  overdue: { zh: '逾期', en: 'overdue' },
  soon: { zh: '将到期', en: 'soon due' },
  running: { zh: '在期内', en: 'in time' },
  paused: { zh: '暂停计时', en: 'suspended' },
} as const;

export const boardEvents = {
  nobodyKnown: { zh: '人员目录中没有 {person}', en: 'the directory has no {person}' },
  nothingDue: { zh: '没有到期事项', en: 'nothing is due' },
  extended: { zh: '原为 {date}', en: 'extended from {date}' },
  boardSum: { zh: '{cases} 件, {n} 项期限: 逾期超三倍 {overdueThrice}, 逾期 {overdue}, 将到期 {soon}, 在期内 {running}, 暂停 {paused}', en: '{cases} cases, {n} deadlines' },
} as const;
