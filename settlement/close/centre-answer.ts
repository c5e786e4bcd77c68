/** What came of asking the centre for its rows, and what they are to the period. */

import { ok, type Result } from '../../base/result.ts'
import { dayOfTime } from '../calendar/written-time.ts'
import type { FactOf } from '../ledger/fact.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { matchRows, type MatchedRow } from './match.ts'
import type { Period } from './period.ts'
import type { CentreBooks, NotReached } from './ports.ts'
import type { RecordRow } from './rows.ts'
import { readAwaiting } from './standing.ts'

export type CentreAnswer =
  /** This terminal has no centre: what it would be compared with does not exist. */
  | { readonly kind: 'not-connected' }
  | NotReached
  /** Everything that it booked between two days of its own clock. */
  | { readonly kind: 'answered'; readonly from: string; readonly to: string; readonly rows: readonly RecordRow[] }

/**
 * Asks for the days in which the period's rows have been booked, or would have been: a row that the centre booked and never
 * got through to say is among today's, or among those of the day on which it was made.
 */
export async function askCentre(centre: CentreBooks | undefined, period: Period, today: string): Promise<CentreAnswer> {
  if (centre === undefined) return { kind: 'not-connected' }
  const days = [
    today,
    ...period.rows.map(({ at }) => dayOfTime(at)),
    ...period.rows.flatMap(({ confirmed }) => (confirmed === undefined ? [] : [dayOfTime(confirmed.setlTime)]))
  ].toSorted()
  const [from = today, to = today] = [days[0], days.at(-1)]
  const rows = await centre.rows(from, to)
  return rows.ok ? { kind: 'answered', from, to, rows: rows.value } : rows.error
}

const idOf = (fact: FactOf<'posting' | 'load-posting'>): string => (fact.kind === 'posting' ? fact.settlementId : fact.loadId)

/** Rows of the period and rows that nobody here knows; what the ledger has in another period is left to that one. */
export function matchAnswer(ledger: LedgerReader, period: Period, answer: CentreAnswer): Result<readonly MatchedRow[], StoreFailure> {
  if (answer.kind !== 'answered') return ok([])
  const known = knownElsewhere(ledger, answer)
  if (!known.ok) return known
  const held = ledger.openHolds()
  if (!held.ok) return held
  return ok(
    matchRows({
      local: period.rows,
      record: answer.rows,
      held: new Set(held.value.map(({ fact }) => fact.settlementId)),
      elsewhere: ({ id, setlId }) => known.value.ids.has(id) || known.value.setlIds.has(setlId)
    })
  )
}

interface Known {
  readonly ids: ReadonlySet<string>
  readonly setlIds: ReadonlySet<string>
}

/** What is confirmed is known by the centre's number; what is not, by the number that was made here. */
function knownElsewhere(ledger: LedgerReader, { from, to, rows }: Extract<CentreAnswer, { kind: 'answered' }>): Result<Known, StoreFailure> {
  const confirmed = ledger.confirmed(`${from.replaceAll('-', '')}000000`, `${to.replaceAll('-', '')}235959`)
  if (!confirmed.ok) return confirmed
  const setlIds = new Set(confirmed.value.map(({ fact }) => fact.setlId))
  const awaiting = readAwaiting(ledger)
  if (!awaiting.ok) return awaiting
  const ids = new Set(awaiting.value.map(({ fact }) => (fact.kind === 'correction' ? fact.correctionId : idOf(fact))))
  for (const { id, setlId } of rows) {
    if (setlIds.has(setlId) || ids.has(id)) continue
    const settlement = ledger.settlement(id)
    if (!settlement.ok) return settlement
    if (settlement.value !== undefined) ids.add(id)
  }
  return ok({ ids, setlIds })
}
