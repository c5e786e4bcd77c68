/** What is put back, for whom. */

import type { Yuan } from '../../electron/contract/text.ts'

export interface Owed {
  /** As the card's `owed` names it. */
  readonly owed: string
  readonly amount: Yuan
  readonly name: string
}
