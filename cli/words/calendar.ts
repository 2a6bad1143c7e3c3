/** Words of `xiaohao calendar`: part of the one catalogue (`messages.ts`). */
export const calendarHelp = {
  calendar: { zh: '日历: 放假、调休、办公时间, 期限怎么算', en: 'calendars: off days, working weekends, opening hours, and how limits are counted' },
  calendarImport: { zh: '导入日历版本, 永久保存, 此后的新案件按它计算; 已有案件不变', en: 'take in an edition: kept for ever, in force for new cases; cases that exist keep theirs' },
  editionFile: { zh: 'JSON 日历版本, 或日期表 (CSV/XLSX: 日期、类型 休|班、名称)', en: 'an edition in JSON, or a table of dates (date, kind off|on, name)' },
  editionId: { zh: '版本编号 (日期表须给出)', en: 'id of the edition (needed for a table)' },
  editionSource: { zh: '依据的通知 (日期表须给出)', en: 'the notice it rests on (needed for a table)' },
  editionDate: { zh: '通知日期', en: 'date of the notice' },
  editionProvisional: { zh: '日期表各年尚未正式公布', en: 'the years of the table are not published yet' },
  calendarShow: { zh: '一年的放假、调休和每月工作日数', en: 'off days, working weekends and working days of a year' },
  whichEdition: { zh: '按此版本 (编号, 或文件: JSON、日期表), 默认现行的', en: 'by this edition (id, or a file: JSON, a table of dates); the one in force by default' },
  calendarDue: { zh: '期限到哪天', en: 'when a limit is due' },
  dueFrom: { zh: '自何时起: 2026-02-13 或 "2026-02-13 16:30"', en: 'from when' },
  dueAmount: { zh: '多少; 负数往回算', en: 'how many; negative goes backward' },
  dueUnit: { zh: 'workingDay 工作日, calendarDay 自然日, hour 小时', en: 'workingDay, calendarDay or hour' },
  emergency: { zh: '紧急事项: 小时全天候计算', en: 'an emergency: hours run round the clock' },
  calendarBetween: { zh: '两日之间有几日 (前一日不计, 后一日计入)', en: 'how many days from A to B: A is not counted, B is' },
  betweenUnit: { zh: 'workingDay 工作日 或 calendarDay 自然日', en: 'workingDay or calendarDay' },
  dayA: { zh: '日期', en: 'a date' },
  calendarDiff: { zh: '两个版本有何不同', en: 'what one edition changes against another' },
  calendarAdopt: { zh: '已有案件改用此版本, 逐件记入台账; 加 --dry-run 只试算哪些日期会变', en: 'move the cases that exist to an edition, each on record; with --dry-run only say which dates would move' },
} as const;

export const calendarLabels = {
  date: { zh: '日期', en: 'date' },
  before: { zh: '原', en: 'before' },
  after: { zh: '新', en: 'after' },
  why: { zh: '缘由', en: 'why' },
  what: { zh: '事项', en: 'what' },
  task: { zh: '任务', en: 'task' },
  holiday: { zh: '放假', en: 'off' },
  workingWeekend: { zh: '调休上班', en: 'working weekends' },
  workingDays: { zh: '工作日', en: 'working days' },
  openingHours: { zh: '办公时间', en: 'opening hours' },
  basis: { zh: '依据', en: 'source' },
} as const;

export const calendarEvents = {
  coveredTo: { zh: '已公布至 {year} 年', en: 'published to {year}' },
  coverageEnds: { zh: '只到 {year} 年, 此后的日期都是暂定; {next} 年放假安排公布后 xiaohao calendar import', en: 'ends with {year}, later dates are provisional; import {next} once it is announced' },
  editionKept: { zh: '日历版本 {id} 已保存, 新案件按它计算; 已有案件不变, 直到逐件改用 (xiaohao calendar adopt 文件, 先 --dry-run)', en: 'kept, and in force for new cases; cases that exist keep theirs until they adopt it' },
  editionSame: { zh: '日历版本 {id} 早已保存, 内容相同; 新案件按它计算', en: 'kept before with the same content; in force for new cases' },
  editionOf: { zh: '日历 {id}', en: 'edition {id}' },
  yearExpected: { zh: '{year} 年的安排尚未正式公布: 按此版本所列的日期算, 结果为暂定', en: 'the calendar of {year} is not published: counted by the days of this edition, provisional' },
  yearProvisional: { zh: '{year} 年的安排尚未公布: 只按周一至周五算, 结果为暂定', en: 'the calendar of {year} is not published: plain weekdays, provisional' },
  yearPublished: { zh: '{year} 年, 共 {days} 个工作日', en: '{days} working days in {year}' },
  dueIs: { zh: '到期 {at}', en: 'due' },
  betweenIs: { zh: '{days} 个{unit}', en: '{days} {en}' },
  noSuchEdition: { zh: '没有这个日历版本: {what}', en: 'no such edition: {what}' },
  badFrom: { zh: '须为 1970 至 2199 年的 2026-02-13 或 "2026-02-13 16:30": {text}', en: 'a date of 1970 to 2199, 2026-02-13 or "2026-02-13 16:30", not {text}' },
  badUnit: { zh: '单位须为 {units}: {text}', en: 'the unit is one of {units}, not {text}' },
  badAmount: { zh: '工作日和自然日须为整数, 不超过 3660 日或 29280 小时: {text}', en: 'whole days, at most 3660 days or 29280 hours, not {text}' },
  cannotCount: { zh: '该日历连续多周没有工作日或办公时间, 算不出', en: 'this edition has no working day or opening hours for weeks: nothing can be counted' },
  tableNeeds: { zh: '日期表须给出 --id 和 --source', en: 'a table of dates needs --id and --source' },
  scaledInForce: { zh: '现行日历是演示用的缩放日历, 不能换成真实日历', en: 'a scaled calendar of a demonstration is in force: a real one does not replace it' },
  yearsLost: { zh: '现行日历已公布的年份不在其中: {years}; 请写全各年', en: 'years that the calendar in force has published are missing: {years}; write them all down' },
  noDifference: { zh: '工作日没有不同', en: 'the same working days' },
  hoursDiffer: { zh: '办公时间不同', en: 'the opening hours differ' },
} as const;

export const unitWords = { workingDay: '工作日', calendarDay: '自然日', hour: '小时' } as const;
export const standingWords = { published: '已公布 published', provisional: '暂定 provisional', absent: '未收 absent' } as const;
