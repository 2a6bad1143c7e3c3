export * from './day.ts';
export * from './edition.ts';
export * from './working.ts';
