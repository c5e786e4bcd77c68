/**
 * Holds that nobody has closed. Their cards may stay away for long, and in the end no longer know; the centre hears of them all the
 * same as soon as they pay elsewhere: when another settlement is booked under the serial that a hold's debit would have used, that
 * debit never happened, and the hold is released. The other way round nothing is proved, and the hold waits for its card.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { HeldSerial } from '../batch/batch.ts'
import type { Hold } from '../ledger/fact.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import { endOf } from './batch-maker.ts'
import type { CentreLink, LinkFailure } from './link.ts'
import type { LinkHealth } from './link-health.ts'
import { epochMsOf } from './moment.ts'
import type { SyncClock } from './ports.ts'
import type { StopReason } from './stop-reason.ts'
import type { SyncStore } from './sync-store.ts'

export interface DoubtPorts {
  readonly ledger: Pick<Ledger, 'openHolds' | 'release'>
  readonly store: SyncStore
  readonly link: Pick<CentreLink, 'heldSerial'>
  readonly health: LinkHealth
  readonly clock: SyncClock
}

/** Each open hold is asked about so often: others bring their batches to the centre all day. */
const EVERY_MS = 10 * 60_000
/** A settlement that is under way is no doubt. */
const AGE_MS = 60_000

export interface ReleasedHold {
  readonly hold: Hold
  readonly proof: string
}

export type Cleared =
  | { readonly kind: 'released'; readonly released: ReleasedHold }
  /** The centre knows no more than the ledger, or the hold was closed meanwhile. */
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly failure: LinkFailure }

export class Doubts {
  readonly #ports: DoubtPorts
  readonly #waiting: Recorded<'hold'>[] = []
  /** ms since 1970. */
  #lookedAtMs = 0

  constructor(ports: DoubtPorts) {
    this.#ports = ports
  }

  /** The one that the centre should be asked about now. */
  due(): Result<Recorded<'hold'> | undefined, StopReason> {
    const { epochMs } = this.#ports.clock()
    if (this.#waiting.length === 0 && Math.abs(epochMs - this.#lookedAtMs) >= EVERY_MS) {
      const open = this.#ports.ledger.openHolds()
      if (!open.ok) return open
      this.#lookedAtMs = epochMs
      const { store } = this.#ports
      const known = endOf(store.batch(store.answeredTo()))
      const isDoubt = ({ sequence, fact }: Recorded<'hold'>): boolean => sequence <= known && Math.abs(epochMs - epochMsOf(fact.heldAt)) >= AGE_MS
      this.#waiting.push(...open.value.filter(isDoubt))
    }
    return ok(this.#waiting[0])
  }

  /** A person wants to know now. */
  hurry(): void {
    this.#lookedAtMs = 0
  }

  async ask({ sequence, fact }: Recorded<'hold'>): Promise<Result<Cleared, StopReason>> {
    const { link, health, clock } = this.#ports
    this.#waiting.shift()
    const told = usedAt(sequence, await link.heldSerial(sequence))
    const now = clock()
    health.heard(told, now)
    if (!told.ok) return ok(told.error.kind === 'refused' ? { kind: 'open' } : { kind: 'failed', failure: told.error })
    return told.value === undefined ? ok({ kind: 'open' }) : this.#release(fact, told.value, now.time)
  }

  #release(hold: Hold, bookedAt: string, releasedAt: string): Result<Cleared, StopReason> {
    const proof = `${USED_ELSEWHERE}: booked ${bookedAt}`
    const released = this.#ports.ledger.release({ settlementId: hold.settlementId, proof, releasedAt })
    if (released.ok) return ok({ kind: 'released', released: { hold, proof } })
    // Its card came while the centre was asked.
    return released.error.kind === 'store-failure' ? refuse(released.error) : ok({ kind: 'open' })
  }
}

function usedAt(asked: number, answer: Result<HeldSerial, LinkFailure>): Result<string | undefined, LinkFailure> {
  if (!answer.ok) return answer
  const { sequence, usedAt: time } = answer.value
  return sequence === asked ? ok(time) : refuse({ kind: 'centre-down', status: undefined, cause: `asked for hold ${asked}, told about ${sequence}` })
}

/** What a proof of the centre begins with. */
export const USED_ELSEWHERE = 'serial-used-elsewhere'
