export type * from './ledger.ts';
export { openLedger, type OpenOptions } from './open.ts';
export { sealMac, sealFault, verifySeal, type Sealed } from './seal.ts';
export { sealSecretOf } from './seal-key.ts';
export { sealEntry, commitBody, GENESIS } from './entry.ts';
export { verifyChain, type ChainFault, type ChainOptions, type ChainResult } from './chain.ts';
export { migrate, migration, readMigrations, type Migration } from './migrate.ts';
export { lockOwner } from './pglite/lock.ts';
export type { Hooks } from './sql.ts';
