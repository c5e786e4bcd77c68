/** What is open because a card went away in the middle of it, and what a card that came back has proved of it. */

import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import type { TerminalEvent, TerminalState } from '../../contract/events.ts'
import { isOfOtherCard, type CardRecovery } from '../card-recovery.ts'
import { inDoubtViews, resolutionView } from '../records/in-doubt-view.ts'

export interface DoubtPorts {
  readonly ledger: Ledger
  readonly tell: (event: TerminalEvent) => void
  /** The ledger has what was proved. */
  readonly resolved: () => void
}

export class DoubtsAtDesk {
  readonly #ports: DoubtPorts
  /** What the card that was asked last said: what each still waits for. */
  #asked: readonly CardRecovery[] = []

  constructor(ports: DoubtPorts) {
    this.#ports = ports
  }

  views(): TerminalState['inDoubt'] {
    const views = inDoubtViews(this.#ports.ledger, this.#asked)
    return views.ok ? views.value : []
  }

  tell(): void {
    this.#ports.tell({ topic: 'in-doubt', inDoubt: this.views() })
  }

  recovered(recoveries: readonly CardRecovery[]): void {
    this.#asked = recoveries
    // What another card left open says nothing about this one.
    const told = recoveries.filter((recovery) => !isOfOtherCard(recovery))
    if (told.length > 0) this.tellResolved(told)
  }

  tellResolved(told: readonly CardRecovery[]): void {
    const { ledger, tell, resolved } = this.#ports
    tell({ topic: 'resolved', resolutions: told.map((recovery) => resolutionView(ledger, recovery)) })
    this.tell()
    resolved()
  }
}
