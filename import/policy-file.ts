import { readFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { CaseError, PolicyPack, badInput, caseError, checkDays } from '../schemas/index.ts';

/** A pack has some 20 KB; what is much larger is no pack. */
const MOST = 256 * 1024;
const shipped = ['default', 'demo', 'example-city'] as const;

const notYaml = (why: string): CaseError => caseError('BAD-INPUT', { field: 'policy', zh: `不是限时方案 YAML: ${why}`, en: `no YAML of a policy pack: ${why}` });

/** Schemas drop this key without a word wherever keys are free. */
function refuseProto(key: unknown, value: unknown): unknown {
  if (key === '__proto__') throw new Error('__proto__');
  return value;
}

/** Aliases are refused altogether, so that a small file cannot become a large one; a key twice is an error, too. */
function dataOf(text: string): unknown {
  if (Buffer.byteLength(text) > MOST) throw notYaml(`> ${MOST} bytes`);
  try {
    return parse(text, refuseProto, { maxAliasCount: 0, uniqueKeys: true, schema: 'core' });
  } catch (error) {
    throw notYaml(error instanceof Error ? error.message : String(error));
  }
}

/** @throws BAD-INPUT with the dotted field */
export function readPolicyFile(text: string): PolicyPack {
  const parsed = PolicyPack.safeParse(dataOf(text));
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'policy'));
  checkDays(PolicyPack, parsed.data, 'policy');
  return parsed.data;
}

export const writePolicy = (pack: PolicyPack): string => stringify(pack, { lineWidth: 160, aliasDuplicateObjects: false });

const shippedFile = (name: string): URL => new URL(`../data/policies/${name}.yaml`, import.meta.url);
export const shippedPolicy = async (name: (typeof shipped)[number]): Promise<PolicyPack> => readPolicyFile(await readFile(shippedFile(name), 'utf8'));
/** The packs that come with the product. */
export const shippedPolicies = (): Promise<PolicyPack[]> => Promise.all(shipped.map(shippedPolicy));
