/** The reader process as one that the shell starts and passes messages to: see relay-messages.ts. */

import type { StartReaderLink } from './reader-link.ts'
import { isRelayNews, type RelayOrder } from './relay-messages.ts'

/** The port to the shell, as Electron gives it to a utility process. */
export interface ShellPort {
  postMessage(message: RelayOrder): void
  on(name: 'message', listener: (event: { readonly data: unknown }) => void): void
  off(name: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** undefined outside a packaged program. */
export const shellPort = (): ShellPort | undefined => (process as { parentPort?: ShellPort }).parentPort

export function parentReader(port: ShellPort): StartReaderLink {
  const post = port.postMessage.bind(port)
  let runs = 0
  return (listener) => {
    runs += 1
    const run = runs
    const hear = ({ data }: { readonly data: unknown }): void => {
      if (!isRelayNews(data) || data.run !== run) return
      if (data.news === 'message') {
        listener.message(data.message)
        return
      }
      port.off('message', hear)
      listener.ended(data.reason)
    }
    port.on('message', hear)
    post({ kind: 'reader', order: 'start', run })
    return {
      send: (message) => post({ kind: 'reader', order: 'send', run, message }),
      kill: () => post({ kind: 'reader', order: 'kill', run }),
      pid: undefined
    }
  }
}
