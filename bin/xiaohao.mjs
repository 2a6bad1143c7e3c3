#!/usr/bin/env node
/** The `xiaohao` command: the TypeScript sources run as they are. Works from any folder. */
import { register } from 'tsx/esm/api';

register();
await import('../cli/main.ts');
