/**
 * A terminal host that does what its test says, as a process of its own: `npm test` kills it, has it hang, has it die while
 * it starts. Its orders stand in the environment variable SCRIPTED_HOST, words apart by commas.
 *
 *   dies-at-start       says why on stderr and ends with 4
 *   never-ready         starts, and says nothing
 *   silent-on:NAME      never answers that request
 */

import { insertedFrom, readerView } from './scripted-reader.ts'
import type { RequestMessage } from '../../electron/contract/terminal.ts'
import { hostParent } from './host-parent.ts'

const orders = (process.env['SCRIPTED_HOST'] ?? '').split(',')
const inserted = insertedFrom(process.argv)
const { send, receive } = hostParent()

function answer({ id, name, params }: RequestMessage): void {
  if (orders.includes(`silent-on:${name}`)) return
  if (name === 'reader.insert' && typeof params === 'object' && params !== null && 'card' in params) {
    send({ kind: 'event', event: { topic: 'reader', reader: readerView(String(params.card)) } })
  }
  if (name === 'reader.remove') send({ kind: 'event', event: { topic: 'reader', reader: readerView(null) } })
  send({ kind: 'answer', id, answer: { ok: true, value: { pid: process.pid, arguments: process.argv.slice(2), killAt: process.env['CARESETTLE_KILL_AT'] ?? null, name } } })
}

if (orders.includes('dies-at-start')) {
  process.stderr.write('Error: the ledger is in use by another program\n')
  process.exit(4)
}
receive(answer)
if (!orders.includes('never-ready')) {
  send({ kind: 'event', event: { topic: 'reader', reader: readerView(inserted) } })
  send({ kind: 'event', event: { topic: 'host', host: { state: 'ready' } } })
}
