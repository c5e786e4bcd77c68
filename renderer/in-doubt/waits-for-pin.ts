/** A card in the reader that left something open, and whose log opens once its PIN is typed: that comes before anything else. */

import type { CardPanel } from '../../electron/contract/card-view.ts'
import type { InDoubtView } from '../../electron/contract/settlement-view.ts'

/** The presence that waits; null: no card does, or its PIN would not help. */
export function waitsForPin(panel: CardPanel | null, inDoubt: readonly InDoubtView[]): number | null {
  if (panel?.state !== 'ready') return null
  const { presence, verified, triesLeft, warnings } = panel.card
  if (verified || triesLeft === 0) return null
  // What is said of a hold outlasts the card that said it; the card's own warning does not.
  const isItsOwn = warnings.some(({ kind }) => kind === 'in-doubt')
  return isItsOwn && inDoubt.some(({ needsPin }) => needsPin) ? presence : null
}
