/** Words of deadlines explained: part of the one catalogue (`messages.ts`). */
export const deadlineHelp = {
  explain: { zh: '逐日说明每个期限怎么算: 哪天收到、哪天计、哪天不计、为什么', en: 'explain each deadline day by day: received, counted, skipped, and why' },
} as const;

export const deadlineLabels = {
  deadlines: { zh: '各项期限', en: 'deadlines' },
  officeAlert: { zh: '办内预警', en: 'office alert' },
} as const;

export const deadlineEvents = {
  explainHint: { zh: '逐日怎么算: 加 --explain', en: 'day by day: add --explain' },
  byRule: { zh: '{what}{amount}, 自{anchor}起 ({from})', en: '{amountEn} from {anchorEn}' },
  byPerson: { zh: '{zh} 定 ({at} {by})', en: 'set by {type}' },
  bySomebody: { zh: '由人定', en: 'set by a person' },
  consumed: { zh: '已用办公时间 {n} ({share}%)', en: '{nEn} of opening time used' },
  consumedHours: { zh: '已用 {n} ({share}%)', en: '{nEn} used' },
  citing: { zh: '依据 {cite}', en: 'source' },
  originally: { zh: '原为 {date}', en: 'originally {date}' },
  isPaused: { zh: '暂停计时', en: 'suspended' },
  byEdition: { zh: '日历 {edition}, 限时方案 {policy}', en: 'calendar edition, policy pack' },
  firstCounting: { zh: '按案件第一版算法', en: 'by the arithmetic of the first machine version' },
  notComplete: { zh: '台账尚未记全, 下列经过可能不全', en: 'the record is still being written: what follows may be incomplete' },
  partCounted: { zh: '自 {from} 起 {amount}', en: '{amountEn} from then' },
  partSet: { zh: '{zh}: 定为 {date} ({at} {by})', en: 'set to {date} by {type}' },
  partSetBy: { zh: '定为 {date}', en: 'set to {date}' },
  partPaused: { zh: '暂停 {from} 至 {to}', en: 'suspended' },
  partPausedSince: { zh: '自 {from} 暂停', en: 'suspended since' },
  partRest: { zh: '自 {from} 恢复, 还剩 {n} 个工作日', en: 'resumed; {n} working days remained' },
  dueAt: { zh: '到期 {at}', en: 'due' },
} as const;

/** From when a limit runs (起算点). */
export const anchorWords = {
  stateEntered: { zh: '进入本环节', en: 'entering the stage' },
  capture: { zh: '登记', en: 'the intake' },
  assign: { zh: '交办', en: 'the assignment' },
  application: { zh: '首次申请', en: 'the first application' },
  regionEntered: { zh: '事项开始', en: 'the beginning of the matter' },
  cause: { zh: '事由发生', en: 'its cause' },
  closing: { zh: '销号', en: 'the closing' },
  served: { zh: '送达', en: 'service' },
  due: { zh: '总期限', en: 'the total' },
  resumeBy: { zh: '暂缓到期日', en: 'the end of the suspension' },
  period: { zh: '报告期末', en: 'the last report' },
} as const;

export const amountUnits = { wd: { zh: '个工作日', en: 'working days' }, d: { zh: '日', en: 'days' }, h: { zh: '小时', en: 'hours' } } as const;

export const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** What a day is. */
export const dayWords = {
  workday: { zh: '', en: '' },
  workingWeekend: { zh: '调休上班', en: 'working weekend' },
  weekend: { zh: '周末', en: 'weekend' },
  holiday: { zh: '放假', en: 'holiday' },
} as const;

/** What the day is for the limit. */
export const stepWords = {
  arrived: { zh: '到达, 顺延收到', en: 'arrived; received later' },
  received: { zh: '收到当日, 不算', en: 'received; not counted' },
  counted: { zh: '第{n}日', en: 'day {n}' },
  skipped: { zh: '不计', en: 'not counted' },
  rolled: { zh: '顺延', en: 'moved on' },
} as const;

export const whyWords = {
  afterHours: { zh: '下班后', en: 'after closing' },
  closed: { zh: '当日不办公', en: 'not open' },
  resumed: { zh: '恢复当日', en: 'the day of resuming' },
} as const;
