#!/usr/bin/env node
/** The `xiaohao` command: made from the TypeScript sources when they have changed. Works from any folder. */
import { run } from './bundle.mjs';

await run('cli/main.ts');
