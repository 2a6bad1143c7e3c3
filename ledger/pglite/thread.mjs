// Start of the ledger's thread: TypeScript first, then the host. A thread does not inherit its parent's loader.
import { register } from 'tsx/esm/api';

register();
await import('./host.ts');
