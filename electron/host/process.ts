/**
 * The terminal host as a process: the one that holds money. Its parent sends requests and hears answers and events. Runs
 * under plain Node and as Electron's utility process.
 */

import { checkRequest } from '../contract/check-request.ts'
import type { RequestMessage } from '../contract/terminal.ts'
import { anyRefusalView } from './desk/desk-refusal.ts'
import type { Handlers } from './desk/handlers.ts'
import { mainThreadFirst } from './main-thread-first.ts'
import { findParent, type Parent } from './parent.ts'
import { systemMachine } from './system-machine.ts'
import { wire } from './wiring.ts'

const BAD_START = 2
const OUTSIDE_FAULT = 4

const options = new Map(
  process.argv.slice(2).flatMap((name, index, all) => (name.startsWith('--') ? [[name.slice(2), all[index + 1] ?? '']] : []))
)

mainThreadFirst()

function end(code: number, line: string): never {
  process.stderr.write(`caresettle host: ${line}\n`)
  process.exit(code)
}

const parent: Parent = findParent() ?? end(BAD_START, 'it is started by the window or by the loopback door, not by hand')

const wired = await wire({
  data: options.get('data') ?? end(BAD_START, '--data FOLDER is missing'),
  fixtures: options.get('fixtures') ?? end(BAD_START, '--fixtures FOLDER is missing'),
  insert: options.get('insert'),
  version: options.get('version') ?? '',
  environment: process.env,
  machine: systemMachine(process.env),
  tell: (event) => parent.send({ kind: 'event', event })
})
if (!wired.ok) {
  parent.send({ kind: 'event', event: { topic: 'host', host: { state: 'failed', reason: wired.error } } })
  end(OUTSIDE_FAULT, wired.error)
}
const counter = wired.value
parent.receive((message) => void answer(message as RequestMessage))
parent.send({ kind: 'event', event: { topic: 'host', host: { state: 'ready' } } })
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    counter.close()
    process.exit(0)
  })
}

/** A fault of this program in a handler ends the process: the supervisor starts it again, and recovery asks the card. */
async function answer({ id, name, params }: RequestMessage): Promise<void> {
  const request = checkRequest(name, params)
  if (!request.ok) return parent.send({ kind: 'answer', id, answer: request })
  const handled = await handle(counter.handlers, request.value)
  parent.send({ kind: 'answer', id, answer: handled.ok ? handled : { ok: false, error: anyRefusalView(handled.error) } })
}

function handle(table: Handlers, { name, params }: { readonly name: keyof Handlers; readonly params: unknown }) {
  const handler = table[name] as (params: unknown) => ReturnType<Handlers[keyof Handlers]>
  return handler(params)
}
