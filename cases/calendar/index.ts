export * from './day.ts';
export * from './edition.ts';
export * from './edition-check.ts';
export * from './working.ts';
export * from './opening.ts';
export * from './limit.ts';
export * from './difference.ts';
