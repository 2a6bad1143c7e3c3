/** Words of `xiaohao feedback`: part of the one catalogue (`messages.ts`). */
export const feedbackHelp = {
  feedback: { zh: '反馈: 评价、诉求、走访督查所记, 个人信息已脱敏', en: 'what people said; personal data masked' },
  feedbackList: { zh: '反馈一览, 新的在前', en: 'feedback, the latest first' },
  feedbackShow: { zh: '一个案件的反馈; 查看评价人按权限, 须写理由的写理由, 留痕', en: 'the feedback of a case; who said it by right and reason, on record' },
  suspicions: { zh: '异常线索: 先评后办、集中评价、默认好评、同一人多次; 只提示, 不处置', en: 'suspicions: shown, never acted on' },
  duplicates: { zh: '疑似重复的未办结案件; 由人并单 (case do ... merge)', en: 'open cases that may be one matter; a person merges them' },
  feedbackKind: { zh: '只看此类: rating hotline visit inspection report', en: 'only this kind' },
  level: { zh: '只看此评价等级 1..5', en: 'only this level, 1 to 5' },
  about: { zh: '只看关于此单位的', en: 'only about this unit' },
  from: { zh: '自此日起, 如 2026-01-05', en: 'from this date' },
  to: { zh: '至此日 (含当日)', en: 'to this date, included' },
  rater: { zh: '只看此人的 (识别码, 见一览)', en: 'only of this rater, by the key in the list' },
  lookReason: { zh: '查看理由', en: 'for what reason you look' },
  suspicionCode: { zh: '只看此类: RATED-BEFORE-SERVICE TERMINAL-BURST DEFAULT-FIVE SAME-RATER', en: 'only these' },
  within: { zh: '相隔几日以内, 默认 15', en: 'said within so many days of each other; 15 by default' },
} as const;

export const feedbackLabels = {
  said: { zh: '反馈', en: 'feedback' },
  level: { zh: '等级', en: 'level' },
  channel: { zh: '渠道', en: 'channel' },
  rater: { zh: '评价人', en: 'rater' },
  phone: { zh: '电话', en: 'phone' },
  idNo: { zh: '证件号', en: 'id number' },
  projectNo: { zh: '办件编号', en: 'project' },
  orderNo: { zh: '工单编号', en: 'order' },
  saidText: { zh: '原话', en: 'words' },
  suspicion: { zh: '线索', en: 'suspicion' },
  grounds: { zh: '依据', en: 'grounds' },
  mayBelongTo: { zh: '可并入', en: 'may belong to' },
} as const;

export const feedbackEvents = {
  beforeService: { zh: '评价早于受理 {minutes} 分钟', en: 'rated {minutes} minutes before the service was accepted' },
  burst: { zh: '同一终端 {minutes} 分钟内 {count} 条', en: '{count} ratings of one terminal within {minutes} minutes' },
  defaults: { zh: '系统默认好评; 该单位 {ratings} 条评价中有 {defaults} 条', en: 'five stars by default, as are {defaults} of the {ratings} ratings of this unit' },
  sameRater: { zh: '同一人 {days} 日内 {count} 条', en: '{count} of one rater within {days} days' },
  sameUnit: { zh: '同一事项, 同一单位, 相隔 {days} 日', en: 'one matter, one unit, {days} days apart' },
  samePlace: { zh: '同一事项, 同一地点, 相隔 {days} 日', en: 'one matter, one place, {days} days apart' },
  sameUnitAndPlace: { zh: '同一事项, 同一单位和地点, 相隔 {days} 日', en: 'one matter, one unit and place, {days} days apart' },
  notShown: { zh: '未显示: 写明理由 (--reason) 可看脱敏的', en: 'not shown; masked with --reason' },
} as const;

export const feedbackKinds = { rating: '评价', hotline: '12345工单', visit: '走访', inspection: '督查', report: '举报' } as const;
export const levels = ['', '非常不满意', '不满意', '基本满意', '满意', '非常满意'] as const;
export const suspicionWords = { 'RATED-BEFORE-SERVICE': '先评后办', 'TERMINAL-BURST': '集中评价', 'DEFAULT-FIVE': '默认好评', 'SAME-RATER': '同一人多次' } as const;
