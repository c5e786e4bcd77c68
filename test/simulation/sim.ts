/** The whole terminal under one seed, from the command line: `run/sim-options.ts` says how it is asked. */

import { execFileSync } from 'node:child_process'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { readSimOptions, type SimOptions } from './run/sim-options.ts'
import type { SeedOutcome } from './run/outcome.ts'
import { addOutcome, failureLines, findingLines, noSums, progressLine, reportLines, type Sums } from './run/report.ts'
import { runJobs } from './run/run-jobs.ts'

// Before anything else is read: the next seed begins a second earlier. A changed file has a place of its own there.
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compiled'))

const BAD_INPUT = 2
const FOUND = 1
/** How far it is. */
const TOLD_EVERY_MS = 30_000

// Whoever has read enough closes the pipe.
process.stdout.on('error', () => process.exit())

const print = (line: string): void => void process.stdout.write(`${line}\n`)

const commit = (): string => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim()
  } catch {
    return 'unknown'
  }
}

async function plant(name: string): Promise<void> {
  const { CANARY_NAMES, registerCanary } = await import('./canary/canary.ts')
  if (!CANARY_NAMES.includes(name)) endWith(`--canary ${name}: must be one of ${CANARY_NAMES.join(', ')}`)
  registerCanary(name)
}

function endWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(BAD_INPUT)
}

/** One run in words, every event a line. */
async function tell(seed: number, twice: boolean): Promise<SeedOutcome> {
  const { runSeed } = await import('./run/run-seed.ts')
  const outcome = await runSeed(seed, print)
  print(`event hash ${outcome.hash}`)
  if (!twice) return outcome
  const again = await runSeed(seed)
  print(`once more  ${again.hash}${again.hash === outcome.hash ? ', the same' : ', ANOTHER: something real was awaited'}`)
  if (again.hash !== outcome.hash) process.exitCode = FOUND
  return outcome
}

async function many(options: SimOptions, take: (outcome: SeedOutcome) => boolean): Promise<void> {
  if (options.jobs > 1) return runJobs(options, take)
  const { runSeed } = await import('./run/run-seed.ts')
  for (let seed = options.from; seed < options.from + options.runs; seed += 1) {
    if (!take(await runSeed(seed))) return
  }
}

/** As soon as it is there: who runs a thousand seeds does not wait for the last. */
function tellFinding({ seed, failure }: SeedOutcome): void {
  if (failure === undefined) return
  for (const line of failureLines(seed, failure, { commit: commit(), canary: options.canary })) print(line)
}

const began = performance.now()
let toldAt = began

function tellOnTheWay(outcome: SeedOutcome): void {
  tellFinding(outcome)
  const now = performance.now()
  if (now - toldAt < TOLD_EVERY_MS) return
  toldAt = now
  print(progressLine(sums, options.runs, Math.round((now - began) / 1000)))
}

async function report(sums: Sums, withCoverage: boolean): Promise<void> {
  for (const line of reportLines(sums)) print(line)
  if (!withCoverage) return
  for (const line of findingLines(sums)) print(line)
  const { coverageReport } = await import('./coverage.ts')
  for (const line of coverageReport(Object.fromEntries(sums.hits))) print(line)
}

const read = readSimOptions(process.argv.slice(2))
if (!read.ok) endWith(read.error)
const options = read.value
if (options.canary !== undefined) await plant(options.canary)
const sums = noSums()
if (options.story !== undefined) {
  const outcome = await tell(options.story, options.twice)
  tellFinding(outcome)
  addOutcome(sums, outcome)
  await report(sums, false)
} else {
  await many(options, (outcome) => {
    addOutcome(sums, outcome)
    if (options.json) print(JSON.stringify(outcome))
    else tellOnTheWay(outcome)
    return outcome.failure === undefined || !options.untilFailure
  })
  if (!options.json) await report(sums, true)
}
if (sums.failures.length > 0) process.exitCode = FOUND
