/**
 * The terminal host as a process: the one that holds money. Its parent - the shell's main process, or the loopback door -
 * sends requests and hears answers and events; when the parent goes, it goes. Runs under plain Node and as Electron's
 * utility process.
 */

import type { HostMessage, RequestMessage } from '../contract/terminal.ts'
import { checkRequest } from '../contract/check-request.ts'
import { anyRefusalView } from './desk/desk-refusal.ts'
import type { Handlers } from './desk/handlers.ts'
import { wire } from './wiring.ts'

interface Parent {
  send(message: HostMessage): void
  receive(listener: (message: unknown) => void): void
}

const arguments_ = new Map(
  process.argv.slice(2).flatMap((name, index, all) => (name.startsWith('--') ? [[name.slice(2), all[index + 1] ?? '']] : []))
)

/** Electron gives a utility process a port; everywhere else it is the channel of a forked child. */
function findParent(): Parent | undefined {
  const { parentPort } = process as { parentPort?: { postMessage(message: unknown): void; on(name: 'message', listener: (event: { data: unknown }) => void): void } }
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      receive: (listener) => parentPort.on('message', ({ data }) => listener(data))
    }
  }
  if (process.send === undefined) return undefined
  process.on('disconnect', () => process.exit(0))
  return {
    send: (message) => process.connected && process.send?.(message),
    receive: (listener) => process.on('message', listener)
  }
}

const parent = findParent()
if (parent === undefined) {
  process.stderr.write('caresettle host: it is started by the window or by the loopback door, not by hand\n')
  process.exit(2)
}

const wired = await wire({
  data: arguments_.get('data') ?? '',
  fixtures: arguments_.get('fixtures') ?? '',
  insert: arguments_.get('insert'),
  version: arguments_.get('version') ?? '',
  environment: process.env,
  tell: (event) => parent.send({ kind: 'event', event })
})
if (!wired.ok) {
  parent.send({ kind: 'event', event: { topic: 'host', host: { state: 'failed', reason: wired.error } } })
  process.stderr.write(`caresettle host: ${wired.error}\n`)
  process.exit(4)
}
const { handlers, close } = wired.value
parent.receive((message) => void answer(message as RequestMessage))
parent.send({ kind: 'event', event: { topic: 'host', host: { state: 'ready' } } })
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    close()
    process.exit(0)
  })
}

/** A fault of this program in a handler ends the process: the supervisor starts it again, and recovery asks the card. */
async function answer({ id, name, params }: RequestMessage): Promise<void> {
  const request = checkRequest(name, params)
  if (!request.ok) return parent?.send({ kind: 'answer', id, answer: request })
  const handled = await handle(handlers, request.value)
  parent?.send({ kind: 'answer', id, answer: handled.ok ? handled : { ok: false, error: anyRefusalView(handled.error) } })
}

function handle(table: Handlers, { name, params }: { readonly name: keyof Handlers; readonly params: unknown }) {
  const handler = table[name] as (params: unknown) => ReturnType<Handlers[keyof Handlers]>
  return handler(params)
}
