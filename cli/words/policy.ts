/** Words of policy packs: part of the one catalogue (`messages.ts`). */
export const policyHelp = {
  policy: { zh: '限时方案: 期限、阈值、督办阶梯、上限、批准人、抽查、回头看, 每项有依据', en: 'policy packs: limits, thresholds, ladder, caps, approvers, sampling, look-back, each with its source' },
  policyList: { zh: '产品自带的和台账中的限时方案', en: 'packs that come with the product, and those in the ledger' },
  policyShow: { zh: '一个限时方案的全部期限及依据, 默认为现行的', en: 'every limit of a pack with its source; of the one in force when none is named' },
  policyLint: { zh: '检查限时方案; 有问题则退出码为 1', en: 'check a pack; exit code 1 when something is found' },
  policyDiff: { zh: '两个限时方案逐项比较', en: 'compare two packs item by item' },
  policyAdopt: { zh: '用于今后登记的新案; 写 --case 或 --every-case 则改已有案件, 逐件记入台账', en: 'make it the pack of new cases; with --case or --every-case, move cases that exist, each on record' },
  policyPack: { zh: '自带方案名 (default demo example-city)、台账中的 名称-版本 或哈希、或 YAML 文件', en: 'default, demo or example-city; name-version or hash in the ledger; or a YAML file' },
  policyDirectory: { zh: '按此人员目录 (JSON) 查批准角色, 默认用台账中的', en: 'look for holders of roles in this directory; in that of the ledger by default' },
} as const;

export const policyLabels = {
  pack: { zh: '方案', en: 'pack' },
  hash: { zh: '哈希', en: 'hash' },
  effectiveFrom: { zh: '生效日期', en: 'in effect from' },
  current: { zh: '现行', en: 'in force' },
  source: { zh: '依据', en: 'source' },
  item: { zh: '项目', en: 'item' },
  amount: { zh: '数额', en: 'amount' },
  anchor: { zh: '起算', en: 'from' },
  rule: { zh: '规则', en: 'rule' },
  finding: { zh: '问题', en: 'finding' },
  before: { zh: '原为', en: 'before' },
  after: { zh: '现为', en: 'after' },
} as const;

export const policyEvents = {
  policyClean: { zh: '{id}: 未发现问题', en: 'nothing found' },
  policyFound: { zh: '{id}: 发现 {n} 个问题', en: '{n} findings' },
  noRolesChecked: { zh: '没有人员目录, 未查批准角色由谁担任', en: 'no directory: holders of roles were not looked for' },
  policySame: { zh: '两个方案相同', en: 'the packs are the same' },
  policyAdopted: { zh: '今后登记的新案用 {id}; 已有案件沿用其登记时的方案', en: 'new cases get it; cases that exist keep theirs' },
  policyAlready: { zh: '{id} 已是现行方案', en: 'is the pack in force already' },
  policyUnknown: { zh: '没有这个限时方案: {name}', en: 'no such policy pack: {name}' },
  policyNoText: { zh: '台账中只有 {name} 的数额, 没有名称和依据', en: 'the ledger has the amounts of {name} alone, without names and sources' },
  policyTooEarly: { zh: '{id} 自 {date} 起生效, 今日为 {today}', en: '{id} is in effect from {date}; today is {today}' },
  policyDemonstration: { zh: '演示方案只用于虚构的人员目录', en: 'a demonstration pack is for a fictional directory alone' },
  policyRoles: { zh: '由案件状态表固定, 方案不能改变: {what}', en: 'fixed by the case table, a pack cannot change it: {what}' },
} as const;
