/** Policy packs (限时方案): compiled for cases, checked and compared for people. */
export { compilePack, compilePolicy, policyLimit, policyPart } from './compile.ts';
export { countsUnder, redDaysUnder } from './terms.ts';
export { notByTable } from './by-table.ts';
export { standard } from './standard.ts';
export { lintPolicy, lintRules, type Finding, type LintRule } from './lint.ts';
export { diffPolicies, type Change } from './diff.ts';
