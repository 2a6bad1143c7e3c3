export { BadRows, reasonHeader, reasonOf } from './bad-rows.ts';
export { type JsonReport, type Personal, jsonReport } from './json.ts';
export { markable, writeCopy } from './copy.ts';
