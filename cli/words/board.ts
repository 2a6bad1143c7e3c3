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

/** What a deadline is of, by the part of its id before the colon; `{of}` is the part behind it. */
export const deadlineWords = {
  total: { zh: '整改总期限', en: 'the whole rectification' },
  stage: { zh: '本环节', en: 'this stage' },
  task: { zh: '任务 {of}', en: 'task {of}' },
  reply: { zh: '回复督办 {of}', en: 'reply to {of}' },
  proposal: { zh: '审批 {of}', en: 'decide {of}' },
  callback: { zh: '回访 {of}', en: 'call {of} back' },
  ratification: { zh: '补签', en: 'ratify' },
  appeal: { zh: '申诉', en: 'appeal' },
  citizen: { zh: '对群众的总期限', en: 'the whole, owed to the citizen' },
  check: { zh: '核验任务 {of}', en: 'check task {of}' },
  contact: { zh: '联系群众', en: 'contact the citizen' },
  interim: { zh: '临时措施', en: 'interim measure' },
  coop: { zh: '{of} 配合签收', en: '{of} signs for supporting' },
  verify: { zh: '补核实', en: 'verify afterwards' },
  progress: { zh: '报进展', en: 'report progress' },
  extension: { zh: '审批延期', en: 'decide the extension' },
  act: { zh: '发出 {of}', en: 'issue {of}' },
  window: { zh: '公示', en: 'public notice' },
} as const;
