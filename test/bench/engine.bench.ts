/**
 * `npm run bench:engine`: every figure beside its peer or limit, both measured in this run on this machine. Names after the
 * command pick some of them: `npm run bench:engine -- rules chip`.
 */

import { cpus } from 'node:os'
import { chipBenchmark } from './chip.bench.ts'
import { commitBenchmark } from './commit.bench.ts'
import { contentionBenchmark } from './contention.bench.ts'
import { cryptoBenchmark } from './crypto.bench.ts'
import type { Benchmark, Figure } from './figure.ts'
import { rulesBenchmark } from './rules.bench.ts'

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  commit: commitBenchmark,
  contention: contentionBenchmark,
  rules: rulesBenchmark,
  crypto: cryptoBenchmark,
  chip: chipBenchmark
}

const columns = (figure: Figure): string[] => [
  figure.target,
  figure.ours,
  figure.against,
  figure.ratio.toPrecision(3),
  figure.bound,
  figure.met ? 'met' : 'MISSED'
]

function printTable(figures: readonly Figure[]): void {
  const rows = [['target', 'ours', 'against', 'ratio', 'bound', ''], ...figures.map(columns)]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const unknown = asked.filter((name) => !(name in BENCHMARKS))
if (unknown.length > 0) {
  console.error(`bench: "${unknown.join(', ')}" is no benchmark; allowed: ${Object.keys(BENCHMARKS).join(', ')}`)
  process.exit(2)
}

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`)
const figures: Figure[] = []
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const started = performance.now()
  figures.push(...(await benchmark()))
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
console.log()
printTable(figures)
