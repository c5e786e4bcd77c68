/**
 * Starts reader processes for a packaged host and passes its messages on, unread. They belong to one host: when it goes, they
 * go, and the service takes their cards back.
 */

import type { RelayNews, RelayOrder } from '../reader/relay-messages.ts'

/** What of Electron's utility process is used. */
export interface ReaderChild {
  readonly pid: number | undefined
  postMessage(message: unknown): void
  on(name: 'message', listener: (message: unknown) => void): unknown
  on(name: 'exit', listener: (code: number) => void): unknown
}

export interface ReaderRelayParts {
  readonly start: () => ReaderChild
  readonly tell: (news: RelayNews) => void
  /** At once: a reader process that hangs hears no request to end. */
  readonly kill: (pid: number) => void
}

export class ReaderRelay {
  readonly #parts: ReaderRelayParts
  readonly #running = new Map<number, ReaderChild>()

  constructor(parts: ReaderRelayParts) {
    this.#parts = parts
  }

  take(order: RelayOrder): void {
    const { run } = order
    switch (order.order) {
      case 'start':
        this.#start(run)
        return
      case 'send':
        this.#running.get(run)?.postMessage(order.message)
        return
      case 'kill':
        this.#kill(this.#running.get(run))
    }
  }

  close(): void {
    for (const child of this.#running.values()) this.#kill(child)
  }

  #start(run: number): void {
    const { start, tell } = this.#parts
    const child = start()
    this.#running.set(run, child)
    child.on('message', (message) => tell({ kind: 'reader', news: 'message', run, message }))
    child.on('exit', (code) => {
      this.#running.delete(run)
      tell({ kind: 'reader', news: 'ended', run, reason: `ended with exit code ${code}` })
    })
  }

  #kill(child: ReaderChild | undefined): void {
    if (child?.pid !== undefined) this.#parts.kill(child.pid)
  }
}
