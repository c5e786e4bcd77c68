/** The host inside a packaged program: Electron's own Node in a process of its own. */

import { utilityProcess } from 'electron'
import { endOf, hostArguments, type HostSetting, type StartHost } from '../supervisor/host-process.ts'
import { tailOf } from '../supervisor/output-tail.ts'
import { isRelayOrder } from '../reader/relay-messages.ts'
import { ReaderRelay } from './reader-relay.ts'

export interface UtilityHost extends HostSetting {
  readonly entry: string
  /** Of the reader process, which the host asks for when a real reader is chosen. */
  readonly readerEntry: string
}

/** Only once the app is ready: Electron makes no process before. */
/** Each wait for the service, for a transaction and for fingers at a pad has a thread for itself. */
const READER_THREADS = '32'

export function utilityHost({ entry, readerEntry, ...setting }: UtilityHost): StartHost {
  return (start, listener) => {
    const child = utilityProcess.fork(entry, hostArguments(setting, start), {
      serviceName: 'CareSettle terminal host',
      stdio: ['ignore', 'ignore', 'pipe']
    })
    const errors = child.stderr === null ? undefined : tailOf(child.stderr, (chunk) => process.stderr.write(chunk))
    const readers = new ReaderRelay({
      start: () =>
        utilityProcess.fork(readerEntry, [], {
          serviceName: 'CareSettle card readers',
          stdio: ['ignore', 'ignore', 'inherit'],
          env: { ...process.env, UV_THREADPOOL_SIZE: READER_THREADS }
        }),
      // A host that is gone hears nothing, not even that its reader process went with it.
      tell: (news) => {
        if (child.pid !== undefined) child.postMessage(news, [])
      },
      kill: (pid) => process.kill(pid, 'SIGKILL')
    })
    child.on('message', (message) => (isRelayOrder(message) ? readers.take(message) : listener.message(message)))
    child.on('exit', (code) => {
      readers.close()
      // Its last line may still be in the pipe.
      setImmediate(() => listener.ended(endOf(code, errors?.lastLine())))
    })
    return {
      send: (message) => child.postMessage(message, []),
      release: () => child.kill(),
      kill: () => {
        // Electron's own kill only asks, and a host that hangs does not hear it.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
      }
    }
  }
}
