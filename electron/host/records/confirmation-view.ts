/** What the centre says of a settlement: nothing yet, booked as it is, or booked with other amounts. */

import { isAdjusted } from '../../../settlement/ledger/effective.ts'
import type { Recorded, SettlementState } from '../../../settlement/ledger/ledger.ts'
import type { Amounts } from '../../../settlement/calculation/settlement-result.ts'
import { add, formatFen, subtract } from '../../../settlement/money/fen.ts'
import type { ConfirmationView } from '../../contract/settlement-view.ts'
import type { DueView, SplitView } from '../../contract/sync-view.ts'
import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'

export function confirmationView(settled: SettlementState | undefined): ConfirmationView {
  if (settled?.confirmation === undefined) return { state: 'provisional' }
  const { hold, confirmation, effective } = settled
  const { setlId, setlTime, ofRecord } = confirmation.fact
  const told = { setlId, setlTime: readableTime(setlTime) }
  if (ofRecord === undefined || !isAdjusted(settled)) return { state: 'confirmed', ...told }
  return {
    state: 'adjusted',
    ...told,
    reason: reasonText(ofRecord.reason),
    stated: splitOf(hold.fact.amounts),
    booked: splitOf(effective.amounts),
    due: dueOf(settled)
  }
}

/** Of a refund, which has no amounts of its own. */
export const plainConfirmation = (confirmation: Recorded<'confirmation'> | undefined): ConfirmationView =>
  confirmation === undefined
    ? { state: 'provisional' }
    : { state: 'confirmed', setlId: confirmation.fact.setlId, setlTime: readableTime(confirmation.fact.setlTime) }

export const splitOf = ({ fundPaid, account, cash }: Amounts): SplitView => ({
  fundPaid: formatFen(fundPaid),
  account: formatFen(account),
  cash: formatFen(cash)
})

/** What an adjustment leaves to do at the counter; a refund afterwards hands back what is booked. */
export function dueOf({ hold, effective, owed }: SettlementState): DueView {
  const more = subtract(effective.amounts.cash, hold.fact.amounts.cash)
  return {
    cash: formatFen(more < 0 ? subtract(hold.fact.amounts.cash, effective.amounts.cash) : more),
    cashDirection: cashDirection(more),
    toCard: formatFen(add(owed.owed, owed.held))
  }
}

function cashDirection(more: number): DueView['cashDirection'] {
  if (more === 0) return 'none'
  return more > 0 ? 'from-patient' : 'to-patient'
}

/** OfRecordReason of settlement/batch, as people read it; a reason that this terminal is too old to know comes as it is. */
export function reasonText(reason: string): Text {
  switch (reason) {
    case 'not-entitled':
      return say('医保中心查明就诊当日待遇未享受', 'the person was not entitled on the day of service')
    case 'person-differs':
      return say('医保中心登记的人员类别或参保地不同', 'the centre knows the person as another type, or insured elsewhere')
    case 'counters-differ':
      return say('医保中心的年度累计不同：期间在别处就诊过', "the year's counters stand elsewhere: other places were visited meanwhile")
    default:
      return say(reason, reason)
  }
}
