import { basename } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take minutes, longest first: whatever is short fills the time beside the last of them. */
const LONGEST = ['centre-', 'window-', 'looks.']
const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((begin) => basename(moduleId).startsWith(begin))
  return place < 0 ? LONGEST.length : place
}

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => placeOf(one) - placeOf(other)))
  }
}

/** Real windows, three files of them at a time on two cores, for half of it is waiting: each has its own screen, its own data and its own programs. */
export default defineConfig({
  test: {
    include: ['test/{e2e,pcsc}/**/*.e2e.test.ts'],
    globalSetup: 'test/e2e/support/build-once.ts',
    pool: 'forks',
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Some start a program twice, beside another file's on two cores.
    testTimeout: 120_000,
    // What a window shows it shows within this; nothing is slept for.
    expect: { poll: { timeout: 10_000, interval: 30 } },
    hookTimeout: 120_000
  }
})
