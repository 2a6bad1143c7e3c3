import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const minute = 60_000;

/**
 * The long ones first, so that none is left alone at the end: those that wait for a minute beside those that work. A fresh clone knows
 * no durations of its own.
 */
const long = [
  'workflow/outage-hang', 'workflow/storm', 'cli/start', 'cli/commands', 'workflow/outage-refuse', 'cli/import', 'workflow/runs', 'cli/calendar',
  'demo/demo', 'cli/ledger', 'cli/by-hand', 'workflow/dispatch', 'import/fuzz', 'ledger/crash', 'cli/lists', 'workflow/rereading', 'workflow/kill',
  'cli/client', 'import/large', 'storm/even', 'storm/odd', 'ledger/rebuild', 'ledger/sealed',
];
const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = long.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`));
  return place < 0 ? long.length : place;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

/** Timeouts are for a hang, not a measure: a busy machine must not fail a test. */
const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, ...more },
});

/** Files of one project share what they import: a second for each of them. */
const together = { isolate: false };
const onServer = { ...together, globalSetup: ['test/support/shared-server.ts'], testTimeout: 3 * minute, hookTimeout: 3 * minute };

export default defineConfig({
  test: {
    pool: 'forks',
    // Two cores, and tests that often wait for a server, a minute or a process.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    passWithNoTests: false,
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], { ...together, testTimeout: 30_000 }),
      // Long walks of random acts through the core: every run but the one between two edits.
      project('walks', ['test/walks/**/*.test.ts'], { testTimeout: 2 * minute }),
      // Time against an oracle, over random calendars, packs and lives: a minute and a half on two cores, wired by itself.
      project('storm', ['test/storm/**/*.test.ts'], { testTimeout: 20 * minute }),
      project('setup', ['test/setup/**/*.test.ts'], { testTimeout: 2 * minute }),
      project('ledger', ['test/ledger/**/*.test.ts'], { ...together, testTimeout: 2 * minute, hookTimeout: 2 * minute }),
      project('import', ['test/import/**/*.test.ts'], { ...together, testTimeout: 3 * minute }),
      project('workflow', ['test/workflow/**/*.test.ts', 'test/replay/**/*.test.ts'], onServer),
      project('cli', ['test/cli/**/*.test.ts', 'test/demo/**/*.test.ts'], { ...onServer, testTimeout: 10 * minute }),
      // Killing servers and counting what is left: alone on the machine, after everything else.
      project('fault', ['test/fault/**/*.test.ts'], {
        testTimeout: 20 * minute,
        hookTimeout: 5 * minute,
        maxWorkers: 1,
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
