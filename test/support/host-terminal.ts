/** The real terminal host as a child process, spoken to as the window does. */

import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { TerminalEvent } from '../../electron/contract/events.ts'
import type { Params, RequestName } from '../../electron/contract/requests.ts'
import type { Answer, HostMessage, Terminal } from '../../electron/contract/terminal.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const WAIT_MS = 20_000

export interface HostOptions {
  readonly data: string
  /** Fault point at which the process dies. */
  readonly killAt?: string
  readonly insert?: string
  /** Folder of what the terminal is delivered with; default: the project's. */
  readonly fixtures?: string
  /** Hears what it writes to standard error; default: this process's own. */
  readonly complains?: (text: string) => void
}

export class HostTerminal implements Terminal {
  readonly events: TerminalEvent[] = []
  readonly child: ChildProcess
  readonly exited: Promise<NodeJS.Signals | number | null>
  readonly #pending = new Map<number, (answer: never) => void>()
  readonly #listeners = new Set<(event: TerminalEvent) => void>()
  #id = 0

  constructor({ data, killAt, insert, fixtures = join(ROOT, 'fixtures'), complains }: HostOptions) {
    const { CARESETTLE_KILL_AT: _, ...environment } = process.env
    const insertion = insert === undefined ? [] : ['--insert', insert]
    this.child = fork(join(ROOT, 'electron', 'host', 'process.ts'), ['--data', data, '--fixtures', fixtures, ...insertion], {
      stdio: ['ignore', 'inherit', complains === undefined ? 'inherit' : 'pipe', 'ipc'],
      env: killAt === undefined ? environment : { ...environment, CARESETTLE_KILL_AT: killAt }
    })
    if (complains !== undefined) this.child.stderr?.setEncoding('utf8').on('data', complains)
    this.child.on('message', (message: HostMessage) => this.#receive(message))
    this.exited = new Promise((resolve) => this.child.once('exit', (code, signal) => resolve(signal ?? code)))
  }

  call<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Answer<Name>> {
    const id = ++this.#id
    return new Promise((resolve) => {
      this.#pending.set(id, resolve)
      this.child.send({ id, name, params })
    })
  }

  listen(listener: (event: TerminalEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The first event from now on, or among those that were heard, that `find` accepts. */
  async heard<Found>(find: (event: TerminalEvent) => Found | undefined, among: readonly TerminalEvent[] = []): Promise<Found> {
    for (const event of among) {
      const found = find(event)
      if (found !== undefined) return found
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not heard; last events: ${this.events.slice(-5).map(({ topic }) => topic).join(', ')}`)), WAIT_MS)
      const stop = this.listen((event) => {
        const found = find(event)
        if (found === undefined) return
        clearTimeout(timer)
        stop()
        resolve(found)
      })
    })
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM')
    await this.exited
  }

  #receive(message: HostMessage): void {
    if (message.kind === 'answer') {
      this.#pending.get(message.id)?.(message.answer as never)
      this.#pending.delete(message.id)
      return
    }
    this.events.push(message.event)
    for (const listener of this.#listeners) listener(message.event)
  }
}

/** A host that can answer. */
export async function startHost(options: HostOptions): Promise<HostTerminal> {
  const terminal = new HostTerminal(options)
  await terminal.heard((event) => (event.topic === 'host' && event.host.state === 'ready' ? true : undefined), terminal.events)
  return terminal
}
