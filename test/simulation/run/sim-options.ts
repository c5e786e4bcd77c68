/**
 * What a person asks of the simulation.
 *
 *   npm run sim -- --seed 7                one run, told as a story
 *   npm run sim -- --runs 1000             many, and a report; --from 5000 begins at another seed, --jobs 2 shares them out
 *   npm run sim -- --runs 200 --canary X   with a planted bug, which must be found; --until-failure ends at the first finding
 *   npm run sim -- --seed 7 --twice        the same run once more, and both event hashes
 */

import { ok, refuse, type Result } from '../../../base/result.ts'

export interface SimOptions {
  /** A run that is told; undefined: `runs` of them, and a report. */
  readonly story: number | undefined
  readonly from: number
  readonly runs: number
  readonly jobs: number
  readonly canary: string | undefined
  readonly twice: boolean
  readonly untilFailure: boolean
  /** What a job tells its parent: an outcome a line, as JSON. */
  readonly json: boolean
}

export const SEED_MAX = 0xffff_ffff
export const RUNS_MAX = 1_000_000
export const JOBS_MAX = 64

const FLAGS = ['--twice', '--until-failure', '--json']
const VALUES = ['--seed', '--from', '--runs', '--jobs', '--canary']

/** The sentence names the option, what was given, and what is allowed. */
export function readSimOptions(given: readonly string[]): Result<SimOptions, string> {
  const split = splitOptions(given)
  if (!split.ok) return split
  const { flags, values } = split.value
  const numbers = {
    seed: wholeNumber(values, '--seed', 0, SEED_MAX),
    from: wholeNumber(values, '--from', 0, SEED_MAX),
    runs: wholeNumber(values, '--runs', 1, RUNS_MAX),
    jobs: wholeNumber(values, '--jobs', 1, JOBS_MAX)
  }
  for (const number of Object.values(numbers)) if (!number.ok) return number
  const [seed, from, runs, jobs] = [numbers.seed, numbers.from, numbers.runs, numbers.jobs].map((number) => (number.ok ? number.value : undefined))
  if (seed === undefined && runs === undefined) return refuse('one of --seed N and --runs N is needed: `--seed 7` tells one run, `--runs 1000` reports many')
  if (seed !== undefined && runs !== undefined) return refuse(`--seed ${seed} with --runs ${runs}: only one of them; --from ${seed} --runs ${runs} begins at that seed`)
  return ok({
    story: seed,
    from: from ?? 1,
    runs: runs ?? 1,
    jobs: jobs ?? 1,
    canary: values.get('--canary'),
    twice: flags.has('--twice'),
    untilFailure: flags.has('--until-failure'),
    json: flags.has('--json')
  })
}

function splitOptions(given: readonly string[]): Result<{ flags: ReadonlySet<string>; values: ReadonlyMap<string, string> }, string> {
  const flags = new Set<string>()
  const values = new Map<string, string>()
  for (let at = 0; at < given.length; at += 1) {
    const name = given[at] ?? ''
    const value = given[at + 1]
    if (FLAGS.includes(name)) flags.add(name)
    else if (!VALUES.includes(name)) return refuse(`${name} is not known; there are ${[...VALUES, ...FLAGS].join(', ')}`)
    else if (value === undefined) return refuse(`${name} wants a value behind it`)
    else {
      if (values.has(name)) return refuse(`${name} is given twice: ${values.get(name) ?? ''} and ${value}`)
      values.set(name, value)
      at += 1
    }
  }
  return ok({ flags, values })
}

function wholeNumber(values: ReadonlyMap<string, string>, name: string, min: number, max: number): Result<number | undefined, string> {
  const text = values.get(name)
  if (text === undefined) return ok(undefined)
  const number = /^\d{1,10}$/.test(text) ? Number.parseInt(text, 10) : -1
  return number >= min && number <= max ? ok(number) : refuse(`${name} ${text}: must be a whole number from ${min} to ${max}`)
}
