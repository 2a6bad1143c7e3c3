// Start of the ledger's thread. A thread does not inherit its parent's loader, so it brings its own.
import { run } from '../../bin/bundle.mjs';

await run('ledger/pglite/host.ts');
