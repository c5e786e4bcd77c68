/**
 * `npm run bench:window`: the window in real Electron beside an empty window and a bare table in the same run. Names after the
 * command pick some: `npm run bench:window -- start keys`.
 */

import { built } from '../e2e/support/built.ts'
import { openDisplay } from '../e2e/support/display.ts'
import type { Figure } from './figure.ts'
import { printTable } from './table.ts'
import { keysBenchmark } from './window/keys.bench.ts'
import { memoryBenchmark } from './window/memory.bench.ts'
import { restartBenchmark } from './window/restart.bench.ts'
import { settleBenchmark } from './window/settle.bench.ts'
import { startBenchmark } from './window/start.bench.ts'

const BENCHMARKS: Readonly<Record<string, (display: string) => Promise<readonly Figure[]>>> = {
  start: startBenchmark,
  keys: keysBenchmark,
  settle: settleBenchmark,
  memory: memoryBenchmark,
  restart: restartBenchmark
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in BENCHMARKS))
if (unknown.length > 0) {
  console.error(`bench: "${unknown.join(', ')}" is no benchmark; allowed: ${Object.keys(BENCHMARKS).join(', ')}`)
  process.exit(2)
}

await built()
const display = await openDisplay()
const figures: Figure[] = []
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  figures.push(...(await benchmark(display.name)))
}
display.close()
printTable(figures)
