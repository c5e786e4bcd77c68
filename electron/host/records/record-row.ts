import { formatFen, ZERO } from '../../../settlement/money/fen.ts'
import type { RecordRow } from '../../contract/settlement-view.ts'
import { isPharmacyCode } from '../patient.ts'
import { masked, maskedCode } from './masked.ts'
import { confirmationView } from './confirmation-view.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { owedOf, stateOf, type RecordedVisit } from './recorded-visit.ts'
import { readSettledPerson, type SettledPerson } from './settled-document.ts'

/** A row of the records. `person` when it has been read already. */
export function recordRow(record: RecordedVisit, person: SettledPerson = readSettledPerson(record.hold.fact.result)): RecordRow {
  const { settlementId, visit, amounts, heldAt, intent } = record.hold.fact
  return {
    settlementId,
    state: stateOf(record),
    settledAt: readableTime(heldAt),
    name: person.name,
    // Some cards have no number, and some holds none of theirs: the end of the card's own code tells it from others.
    maskedCard: person.cardNumber === '' ? maskedCode(intent.cardId) : masked(person.cardNumber),
    visitNo: visit.visitNo,
    total: formatFen(amounts.total),
    fundPaid: formatFen(amounts.fundPaid),
    account: formatFen(amounts.account),
    cash: formatFen(amounts.cash),
    owedToCard: formatFen(owedOf(record)),
    loadedToCard: formatFen(record.settled?.owed.loaded ?? ZERO),
    confirmation: confirmationView(record.settled).state,
    isSale: isPharmacyCode(visit.institution)
  }
}
