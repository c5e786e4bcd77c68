/**
 * Whoever started the host: the shell's main process or the loopback door. Electron gives a utility process a port;
 * everywhere else it is the channel of a forked child. When the parent goes, the host goes.
 */

import type { HostMessage } from '../contract/terminal.ts'
import { isRelayNews } from '../reader/relay-messages.ts'

export interface Parent {
  readonly send: (message: HostMessage) => void
  readonly receive: (listener: (message: unknown) => void) => void
}

interface Port {
  postMessage(message: HostMessage): void
  on(name: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** undefined for a process that nobody talks to. */
export function findParent(): Parent | undefined {
  const { parentPort } = process as { parentPort?: Port }
  if (parentPort !== undefined) {
    const post = parentPort.postMessage.bind(parentPort)
    return {
      send: post,
      receive: (listener) =>
        parentPort.on('message', ({ data }) => {
          // News of the reader process comes the same way, for its client.
          if (!isRelayNews(data)) listener(data)
        })
    }
  }
  if (process.send === undefined) return undefined
  process.on('disconnect', () => process.exit(0))
  return {
    send: (message) => {
      if (process.connected) process.send?.(message)
    },
    receive: (listener) => {
      process.on('message', listener)
    }
  }
}
