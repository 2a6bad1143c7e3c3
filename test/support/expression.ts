/**
 * An interpreter of the case table's own words, written apart from the product: `and or not in == != < <= > >= +`, parentheses,
 * literals, lists. An absent name is null; null is false, and so is every comparison with it. The oracle for rules and conditions.
 */
type Value = string | number | boolean | null | Value[];
export type Env = Record<string, Record<string, unknown>>;

const tokensOf = (text: string): string[] => text.match(/'[^']*'|==|!=|<=|>=|[<>()[\],+]|[A-Za-z_][\w.]*|\d+(?:\.\d+)?/g) ?? [];
export const truth = (v: Value): boolean => (Array.isArray(v) ? v.length > 0 : Boolean(v));

export const evaluate = (text: string, env: Env): boolean => {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = () => tokens[at];
  const take = () => tokens[at++] as string;
  const atom = (): Value => {
    const t = take();
    if (t === '(') {
      const v = or();
      take();
      return v;
    }
    if (t === '[') {
      const items: Value[] = [];
      while (peek() !== ']') {
        items.push(atom());
        if (peek() === ',') take();
      }
      take();
      return items;
    }
    if (t === 'true' || t === 'false') return t === 'true';
    if (t === 'null') return null;
    if (t.startsWith("'")) return t.slice(1, -1);
    if (/^\d/.test(t)) return Number(t);
    const [space, name] = t.split('.') as [string, string];
    return (env[space]?.[name] ?? null) as Value;
  };
  const compare = (): Value => {
    const left = atom();
    const op = peek();
    if (op === undefined || !['==', '!=', '<', '<=', '>', '>=', 'in'].includes(op)) return left;
    take();
    const right = atom();
    if (op === '==') return left === right;
    if (op === '!=') return left !== right;
    if (op === 'in') return Array.isArray(right) && left !== null && right.includes(left);
    if (typeof left !== 'number' || typeof right !== 'number') return false;
    return op === '<' ? left < right : op === '<=' ? left <= right : op === '>' ? left > right : left >= right;
  };
  const not = (): Value => {
    if (peek() !== 'not') return compare();
    take();
    return !truth(not());
  };
  const and = (): Value => {
    let v = not();
    while (peek() === 'and') {
      take();
      const r = not();
      v = truth(v) && truth(r);
    }
    return v;
  };
  const or = (): Value => {
    let v = and();
    while (peek() === 'or') {
      take();
      const r = and();
      v = truth(v) || truth(r);
    }
    return v;
  };
  return truth(or());
};

/** Names of one space that an expression mentions. */
export const namesIn = (text: string, space: string): string[] => [...new Set([...text.replace(/'[^']*'/g, '').matchAll(new RegExp(`\\b${space}\\.(\\w+)`, 'g'))].map((m) => m[1] as string))];
/** Literals an expression compares with. */
export const literalsIn = (text: string): (string | number)[] => [...[...text.matchAll(/'([^']*)'/g)].map((m) => m[1] as string), ...[...text.matchAll(/\b(\d+)\b/g)].map((m) => Number(m[1]))];
