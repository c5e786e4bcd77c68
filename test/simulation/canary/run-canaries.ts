/**
 * Looks for every planted bug, one process a bug, and says which rule found it and how many seeds it took. Ends with 0 when
 * all of them were caught, each within 200 seeds.
 *
 *   node test/simulation/canary/run-canaries.ts [NAME ...] [--from SEED] [--seeds N] [--jobs N]
 */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SeedOutcome } from '../run/outcome.ts'
import { CANARIES, CANARY_NAMES } from './canary.ts'
import { PROJECT, type Plant } from './plant.ts'
import { isCaught, SEEDS_MAX, verdictLine, verdictOn, type CanaryVerdict } from './verdict.ts'

const SIM = join(PROJECT, 'test', 'simulation', 'sim.ts')
const BAD_INPUT = 2
/** A run without a finding, and with one. */
const SIM_ENDS: readonly (number | null)[] = [0, 1]

interface Asked {
  readonly names: readonly string[]
  readonly from: number
  readonly seeds: number
  readonly jobs: number
}

function readAsked(given: readonly string[]): Asked {
  const names: string[] = []
  const numbers = { '--from': 1, '--seeds': SEEDS_MAX, '--jobs': 1 }
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? ''
    if (word in numbers) {
      const value = given[(at += 1)] ?? ''
      if (!/^[1-9]\d{0,8}$/.test(value)) endWith(`${word} ${value}: must be a whole number from 1 on`)
      numbers[word as keyof typeof numbers] = Number.parseInt(value, 10)
    } else if (CANARY_NAMES.includes(word)) names.push(word)
    else endWith(`${word}: must be --from, --seeds, --jobs, or one of ${CANARY_NAMES.join(', ')}`)
  }
  return { names: names.length === 0 ? CANARY_NAMES : names, from: numbers['--from'], seeds: numbers['--seeds'], jobs: numbers['--jobs'] }
}

function endWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(BAD_INPUT)
}

async function look(plant: Plant, { from, seeds }: Asked): Promise<CanaryVerdict> {
  const given = ['--json', '--canary', plant.name, '--from', String(from), '--runs', String(seeds), '--until-failure']
  const child = spawn(process.execPath, [SIM, ...given], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line))
  const outcomes: SeedOutcome[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) outcomes.push(JSON.parse(line) as SeedOutcome)
  }
  const code = await ended
  const isFound = outcomes.at(-1)?.failure !== undefined
  const isWhole = SIM_ENDS.includes(code) && (isFound || outcomes.length === seeds)
  return isWhole ? verdictOn(plant, outcomes) : { kind: 'not-run', why: `ended with ${code} after ${outcomes.length} seeds: ${said.slice(-3).join(' | ')}` }
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
