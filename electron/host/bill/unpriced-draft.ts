import { refuse, type Result } from '../../../base/result.ts'
import { ZERO } from '../../../settlement/money/fen.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import { ClaimDraft } from '../../../settlement/visit/claim-draft.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import type { CounterRefusal } from '../counter-refusal.ts'

/** Enough of a person to check lines with; nobody's rules are applied to it. */
const NOBODY = { psn_type: '99' } as const

/** The lines of a visit before anybody is there to pay them: codes known, quantities and amounts lawful. */
export function unpricedDraft(catalogue: Catalogue, visit: Visit): Result<ClaimDraft, CounterRefusal> {
  const account = { currentYear: ZERO, pastYears: ZERO, mutualAid: [] }
  const draft = ClaimDraft.open({ visit, person: NOBODY, account, counters: {}, catalogue })
  return draft.ok ? draft : refuse({ kind: 'claim', refusal: draft.error })
}
