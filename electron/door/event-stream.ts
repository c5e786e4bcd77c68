/** The host's events as server-sent events. A browser that does not read is let go: nothing is stored up for it. */

import type { ServerResponse } from 'node:http'
import type { TerminalEvent } from '../contract/events.ts'

export const HEARTBEAT_MS = 15_000
/** The largest event is a bill of a few hundred lines, far below this. */
export const UNREAD_BYTES_MAX = 4 * 1024 * 1024
/** Windows that may look at once. */
export const STREAMS_MAX = 8
const RECONNECT_MS = 500

export type Listen = (listener: (event: TerminalEvent) => void) => () => void

export class EventStreams {
  readonly #listen: Listen
  readonly #open = new Set<ServerResponse>()

  constructor(listen: Listen) {
    this.#listen = listen
  }

  get isFull(): boolean {
    return this.#open.size >= STREAMS_MAX
  }

  begin(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
    response.write(`retry: ${RECONNECT_MS}\n\n`)
    const write = (text: string): void => {
      if (response.writableLength > UNREAD_BYTES_MAX) response.destroy()
      else response.write(text)
    }
    const stop = this.#listen((event) => write(`data: ${JSON.stringify(event)}\n\n`))
    const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
    this.#open.add(response)
    response.on('close', () => {
      clearInterval(heartbeat)
      stop()
      this.#open.delete(response)
    })
  }

  endAll(): void {
    for (const response of this.#open) response.destroy()
  }
}
