/** What a card that came back has proved: of a settlement that was held, or of a load. */

import type { Recovery } from '../../settlement/case/recover-holds.ts'
import type { LoadRecovery } from '../../settlement/case/recover-loads.ts'

export type CardRecovery = Recovery | LoadRecovery

export const isLoadRecovery = (recovery: CardRecovery): recovery is LoadRecovery => 'load' in recovery

/** Still open: a script must not take it for done. */
export function isStillOpen({ kind }: CardRecovery): boolean {
  return kind === 'in-doubt' || kind === 'not-recorded' || kind === 'load-in-doubt' || kind === 'load-not-recorded'
}

/** Another card lies in the reader: it says nothing about this one. */
export const isOfOtherCard = (recovery: CardRecovery): boolean =>
  (recovery.kind === 'in-doubt' || recovery.kind === 'load-in-doubt') && recovery.reason === 'other-card'
