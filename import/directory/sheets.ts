import type { Column } from '../map/header.ts';

/** The sheets of a directory workbook (人员目录): 单位, 人员, 委托, 回避, 设置; each is told by its columns, not by its name. */
export const unitColumns = {
  id: { headers: ['单位编号', '单位代码', '编号'] },
  name: { headers: ['单位名称', '单位全称'] },
  uscc: { headers: ['统一社会信用代码', '信用代码'] },
  parent: { headers: ['上级单位', '主管单位', '上级单位编号'] },
  kind: { headers: ['单位类型', '单位性质'] },
  field: { headers: ['领域'] },
  until: { headers: ['撤并日期', '撤销日期'] },
  mergedInto: { headers: ['并入单位'] },
} as const satisfies Record<string, Column>;

/** One row for each role that a person holds: who holds three stands in three rows. */
export const personColumns = {
  id: { headers: ['人员编号', '工号'] },
  name: { headers: ['姓名'], personal: 'name' },
  phone: { headers: ['电话', '联系电话', '手机号'], personal: 'phone' },
  unit: { headers: ['任职单位', '所在单位'] },
  role: { headers: ['角色'] },
  title: { headers: ['职务'] },
  from: { headers: ['任职起', '起始日期', '任职日期'] },
  to: { headers: ['任职止', '截止日期', '离任日期'] },
} as const satisfies Record<string, Column>;

export const delegationColumns = {
  from: { headers: ['委托人'] },
  to: { headers: ['受托人'] },
  role: { headers: ['委托角色', '角色'] },
  unit: { headers: ['委托单位', '单位'] },
  since: { headers: ['委托起', '起始日期'] },
  until: { headers: ['委托止', '截止日期'] },
  document: { headers: ['授权文书', '文号'] },
} as const satisfies Record<string, Column>;

export const conflictColumns = {
  person: { headers: ['回避人员', '回避人'] },
  unit: { headers: ['回避单位'] },
  reason: { headers: ['回避理由', '理由'] },
} as const satisfies Record<string, Column>;

/** 设置: one row; what is left out stays as it is in force. */
export const settingColumns = {
  name: { headers: ['目录名称'] },
  prefix: { headers: ['编号前缀'] },
  fictional: { headers: ['是否虚构'] },
} as const satisfies Record<string, Column>;
