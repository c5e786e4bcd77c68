/** What a card has yet to get, for the left side of the screen: from the ledger at once, from the centre when it has said so. */

import { ok, type Result } from '../../../base/result.ts'
import type { LoadRequest } from '../../../settlement/case/load-card.ts'
import type { WaitingCredit } from '../../../settlement/case/load-signer.ts'
import type { LedgerReader, SettlementState } from '../../../settlement/ledger/ledger.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { OwedView } from '../../contract/card-view.ts'
import { say } from '../refusal/answers.ts'

export function owedViews(ledger: LedgerReader, cardId: string, credits: readonly WaitingCredit[]): Result<readonly OwedView[], StoreFailure> {
  const owing = ledger.owing(cardId)
  if (!owing.ok) return owing
  const refunds = owing.value.filter(({ owed }) => owed.owed > 0).map(refundView)
  const waiting: WaitingCredit[] = []
  for (const credit of credits) {
    const loads = ledger.loadsOfCredit(credit.creditId)
    if (!loads.ok) return loads
    // The centre offers it until it has been told.
    if (!loads.value.some(({ closing }) => closing?.fact.kind === 'load-posting')) waiting.push(credit)
  }
  return ok([...refunds, ...waiting.map(creditView)])
}

function refundView({ hold, correction, owed }: SettlementState): OwedView {
  const { settlementId, visit } = hold.fact
  const amount = formatFen(owed.owed)
  return correction === undefined
    ? { owed: settlementId, purpose: 'adjustment', amount, reason: say(`${visit.visitNo}按中心金额调整`, `${visit.visitNo} was adjusted to the centre's amounts`) }
    : { owed: settlementId, purpose: 'refund', amount, reason: say(`${visit.visitNo}已退费`, `${visit.visitNo} was refunded`) }
}

const creditView = ({ creditId, amount, reason }: WaitingCredit): OwedView => ({
  owed: creditId,
  purpose: 'credit',
  amount: formatFen(amount),
  reason: say(`中心划入：${reason}`, `credit of the centre: ${reason}`)
})

/** What `load.start` names, or undefined when nothing of that name is owed to this card. */
export function dueNamed(
  ledger: LedgerReader,
  { owed, cardId, credits }: { readonly owed: string; readonly cardId: string; readonly credits: readonly WaitingCredit[] }
): Result<LoadRequest['due'] | undefined, StoreFailure> {
  const owing = ledger.owing(cardId)
  if (!owing.ok) return owing
  if (owing.value.some(({ hold }) => hold.fact.settlementId === owed)) return ok({ kind: 'refund', settlementId: owed })
  const credit = credits.find(({ creditId }) => creditId === owed)
  return ok(credit && { kind: 'credit', creditId: credit.creditId, amount: credit.amount })
}
