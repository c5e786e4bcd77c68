/** Which fault strikes on which occasion, and a record of those that have: an outcome is widened only by what really struck. */

import type { Coverage } from './coverage.ts'
import type { EventLog } from './event-log.ts'
import type { Faults } from './faces.ts'
import type { Observer, Struck } from './observation.ts'
import type { Random } from './random.ts'
import type { FaultKind } from './swarm.ts'

export interface FaultPorts {
  readonly rates: Readonly<Record<FaultKind, number>>
  readonly now: () => number
  readonly coverage: Coverage
  readonly log: EventLog
  readonly tell: Observer
}

export interface Where {
  readonly terminal?: string | undefined
  readonly card?: string | undefined
}

const OF = 10_000
const SPARED = 4

export class FaultBook implements Faults {
  readonly struck: Struck[] = []
  readonly #ports: FaultPorts
  readonly #menders: (() => void)[] = []
  /** Off until everything stands. */
  #isOn = false

  constructor(ports: FaultPorts) {
    this.#ports = ports
  }

  /** What mends when everything is to be well. */
  mendedBy(mend: () => void): void {
    this.#menders.push(mend)
  }

  get isOn(): boolean {
    return this.#isOn
  }

  on(): void {
    this.#isOn = true
  }

  off(): void {
    if (!this.#isOn) return
    this.#isOn = false
    this.#ports.log.say('world', 'faults end')
    for (const mend of this.#menders) mend()
  }

  /** One draw over all of `kinds`: at most one strikes. `weight`: so many times as often, but never more than each fourth time. */
  draw<Kind extends FaultKind>(random: Random, kinds: readonly Kind[], weight = 1): Kind | undefined {
    if (!this.#isOn) return undefined
    const { rates } = this.#ports
    let sum = 0
    for (const kind of kinds) sum += rates[kind] * weight
    if (sum === 0) return undefined
    let drawn = random.below(weight === 1 ? OF : Math.max(OF, sum * SPARED))
    for (const kind of kinds) {
      drawn -= rates[kind] * weight
      if (drawn < 0) return kind
    }
    return undefined
  }

  /** When it has had its effect. */
  strike(kind: FaultKind, { terminal, card }: Where = {}): void {
    const { now, coverage, log, tell } = this.#ports
    const struck = { number: this.struck.length + 1, kind, at: now(), terminal, card }
    this.struck.push(struck)
    coverage.hit(`fault:${kind}`)
    log.say(terminal ?? 'centre', `fault ${kind}`, card ?? '')
    tell({ kind: 'fault', struck })
  }
}
