/** Holds and loads that nobody has closed, and what became of them when a card came back. */

import { ok, type Result } from '../../../base/result.ts'
import type { Hold } from '../../../settlement/ledger/fact.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { InDoubtView, ResolutionView } from '../../contract/settlement-view.ts'
import { isLoadRecovery, type CardRecovery } from '../card-recovery.ts'
import { loadDoubtViews, loadResolutionView } from '../load/load-doubt-view.ts'
import { say } from '../refusal/answers.ts'
import { DOUBT_TODAY } from '../refusal/settle.ts'
import { recordRow } from './record-row.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { heldVisit } from './recorded-visit.ts'
import { nextStep, recoveryText } from './recovery-text.ts'
import { readSettledPerson } from './settled-document.ts'

/** `recoveries`: what the last recovery said, so that a hold says what it still waits for. Holds, then loads, oldest first. */
export function inDoubtViews(ledger: LedgerReader, recoveries: readonly CardRecovery[] = []): Result<readonly InDoubtView[], StoreFailure> {
  const holds = holdDoubtViews(ledger, recoveries)
  if (!holds.ok) return holds
  const loads = loadDoubtViews(ledger, recoveries)
  return loads.ok ? ok([...holds.value, ...loads.value]) : loads
}

function holdDoubtViews(ledger: LedgerReader, recoveries: readonly CardRecovery[]): Result<readonly InDoubtView[], StoreFailure> {
  const open = ledger.openHolds()
  if (!open.ok) return open
  const reasons = new Map(recoveries.flatMap((recovery) => (recovery.kind === 'in-doubt' ? [[recovery.hold.settlementId, recovery.reason]] : [])))
  return ok(open.value.map((hold) => {
    const { settlementId, settledAt, name, maskedCard, visitNo, total, account, cash } = recordRow(heldVisit(hold))
    const reason = reasons.get(settlementId)
    return {
      kind: 'settlement' as const,
      settlementId,
      since: settledAt,
      name,
      maskedCard,
      visitNo,
      total,
      account,
      cash,
      refusal: doubtOf(hold.fact, reason),
      needsPin: reason === 'pin-needed'
    }
  }))
}

function doubtOf({ settlementId, heldAt, intent }: Hold, reason: string | undefined): RefusalView {
  const since = readableTime(heldAt)
  const asked = formatFen(intent.amounts.account)
  return {
    kind: 'in-doubt',
    blame: 'refusal',
    what:
      intent.amounts.account === 0
        ? say(
            `结算号${settlementId}自${since}起存疑：不知道卡是否已确认本次结算`,
            `${settlementId} is in doubt since ${since}: nobody knows whether the card has signed it`
          )
        : say(
            `结算号${settlementId}自${since}起存疑：卡上账户可能已扣${asked}元`,
            `${settlementId} is in doubt since ${since}: the card may have been charged ${asked}`
          ),
    mend: nextStep(reason),
    today: DOUBT_TODAY
  }
}

export function resolutionView(ledger: LedgerReader, recovery: CardRecovery): ResolutionView {
  if (isLoadRecovery(recovery)) return loadResolutionView(ledger, recovery)
  const { settlementId, visit, amounts, result } = recovery.hold
  return {
    kind: 'settlement',
    settlementId,
    name: readSettledPerson(result).name,
    visitNo: visit.visitNo,
    total: formatFen(amounts.total),
    account: formatFen(amounts.account),
    cash: formatFen(amounts.cash),
    outcome: recovery.kind,
    text: recoveryText(recovery)
  }
}
