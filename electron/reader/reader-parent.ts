/** Whoever started the reader process: the host as a child of Node, or the shell as Electron's utility process. */

import type { ReaderReply, ReaderRequest } from './reader-messages.ts'

export interface ReaderParent {
  readonly send: (reply: ReaderReply) => void
  readonly receive: (listener: (request: ReaderRequest) => void) => void
}

interface Port {
  postMessage(message: ReaderReply): void
  on(name: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** undefined for a process that nobody talks to. */
export function findReaderParent(): ReaderParent | undefined {
  const { parentPort } = process as { parentPort?: Port }
  if (parentPort !== undefined) {
    const post = parentPort.postMessage.bind(parentPort)
    return {
      send: post,
      receive: (listener) => parentPort.on('message', ({ data }) => listener(data as ReaderRequest))
    }
  }
  if (process.send === undefined) return undefined
  // At once: a card that is let go by the end of its process is reset by the service, which is what should become of it.
  process.on('disconnect', () => process.exit(0))
  return {
    send: (reply) => {
      // To a parent that has just gone: its end is told by the event, not by an exception.
      if (process.connected) process.send?.(reply, undefined, undefined, () => {})
    },
    receive: (listener) => {
      process.on('message', (message) => listener(message as ReaderRequest))
    }
  }
}
