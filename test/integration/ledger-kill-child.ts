/** Settles, confirms, refunds, loads and closes for ever and says after each durable write which fact it was. Killed by ledger-kill.test.ts. */

import { writeSync } from 'node:fs'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { dispensing, packs } from '../contract/dispensing-fixture.ts'
import { EVIDENCE, loadBack, loadEvidence, OF_RECORD_LESS_ACCOUNT, sale } from '../contract/ledger-fixture.ts'

const [, , path = '', first = '0'] = process.argv
const opened = openLedger({ path, create: true })
if (!opened.ok) throw new Error(`cannot open: ${JSON.stringify(opened.error)}`)
const ledger = opened.value

for (let number = Number(first); ; number += 1) {
  const { settlementId } = sale(number)
  ledger.hold(dispensing(number, [{ prd_days: '7', drug_trac_info: packs(`P${number}`, `Q${number}`) }]))
  say()
  if (number % 5 === 0) {
    ledger.release({ settlementId, proof: 'the card says no', releasedAt: '20230915093005' })
    say()
    continue
  }
  const posted = ledger.post({ settlementId, evidence: EVIDENCE, postedAt: '20230915093005' })
  say()
  if (number % 3 === 0 && posted.ok) {
    const ofRecord = number % 2 === 0 ? OF_RECORD_LESS_ACCOUNT : undefined
    const target = posted.value.recorded.sequence
    ledger.confirm({ id: settlementId, target, setlId: `T${number}`, setlTime: '20230915235959', ofRecord, confirmedAt: '20230916000000' })
    say()
  }
  if (number % 7 === 1) {
    ledger.correct({ correctionId: `C${number}`, settlementId, reason: '退货', correctedAt: '20230916100000' })
    say()
    ledger.holdLoad(loadBack(number, 15000))
    say()
    ledger.postLoad({ loadId: `L${number}`, evidence: loadEvidence(15000), postedAt: '20230916101000' })
    say()
  }
  if (number % 11 === 0) {
    const head = ledger.head()
    const report = new TextEncoder().encode(`{"number":${number}}`)
    if (head.ok) ledger.closeDay({ day: '2023-09-15', report, signature: 'cafe', closedAt: '20230915180000', upTo: head.value.sequence })
    say()
  }
}

function say(): void {
  const head = ledger.head()
  if (head.ok) writeSync(1, `${head.value.sequence}\n`)
}
