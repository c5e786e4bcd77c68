/** Settles visits for ever and says after each durable write which fact it was. Killed by ledger-kill.test.ts. */

import { writeSync } from 'node:fs'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { EVIDENCE, sale } from '../contract/ledger-fixture.ts'

const [, , path = '', first = '0'] = process.argv
const opened = openLedger({ path, create: true })
if (!opened.ok) throw new Error(`cannot open: ${JSON.stringify(opened.error)}`)
const ledger = opened.value

for (let number = Number(first); ; number += 1) {
  const { settlementId } = sale(number)
  ledger.hold(sale(number))
  say()
  if (number % 5 === 0) {
    ledger.release({ settlementId, proof: 'the card says no', releasedAt: '20230915093005' })
  } else {
    ledger.post({ settlementId, evidence: EVIDENCE, postedAt: '20230915093005' })
  }
  say()
  if (number % 7 === 1) {
    ledger.correct({ correctionId: `C${number}`, settlementId, reason: '退货', correctedAt: '20230916100000' })
    say()
  }
}

function say(): void {
  const head = ledger.head()
  if (head.ok) writeSync(1, `${head.value.sequence}\n`)
}
