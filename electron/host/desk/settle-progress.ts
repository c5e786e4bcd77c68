/** How far a settlement is: told only when a step takes long enough to be read. A card in a real reader does, a simulated one need not. */

import type { SettleProgress } from '../../contract/events.ts'
import type { Machine } from '../machine.ts'

const PROGRESS_MS = 60

/** The steps of a settlement as the fault points name them, and what the next one is. */
const NEXT: Readonly<Record<string, SettleProgress>> = { calculated: 'holding', held: 'debiting', debited: 'posting', posted: 'done' }

export class SettleSteps {
  readonly #later: Machine['later']
  readonly #tell: (step: SettleProgress) => void
  #cancel = (): void => {}
  #isTold = false

  constructor(later: Machine['later'], tell: (step: SettleProgress) => void) {
    this.#later = later
    this.#tell = tell
  }

  reached(faultPoint: string): void {
    const step = NEXT[faultPoint]
    if (step !== undefined) this.at(step)
  }

  at(step: SettleProgress): void {
    this.#cancel()
    if (step === 'done') {
      if (this.#isTold) this.#tell(step)
      this.#isTold = false
      return
    }
    this.#cancel = this.#later(PROGRESS_MS, () => {
      this.#isTold = true
      this.#tell(step)
    })
  }
}
