import { caseError } from '../schemas/index.ts';

/**
 * 密封 (sealing) of personal data before it is stored. The name of the algorithm stands beside the bytes, so that what one vault wrote
 * is still read when another one writes. `ref` says which record it belongs to: a real vault binds the bytes to it.
 */
export interface Vault {
  readonly alg: string;
  seal(ref: string, text: string): Promise<Uint8Array>;
  open(ref: string, bytes: Uint8Array): Promise<string>;
}

/** Keeps it as it is: apart from what is shown, but not encrypted. */
const plainVault: Vault = {
  alg: 'none',
  seal: async (_ref, text) => new TextEncoder().encode(text),
  open: async (_ref, bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
};

const known: readonly Vault[] = [plainVault];

/** The one that seals from now on. */
export const vault: Vault = plainVault;

/** The one that can open what `alg` sealed. @throws INTERNAL when this version has none */
export function vaultFor(alg: string): Vault {
  const found = known.find((one) => one.alg === alg);
  if (!found) throw caseError('INTERNAL', { zh: `不识密封方式 ${alg}`, en: `no vault opens ${alg}` });
  return found;
}
