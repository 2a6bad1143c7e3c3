/** One of two workers of the storm: even seeds. `XIAOHAO_STORM_MARKS` says how many marks both compare together. */
import { expect, it } from 'vitest';
import { storm, wanted } from './storm.ts';

it('over random calendars, packs and lives no mark is early, late, twice, missing or too many (even seeds)', () => {
  const { wrong, ...counts } = storm(2, wanted / 2);
  console.log(`storm even: ${counts.voyages} voyages, ${counts.acts} acts, ${counts.compared} marks compared with the oracle, ${counts.fired} of them fired; wrong firings: ${wrong.length}`);
  expect(wrong).toEqual([]);
  expect(counts.fired).toBeGreaterThan(counts.compared / 50);
});
