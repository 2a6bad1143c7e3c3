export const noticeHelp = {
  notices: { zh: '通知: 何时告知了谁什么 (数据目录中的记录)', en: 'who was told what, and when: the log of the data folder' },
  noticePerson: { zh: '只看给此人的', en: 'only what went to this person' },
  noticeCase: { zh: '只看此案的', en: 'only about this case' },
  noticeDigest: { zh: '汇总: 每人每日一份, 最急的在前', en: 'one message for each person and day, the most urgent first' },
} as const;

export const noticeLabels = {
  sentAt: { zh: '送出时间', en: 'sent' },
  toWhom: { zh: '送给', en: 'to' },
  asRole: { zh: '因何', en: 'as' },
  noticeText: { zh: '内容', en: 'what' },
} as const;

export const noticeEvents = {
  noNotices: { zh: '没有通知', en: 'no notices' },
  noticeSum: { zh: '{n} 份通知', en: '{n} notices' },
  noticesFound: { zh: '{notices} 份; 责任链空缺 {gaps} 处, 无人可收 {nobody} 份', en: '{notices} sent; {gaps} gaps in the report line, {nobody} for nobody' },
  raterTo: { zh: '评价人', en: 'the rater' },
  nobodyTo: { zh: '无人', en: 'nobody' },
  superiorOf: { zh: '{role}, 上级', en: 'superior' },
  delegateOf: { zh: '受 {person} 委托', en: 'delegate' },
} as const;
