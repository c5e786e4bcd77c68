import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{base,card,settlement,electron,renderer,test}/**/*.test.{ts,tsx}'],
    // Those open real windows: npm run test:e2e.
    exclude: [...configDefaults.exclude, '**/*.e2e.test.ts'],
    setupFiles: ['test/support/jsdom-gaps.ts'],
    pool: 'forks',
    // The default leaves one core to whoever watches; most of these tests wait for processes that they start.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Hosts and centres are started by the hundred, and killed: what one has compiled, the next finds.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'compiled') }
  }
})
