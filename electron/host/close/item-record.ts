/** The record that an open item of a close is about: a report names it by number alone, a person wants to know whose it is. */

import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { Yuan } from '../../contract/text.ts'
import type { ParkedEntries } from '../../../settlement/close/ports.ts'
import { recordRow } from '../records/record-row.ts'
import { recordedVisit } from '../records/recorded-visit.ts'

export interface ItemRecord {
  readonly settlementId: string
  readonly name: string
  /** Of the settlement, or of the load. */
  readonly amount: Yuan
  /** Refused by the centre and taken back here: the centre signs no load for it. */
  readonly isNeverBooked: boolean
}

interface Books {
  readonly ledger: LedgerReader
  readonly parked: Pick<ParkedEntries, 'isReversed'>
}

/** `id`: of a settlement, or of a load. undefined where this ledger has none of that number, and for a load that no settlement stands behind. */
export function itemRecord(books: Books, id: string): ItemRecord | undefined {
  const load = books.ledger.load(id)
  if (!load.ok || load.value === undefined) return settlementRecord(books, id)
  const { purpose, intent } = load.value.hold.fact
  const record = purpose.kind === 'refund' ? settlementRecord(books, purpose.settlementId) : undefined
  return record && { ...record, amount: formatFen(intent.amount) }
}

function settlementRecord({ ledger, parked }: Books, settlementId: string): ItemRecord | undefined {
  const record = recordedVisit(ledger, settlementId)
  if (!record.ok) return undefined
  const { name, total } = recordRow(record.value)
  const { posting } = record.value
  return { settlementId, name, amount: total, isNeverBooked: posting !== undefined && parked.isReversed(posting.sequence) }
}
