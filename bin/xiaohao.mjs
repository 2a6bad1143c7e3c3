#!/usr/bin/env node
/** The `xiaohao` command: made from the TypeScript sources when they have changed. Works from any folder. */
import { pathToFileURL } from 'node:url';
import { commandLine } from './bundle.mjs';

const made = process.env['XIAOHAO_FROM_SOURCES'] === '1' ? null : await commandLine();
if (made === null) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../cli/main.ts');
} else await import(pathToFileURL(made).href);
