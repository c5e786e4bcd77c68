/** How long a call may take before its caller is told. A person may be pulling at a card: these are for hangs, not for haste. */

import type { RequestName } from '../contract/requests.ts'

const ORDINARY_MS = 30_000
const CARD_MS = 60_000
const SETTLE_MS = 120_000
/** A reader with keys gives up by itself long before, and tells. */
const PAD_MS = 120_000

export function deadlineMs(name: RequestName): number {
  if (name === 'settle') return SETTLE_MS
  if (name.endsWith('-on-pad')) return PAD_MS
  return name.startsWith('card.') ? CARD_MS : ORDINARY_MS
}
