import type { Column } from './header.ts';
import { type FeedbackKind, feedbackOf, fieldOf, keyOf, present, raterOf, unitOf } from './kind.ts';
import { matterCode } from './rating.ts';
import { reading } from './reading.ts';
import * as v from './values.ts';

/** 走访、督查记录: what people of the office were told or saw for themselves. */
const columns = {
  recordNo: { headers: ['记录编号', '走访编号', '检查编号', '编号', '序号'] },
  source: { headers: ['来源', '走访类型', '检查类型', '类型'] },
  visitedAt: { headers: ['走访时间', '检查时间', '发现时间', '时间', '日期'] },
  unitCode: { headers: ['单位编码', '统一社会信用代码'] },
  unitName: { headers: ['被查单位', '责任单位', '单位', '单位名称'] },
  place: { headers: ['地点', '点位', '涉及点位'] },
  matterCode: { headers: ['事项编码'] },
  matterName: { headers: ['事项名称', '问题事项', '事项'] },
  what: { headers: ['问题描述', '发现问题', '记录内容', '具体表现'], personal: 'text' },
  userName: { headers: ['反映人', '群众姓名', '姓名'], personal: 'name' },
  mobile: { headers: ['联系电话', '手机号', '电话'], personal: 'phone' },
  idNo: { headers: ['证件号', '身份证号'], personal: 'idNo' },
  field: { headers: ['领域'] },
} as const satisfies Record<string, Column>;
type Key = keyof typeof columns;

const sources: Readonly<Record<string, 'visit' | 'inspection'>> = { 走访: 'visit', 走访群众: 'visit', 体验官: 'visit', 督查: 'inspection', 检查: 'inspection', 抽查: 'inspection', 督查抽查: 'inspection', 督查随机抽查: 'inspection', 暗访: 'inspection' };

export const visit: FeedbackKind = {
  columns,
  needs: ['recordNo', 'what'],
  map: (row, binding, ctx) => {
    const r = reading<Key>(row, columns, binding);
    const recordNo = r.required('recordNo', v.code);
    const kind = r.optional('source', v.oneOf(ctx, 'source', sources, 'BAD-CATEGORY')) ?? 'visit';
    const key = recordNo === undefined ? null : keyOf(kind === 'visit' ? 'zf' : 'dc', recordNo);
    const ratedUnit = unitOf(r, ctx, 'unitCode', 'unitName');
    const place = r.optional('place', v.place);
    if (ratedUnit === undefined && place === undefined) r.blame('unitName', 'NO-UNIT-NO-PLACE');
    const name = r.required('matterName', v.title);
    const draft = present({
      feedbackId: key ?? '',
      kind,
      ...raterOf<Key>(r, key ?? ''),
      channel: kind === 'visit' ? '走访群众' : '督查检查',
      field: fieldOf<Key>(r, ctx, ratedUnit),
      matter: { code: r.optional('matterCode', v.codeOrName) ?? matterCode(name), name },
      ratedUnit,
      place,
      receivedAt: ctx.now,
      text: r.required('what', v.words),
      saidAt: r.optional('visitedAt', v.moment(ctx)),
      aside: r.aside('place'),
    });
    return feedbackOf(row, r, draft);
  },
};
