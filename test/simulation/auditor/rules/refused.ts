/** What the centre does not book it must have a reason for, and the reason must be true: who is refused wrongly waits for nothing. */

import type { CentreChain } from '../centre-chains.ts'
import type { CentreData } from '../centre-rows.ts'
import type { Hold } from '../fact.ts'
import type { Findings } from '../failure.ts'
import { textOf, textOrNone, wholeOf } from '../row-source.ts'

interface Reason {
  readonly kind: string
  readonly since?: string
  readonly settlementId?: string
  readonly serial?: number
  readonly other?: string
  readonly time?: string
  readonly centreTime?: string
}

/** As the centre keeps it. */
interface Kept {
  readonly refusal?: Reason
  readonly conflict?: Reason
}

/** Reasons that the tables themselves confirm or deny; the others need a world that this one has none of. */
export function checkRefused(chains: Iterable<CentreChain>, data: CentreData, findings: Findings): void {
  const facts = new Map([...chains].map((chain) => [chain.terminal, chain.facts]))
  for (const row of data.unbooked) {
    const [terminal, sequence] = [textOf(row, 'terminal'), wholeOf(row, 'sequence')]
    const posting = facts.get(terminal)?.[sequence]
    const hold = posting?.kind === 'posting' ? facts.get(terminal)?.[posting.hold] : undefined
    const kept = JSON.parse(textOf(row, 'verdict')) as Kept
    const reason = kept.refusal ?? kept.conflict
    if (hold?.kind !== 'hold' || reason === undefined) continue
    findings.expect('centre-refuses', isTrue(reason, hold, data), () => `centre: fact ${sequence} of ${terminal} is not booked: ${JSON.stringify(reason)}, and that is not so`)
  }
}

function isTrue(reason: Reason, { settlementId, institution, visitNo, intent }: Hold, { settlements, serials }: CentreData): boolean {
  const card = intent.cardId.toUpperCase()
  const isAnother = (id: string | undefined): boolean => id !== undefined && id !== settlementId
  switch (reason.kind) {
    case 'card-lost':
      return (reason.since ?? '~') <= intent.time
    case 'visit-settled':
      return settlements.some(
        (row) => textOf(row, 'medins_setl_id') === reason.settlementId && isAnother(reason.settlementId) && textOf(row, 'institution') === institution && textOrNone(row, 'visit_no') === visitNo
      )
    case 'card-cloned':
      return serials.some((row) => textOf(row, 'card_id').toUpperCase() === card && textOf(row, 'settlement_id') === reason.other) && isAnother(reason.other)
    case 'time-ahead':
      return (reason.time ?? '') > (reason.centreTime ?? '~')
    default:
      return true
  }
}
