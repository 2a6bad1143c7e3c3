/**
 * What came in before the demonstration starts: about sixty rows in three sheets, as offices get them. The signals of the twelve
 * stories stand among good ratings, repeats, suspicious ones, a malicious one and five rows that cannot be read. All of it is invented.
 */
export type Row = Readonly<Record<string, string>>;
export type FeedbackSheet = { readonly name: string; readonly headers: readonly string[]; readonly rows: readonly Row[] };

/** 好差评. */
const ratingHeaders = ['办件编号', '服务次数', '实施清单编码', '事项名称', '评价等级', '文字评价', '评价渠道', '受理时间', '评价时间', '评价人', '手机号', '单位名称', '窗口', '终端编号', '默认评价', '领域', '地点', '经办部门意见'] as const;
type Rating = Partial<Record<(typeof ratingHeaders)[number], string>>;

/** 办件 of a unit on a day of February or March 2026, the n-th of it. */
const no = (day: string, n: number): string => `YC2026${day}${String(n).padStart(4, '0')}`;
const rating = (day: string, n: number, more: Rating): Row => ({ 办件编号: no(day, n), 服务次数: '1', 评价渠道: '2', 受理时间: '2026-02-10 09:00:00', 评价时间: `2026-${day.slice(0, 2)}-${day.slice(2)} 10:${String(n % 60).padStart(2, '0')}:00`, ...more });

const leak = { 实施清单编码: 'ZF-LS-01', 事项名称: '邻里漏水', 评价等级: '1', 文字评价: '楼上漏水没人管。', 评价渠道: '6', 评价人: '卫某', 手机号: '13900000010', 地点: '东湖小区', 领域: '住房' };
const desk = { 实施清单编码: 'ZW-CK-01', 事项名称: '综合窗口服务', 单位名称: '东湖区政务服务局', 领域: '政务', 窗口: '三号窗口' };
const school = { 实施清单编码: 'JY-RX-01', 事项名称: '随迁子女入学', 单位名称: '云川市教育局', 领域: '教育' };

const stories: readonly Row[] = [
  rating('0227', 1, { ...school, 评价等级: '2', 文字评价: '一次告知没有说要居住证明，跑了三趟。', 评价渠道: '1', 评价人: '林某', 手机号: '13900000001' }),
  rating('0227', 2, { 实施清单编码: 'SB-TX-01', 事项名称: '退休待遇核定', 评价等级: '非常不满意', 文字评价: '承诺二十个工作日，两个月没有消息。', 评价渠道: '4', 受理时间: '2025-12-29', 评价人: '周某', 手机号: '139 0000 0002', 单位名称: '云川市社保中心', 领域: '社保' }),
  rating('0227', 6, { 实施清单编码: 'YX-TY-01', 事项名称: '普惠托位查询', 评价等级: '2', 文字评价: '查不到托位，电话没人接。', 评价人: '郑某', 手机号: '13900000006', 单位名称: '云川市卫健委', 领域: '托育' }),
  rating('0227', 7, { 实施清单编码: 'JT-GJ-01', 事项名称: '定制公交', 评价等级: '１', 文字评价: '早班晚点二十分钟，投诉两次。', 评价渠道: '7', 评价人: '冯某', 手机号: '13900000007', 单位名称: '云川市交通局', 地点: '东湖早班线', 领域: '交通' }),
  rating('0227', 9, { ...desk, 评价等级: '1', 文字评价: '点错了，想点好评。', 评价渠道: '5', 评价人: '褚某', 手机号: '13900000009', 终端编号: 'PJQ-03' }),
  rating('0227', 10, { ...desk, 评价等级: '1', 文字评价: '说不清何事。', 评价渠道: '5', 评价人: '匿名', 地点: '三号窗口', 终端编号: 'PJQ-03' }),
  rating('0227', 11, { ...desk, 评价等级: '1', 文字评价: '不按我说的改排名就一直打差评。', 评价人: '沈某', 手机号: '13900000013' }),
  ...Array.from({ length: 9 }, (_, n) => rating('0226', 20 + n, leak)),
];

const good: readonly Row[] = [
  ...Array.from({ length: 8 }, (_, n) => rating('0225', 40 + n, { ...school, 评价等级: n % 3 === 0 ? '4' : '5', 文字评价: n % 2 === 0 ? '很快。' : '' })),
  ...Array.from({ length: 5 }, (_, n) => rating('0224', 60 + n, { ...desk, 评价等级: n === 2 ? '基本满意' : '非常满意' })),
  ...Array.from({ length: 4 }, (_, n) => rating('0224', 70 + n, { 实施清单编码: 'YL-BA-01', 事项名称: '异地就医备案', 单位名称: '云川市医保局', 领域: '医疗', 评价等级: '5', 默认评价: '是' })),
  // One terminal, six times five stars within six minutes (刷好评): kept, shown, and acted on by nobody.
  ...Array.from({ length: 6 }, (_, n) => rating('0223', 80 + n, { ...desk, 评价等级: '5', 终端编号: 'PJQ-07', 经办部门意见: n === 0 ? '服务热情' : '' })),
  // Rated before it was accepted.
  rating('0223', 90, { ...school, 评价等级: '5', 受理时间: '2026-02-25 09:00:00' }),
];

/** The very same rows once more, as systems send them; and one whose words were changed under the same number. */
const repeated: readonly Row[] = [...stories.slice(0, 2), ...good.slice(0, 1)];

const broken: readonly Row[] = [
  rating('0228', 101, { ...school, 评价等级: '7', 文字评价: '等级没有这一档。' }),
  rating('0228', 102, { ...school, 评价等级: '1', 评价时间: '2026-04-31 10:00:00', 评价人: '杨某', 手机号: '1390000' }),
  rating('0228', 103, { ...school, 评价等级: '2', 单位名称: '云川市没有的局' }),
  { ...rating('0228', 104, { ...school, 评价等级: '1-非常满意' }), 办件编号: '随迁子女入学' },
  { ...(stories[0] as Row), 文字评价: '改过的话。' },
];

/** 12345 工单. */
const orderHeaders = ['工单编号', '诉求类型', '来电时间', '来电人', '来电号码', '问题编码', '问题名称', '承办单位', '地址', '主要内容', '领域', '是否保密'] as const;
type Order = Partial<Record<(typeof orderHeaders)[number], string>>;
const order = (n: number, more: Order): Row => ({ 工单编号: `260227${String(n).padStart(4, '0')}`, 诉求类型: '投诉', 来电时间: `2026/2/27 9:${String(10 + n)}`, 是否保密: '否', ...more });
const orders: readonly Row[] = [
  order(3, { 来电人: '赵某', 来电号码: '13900000003', 问题编码: 'YL-BA-01', 问题名称: '异地就医备案', 承办单位: '云川市医保局', 地址: '第一医院结算窗口', 主要内容: '备案了医院查不到，只好先垫付。', 领域: '医疗' }),
  order(4, { 来电人: '孙某等六人', 来电号码: '13900000004', 问题编码: 'ZF-DT-01', 问题名称: '加装电梯补贴', 承办单位: '云川市住建局', 地址: '东湖老旧小区', 主要内容: '六户联名，补贴拖了半年。', 领域: '住房' }),
  order(8, { 来电人: '陈某', 来电号码: '13900000008', 问题编码: 'JT-WT-01', 问题名称: '违停处罚', 承办单位: '云川市城管局', 地址: '东湖路', 主要内容: '不服处罚决定。', 领域: '交通' }),
  order(11, { 来电人: '蒋某', 来电号码: '13900000011', 问题编码: 'YL-YM-01', 问题名称: '医美退费', 地址: '东湖医美门店', 主要内容: '交了钱不给退。', 领域: '医疗' }),
  order(21, { 诉求类型: '咨询', 来电人: '韩某', 来电号码: '13900000021', 问题名称: '公积金提取', 主要内容: '要带什么材料？' }),
  order(22, { 诉求类型: '表扬', 来电人: '朱某', 来电号码: '13900000022', 问题名称: '窗口服务', 承办单位: '东湖区政务服务局', 主要内容: '三号窗口帮老人填表，表扬。' }),
  order(23, { 诉求类型: '建议', 来电人: '秦某', 来电号码: '13900000023', 问题名称: '公交站台', 承办单位: '云川市交通局', 主要内容: '建议加装座椅。' }),
];

/** 走访、督查记录. */
const visitHeaders = ['记录编号', '来源', '发现时间', '被查单位', '地点', '事项编码', '事项名称', '问题描述', '反映人', '联系电话', '领域'] as const;
const visits: readonly Row[] = [
  { 记录编号: 'ZF-2026-005', 来源: '走访群众', 发现时间: '2026年2月26日', 被查单位: '云川市民政局', 地点: '东湖助餐点', 事项编码: 'YX-ZC-01', 事项名称: '社区助餐', 问题描述: '下午两点就停供，失能老人没人送。', 反映人: '吴某', 联系电话: '13900000005', 领域: '养老' },
  { 记录编号: 'DC-2026-012', 来源: '督查随机抽查', 发现时间: '2026.2.27', 被查单位: '云川市教育局', 地点: '全市 23 校', 事项编码: 'JY-ST-01', 事项名称: '学校食堂留样', 问题描述: '留样不规范，整改照片疑似旧图。', 领域: '教育' },
];

export const sheets: readonly FeedbackSheet[] = [
  { name: '好差评', headers: ratingHeaders, rows: [...stories, ...good, ...repeated, ...broken] },
  { name: '12345工单', headers: orderHeaders, rows: orders },
  { name: '走访督查', headers: visitHeaders, rows: visits },
];

const rated = (day: string, n: number): string => `hcp:${no(day, n)}:1`;
const called = (n: number): string => `12345:260227${String(n).padStart(4, '0')}`;
/** Which feedback each story begins with; story 9 has a twin and a malicious one, story 10 nine of one person. */
export const signals = {
  s01: rated('0227', 1),
  s02: rated('0227', 2),
  s03: called(3),
  s04: called(4),
  s05: 'zf:ZF-2026-005',
  s06: rated('0227', 6),
  s07: rated('0227', 7),
  s08: called(8),
  s09: rated('0227', 9),
  s09twin: rated('0227', 10),
  s09malicious: rated('0227', 11),
  s10: rated('0226', 20),
  s10others: Array.from({ length: 8 }, (_, n) => rated('0226', 21 + n)),
  s11: called(11),
  s12: 'dc:DC-2026-012',
} as const;
