import type { Column } from './header.ts';
import { type FeedbackKind, feedbackOf, fieldOf, keyOf, present, raterOf, unitOf } from './kind.ts';
import { reading } from './reading.ts';
import * as v from './values.ts';

/** 好差评 by the names of the national exchange (domain 4.1) and by what people call them. */
const columns = {
  projectNo: { headers: ['办件编号', '办件编码', '办件号', '业务流水号', 'affairSerialNo'] },
  serviceNumber: { headers: ['服务次数', '办理次数', '服务序号'] },
  assessNumber: { headers: ['评价次数', '评价序号'] },
  taskCode: { headers: ['实施清单编码', '事项编码', '实施编码', 'affairCode'] },
  taskHandleItem: { headers: ['业务办理项编码', '办理项编码', 'affairHandleItem'] },
  taskName: { headers: ['事项名称', '服务事项', '办理事项', 'affairName'] },
  satisfaction: { headers: ['满意度', '评价等级', '整体满意度', '评价结果', '星级'] },
  evalDetail: { headers: ['评价指标', '评价详情', '指标编码'] },
  writingEvaluation: { headers: ['文字评价', '评价内容', '评价意见', '意见建议'], personal: 'text' },
  channel: { headers: ['pf', '评价渠道', '渠道'] },
  assessTime: { headers: ['评价时间', '评价日期'] },
  acceptDate: { headers: ['受理时间', '受理日期', 'affairApplyTime'] },
  promisetime: { headers: ['承诺时间', '承诺办结时间'] },
  proStatus: { headers: ['办件状态', 'evalProcess'] },
  userName: { headers: ['评价人', '申请人', '姓名', '评价人姓名'], personal: 'name' },
  mobile: { headers: ['手机', '手机号', '手机号码', '联系电话', '联系方式', 'contactPhone'], personal: 'phone' },
  idNo: { headers: ['certKey', 'certKeyGOV', '证件号', '证件号码', '身份证号', 'certificateNo'], personal: 'idNo' },
  deptCode: { headers: ['部门编码', '单位编码', '统一社会信用代码', 'departmentCode'] },
  orgName: { headers: ['部门名称', '单位名称', '被评单位', '受理部门', 'proDepart'] },
  winName: { headers: ['窗口', '窗口名称', '窗口编号'] },
  terminal: { headers: ['终端', '终端编号', '评价器编号', '设备编号', 'deviceId'] },
  winUserName: { headers: ['窗口人员', '经办人', '工作人员', 'affairDealOfficer'], personal: 'name' },
  isDefault: { headers: ['默认评价', '是否默认', '默认好评'] },
  field: { headers: ['领域', '行业领域'] },
  place: { headers: ['地点', '点位', '服务地点'] },
} as const satisfies Record<string, Column>;
type Key = keyof typeof columns;

const stages = { '1': 'pending', '2': 'accepted', '3': 'done', 待受理: 'pending', 已受理: 'accepted', 已办结: 'done' } as const;

/** A rating of a service nobody can do anything about needs no unit; one that opens a case does. */
export const rating: FeedbackKind = {
  columns,
  needs: ['projectNo', 'satisfaction'],
  map: (row, binding, ctx) => {
    const r = reading<Key>(row, columns, binding);
    const projectNo = r.required('projectNo', v.code);
    const serviceNo = r.optional('serviceNumber', v.wholeNumber);
    const seq = serviceNo ?? r.optional('assessNumber', v.wholeNumber) ?? 1;
    if (serviceNo !== undefined && (r.optional('assessNumber', v.wholeNumber) ?? serviceNo) !== serviceNo) r.blame('assessNumber', 'SEQ-CONTRADICTS');
    if (seq < 1) r.blame('serviceNumber', 'BAD-NUMBER');
    const level = r.required('satisfaction', v.level);
    const taskCode = r.optional('taskCode', v.code);
    const taskName = r.required('taskName', v.title);
    const ratedUnit = unitOf(r, ctx, 'deptCode', 'orgName');
    const place = r.optional('place', v.place);
    if (level !== undefined && level <= 2 && ratedUnit === undefined && place === undefined) r.blame('orgName', 'NO-UNIT-NO-PLACE');
    const key = projectNo === undefined ? null : keyOf('hcp', projectNo, seq);
    if (key === null && projectNo !== undefined) r.blame('projectNo', 'BAD-CODE');
    const service = present({
      projectNo,
      seq,
      taskCode,
      handleItem: r.optional('taskHandleItem', v.code),
      stage: r.optional('proStatus', v.oneOf(ctx, 'proStatus', stages, 'BAD-STATE')),
      acceptedAt: r.optional('acceptDate', v.moment(ctx)),
      promisedAt: r.optional('promisetime', v.moment(ctx, true)),
      window: r.optional('winName', v.words)?.slice(0, 80),
      terminal: r.optional('terminal', v.codeOrName),
      clerk: r.optional('winUserName', v.words),
    });
    const draft = present({
      feedbackId: key ?? '',
      kind: 'rating',
      level,
      ...raterOf<Key>(r, key ?? ''),
      channel: r.optional('channel', v.channel(ctx)) ?? '未注明',
      field: fieldOf<Key>(r, ctx, ratedUnit),
      matter: { code: taskCode ?? matterCode(taskName), name: taskName },
      ratedUnit,
      place,
      receivedAt: ctx.now,
      text: r.optional('writingEvaluation', v.words) ?? '(未填写文字评价)',
      saidAt: r.optional('assessTime', v.moment(ctx)),
      service,
      indicators: indicatorsOf(r.text('evalDetail')),
      isDefault: r.optional('isDefault', v.yesNo),
      aside: r.aside('place'),
    });
    return feedbackOf(row, r, draft);
  },
};

/** Without a code the name stands for the matter, as far as an id may hold it. */
export const matterCode = (name: string | undefined): string => (name ?? '').normalize('NFKC').replace(/[^\p{L}\p{N}._-]+/gu, '').slice(0, 80) || 'QT';
const indicatorsOf = (text: string | undefined): string[] | undefined => {
  const codes = text?.split(/[,，;；\s]+/).filter((c) => c !== '').slice(0, 50);
  return codes && codes.length > 0 ? codes.map((c) => c.slice(0, 80)) : undefined;
};
