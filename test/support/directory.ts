import type { Directory, RoleId } from '../../schemas/index.ts';

const term = (role: RoleId, unit: string, from = '2020-01-01', to?: string) => ({ role, unit, from, ...(to === undefined ? {} : { to }) });

/** A small authority for tests: an office, three agencies, one person for most roles. */
export const testDirectory: Directory = {
  name: '测试区',
  fictional: true,
  prefix: 'YC',
  units: [
    { id: 'OFFICE', name: '整改办', kind: 'office' },
    { id: 'U1', name: '教育局', kind: 'agency' },
    { id: 'U2', name: '卫健委', kind: 'agency' },
    { id: 'U3', name: '市场监管局', kind: 'agency' },
  ],
  people: [
    { id: 'li', name: '李台账', terms: [term('INTAKE', 'OFFICE')] },
    { id: 'he', name: '何核实', terms: [term('VERIFIER', 'OFFICE')] },
    { id: 'hui', name: '惠回访', terms: [term('VERIFIER', 'OFFICE')] },
    { id: 'zhu', name: '朱主任', terms: [term('HUB', 'OFFICE')] },
    { id: 'fu', name: '付副主任', terms: [term('SUP', 'OFFICE')] },
    { id: 'chu', name: '楚初审', terms: [term('SUP', 'OFFICE')] },
    { id: 'fen', name: '冯分管', terms: [term('LDR_DEPUTY', 'OFFICE')] },
    { id: 'an', name: '安组长', terms: [term('IL', 'OFFICE')] },
    { id: 'cha', name: '查暗访', terms: [term('INS', 'OFFICE')] },
    { id: 'fang', name: '方暗访', terms: [term('INS', 'OFFICE')] },
    { id: 'dang', name: '党档案', terms: [term('ARCH', 'OFFICE')] },
    { id: 'shen', name: '沈审计', terms: [term('AUD', 'OFFICE')] },
    { id: 'bai', name: '白联络', terms: [term('UC', 'U1')] },
    { id: 'ren', name: '任责任', terms: [term('UO', 'U1')] },
    { id: 'gao', name: '高分管', terms: [term('UL', 'U1')] },
    { id: 'wang', name: '王局长', terms: [term('UH', 'U1')] },
    { id: 'wei', name: '魏卫健', terms: [term('UC', 'U2')] },
    // Two roles, two units, a past and a future term.
    { id: 'shuang', name: '双肩挑', terms: [term('HUB', 'OFFICE'), term('UH', 'U3')] },
    { id: 'liang', name: '两单位', terms: [term('UO', 'U1'), term('UO', 'U2')] },
    { id: 'yuan', name: '原局长', terms: [term('UH', 'U1', '2020-01-01', '2025-06-30'), term('SUP', 'OFFICE', '2025-07-01')] },
    { id: 'jiu', name: '旧人', terms: [term('UH', 'U1', '2015-01-01', '2019-12-31'), term('SUP', 'OFFICE')] },
    { id: 'xin', name: '新人', terms: [term('SUP', 'OFFICE', '2027-01-01')] },
  ],
  delegations: [
    { from: 'zhu', to: 'fu', role: 'HUB', unit: 'OFFICE', since: '2026-01-01', until: '2026-12-31', document: 'D-1' },
    { from: 'wang', to: 'gao', role: 'UH', unit: 'U1', since: '2024-01-01', until: '2024-12-31', document: 'D-2' },
  ],
  conflicts: [{ person: 'chu', unit: 'U1', reason: '配偶在该单位' }],
};
