/**
 * The rules by which a cell keeps its row out (导入规则): a closed list, zh first. Rules of the case table are not here: what they
 * refuse is refused by the case itself, with its own words.
 */
export const importRules = {
  REQUIRED: { zh: '必填', en: 'a value is needed' },
  'BROKEN-ROW': { zh: '整行无法读取', en: 'the row cannot be read' },
  'PRECISION-LOST': { zh: '长编号须为文本: 数字格式只保留15位', en: 'a long number must be text: a numeric cell keeps 15 digits' },
  FORMULA: { zh: '不接受公式, 请粘贴为值', en: 'no formulas: paste the values' },
  'CELL-ERROR': { zh: '单元格是错误值', en: 'the cell holds an error' },
  'TOO-LONG': { zh: '内容太长', en: 'the text is too long' },
  'BAD-CODE': { zh: '不是编码 (不得填名称)', en: 'not a code (no names in a code column)' },
  'BAD-NUMBER': { zh: '不是整数', en: 'not a whole number' },
  'BAD-DATE': { zh: '不是日期', en: 'not a date' },
  'FUTURE-DATE': { zh: '时间在将来', en: 'the time lies in the future' },
  'BAD-YES-NO': { zh: '须为是或否', en: 'yes or no is needed' },
  'BAD-LEVEL': { zh: '评价等级须为5至1, 或非常满意至非常不满意', en: 'a rating is 5 to 1, or 非常满意 to 非常不满意' },
  'LEVEL-CONTRADICTS': { zh: '等级与文字相反: 5为非常满意, 1为非常不满意', en: 'level and words contradict each other: 5 is 非常满意, 1 is 非常不满意' },
  'SEQ-CONTRADICTS': { zh: '服务次数与评价次数须相同 (一次一评)', en: 'serviceNumber and assessNumber must be the same (one rating for one service)' },
  'BAD-CHANNEL': { zh: '未知的评价渠道', en: 'an unknown channel' },
  'BAD-CATEGORY': { zh: '未知的类型', en: 'an unknown category' },
  'BAD-FIELD': { zh: '未知的领域', en: 'an unknown field' },
  'BAD-PHONE': { zh: '不是电话号码', en: 'not a telephone number' },
  'BAD-ID-NO': { zh: '不是证件号码 (校验位不符)', en: 'not an identity number (its check digit does not fit)' },
  'BAD-USCC': { zh: '不是统一社会信用代码 (校验位不符)', en: 'not a unified social credit code (its check digit does not fit)' },
  'UNKNOWN-UNIT': { zh: '人员目录中没有此单位', en: 'the directory has no such unit' },
  'UNKNOWN-PERSON': { zh: '人员目录中该单位没有此人', en: 'the directory has nobody of that name there' },
  'AMBIGUOUS-PERSON': { zh: '该单位有多人同名, 请填编号', en: 'several people of that name there: give the id' },
  'NO-UNIT-NO-PLACE': { zh: '须有被评单位或地点', en: 'the rated unit or a place is needed' },
  'OTHER-CONTENT': { zh: '该编号已登记, 内容不同 (不覆盖)', en: 'on record under the same key with other content (never overwritten)' },
  'BAD-COLOUR': { zh: '颜色须为红、黄、蓝', en: 'a colour is red, yellow or blue' },
  'BAD-TRACK': { zh: '整改类型须为立行立改或清单', en: 'a track is immediate or list' },
  'BAD-STATE': { zh: '看不懂的办理状态', en: 'a state that nobody understands' },
  'CLOSED-NOT-DATED': { zh: '已销号的须有销号时间', en: 'what is closed needs the date of closing' },
  'OPEN-HERE': { zh: '本台账中该件尚未销号: 别的台账不能替它销号', en: 'a case here that is not closed: another ledger cannot close it' },
  REFUSED: { zh: '立案被拒绝', en: 'the case was refused' },
} as const;
export type ImportRule = keyof typeof importRules;
