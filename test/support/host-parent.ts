/** A test's host talks to its parent as the real one does: through Electron's port, or through the channel of a fork. */

import type { HostMessage, RequestMessage } from '../../electron/contract/terminal.ts'

interface Port {
  postMessage(message: HostMessage): void
  on(name: 'message', listener: (event: { readonly data: RequestMessage }) => void): void
}

export interface HostParent {
  send(message: HostMessage): void
  receive(listener: (message: RequestMessage) => void): void
}

export function hostParent(): HostParent {
  const { parentPort } = process as { parentPort?: Port }
  if (parentPort !== undefined) {
    return { send: (message) => parentPort.postMessage(message), receive: (listener) => parentPort.on('message', ({ data }) => listener(data)) }
  }
  process.on('disconnect', () => process.exit(0))
  return {
    send: (message) => {
      process.send?.(message)
    },
    receive: (listener) => process.on('message', (message: RequestMessage) => listener(message))
  }
}
