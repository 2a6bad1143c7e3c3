import { type Directory, Uscc, UsccFictional } from '../../schemas/index.ts';

/** What is wrong with a directory as a whole, by dotted path: terms that point nowhere, codes that cannot be, a tree that is a circle. */
export type DirectoryFault = { readonly path: string; readonly zh: string; readonly en: string };

export function faultsOf(directory: Directory): DirectoryFault[] {
  return [...twice(directory), ...codes(directory), ...tree(directory), ...terms(directory), ...delegations(directory), ...conflicts(directory)];
}

const fault = (path: string, zh: string, en: string): DirectoryFault => ({ path, zh: `${path}: ${zh}`, en: `${path}: ${en}` });
const unitIds = (d: Directory): ReadonlySet<string> => new Set(d.units.map((u) => u.id));
const personIds = (d: Directory): ReadonlySet<string> => new Set(d.people.map((p) => p.id));

function twice(d: Directory): DirectoryFault[] {
  const again = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
  return [...again(d.units.map((u) => u.id)).map((id) => fault(`units.${id}`, '编号重复', 'this id stands twice')), ...again(d.people.map((p) => p.id)).map((id) => fault(`people.${id}`, '编号重复', 'this id stands twice'))];
}

/** Region 99 is nobody's: only an invented directory may use it. */
function codes(d: Directory): DirectoryFault[] {
  const Code = d.fictional ? UsccFictional : Uscc;
  const wrong = d.units.filter((u) => u.uscc !== undefined && !Code.safeParse(u.uscc).success);
  const seen = d.units.flatMap((u) => (u.uscc === undefined ? [] : [u.uscc]));
  const shared = d.units.filter((u) => u.uscc !== undefined && seen.filter((c) => c === u.uscc).length > 1);
  return [
    ...wrong.map((u) => fault(`units.${u.id}.uscc`, `不是统一社会信用代码 ${u.uscc}`, `not a unified social credit code: ${u.uscc}`)),
    ...shared.map((u) => fault(`units.${u.id}.uscc`, '两个单位同一代码', 'two units have this code')),
  ];
}

function tree(d: Directory): DirectoryFault[] {
  const ids = unitIds(d);
  const parentOf = new Map(d.units.map((u) => [u.id, u.parent]));
  const nowhere = d.units.flatMap((u) => (['parent', 'mergedInto'] as const).flatMap((key) => (u[key] !== undefined && !ids.has(u[key]) ? [fault(`units.${u.id}.${key}`, `没有单位 ${u[key]}`, `no unit ${u[key]}`)] : [])));
  const circles = d.units.filter((u) => {
    let at: string | undefined = u.parent;
    for (let n = 0; at !== undefined && n <= d.units.length; n += 1, at = parentOf.get(at)) if (at === u.id) return true;
    return false;
  });
  return [...nowhere, ...circles.map((u) => fault(`units.${u.id}.parent`, '上级关系成环', 'the line of parents is a circle'))];
}

function terms(d: Directory): DirectoryFault[] {
  const ids = unitIds(d);
  return d.people.flatMap((p) =>
    p.terms.flatMap((t) => [
      ...(ids.has(t.unit) ? [] : [fault(`people.${p.id}.terms`, `没有单位 ${t.unit}`, `no unit ${t.unit}`)]),
      ...(t.to !== undefined && t.to < t.from ? [fault(`people.${p.id}.terms`, `任职止早于任职起 ${t.from}`, `the term ends before it begins: ${t.from}`)] : []),
    ]),
  );
}

function delegations(d: Directory): DirectoryFault[] {
  const people = personIds(d);
  return d.delegations.flatMap((x) => [
    ...[x.from, x.to].filter((p) => !people.has(p)).map((p) => fault(`delegations.${x.from}→${x.to}`, `没有人员 ${p}`, `nobody ${p}`)),
    ...(x.until < x.since ? [fault(`delegations.${x.from}→${x.to}`, '止日早于起日', 'it ends before it begins')] : []),
    ...(x.from === x.to ? [fault(`delegations.${x.from}→${x.to}`, '不能委托自己', 'nobody delegates to oneself')] : []),
  ]);
}

function conflicts(d: Directory): DirectoryFault[] {
  const [people, units] = [personIds(d), unitIds(d)];
  return d.conflicts.flatMap((c) => (people.has(c.person) && units.has(c.unit) ? [] : [fault(`conflicts.${c.person}`, '人员或单位不在目录中', 'person or unit is not in the directory')]));
}
