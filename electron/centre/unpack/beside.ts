/**
 * Batches unpacked and hashed on a thread of their own: the next one while one is judged. Only what is small goes between the two, or
 * memory that changes hands.
 */

import { Worker } from 'node:worker_threads'
import { invariant } from '../../../base/invariant.ts'
import { unpackOnPool, type Unpack, type Unpacked } from '../../../settlement/centre/serve/unpack.ts'

/** Below it the way there and back takes longer than the work. */
const WORTH_BYTES = 16 * 1024

interface Waiting {
  readonly resolve: (unpacked: Unpacked | string) => void
  readonly reject: (cause: unknown) => void
}

export interface UnpackBeside {
  readonly unpack: Unpack
  close(): Promise<void>
}

export function unpackBeside(): UnpackBeside {
  let thread: UnpackThread | undefined
  return {
    unpack: (body) => {
      if (body.length < WORTH_BYTES) return unpackOnPool(body)
      // One that ended took its own batches with it, and no later ones.
      if (thread === undefined || thread.isOver) thread = new UnpackThread()
      return thread.unpack(body)
    },
    close: async () => thread?.close()
  }
}

class UnpackThread {
  readonly #worker = new Worker(new URL('unpack-thread.ts', import.meta.url))
  /** In the order in which the thread answers. */
  #waiting: Waiting[] = []
  isOver = false

  constructor() {
    this.#worker.unref()
    this.#worker.on('message', (unpacked: Unpacked | string) => {
      const next = this.#waiting.shift()
      invariant(next !== undefined, 'the thread has unpacked what nobody gave it')
      next.resolve(unpacked)
    })
    this.#worker.on('error', (cause) => this.#end(cause))
    this.#worker.on('exit', () => this.#end(new Error('the thread that unpacks batches has ended')))
  }

  unpack(body: Uint8Array): Promise<Unpacked | string> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#worker.postMessage(body, [])
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #end(cause: unknown): void {
    this.isOver = true
    const lost = this.#waiting
    this.#waiting = []
    for (const { reject } of lost) reject(cause)
  }
}
