/** What goes wrong by the day and not by the command: drawn each morning, for each till and for the centre. */

import type { Centre } from './centre.ts'
import type { FaultBook } from './faults.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import type { FaultKind } from './swarm.ts'
import type { Terminal } from './terminal.ts'
import type { Rogue } from './rogue.ts'
import { strangerAsks } from './stranger.ts'

export interface DisorderPorts {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  readonly centre: Centre
  readonly terminals: readonly Terminal[]
  readonly rogue: Rogue
  /** A technician puts a PSAM into a till: its own, or a new one of that condition. */
  readonly psam: (terminal: Terminal, condition: 'sound' | 'locked' | 'nearly-exhausted' | 'none') => void
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** From six in the morning: when the tills are opened, and how long they are busy. */
const OPENS_MS = 2 * HOUR_MS
const OPEN_MS = 80 * MINUTE_MS
/** Over while they are still open. */
const SHORT_MS = 20 * MINUTE_MS
/** While people are at the counters. */
const BUSY = { from: 2 * HOUR_MS, for: 100 * MINUTE_MS }

export class Disorder {
  readonly #ports: DisorderPorts
  readonly #broken = new Set<() => void>()
  readonly #lies: Random
  readonly #rogueDraw: Random
  readonly #service: Random

  constructor(ports: DisorderPorts) {
    this.#ports = ports
    this.#lies = ports.random.fork('lies')
    this.#rogueDraw = ports.random.fork('rogue')
    this.#service = ports.random.fork('reader service')
    ports.faults.mendedBy(() => this.#mendAll())
  }

  /** At six in the morning: what happens until the evening. */
  morning(): void {
    for (const terminal of this.#ports.terminals) this.#ofTill(terminal)
    this.#ofCentre()
  }

  #ofTill(terminal: Terminal): void {
    this.#sometime('psam-missing', terminal, () => this.#ports.psam(terminal, 'none'), () => this.#ports.psam(terminal, 'sound'))
    this.#sometime('psam-locked', terminal, () => this.#ports.psam(terminal, 'locked'), () => this.#ports.psam(terminal, 'sound'))
    this.#sometime('psam-exhausted', terminal, () => this.#ports.psam(terminal, 'nearly-exhausted'), () => this.#ports.psam(terminal, 'sound'))
    this.#sometime('reader-gone', terminal, () => terminal.readers.plugCounter(false), () => terminal.readers.plugCounter(true))
    this.#sometime(
      'reader-process-gone',
      terminal,
      () => terminal.readers.breakWith(this.#service.chance(1, 3) ? { kind: 'service-stopped' } : { kind: 'process-gone', detail: 'it died' }),
      () => terminal.readers.breakWith(undefined),
      MINUTE_MS
    )
    this.#sometime('till-clock-ahead', terminal, () => this.#setClock(terminal, 1), () => this.#setClock(terminal, 0))
    this.#sometime('till-clock-behind', terminal, () => this.#setClock(terminal, -1), () => this.#setClock(terminal, 0))
    this.#sometime('link-down', terminal, () => terminal.link.cut(true), () => terminal.link.cut(false), 4 * HOUR_MS)
    this.#flapping(terminal)
    if (this.#ports.faults.draw(this.#lies, ['disk-lied']) !== undefined) {
      this.#after(BUSY.from + this.#lies.below(BUSY.for), `${terminal.name} loses its power`, () => terminal.losePower())
    }
  }

  #ofCentre(): void {
    const { centre, random } = this.#ports
    this.#sometime('centre-down', undefined, () => void centre.stop(), () => void centre.start(), 5 * HOUR_MS)
    this.#rogue()
    const hours = random.between(1, 12)
    if (this.#strikes('centre-restored')) {
      this.#after(random.below(HOUR_MS), 'centre is backed up', () => centre.backUp())
      this.#after(hours * HOUR_MS + random.below(HOUR_MS), 'centre is lost', () => {
        if (this.#begins('centre-restored', undefined)) void centre.restore()
      })
    }
    for (let hour = 0; hour < 12; hour += 1) {
      if (!this.#strikes('stranger')) continue
      this.#after(hour * HOUR_MS + random.below(HOUR_MS), 'a stranger asks', () => {
        if (this.#begins('stranger', undefined)) void strangerAsks(centre, random)
      })
    }
  }

  /** By night too: it has all the time. */
  #rogue(): void {
    const { faults, rogue } = this.#ports
    for (let hour = 0; hour < 18; hour += 1) {
      if (faults.draw(this.#rogueDraw, ['rogue']) === undefined) continue
      this.#after(hour * HOUR_MS + this.#rogueDraw.below(HOUR_MS), 'a rogue asks', () => {
        if (this.#begins('rogue', undefined)) void rogue.asks()
      })
    }
  }

  #flapping(terminal: Terminal): void {
    if (!this.#strikes('link-flapping')) return
    const { random } = this.#ports
    const begin = 2 * HOUR_MS + random.below(9 * HOUR_MS)
    for (let turn = 0; turn < 12; turn += 1) {
      const at = begin + turn * 5 * MINUTE_MS + random.below(MINUTE_MS)
      this.#breaks('link-flapping', terminal, at, random.between(1_000, 3 * MINUTE_MS), () => terminal.link.cut(true), () => terminal.link.cut(false))
    }
  }

  /** Mostly while people are at the tills, and for so long at most. */
  #sometime(kind: FaultKind, terminal: Terminal | undefined, breaks: () => void, mends: () => void, msMax = 2 * HOUR_MS): void {
    if (!this.#strikes(kind)) return
    const { random } = this.#ports
    const isOpen = random.below(4) > 0
    const at = isOpen ? OPENS_MS + random.below(OPEN_MS) : random.below(12 * HOUR_MS)
    this.#breaks(kind, terminal, at, random.between(1_000, random.pick([SHORT_MS, SHORT_MS, msMax])), breaks, mends)
  }

  #breaks(kind: FaultKind, terminal: Terminal | undefined, at: number, ms: number, breaks: () => void, mends: () => void): void {
    this.#after(at, `${kind} begins`, () => {
      if (!this.#begins(kind, terminal)) return
      breaks()
      this.#broken.add(mends)
      this.#after(ms, `${kind} ends`, () => {
        if (this.#broken.delete(mends)) mends()
      })
    })
  }

  #strikes(kind: FaultKind): boolean {
    return this.#ports.faults.draw(this.#ports.random, [kind]) !== undefined
  }

  #begins(kind: FaultKind, terminal: Terminal | undefined): boolean {
    if (!this.#ports.faults.isOn) return false
    this.#ports.faults.strike(kind, { terminal: terminal?.name })
    return true
  }

  #mendAll(): void {
    for (const mend of this.#broken) mend()
    this.#broken.clear()
  }

  /** Seconds to days: what a person sees, and what nobody sees. */
  #setClock(terminal: Terminal, direction: -1 | 0 | 1): void {
    const { random } = this.#ports
    const by = random.pick([2_000, 90_000, 20 * MINUTE_MS, 26 * HOUR_MS, 26 * HOUR_MS, 26 * HOUR_MS, 40 * 24 * HOUR_MS])
    terminal.setClock(direction === 0 ? 0 : direction * by)
  }

  #after(ms: number, what: string, work: () => void): void {
    this.#ports.scheduler.after(ms, what, work)
  }
}
