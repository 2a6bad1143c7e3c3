import { defineConfig } from 'vitest/config';

const minute = 60_000;

/** Timeouts are for a hang, not a measure: a busy machine must not fail a test. */
const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, ...more },
});

const onServer = { globalSetup: ['test/support/shared-server.ts'], testTimeout: 3 * minute, hookTimeout: 3 * minute };

export default defineConfig({
  test: {
    pool: 'forks',
    // Two cores, and tests that often wait for a server, a minute or a process.
    maxWorkers: 3,
    passWithNoTests: false,
    projects: [
      // The modules are pure: one import of the schemas per process serves every file.
      project('unit', ['test/unit/**/*.test.ts'], { testTimeout: 30_000, isolate: false }),
      // Long walks of random acts through the core: every run but the one between two edits.
      project('walks', ['test/walks/**/*.test.ts'], { testTimeout: 2 * minute }),
      // Time against an oracle, over random calendars, packs and lives: a minute and a half on two cores, wired by itself.
      project('storm', ['test/storm/**/*.test.ts'], { testTimeout: 20 * minute }),
      project('setup', ['test/setup/**/*.test.ts'], { testTimeout: 2 * minute }),
      project('ledger', ['test/ledger/**/*.test.ts'], { testTimeout: 2 * minute, hookTimeout: 2 * minute }),
      project('import', ['test/import/**/*.test.ts'], { testTimeout: 3 * minute }),
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
