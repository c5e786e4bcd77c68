/** `npm run bench:rules`: a pharmacy bill beside two rule engines, and the search over a catalogue of 200,000 items. */

import { benchCatalogue } from './catalogue.bench.ts'
import { eligibilityBenchmark } from './eligibility.bench.ts'
import { runBenchmarks } from './run-benchmarks.ts'

await runBenchmarks({ eligibility: eligibilityBenchmark, catalogue: benchCatalogue })
