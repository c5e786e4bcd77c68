/** A ledger of some years: settlements that the centre has confirmed, and behind them a day's outbox that it has not heard of. */

import { hash } from 'node:crypto'
import { NO_BATCH } from '../../../settlement/batch/batch.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { ok } from '../../../base/result.ts'
import { EVIDENCE, sale } from '../../contract/ledger-fixture.ts'
import { complete, hold, must } from '../commit-settlement.ts'

/** Settlements a commit. */
const GROUP = 500
const POSTED_AT = '20230915093005'
const CONFIRMED_AT = '20230915094000'
/** Short claims and results for what only has to be there. */
const SHORT = { claim: new TextEncoder().encode('{"lines":[]}'), result: new TextEncoder().encode('{}') }

export function fillLongLedger(path: string, { confirmed, unsynced }: { readonly confirmed: number; readonly unsynced: number }): void {
  const ledger = must(openLedger({ path, create: true }))
  let batch = 0
  let previous = NO_BATCH
  for (let first = 1; first <= confirmed; first += GROUP) {
    const begin = must(ledger.head()).sequence + 1
    must(ledger.batch(() => Array.from({ length: Math.min(GROUP, confirmed - first + 1) }, (_, more) => confirm(first + more))))
    batch += 1
    const made = hash('sha256', `batch ${batch}`, 'hex')
    const count = must(ledger.head()).sequence + 1 - begin
    must(
      ledger.sync.transaction(() => {
        ledger.sync.addBatch({ number: batch, previous, hash: made, first: begin, count, madeAt: CONFIRMED_AT, body: new Uint8Array(1) })
        ledger.sync.answerBatch(batch, CONFIRMED_AT)
        return ok(null)
      })
    )
    previous = made
  }
  for (let first = 1; first <= unsynced; first += GROUP) {
    must(ledger.batch(() => Array.from({ length: Math.min(GROUP, unsynced - first + 1) }, (_, more) => settle(confirmed + first + more))))
  }
  ledger.close()

  function confirm(number: number): void {
    const { settlementId } = sale(number)
    must(ledger.hold(sale(number, SHORT)))
    const posted = must(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: POSTED_AT }))
    const { sequence } = posted.recorded
    must(
      ledger.confirm({ id: settlementId, target: sequence, setlId: `S${sequence}`, setlTime: POSTED_AT, ofRecord: undefined, confirmedAt: CONFIRMED_AT })
    )
  }

  function settle(number: number): void {
    hold(ledger, number)
    complete(ledger, number)
  }
}
