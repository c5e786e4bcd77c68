/**
 * Looks for every planted bug and says which rule found it and how many seeds it took, from the first one on as they come; `--likely 1`
 * tries those first in which its faults strike most. Ends with 0 when all of them were caught, each within 200 seeds.
 *
 *   node test/simulation/canary/run-canaries.ts [NAME ...] [--from SEED] [--seeds N] [--jobs N] [--likely 1]
 */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SeedOutcome } from '../run/outcome.ts'
import { CANARIES, CANARY_NAMES } from './canary.ts'
import { PROJECT, type Plant } from './plant.ts'
import { seedsFor } from './seed-order.ts'
import { isCaught, SEEDS_MAX, verdictLine, verdictOn, type CanaryVerdict } from './verdict.ts'

const SIM = join(PROJECT, 'test', 'simulation', 'sim.ts')
const BAD_INPUT = 2
/** What one process has compiled, the next finds; a changed file has a place of its own there. */
const COMPILED = join(PROJECT, 'node_modules', '.cache', 'compiled')
/** A run without a finding, and with one. */
const SIM_ENDS: readonly (number | null)[] = [0, 1]

interface Asked {
  readonly names: readonly string[]
  readonly from: number
  readonly seeds: number
  readonly jobs: number
  readonly isLikelyFirst: boolean
}

function readAsked(given: readonly string[]): Asked {
  const names: string[] = []
  const numbers = { '--from': 1, '--seeds': SEEDS_MAX, '--jobs': 1, '--likely': 0 }
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? ''
    if (word in numbers) {
      const value = given[(at += 1)] ?? ''
      if (!/^[1-9]\d{0,8}$/.test(value)) endWith(`${word} ${value}: must be a whole number from 1 on`)
      numbers[word as keyof typeof numbers] = Number.parseInt(value, 10)
    } else if (CANARY_NAMES.includes(word)) names.push(word)
    else endWith(`${word}: must be --from, --seeds, --jobs, --likely, or one of ${CANARY_NAMES.join(', ')}`)
  }
  return { names: names.length === 0 ? CANARY_NAMES : names, from: numbers['--from'], seeds: numbers['--seeds'], jobs: numbers['--jobs'], isLikelyFirst: numbers['--likely'] > 0 }
}

function endWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(BAD_INPUT)
}

type Ran = { readonly outcome: SeedOutcome } | { readonly outcome: undefined; readonly why: string }

/** One seed in a process of its own, with a bug in it or as shipped. */
async function simulate(seed: number, canary?: string): Promise<Ran> {
  const given = ['--json', '--from', String(seed), '--runs', '1', ...(canary === undefined ? [] : ['--canary', canary])]
  const child = spawn(process.execPath, [SIM, ...given], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: COMPILED } })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line))
  let outcome: SeedOutcome | undefined
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('{')) outcome = JSON.parse(line) as SeedOutcome
  const code = await ended
  return outcome !== undefined && SIM_ENDS.includes(code) ? { outcome } : { outcome: undefined, why: `seed ${seed} ended with ${code}: ${said.slice(-3).join(' | ')}` }
}

/** A finding counts when the same seed without the bug has none. */
async function look(plant: Plant, { from, seeds, isLikelyFirst }: Asked): Promise<CanaryVerdict> {
  const tried: SeedOutcome[] = []
  for (const seed of seedsFor(isLikelyFirst ? plant : NO_FAULTS_OF_ITS_OWN, from, seeds)) {
    const planted = await simulate(seed, plant.name)
    if (planted.outcome === undefined) return { kind: 'not-run', why: planted.why }
    tried.push(planted.outcome)
    if (planted.outcome.failure === undefined) continue
    const shipped = await asShipped(seed)
    if (shipped.outcome === undefined) return { kind: 'not-run', why: shipped.why }
    if (shipped.outcome.failure === undefined) return verdictOn(plant, tried)
    tried[tried.length - 1] = shippedFails(planted.outcome)
  }
  return verdictOn(plant, tried)
}

const NO_FAULTS_OF_ITS_OWN: Pick<Plant, 'faults'> = { faults: [] }
const shippedRuns = new Map<number, Promise<Ran>>()

/** Once a seed, for all plants. */
function asShipped(seed: number): Promise<Ran> {
  const known = shippedRuns.get(seed) ?? simulate(seed)
  shippedRuns.set(seed, known)
  return known
}

/** What is found without the bug says nothing of it. */
function shippedFails({ failure: _found, ...outcome }: SeedOutcome): SeedOutcome {
  return outcome
}

const asked = readAsked(process.argv.slice(2))
const waiting = CANARIES.filter(({ name }) => asked.names.includes(name))
let missed = 0

async function worker(): Promise<void> {
  for (let plant = waiting.shift(); plant !== undefined; plant = waiting.shift()) {
    const began = Date.now()
    const verdict = await look(plant, asked)
    if (!isCaught(verdict)) missed += 1
    process.stdout.write(`${verdictLine(plant, verdict)} [${Math.round((Date.now() - began) / 1000)} s]\n`)
  }
}

await Promise.all(Array.from({ length: asked.jobs }, worker))
process.stdout.write(`${asked.names.length - missed} of ${asked.names.length} planted bugs caught within ${asked.seeds} seeds\n`)
process.exitCode = missed === 0 ? 0 : 1
