import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

/** Each of its files speaks to a daemon of its own, whose place the client library reads once in a process. */
const READERS = 'test/pcsc/**'
/** Those open real windows: npm run test:e2e. */
const WINDOWS = '**/*.e2e.test.ts'

export default defineConfig({
  test: {
    pool: 'forks',
    // Most of these tests wait for processes that they start: on two cores three files at a time take a fifth less than two.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Hosts and centres are started by the hundred, and killed: what one has compiled, the next finds.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'compiled') },
    projects: [
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['{base,card,settlement,electron,test}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, WINDOWS, READERS],
          // Nothing here keeps state in a module, and modules read once for all files of a worker are a third of the time less.
          isolate: false
        }
      },
      {
        extends: true,
        test: { name: 'readers', include: [`${READERS}/*.test.ts`], exclude: [...configDefaults.exclude, WINDOWS] }
      },
      {
        extends: true,
        test: { name: 'pages', include: ['renderer/**/*.test.{ts,tsx}'], setupFiles: ['test/support/jsdom-gaps.ts'] }
      }
    ]
  }
})
