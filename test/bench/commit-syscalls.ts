/** Settles as many visits as the second argument says, into the ledger at the first; run under strace to count flushes. */

import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { complete, hold, must, settlementOf } from './commit-settlement.ts'

const [, , path = '', count = '0'] = process.argv
const ledger = must(openLedger({ path, create: true, logBytes: 16 << 20 }))
for (let number = 0; number < Number(count); number += 1) {
  const settlement = settlementOf(number)
  hold(ledger, settlement)
  complete(ledger, settlement)
}
ledger.close()
