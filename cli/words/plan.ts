/** Words of `xiaohao plan`: part of the one catalogue (`messages.ts`). */
export const planHelp = {
  plan: { zh: '倒排工期和挂图作战', en: 'backward scheduling, and the plan as a chart' },
  planCheck: { zh: '检查方案草稿: 每项任务最迟开始和完成、机动时间、关键线路, 排不下的差几个工作日', en: 'explain a draft: latest start and finish, slack, critical chain, and what is missing' },
  planFile: { zh: '方案 (JSON), 或任务清单 (CSV、XLSX, 列 任务编号、前置任务、工期(工作日)、完成时限、固定节点、整改措施)', en: 'a plan as JSON, or its task list as CSV or XLSX' },
  planCase: { zh: '按此案件的期限、日历和已办任务检查', en: 'against the deadline, calendar and done tasks of this case' },
  planDeadline: { zh: '按此期限检查 (2026-06-30), 用随附的日历', en: 'against this deadline, with the calendar that ships' },
  planToday: { zh: '从此日排起, 默认今日; 只与 --deadline 同用', en: 'begin on this day, today by default; with --deadline alone' },
  planGantt: { zh: '挂图作战: 案件的任务图', en: 'the tasks of a case as a text Gantt chart' },
} as const;

export const planLabels = {
  task: { zh: '任务', en: 'task' },
  duration: { zh: '工期', en: 'days' },
  latestStart: { zh: '最迟开始', en: 'start by' },
  latestFinish: { zh: '最迟完成', en: 'end by' },
  slack: { zh: '机动', en: 'slack' },
  critical: { zh: '关键线路', en: 'critical' },
  today: { zh: '今日', en: 'today' },
  version: { zh: '方案', en: 'plan' },
  selfCheck: { zh: '自查', en: 'self-check' },
  reinspection: { zh: '暗访复查缓冲', en: 'reinspection' },
  closureReview: { zh: '销号审核', en: 'closure review' },
} as const;

export const planEvents = {
  planStands: { zh: '工期排得下: 任务最迟 {lastDay} 做完, 期限 {deadline}; 最迟 {begin} 开工, 余量 {margin} 个工作日', en: 'it can be done: tasks end by {lastDay}, deadline {deadline}; begin by {begin}, margin {margin} working days' },
  planNoDeadline: { zh: '没有将到的期限, 只按任务自己的时限排', en: 'no deadline lies ahead: only the dates of the tasks bound them' },
  planDeadlinePast: { zh: '期限 {deadline} 早于今日 {today}', en: 'the deadline {deadline} lies before today, {today}' },
  planDeadlineBy: { zh: '期限 {deadline}, 依据 {cite}', en: 'deadline and its source' },
  planDatesOnly: { zh: '方案没有写工期: 只核对时限, 不倒排', en: 'no durations: dates are compared, nothing is scheduled' },
  criticalChain: { zh: '关键线路: {chain}', en: 'critical chain' },
  planProvisional: { zh: '暂定: 涉及尚未公布日历的年份', en: 'provisional: a year without a published calendar is touched' },
  ganttKey: { zh: '# 关键线路  = 其他任务  . 机动  * 固定节点或时限  v 已完成  s 自查  r 复查缓冲  c 销号审核  | 今日', en: '# critical, = other, . slack, * fixed or due, v done, s r c closing stages, | today' },
  ganttScale: { zh: '每格 {n} 个工作日, 自 {from} 至 {to}', en: 'working days in a column: {n}' },
  moreFaults: { zh: '另有 {n} 处', en: '{n} more' },
  planWhich: { zh: '须给出 --case 和 --as, 或 --deadline', en: 'give --case with --as, or --deadline' },
  planBadDate: { zh: '日期须如 2026-06-30: {text}', en: 'a date such as 2026-06-30, not {text}' },
  planBadRow: { zh: '第 {row} 行: {what}', en: 'row {row}: {what}' },
  planNoTasks: { zh: '没有任务: 须有列 任务编号', en: 'no tasks: the column 任务编号 is needed' },
  planTooMany: { zh: '任务多于 200 项', en: 'more than 200 tasks' },
  planVersion: { zh: '第 {version} 版, {at} 起, {by}{reason}', en: 'version {version}' },
} as const;
