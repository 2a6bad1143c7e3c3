import { readFile } from 'node:fs/promises';
import { caseError } from '../schemas/index.ts';
import { textsOf } from './messages.ts';

/** A file's text. @throws BAD-INPUT */
export const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => Promise.reject(caseError('BAD-INPUT', { field: 'file', ...textsOf('noFile', { what: `${path} (${error.code ?? error.message})` }) })));

/** @throws BAD-INPUT naming the field */
export function parseJson(field: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw caseError('BAD-INPUT', { field, ...textsOf('badJson', { what: error instanceof Error ? error.message : String(error) }) });
  }
}

export const readJsonFile = async (path: string): Promise<unknown> => parseJson(path, await readText(path));

/** `{"a":1}` or `@file`. */
export const readData = async (field: string, given: string): Promise<unknown> => (given.startsWith('@') ? readJsonFile(given.slice(1)) : parseJson(field, given));
