/**
 * The one part of migration 0002 that SQL cannot do: what the cards of refunded settlements had paid stands only in the holds'
 * contents.
 */

import type { Database } from 'better-sqlite3'
import { MalformedContent } from '../../ledger/canonical.ts'
import { decodeFact } from '../../ledger/fact-decoding.ts'

interface CorrectedHold {
  readonly hold: number
  readonly content: Uint8Array
}

export function fillOwed(database: Database): void {
  const corrected = database.prepare<[], CorrectedHold>(
    'SELECT hold, content FROM correction JOIN fact ON fact.sequence = correction.hold'
  )
  const insert = database.prepare('INSERT INTO owed VALUES (?, ?, ?)')
  for (const { hold, content } of corrected.all()) {
    const fact = decodeFact(content)
    if (fact.kind !== 'hold') throw new MalformedContent(`fact ${hold} is a ${fact.kind}`)
    const { cardId, amounts } = fact.intent
    if (amounts.account > 0) insert.run(hold, cardId, amounts.account)
  }
}
