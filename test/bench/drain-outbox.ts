/** What sync does flat out, as a process of its own: read the log in batches, round and round, until it is stopped. */

import { openLedgerForReading } from '../../settlement/store/sqlite/open-ledger.ts'
import { must } from './commit-settlement.ts'

const BATCH = 100
const [path = ''] = process.argv.slice(2)
const ledger = must(openLedgerForReading(path))
process.stdout.write('draining\n')

let after = 0
for (;;) {
  const entries = must(ledger.log(after, BATCH))
  after = entries.at(-1)?.sequence ?? 0
  // The parent ends this process; a pause of no length lets the signal in.
  await new Promise((resume) => setImmediate(resume))
}
