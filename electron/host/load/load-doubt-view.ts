/** Loads that nobody has closed, and what became of them when their card came back. */

import { ok, type Result } from '../../../base/result.ts'
import type { LoadRecovery } from '../../../settlement/case/recover-loads.ts'
import type { LoadHold, LoadPurpose } from '../../../settlement/ledger/fact.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { LoadState } from '../../../settlement/ledger/ledger-views.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { formatFen, ZERO } from '../../../settlement/money/fen.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { InDoubtView, ResolutionView } from '../../contract/settlement-view.ts'
import { maskedCode } from '../records/masked.ts'
import { recordRow } from '../records/record-row.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { settledVisit } from '../records/recorded-visit.ts'
import { nextStep, recoveryText } from '../records/recovery-text.ts'
import { say } from '../refusal/answers.ts'
import { LOAD_DOUBT_TODAY } from '../refusal/load.ts'
import type { CardRecovery } from '../card-recovery.ts'

/** What a load is for, as the window names it. */
export const subjectOf = (purpose: LoadPurpose): string => (purpose.kind === 'refund' ? purpose.settlementId : purpose.creditId)

/** `recoveries`: what the last recovery said. Oldest first. */
export function loadDoubtViews(ledger: LedgerReader, recoveries: readonly CardRecovery[]): Result<readonly InDoubtView[], StoreFailure> {
  const open = ledger.openLoads()
  if (!open.ok) return open
  const reasons = new Map(recoveries.flatMap((recovery) => (recovery.kind === 'load-in-doubt' ? [[recovery.load.loadId, recovery.reason]] : [])))
  const views: InDoubtView[] = []
  for (const load of open.value) {
    const view = viewOf(ledger, load, reasons.get(load.hold.fact.loadId))
    if (!view.ok) return view
    views.push(view.value)
  }
  return ok(views)
}

function viewOf(ledger: LedgerReader, { hold }: LoadState, reason: string | undefined): Result<InDoubtView, StoreFailure> {
  const { purpose, intent, heldAt } = hold.fact
  const settlementId = subjectOf(purpose)
  const whose = holderOf(ledger, hold.fact)
  if (!whose.ok) return whose
  const amount = formatFen(intent.amount)
  return ok({
    kind: 'load',
    settlementId,
    since: readableTime(heldAt),
    ...whose.value,
    total: amount,
    account: amount,
    cash: formatFen(ZERO),
    refusal: doubtOf(hold.fact, reason),
    needsPin: reason === 'pin-needed'
  })
}

type Holder = Pick<InDoubtView, 'name' | 'maskedCard' | 'visitNo'>

/** A refund knows whose visit it was; of a credit only the card is known. */
function holderOf(ledger: LedgerReader, { purpose, intent }: LoadHold): Result<Holder, StoreFailure> {
  const unknown = { name: '', maskedCard: maskedCode(intent.cardId), visitNo: '' }
  if (purpose.kind === 'credit') return ok(unknown)
  const settled = ledger.settlement(purpose.settlementId)
  if (!settled.ok) return settled
  if (settled.value === undefined) return ok(unknown)
  const { name, maskedCard, visitNo } = recordRow(settledVisit(settled.value))
  return ok({ name, maskedCard, visitNo })
}

function doubtOf({ loadId, heldAt, intent }: LoadHold, reason: string | undefined): RefusalView {
  const since = readableTime(heldAt)
  const amount = formatFen(intent.amount)
  return {
    kind: 'in-doubt',
    blame: 'refusal',
    what: say(
      `圈存${loadId}自${since}起存疑：${amount}元可能已写入卡`,
      `load ${loadId} is in doubt since ${since}: ${amount} may be on the card`
    ),
    mend: nextStep(reason),
    today: LOAD_DOUBT_TODAY
  }
}

const OUTCOMES = {
  'load-posted': 'posted',
  'load-released': 'released',
  'load-in-doubt': 'in-doubt',
  'load-not-recorded': 'not-recorded'
} as const satisfies Readonly<Record<LoadRecovery['kind'], ResolutionView['outcome']>>

export function loadResolutionView(ledger: LedgerReader, recovery: LoadRecovery): ResolutionView {
  const { load } = recovery
  const whose = holderOf(ledger, load)
  const amount = formatFen(load.intent.amount)
  return {
    kind: 'load',
    settlementId: subjectOf(load.purpose),
    // What the card has said is told also by a ledger that cannot be read.
    name: whose.ok ? whose.value.name : '',
    visitNo: '',
    total: amount,
    account: amount,
    cash: formatFen(ZERO),
    outcome: OUTCOMES[recovery.kind],
    text: recoveryText(recovery)
  }
}
