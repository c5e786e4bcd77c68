/**
 * The way from a card to a slot of the virtual reader driver: a TCP connection that stands while the card is in.
 *
 *   join -> connected -> the driver speaks: the card is in its slot
 *                          |- leave, or the slot hangs up        -> gone, until the next join
 *                          |- the driver hangs up: it was stopped -> tried again until it is back
 *
 * The driver looks for a card, and for its absence, every 400 ms: a card that comes back sooner would be taken for the one that
 * never left, without supply, so joining waits until it must have been missed.
 */

import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { PublishedSlot, SlotLink } from '../../../card/publish/published-slot.ts'

export interface DriverAddress {
  readonly host: string
  /** Of the slot. */
  readonly port: number
}

export type LinkRefusal =
  /** Nobody listens there. */
  | { readonly kind: 'driver-absent'; readonly address: DriverAddress; readonly detail: string }
  /** Somebody listens and does not speak: a driver whose slot has a card already. */
  | { readonly kind: 'slot-taken'; readonly address: DriverAddress }

export interface LinkEvents {
  /** The driver has a card in its slot: first, and again after it was away. */
  readonly joined: () => void
  /** The driver hung up: pcscd was stopped, or crashed. */
  readonly driverGone: () => void
  /** The slot hung up: the card was torn out or reset. */
  readonly left: () => void
}

/** A driver that has a free slot asks for the ATR within 0.4 s. */
const SILENCE_MS_MAX = 2_000
/** A driver that does not power a card when it finds it has it all the same. */
const SEATED_MS_MAX = 1_000
const MISSED_AFTER_MS = 600
const AGAIN_MS = 200
/** More than any command of these cards; longer ones come in pieces. */
const READ_LENGTH = 1024

export class DriverLink {
  readonly #address: DriverAddress
  readonly #events: LinkEvents
  /** From the first attempt on: a connection that the driver has not taken yet would be a dumb card to it later. */
  #current: { readonly socket: Socket; readonly slot: PublishedSlot } | undefined
  /** Each join and each leave is a new one: what belongs to an earlier one does nothing any more. */
  #stay = 0
  #leftAt = Number.NEGATIVE_INFINITY

  constructor(address: DriverAddress, events: LinkEvents) {
    this.#address = address
    this.#events = events
  }

  /** Puts a card in. `slotOf` makes a slot for each connection. Refused once, at the first attempt; later it tries for ever. */
  async join(slotOf: (link: SlotLink) => PublishedSlot): Promise<Result<null, LinkRefusal>> {
    this.leave()
    const stay = this.#stay
    await this.#untilMissed()
    if (stay !== this.#stay) return ok(null)
    const joined = await this.#attempt(stay, slotOf, SILENCE_MS_MAX)
    return joined.ok || stay !== this.#stay ? ok(null) : joined
  }

  /** Takes the card out. */
  leave(): void {
    this.#stay += 1
    this.#drop()
  }

  #drop(): void {
    if (this.#current === undefined) return
    const { socket, slot } = this.#current
    this.#current = undefined
    this.#leftAt = performance.now()
    // What the slot still has to say goes first.
    void slot.close()
    socket.destroy()
  }

  async #untilMissed(): Promise<void> {
    const wait = this.#leftAt + MISSED_AFTER_MS - performance.now()
    if (wait > 0) await sleep(wait)
  }

  /** Settles when the card sits in its slot, or will not. */
  #attempt(stay: number, slotOf: (link: SlotLink) => PublishedSlot, silenceMs: number | undefined): Promise<Result<null, LinkRefusal>> {
    const address = this.#address
    return new Promise((resolve) => {
      let hasSpoken = false
      let isSeated = false
      let timer = silenceMs === undefined ? undefined : setTimeout(() => end({ kind: 'slot-taken', address }), silenceMs)
      const heard = (chunk: Uint8Array): void => {
        if (stay !== this.#stay) return
        if (!hasSpoken) {
          hasSpoken = true
          clearTimeout(timer)
          timer = setTimeout(seated, SEATED_MS_MAX)
        }
        void slot.receive(chunk)
      }
      // Into one buffer, past the stream: a command is answered in less time than a stream needs to hand it over.
      const buffer = new Uint8Array(READ_LENGTH)
      const onread = {
        buffer,
        callback: (length: number): boolean => {
          heard(buffer.subarray(0, length))
          return true
        }
      }
      const socket = connect({ ...address, noDelay: true, onread })
      const seated = (): void => {
        clearTimeout(timer)
        if (isSeated || stay !== this.#stay) return
        isSeated = true
        this.#events.joined()
        resolve(ok(null))
      }
      const end = (refusal: LinkRefusal): void => {
        clearTimeout(timer)
        socket.destroy()
        resolve(refuse(refusal))
      }
      const slot = slotOf({
        send: (bytes) => void socket.write(bytes),
        seated,
        hangUp: () => {
          if (stay !== this.#stay) return
          this.leave()
          this.#events.left()
        }
      })
      this.#current = { socket, slot }
      socket.on('error', (cause) => end({ kind: 'driver-absent', address, detail: cause.message }))
      socket.on('close', () => {
        if (!isSeated) end({ kind: 'driver-absent', address, detail: 'it hung up' })
        else if (stay === this.#stay) void this.#again(stay, slotOf)
      })
    })
  }

  /** The driver has gone: its card has no supply until it is back. */
  async #again(stay: number, slotOf: (link: SlotLink) => PublishedSlot): Promise<void> {
    this.#drop()
    this.#events.driverGone()
    await this.#untilMissed()
    while (stay === this.#stay) {
      const joined = await this.#attempt(stay, slotOf, undefined)
      if (joined.ok) return
      await sleep(AGAIN_MS)
    }
  }
}
