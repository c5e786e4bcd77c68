/**
 * `npm run bench:engine`: every figure beside its peer or limit, both measured in this run on this machine. Names after the
 * command pick some of them: `npm run bench:engine -- rules chip`.
 */

import { chipBenchmark } from './chip.bench.ts'
import { commitBenchmark } from './commit.bench.ts'
import { contentionBenchmark } from './contention.bench.ts'
import { cryptoBenchmark } from './crypto.bench.ts'
import type { Benchmark, Figure } from './figure.ts'
import { rulesBenchmark } from './rules.bench.ts'
import { printTable } from './table.ts'

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  commit: commitBenchmark,
  contention: contentionBenchmark,
  rules: rulesBenchmark,
  crypto: cryptoBenchmark,
  chip: chipBenchmark
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const unknown = asked.filter((name) => !(name in BENCHMARKS))
if (unknown.length > 0) {
  console.error(`bench: "${unknown.join(', ')}" is no benchmark; allowed: ${Object.keys(BENCHMARKS).join(', ')}`)
  process.exit(2)
}

const figures: Figure[] = []
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const started = performance.now()
  figures.push(...(await benchmark()))
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
printTable(figures)
