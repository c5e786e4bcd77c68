/** Runs the benchmarks that are named on the command line, or all of them, and prints their figures in one table. */

import type { Benchmark, Figure } from './figure.ts'
import { printTable } from './table.ts'

export async function runBenchmarks(benchmarks: Readonly<Record<string, Benchmark>>): Promise<void> {
  const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  const unknown = asked.filter((name) => !(name in benchmarks))
  if (unknown.length > 0) {
    console.error(`bench: "${unknown.join(', ')}" is no benchmark; allowed: ${Object.keys(benchmarks).join(', ')}`)
    process.exit(2)
  }
  const figures: Figure[] = []
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const started = performance.now()
    figures.push(...(await benchmark()))
    console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
  printTable(figures)
}
