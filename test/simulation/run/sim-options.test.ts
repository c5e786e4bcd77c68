import { expect, test } from 'vitest'
import { readSimOptions } from './sim-options.ts'

test('one seed is told as a story', () => {
  expect(readSimOptions(['--seed', '7'])).toEqual({
    ok: true,
    value: { story: 7, from: 1, runs: 1, jobs: 1, canary: undefined, twice: false, untilFailure: false, json: false }
  })
})

test('many runs begin at seed 1, or where one says', () => {
  expect(readSimOptions(['--runs', '1000'])).toMatchObject({ ok: true, value: { story: undefined, from: 1, runs: 1000 } })
  expect(readSimOptions(['--runs', '10', '--from', '5000', '--jobs', '2'])).toMatchObject({ ok: true, value: { from: 5000, runs: 10, jobs: 2 } })
})

test.each([
  [[], 'one of --seed N and --runs N is needed'],
  [['--seed'], '--seed wants a value behind it'],
  [['--seed', '-1'], '--seed -1: must be a whole number from 0 to 4294967295'],
  [['--seed', '4294967296'], '--seed 4294967296: must be a whole number from 0 to 4294967295'],
  [['--runs', '0'], '--runs 0: must be a whole number from 1 to 1000000'],
  [['--runs', '1e3'], '--runs 1e3: must be a whole number from 1 to 1000000'],
  [['--seed', '1', '--runs', '2'], '--seed 1 with --runs 2: only one of them'],
  [['--seed', '1', '--seed', '2'], '--seed is given twice: 1 and 2'],
  [['--sed', '1'], '--sed is not known; there are --seed, --from, --runs, --jobs, --canary, --twice, --until-failure, --json']
])('%j is refused: %s', (given, sentence) => {
  const read = readSimOptions(given)
  expect(read.ok).toBe(false)
  expect(!read.ok && read.error).toContain(sentence)
})
