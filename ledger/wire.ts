import { CaseError, type Refusal } from '../schemas/index.ts';
import type { Ledger } from './ledger.ts';

/** A call of one method, across a thread or a socket. Trailing arguments that were left out are not sent. */
export type Call = { id: number; method: string; args: unknown[] };
export type Fault = { message: string; refusal?: Refusal };
export type Reply = { id: number; ok: true; value: unknown } | { id: number; ok: false; fault: Fault };

/** Every method that can cross; `door` says whether other processes may call it. */
const methods = {
  append: { door: false },
  entries: { door: true },
  head: { door: true },
  recall: { door: true },
  acts: { door: true },
  problem: { door: true },
  problems: { door: true },
  tasks: { door: true },
  publications: { door: true },
  monthly: { door: true },
  refusals: { door: true },
  reads: { door: true },
  feedback: { door: true },
  feedbacks: { door: true },
  suspicions: { door: true },
  likelyDuplicates: { door: true },
  pastProblems: { door: true },
  rehearse: { door: true },
  raterKeys: { door: true },
  exhibits: { door: true },
  proofSeen: { door: true },
  directory: { door: true },
  pack: { door: true },
  currentPack: { door: true },
  policies: { door: true },
  policyText: { door: true },
  editions: { door: true },
  draw: { door: true },
  runs: { door: true },
  run: { door: true },
  effects: { door: true },
  caseNos: { door: true },
  projections: { door: true },
  orphans: { door: true },
  counts: { door: true },
  durability: { door: true },
  reserveCase: { door: true },
  refuse: { door: true },
  noteRead: { door: true },
  saveFeedback: { door: true },
  intake: { door: true },
  unseal: { door: true },
  keepPast: { door: true },
  registerExhibit: { door: true },
  importDirectory: { door: true },
  savePack: { door: true },
  keepPack: { door: true },
  keepPolicy: { door: true },
  adoptPolicy: { door: true },
  saveEdition: { door: true },
  commitDraw: { door: true },
  keepRun: { door: true },
  rebuild: { door: true },
  removeOrphan: { door: true },
  deliver: { door: true },
  attempted: { door: true },
} as const satisfies Record<Exclude<keyof Ledger, 'close'>, { door: boolean }>;

type Method = keyof typeof methods;
type AnyMethod = (...args: unknown[]) => Promise<unknown>;
export type Scope = 'thread' | 'door';

const isOpen = (method: string, scope: Scope): method is Method => Object.hasOwn(methods, method) && (scope === 'thread' || methods[method as Method].door);

/** Runs a call on this ledger. Never throws: what goes wrong goes into the reply. */
export async function answerCall(ledger: Partial<Ledger>, call: Call, scope: Scope): Promise<Reply> {
  const { id, method, args } = call;
  try {
    if (!isOpen(method, scope)) throw new Error(`the ledger has no method ${method} here`);
    return { id, ok: true, value: await (ledger[method] as AnyMethod)(...args) };
  } catch (error) {
    return { id, ok: false, fault: toFault(error) };
  }
}

/** A ledger whose methods go through `call`. Methods that the scope does not have are absent. */
export function proxy(call: (method: string, args: unknown[]) => Promise<unknown>, scope: Scope): Record<string, AnyMethod> {
  const names = Object.keys(methods).filter((method) => isOpen(method, scope));
  return Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => call(name, given(args))]));
}

/** Without the arguments left out at the end: JSON has no undefined. */
const given = (args: readonly unknown[]): unknown[] => args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1);

export function toFault(error: unknown): Fault {
  const refusal = (error as { refusal?: Refusal } | null)?.refusal;
  return { message: error instanceof Error ? error.message : String(error), ...(refusal ? { refusal } : {}) };
}

/** The error as the other side threw it: a CaseError by code, or a fault of the store. */
export const fromFault = (fault: Fault): Error => (fault.refusal ? new CaseError(fault.refusal) : new Error(fault.message));
