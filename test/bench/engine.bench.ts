/**
 * `npm run bench:engine`: every figure beside its peer or limit, both measured in this run on this machine. Names after the
 * command pick some of them: `npm run bench:engine -- rules chip`.
 */

import { chipBenchmark } from './chip.bench.ts'
import { commitBenchmark } from './commit.bench.ts'
import { contentionBenchmark } from './contention.bench.ts'
import { cryptoBenchmark } from './crypto.bench.ts'
import { rulesBenchmark } from './rules.bench.ts'
import { runBenchmarks } from './run-benchmarks.ts'

await runBenchmarks({
  commit: commitBenchmark,
  contention: contentionBenchmark,
  rules: rulesBenchmark,
  crypto: cryptoBenchmark,
  chip: chipBenchmark
})
