import { defineConfig } from 'vitest/config'

/** Real windows, three files of them at a time on two cores, for half of it is waiting: each has its own screen, its own data and its own programs. */
export default defineConfig({
  test: {
    include: ['test/{e2e,pcsc}/**/*.e2e.test.ts'],
    globalSetup: 'test/e2e/support/build-once.ts',
    pool: 'forks',
    maxWorkers: 3,
    // Some start a program twice, beside another file's on two cores.
    testTimeout: 120_000,
    // What a window shows it shows within this; nothing is slept for.
    expect: { poll: { timeout: 10_000, interval: 30 } },
    hookTimeout: 120_000
  }
})
