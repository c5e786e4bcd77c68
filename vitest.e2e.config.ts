import { defineConfig } from 'vitest/config'

/** Real windows, one after the other: they share the screen and the machine's few cores. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    // What a window shows it shows within this; nothing is slept for.
    expect: { poll: { timeout: 10_000, interval: 30 } },
    hookTimeout: 120_000
  }
})
