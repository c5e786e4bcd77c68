/** What a powered PSAM knows: its image and counters, and what dies with the supply. */

import { SW, type StatusWord } from '../../apdu/status-word.ts'
import type { ResponseApdu } from '../../apdu/response-apdu.ts'
import type { Entropy } from '../../ports.ts'
import type { Key } from '../../secret/key.ts'
import { LOCK, type CounterStore, type PsamCounters } from './psam-counters.ts'
import type { PsamImage } from './psam-image.ts'

export type Answer = ResponseApdu

export const answer = (data: Uint8Array = new Uint8Array(0)): Answer => ({ data, sw: SW.OK })
export const refused = (sw: StatusWord): Answer => ({ data: new Uint8Array(0), sw })

/** From DELIVERY SESSION KEY until its last block. `type` is the low five bits of the usage the key came from. */
export interface TemporaryKey {
  readonly key: Key
  readonly type: number
  /** Last block of a MAC that more data are to follow for. */
  readonly chained: Uint8Array | undefined
}

/** From INIT SAM FOR PURCHASE until CREDIT SAM FOR PURCHASE. */
export interface OpenPurchase {
  readonly sessionKey: Key
  /** What MAC2 is made over. */
  readonly amounts: Uint8Array
}

export class PsamState {
  readonly image: PsamImage
  readonly entropy: Entropy
  readonly #store: CounterStore
  #counters: PsamCounters

  directory: 'MF' | 'ADF' = 'MF'
  file: number | undefined
  temporaryKey: TemporaryKey | undefined
  purchase: OpenPurchase | undefined
  /** What GET RESPONSE may fetch. */
  pending: Uint8Array | undefined

  constructor(image: PsamImage, entropy: Entropy, store: CounterStore, counters: PsamCounters) {
    this.image = image
    this.entropy = entropy
    this.#store = store
    this.#counters = counters
  }

  get counters(): PsamCounters {
    return this.#counters
  }

  /** Durable when this returns. */
  change(changed: Partial<PsamCounters>): void {
    const next = { ...this.#counters, ...changed }
    this.#store.save(next)
    this.#counters = next
  }

  /** Entering a directory ends whatever was under way in the one before. */
  enter(directory: 'MF' | 'ADF'): void {
    this.directory = directory
    this.file = undefined
    this.temporaryKey = undefined
    this.purchase = undefined
  }

  applicationLocked(): boolean {
    return this.#counters.lock !== LOCK.NONE || this.#counters.wrongMac2Count >= this.image.wrongMac2Limit
  }

  cardLocked(): boolean {
    return this.#counters.lock === LOCK.CARD
  }
}
