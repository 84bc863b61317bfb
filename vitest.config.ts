import { defineConfig } from 'vitest/config';

const all = process.env['ASSAY_TEST_ALL'] === '1';
const source = ['assay-source', 'node', 'import', 'module', 'default'];

/** One project for each kind of test; `npm test` leaves out `browser` and `all`, `npm run test:all` runs everything. */
function project(name: string, include: readonly string[], testTimeout = 30_000) {
  return {
    resolve: { conditions: source },
    ssr: { resolve: { conditions: source, externalConditions: source } },
    // Files share the modules of their worker: loading them anew for each took more than half of the time.
    test: { name, include: [...include], isolate: false, testTimeout, hookTimeout: 60_000, env: { ASSAY_TEST_ALL: all ? '1' : '' } },
  };
}

export default defineConfig({
  test: {
    // One worker for each processor: the default keeps one free, which on two processors is half of them.
    maxWorkers: '100%',
    projects: [
      project('unit', ['src/**/*.test.ts', 'suites/**/*.test.ts', 'test/*.test.ts', 'test/unit/**/*.test.ts']),
      project('e2e', ['test/e2e/**/*.test.ts'], 120_000),
      project('suites', ['suites/**/*.suite.ts'], 120_000),
      project('faults', ['test/faults/**/*.test.ts'], 600_000),
      project('browser', ['test/browser/**/*.test.ts'], 120_000),
      project('all', ['test/all/**/*.test.ts'], 300_000),
    ],
  },
});
