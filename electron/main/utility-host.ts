/** The host inside a packaged program: Electron's own Node in a process of its own. */

import { utilityProcess } from 'electron'
import { endOf, hostArguments, type HostSetting, type StartHost } from '../supervisor/host-process.ts'
import { tailOf } from '../supervisor/output-tail.ts'

export interface UtilityHost extends HostSetting {
  readonly entry: string
}

/** Only once the app is ready: Electron makes no process before. */
export function utilityHost({ entry, ...setting }: UtilityHost): StartHost {
  return (start, listener) => {
    const child = utilityProcess.fork(entry, hostArguments(setting, start), {
      serviceName: 'CareSettle terminal host',
      stdio: ['ignore', 'ignore', 'pipe']
    })
    const errors = child.stderr === null ? undefined : tailOf(child.stderr, (chunk) => process.stderr.write(chunk))
    child.on('message', (message) => listener.message(message))
    child.on('exit', (code) => {
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
