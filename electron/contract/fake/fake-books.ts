/** What the fake remembers of closing days. */

import type { CloseItem, CloseReport } from '../close-view.ts'
import type { Yuan } from '../text.ts'

export interface FakeBooks {
  float: Yuan | null
  counted: Yuan | null
  /** Chosen resolutions, by item. */
  readonly chosen: Map<string, NonNullable<CloseItem['chosen']>>
  /** Newest first. */
  closes: readonly FakeClose[]
  /** Counts and resolutions so far. */
  changes: number
}

export interface FakeClose {
  readonly report: CloseReport
  /** Settlements and refunds that it covers, by the id of the settlement or the correction. */
  readonly covers: ReadonlySet<string>
  readonly reopened: { readonly at: string; readonly reason: string } | null
}

export const createBooks = (): FakeBooks => ({ float: null, counted: null, chosen: new Map(), closes: [], changes: 0 })
