/**
 * One at a time, in the order asked. A card is one conversation: two operations that interleave their commands would
 * select each other's files.
 *
 *   run A ----[ A ]
 *   run B --------wait--[ B ]
 *   run C ----------wait-----[ C ]        more than WAITING_MAX waiting: refused, nothing is dropped later
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { CardChannel, ChannelFailure } from './card-channel.ts'

export const WAITING_MAX = 64

export interface QueueFull {
  readonly kind: 'queue-full'
  readonly waiting: number
}

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  async run<Value>(task: () => Promise<Value>): Promise<Result<Value, QueueFull>> {
    if (this.#waiting >= WAITING_MAX) return refuse({ kind: 'queue-full', waiting: this.#waiting })
    this.#waiting += 1
    const turn = this.#last.then(task)
    // A task that throws has told its caller; the next one gets its turn all the same.
    this.#last = turn.catch(() => undefined)
    try {
      return ok(await turn)
    } finally {
      this.#waiting -= 1
    }
  }
}

/** Whole commands only: operations of several commands take their turn on a queue of their own. */
export function serialChannel(channel: CardChannel): CardChannel {
  const queue = new SerialQueue()
  return {
    async transmit(command): Promise<Result<Uint8Array, ChannelFailure>> {
      const turn = await queue.run(() => channel.transmit(command))
      if (turn.ok) return turn.value
      return refuse({ kind: 'reader-fault', detail: `${turn.error.waiting} commands wait for this card already` })
    }
  }
}
