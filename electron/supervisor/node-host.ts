/** The host as a plain child of Node 24: in development, in tests and behind the door. */

import { fork } from 'node:child_process'
import { endOf, hostArguments, type HostSetting, type StartHost } from './host-process.ts'
import { tailOf } from './output-tail.ts'

export interface NodeHost extends HostSetting {
  /** The Node that runs it; the program that asks may run on another. */
  readonly node: string
  readonly entry: string
  readonly environment: NodeJS.ProcessEnv
  /** Folder in which Node keeps what it compiled, so that the next start need not; none where it is left out. */
  readonly compiled?: string
}

/** The end of a process, of its messages and of its output come in any order; the last two are not waited for longer. */
const LAST_WORDS_MS = 1_000

export function nodeHost({ node, entry, environment, compiled, ...setting }: NodeHost): StartHost {
  let runs = 0
  return (start, listener) => {
    runs += 1
    const child = fork(entry, hostArguments(setting, start), {
      execPath: node,
      execArgv: [],
      env: { ...environmentOf(environment, runs), ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc']
    })
    const errors = child.stderr === null ? undefined : tailOf(child.stderr, (chunk) => process.stderr.write(chunk))
    let how: string | number | null | undefined
    let isSilent = child.stderr === null
    const endIfAllIsSaid = (): void => {
      if (how !== undefined && isSilent && !child.connected) listener.ended(endOf(how, errors?.lastLine()))
    }
    child.on('message', (message) => listener.message(message))
    child.on('disconnect', endIfAllIsSaid)
    child.stderr?.on('close', () => {
      isSilent = true
      endIfAllIsSaid()
    })
    child.on('exit', (code, signal) => {
      how = signal ?? code
      endIfAllIsSaid()
      // Whoever else holds its pipes does not keep the news back.
      setTimeout(() => listener.ended(endOf(signal ?? code, errors?.lastLine())), LAST_WORDS_MS).unref()
    })
    child.on('error', (error) => {
      if (child.pid === undefined) listener.ended(`cannot be started: ${error.message}`)
    })
    return {
      send: (message) => {
        if (child.connected) child.send(message, () => {})
      },
      release: () => {
        if (child.connected) child.disconnect()
      },
      kill: () => child.kill('SIGKILL')
    }
  }
}

function environmentOf(environment: NodeJS.ProcessEnv, run: number): NodeJS.ProcessEnv {
  // Options for the Node of the parent are not meant for this one.
  const { NODE_OPTIONS: _, ELECTRON_RUN_AS_NODE: __, CARESETTLE_KILL_AT, ...others } = environment
  // A fault that a tester set strikes once: the host that comes back is to recover from it.
  return run === 1 && CARESETTLE_KILL_AT !== undefined ? { ...others, CARESETTLE_KILL_AT } : others
}
