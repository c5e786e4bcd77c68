/** The reader process as a plain child of Node. */

import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { StartReaderLink } from './reader-link.ts'

export interface NodeReader {
  /** The Node that runs it. */
  readonly node: string
  readonly environment: NodeJS.ProcessEnv
  /** Default: process.ts beside this file. */
  readonly entry?: string
}

/** Each wait for the service, for a transaction and for fingers at a pad has a thread for itself. */
const THREADS = '32'
/** The end of a process and of its messages come in either order. */
const LAST_WORDS_MS = 500

export function nodeReader({ node, environment, entry = join(import.meta.dirname, 'process.ts') }: NodeReader): StartReaderLink {
  return (listener) => {
    // Options for the Node of the parent are not meant for this one.
    const { NODE_OPTIONS: _, ELECTRON_RUN_AS_NODE: __, ...others } = environment
    const child = fork(entry, [], {
      execPath: node,
      execArgv: [],
      env: { ...others, UV_THREADPOOL_SIZE: THREADS },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc']
    })
    let how: string | undefined
    let isOver = false
    const end = (reason: string): void => {
      if (isOver) return
      isOver = true
      listener.ended(reason)
    }
    child.on('message', (message) => {
      if (!isOver) listener.message(message)
    })
    child.on('disconnect', () => {
      if (how !== undefined) end(how)
    })
    child.on('exit', (code, signal) => {
      how = signal === null ? `ended with exit code ${code}` : `ended by ${signal}`
      const reason = how
      if (!child.connected) end(reason)
      else setTimeout(() => end(reason), LAST_WORDS_MS).unref()
    })
    child.on('error', (error) => {
      if (child.pid === undefined) end(`cannot be started: ${error.message}`)
    })
    return {
      send: (message) => {
        if (child.connected) child.send(message, () => {})
      },
      kill: () => child.kill('SIGKILL'),
      pid: child.pid
    }
  }
}
