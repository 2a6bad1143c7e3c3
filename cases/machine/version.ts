import type { CaseState } from '../../schemas/index.ts';

/** Versions of the machine by name. `case-1` knows no alerts that time drives and counts limits without opening hours. */
export const firstVersion = 'case-1';
export const currentVersion = 'case-2';

/** Does time remind, warn and mark in this case, by whole rules (docs/design/time.md)? False for what was recorded under the first version. */
export const timed = (state: Pick<CaseState, 'machine'>): boolean => state.machine !== firstVersion;
