import type { Column } from './header.ts';
import { type FeedbackKind, feedbackOf, fieldOf, keyOf, present, raterOf, unitOf } from './kind.ts';
import { matterCode } from './rating.ts';
import { reading } from './reading.ts';
import * as v from './values.ts';

/** 12345 工单 (domain 4.2), by the odd names of the tables that hold them and by what people call them. */
const columns = {
  orderNum: { headers: ['工单编号', '工单号', '诉求编号', '受理编号'] },
  category: { headers: ['callerType', '诉求类型', '工单类型', '类型'] },
  callTime: { headers: ['来电时间', '诉求时间', '受理时间', '反映时间'] },
  channel: { headers: ['sourceType', '受理渠道', '来源渠道', '渠道'] },
  userName: { headers: ['callerName', '来电人', '诉求人', '反映人', '姓名'], personal: 'name' },
  mobile: { headers: ['callerPhone', 'callerContact', '来电号码', '联系电话', '手机号', '联系方式'], personal: 'phone' },
  idNo: { headers: ['证件号', '证件号码', '身份证号'], personal: 'idNo' },
  pilotLight: { headers: ['紧急程度', '是否紧急'] },
  questionCode: { headers: ['问题编码', '问题分类编码'] },
  questionName: { headers: ['问题名称', '问题分类', 'callSubject', '诉求事项', '事项名称'] },
  isSecret: { headers: ['是否保密', '保密'] },
  address: { headers: ['地址', '事发地址', '诉求地址', '地点'], personal: 'address' },
  organizationCode: { headers: ['承办单位编码', '单位编码'] },
  organizationName: { headers: ['承办单位', '责任单位', '主办单位'] },
  title: { headers: ['标题', '工单标题'] },
  majorContent: { headers: ['主要内容', '诉求内容', '内容', '问题描述'], personal: 'text' },
  dispatchTime: { headers: ['派单时间', '派发时间', '转办时间'] },
  deadlineDate: { headers: ['办理期限', '截止时间', '时限'] },
  oldOrderNum: { headers: ['原工单编号', '重复工单', '关联工单'] },
  field: { headers: ['领域'] },
} as const satisfies Record<string, Column>;
type Key = keyof typeof columns;

const urgency: Readonly<Record<string, 'urgent' | 'usual'>> = { 紧急: 'urgent', 特急: 'urgent', 加急: 'urgent', 是: 'urgent', '1': 'urgent', 一般: 'usual', 普通: 'usual', 否: 'usual', '0': 'usual' };

export const hotline: FeedbackKind = {
  columns,
  needs: ['orderNum', 'majorContent'],
  map: (row, binding, ctx) => {
    const r = reading<Key>(row, columns, binding);
    const orderNo = r.required('orderNum', v.code);
    const key = orderNo === undefined ? null : keyOf('12345', orderNo);
    if (key === null && orderNo !== undefined) r.blame('orderNum', 'BAD-CODE');
    const category = r.optional('category', v.category(ctx));
    const ratedUnit = unitOf(r, ctx, 'organizationCode', 'organizationName');
    const place = r.optional('address', v.place);
    const name = r.optional('questionName', v.title) ?? r.optional('title', v.title);
    if (name === undefined) r.blame('questionName', 'REQUIRED');
    const text = r.required('majorContent', v.words);
    if (ratedUnit === undefined && place === undefined && !(passive as readonly (string | undefined)[]).includes(category)) r.blame('organizationName', 'NO-UNIT-NO-PLACE');
    const urgent = r.optional('pilotLight', v.oneOf(ctx, 'pilotLight', urgency, 'BAD-CATEGORY'));
    const secret = r.optional('isSecret', v.yesNo);
    const order = present({
      orderNo,
      category,
      urgent: urgent === undefined ? undefined : urgent === 'urgent',
      dispatchedAt: r.optional('dispatchTime', v.moment(ctx)),
      dueAt: r.optional('deadlineDate', v.moment(ctx, true)),
      oldOrderNo: r.optional('oldOrderNum', v.code),
      secret,
    });
    const draft = present({
      feedbackId: key ?? '',
      kind: category === 'report' ? 'report' : 'hotline',
      ...raterOf<Key>(r, key ?? ''),
      channel: r.optional('channel', v.channel(ctx)) ?? '12345',
      field: fieldOf<Key>(r, ctx, ratedUnit),
      matter: { code: r.optional('questionCode', v.codeOrName) ?? matterCode(name), name },
      ratedUnit,
      place,
      receivedAt: ctx.now,
      text,
      saidAt: r.optional('callTime', v.moment(ctx)),
      order,
      aside: r.aside('address'),
    });
    return feedbackOf(row, r, draft);
  },
};
/** Who asks or thanks names no unit. */
const passive = ['consult', 'suggestion', 'praise', 'help'] as const;
