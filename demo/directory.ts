/**
 * 人员目录 of 云川市, a city that does not exist: the demonstration's units and people. Region 99 is not an assigned province code,
 * so the codes cannot be real. Names say what a person does in the stories.
 */
import type { Directory, Person, RoleId, Term, Unit } from '../schemas/index.ts';

/** Wide terms: the stories run on a scaled calendar, and roles are not what they show. */
const since = '2020-01-01';

const unit = (id: string, name: string, uscc: string, kind: Unit['kind'], parent?: string): Unit => ({
  id,
  name,
  uscc,
  kind,
  ...(parent ? { parent } : {}),
});

export const units: readonly Unit[] = [
  unit('SJ', '省整改监督局', '11990000MB0X00182H', 'authority'),
  unit('SZF', '云川市人民政府', '11990100MB0X00174U', 'authority', 'SJ'),
  unit('ZGB', '云川市整改办', '11990100MB0X00086D', 'office', 'SZF'),
  unit('SJJ', '云川市审计局', '11990100MB0X001661', 'office', 'SZF'),
  unit('JYJ', '云川市教育局', '11990100MB0X00027A', 'agency', 'SZF'),
  unit('SBZX', '云川市社保中心', '12990100MB0X00019C', 'institution', 'SZF'),
  unit('YBJ', '云川市医保局', '11990100MB0X000355', 'agency', 'SZF'),
  unit('WJW', '云川市卫健委', '11990100MB0X000948', 'agency', 'SZF'),
  unit('ZJJ', '云川市住建局', '11990100MB0X00078J', 'agency', 'SZF'),
  unit('CZJ', '云川市财政局', '11990100MB0X00107X', 'agency', 'SZF'),
  unit('MZJ', '云川市民政局', '11990100MB0X0006XJ', 'agency', 'SZF'),
  unit('JTJ', '云川市交通局', '11990100MB0X00051T', 'agency', 'SZF'),
  unit('CGJ', '云川市城管局', '11990100MB0X00123K', 'agency', 'SZF'),
  unit('SCJ', '云川市市场监管局', '11990100MB0X00115Q', 'agency', 'SZF'),
  unit('ZWJ', '东湖区政务服务局', '11990102MB0X00043W', 'agency', 'SZF'),
  unit('DHJD', '东湖街道办事处', '11990102MB0X00131B', 'street', 'SZF'),
  unit('DYXX', '云川市第一小学', '12990102MB0X0014X0', 'institution', 'JYJ'),
  unit('YCYY', '云川市第一医院', '12990100MB0X001583', 'institution', 'WJW'),
];

const term = (role: RoleId, at: string, more: Partial<Term> = {}): Term => ({ role, unit: at, from: since, ...more });
const person = (id: string, name: string, ...terms: Term[]): Person => ({ id, name, terms });
const several = (id: string, name: string, role: RoleId, count: number): Person[] =>
  Array.from({ length: count }, (_, i) => person(`${id}-${i + 1}`, `${name}${'甲乙丙丁戊己'[i] ?? ''}`, term(role, 'ZGB')));

/** People of the office (整改办) and above it. */
const office: readonly Person[] = [
  ...several('intake', '登记员', 'INTAKE', 2),
  ...several('verifier', '回访员', 'VERIFIER', 2),
  ...several('sup', '督办员', 'SUP', 3),
  ...several('il', '暗访组长', 'IL', 3),
  ...several('ins', '暗访员', 'INS', 6),
  ...several('panel', '认定组', 'PANEL', 3),
  ...several('review', '复核组', 'REVIEW', 2),
  person('hub-1', '整改办主任', term('HUB', 'ZGB')),
  person('hub-2', '整改办副主任', term('HUB', 'ZGB')),
  person('ldr-1', '分管领导甲', term('LDR_DEPUTY', 'SZF')),
  person('ldr-2', '分管领导乙', term('LDR_DEPUTY', 'SZF')),
  person('chief', '主要领导', term('LDR_CHIEF', 'SZF')),
  person('upper', '上级复核员', term('UPPER', 'SJ')),
  person('arch', '档案员', term('ARCH', 'ZGB')),
  person('aud', '审计员', term('AUD', 'SJJ')),
];

/** Who makes trouble for the rules: one in two roles at once, one who changed sides, one who may act for another. */
const tricky: readonly Person[] = [
  person('both-1', '住建局兼整改办', term('UL', 'ZJJ'), term('HUB', 'ZGB')),
  person('moved-1', '教育局调入督办员', term('UO', 'JYJ', { to: '2026-02-15' }), term('SUP', 'ZGB', { from: '2026-02-16' })),
  person('delegate-1', '整改办受托人', term('SUP', 'ZGB')),
];

/** The six of a unit: 联络员, 责任人, 分管, 主要负责人, 核验人, 配合联络员. The leader of each unit also counts as a responsible person. */
const unitPeople = (at: Unit): Person[] => [
  person(`${at.id}-uc`, `${at.name}联络员`, term('UC', at.id)),
  person(`${at.id}-uo`, `${at.name}责任人`, term('UO', at.id)),
  person(`${at.id}-ul`, `${at.name}分管领导`, term('UL', at.id), term('UO', at.id)),
  person(`${at.id}-uh`, `${at.name}主要负责人`, term('UH', at.id)),
  person(`${at.id}-lead`, `${at.name}核验人`, term('LEAD', at.id)),
  person(`${at.id}-coop`, `${at.name}配合联络员`, term('COOP', at.id)),
];

const working = units.filter((u) => !['SJ', 'SZF', 'ZGB', 'SJJ'].includes(u.id));

export const directory: Directory = {
  name: '云川市整改人员目录（虚构）',
  fictional: true,
  prefix: 'YC',
  units: [...units],
  people: [...office, ...tricky, ...working.flatMap(unitPeople)],
  delegations: [{ from: 'hub-1', to: 'delegate-1', role: 'HUB', unit: 'ZGB', since, until: '2035-12-31', document: 'YC-ZGB-SQ-2026-3' }],
  conflicts: [{ person: 'ins-6', unit: 'JYJ', reason: '配偶在该单位任职' }],
};

export const nameOf = (id: string): string =>
  directory.people.find((p) => p.id === id)?.name ?? directory.units.find((u) => u.id === id)?.name ?? id;
