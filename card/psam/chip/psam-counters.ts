/**
 * What a PSAM changes during its life: the terminal serial, the wrong MAC2 in a row, the lock. Kept twice; a write goes
 * over the older copy, so that whenever the supply goes one whole copy is left: the old one until the last byte of the new
 * one has landed.
 *
 *   copy: sequence 4 | terminal serial 4 | wrong MAC2 1 | lock 1 | checksum 2
 */

import { invariant } from '../../../base/invariant.ts'
import { byteAt, bytesEqual, concat, readUint, writeUint } from '../../bytes/bytes.ts'
import type { NonvolatileMedium } from '../../ports.ts'
import { checksum, CHECKSUM_LENGTH } from './checksum.ts'

export const LOCK = { NONE: 0, APPLICATION: 1, CARD: 2 } as const
export type Lock = (typeof LOCK)[keyof typeof LOCK]

export interface PsamCounters {
  /** What the next purchase gets, 0 to FFFFFFFF; the last is never given. */
  readonly terminalSerial: number
  readonly wrongMac2Count: number
  readonly lock: Lock
}

const CONTENT_LENGTH = 10
const COPY_LENGTH = CONTENT_LENGTH + CHECKSUM_LENGTH
export const COUNTERS_LENGTH = 2 * COPY_LENGTH

interface Copy {
  readonly sequence: number
  readonly counters: PsamCounters
}

/** Both copies as personalisation writes them. */
export function encodeCounters(counters: PsamCounters): Uint8Array {
  return concat(encodeCopy({ sequence: 0, counters }), encodeCopy({ sequence: 1, counters }))
}

export class CounterStore {
  readonly #medium: NonvolatileMedium
  readonly #offset: number

  /** `offset` is where the two copies lie in the medium. */
  constructor(medium: NonvolatileMedium, offset: number) {
    this.#medium = medium
    this.#offset = offset
  }

  /** undefined when neither copy is whole: no loss of power leaves that behind, only damage from outside. */
  load(): PsamCounters | undefined {
    return this.#newest()?.copy.counters
  }

  save(counters: PsamCounters): void {
    const newest = this.#newest()
    invariant(newest !== undefined, 'the PSAM counters were readable at power-up')
    const older = 1 - newest.index
    const sequence = newest.copy.sequence + 1
    this.#medium.write(this.#offset + older * COPY_LENGTH, encodeCopy({ sequence, counters }))
  }

  #newest(): { readonly index: number; readonly copy: Copy } | undefined {
    const [first, second] = [this.#copy(0), this.#copy(1)]
    if (first === undefined) return second && { index: 1, copy: second }
    if (second === undefined || first.sequence > second.sequence) return { index: 0, copy: first }
    return { index: 1, copy: second }
  }

  #copy(index: number): Copy | undefined {
    const bytes = this.#medium.read(this.#offset + index * COPY_LENGTH, COPY_LENGTH)
    const content = bytes.subarray(0, CONTENT_LENGTH)
    if (!bytesEqual(bytes.subarray(CONTENT_LENGTH), checksum(content))) return undefined
    const lock = Object.values(LOCK).find((value) => value === byteAt(content, 9))
    if (lock === undefined) return undefined
    return {
      sequence: readUint(content, 0, 4),
      counters: { terminalSerial: readUint(content, 4, 4), wrongMac2Count: byteAt(content, 8), lock }
    }
  }
}

function encodeCopy({ sequence, counters }: Copy): Uint8Array {
  const content = concat(
    writeUint(sequence, 4),
    writeUint(counters.terminalSerial, 4),
    Uint8Array.of(counters.wrongMac2Count, counters.lock)
  )
  return concat(content, checksum(content))
}
