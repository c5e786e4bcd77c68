/**
 * One connection to a virtual reader driver (vpcd), seen from the card. Frames both ways:
 *
 *   length 2, big-endian | body
 *
 * Why there is a credit. The driver sends length and body in two writes on a socket that collects small ones: the body leaves
 * its machine when the length is acknowledged, and our system acknowledges late, after 40 ms, because it hopes for an answer
 * to carry that. So the answer begins early: as soon as a length stands without its body we send the first byte of our own
 * next length, which is 00 for every answer of less than 256 bytes. It carries the acknowledgement, the body comes at once,
 * and the driver, which waits for two bytes of length, does not notice.
 *
 *   driver   00 05 ............................ 00 A4 00 00 02 ...
 *   card             00 (the credit)                                 02 | 61 1B
 *
 * At most one credit is out. A control that is not answered leaves it for the answer that comes next, whatever that answers.
 * A connection that ends with half a length takes the daemon down (vpcd 3.3 copies an answer that it never read), so `end`
 * makes an empty answer of it, which means to the driver what hanging up does: the card has left.
 */

import { invariant } from '../../base/invariant.ts'

/** More would need a first length byte that is not 00. */
export const ANSWER_LENGTH_MAX = 0xff

const LENGTH_BYTES = 2
const CREDIT = Uint8Array.of(0)

export class DriverLine {
  readonly #send: (bytes: Uint8Array) => void
  /** What came and is no whole frame yet. */
  #waiting = new Uint8Array(0)
  #isCreditOut = false

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send
  }

  /** The bodies of the frames that are whole now, copied, in order. An empty frame says nothing and is dropped. */
  receive(chunk: Uint8Array): Uint8Array[] {
    const bytes = this.#waiting.length === 0 ? chunk : joined(this.#waiting, chunk)
    const bodies: Uint8Array[] = []
    let at = 0
    for (;;) {
      const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
      if (at + LENGTH_BYTES > bytes.length || at + LENGTH_BYTES + length > bytes.length) break
      if (length > 0) bodies.push(bytes.slice(at + LENGTH_BYTES, at + LENGTH_BYTES + length))
      at += LENGTH_BYTES + length
    }
    this.#waiting = bytes.slice(at)
    if (this.#waiting.length === LENGTH_BYTES) this.#giveCredit()
    return bodies
  }

  answer(body: Uint8Array): void {
    invariant(body.length <= ANSWER_LENGTH_MAX, `an answer of ${body.length} bytes is longer than ${ANSWER_LENGTH_MAX}`)
    const frame = new Uint8Array(LENGTH_BYTES + body.length)
    frame[1] = body.length
    frame.set(body, LENGTH_BYTES)
    this.#send(this.#isCreditOut ? frame.subarray(CREDIT.length) : frame)
    this.#isCreditOut = false
  }

  /** Before hanging up: no answer comes any more. */
  end(): void {
    if (this.#isCreditOut) this.answer(new Uint8Array(0))
  }

  #giveCredit(): void {
    if (this.#isCreditOut) return
    this.#isCreditOut = true
    this.#send(CREDIT)
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
