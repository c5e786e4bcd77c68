/** Where a till dies, and which of its statements are refused: one throw at each thing that it asks of its machine. */

import type { FaultBook } from './faults.ts'
import type { Life } from './life.ts'
import type { Random } from './random.ts'
import type { StatementFault, StatementKind } from './sim-database.ts'
import type { Stakes } from './stakes.ts'
import type { FaultKind } from './swarm.ts'

export interface DicePorts {
  readonly terminal: string
  readonly random: Random
  readonly faults: FaultBook
  /** Name of the card that lies in its reader. */
  readonly card: () => string | undefined
  /** Somebody is at the counter, or waits for an answer. */
  readonly isBusy: () => boolean
  readonly stakes: Stakes
}

/** Of a till at which nobody is, one call of so many may be its last. */
const IDLE_DEATHS = 40

const STATEMENT_FAULTS = {
  read: ['till-killed-statement'],
  begin: ['till-killed-statement', 'disk-busy'],
  write: ['till-killed-statement', 'disk-full', 'disk-error'],
  commit: ['till-killed-statement', 'till-power-lost', 'disk-full', 'disk-error'],
  other: ['till-killed-statement'],
  checkpoint: ['till-killed-statement', 'till-power-lost']
} as const satisfies Readonly<Record<StatementKind, readonly FaultKind[]>>

const AS_STATEMENT_FAULT = {
  'till-killed-statement': 'killed',
  'till-power-lost': 'power-lost',
  'disk-full': 'full',
  'disk-busy': 'busy',
  'disk-error': 'error'
} as const satisfies Partial<Record<FaultKind, StatementFault>>

export class TillDice {
  readonly #ports: DicePorts

  constructor(ports: DicePorts) {
    this.#ports = ports
  }

  /** Any call to the machine. */
  ofCall(life: Life): void {
    life.check()
    if (this.#draw(['till-killed'], this.#ports.stakes.ofCall) !== undefined) life.kill()
  }

  /** A step that changes a file. */
  ofFile(): 'killed' | 'power-lost' | undefined {
    const fault = this.#draw(['till-killed-file', 'till-power-lost'], 1)
    if (fault === undefined) return undefined
    return fault === 'till-power-lost' ? 'power-lost' : 'killed'
  }

  ofStatement(kind: StatementKind): StatementFault | undefined {
    const fault = this.#draw<keyof typeof AS_STATEMENT_FAULT>(STATEMENT_FAULTS[kind], this.#ports.stakes.ofStatement(kind))
    return fault === undefined ? undefined : AS_STATEMENT_FAULT[fault]
  }

  /** An idle till asks its machine for thousands of things an hour: most of the deaths are to come while something is under way. */
  #draw<Kind extends FaultKind>(kinds: readonly Kind[], weight: number): Kind | undefined {
    const { terminal, random, faults, card, isBusy } = this.#ports
    if (!isBusy() && random.below(IDLE_DEATHS) !== 0) return undefined
    const fault = faults.draw(random, kinds, weight)
    if (fault !== undefined) faults.strike(fault, { terminal, card: card() })
    return fault
  }
}
