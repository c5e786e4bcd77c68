/** The terminal of the component tests as a host process: the whole shell can be tried on a till that is made up. */

import { createFakeTerminal } from '../../electron/contract/fake/fake-terminal.ts'
import type { HostMessage, RequestMessage } from '../../electron/contract/terminal.ts'
import { isRequestName } from '../../electron/contract/requests.ts'
import { insertedFrom } from './scripted-reader.ts'

const card = insertedFrom(process.argv)
const terminal = createFakeTerminal(card === null ? {} : { card })

const send = (message: HostMessage): void => {
  process.send?.(message)
}

terminal.listen((event) => send({ kind: 'event', event }))
process.on('message', ({ id, name, params }: RequestMessage) => {
  if (!isRequestName(name)) return
  void terminal.call(name, params as never).then((answer) => send({ kind: 'answer', id, answer }))
})
process.on('disconnect', () => process.exit(0))
send({ kind: 'event', event: { topic: 'host', host: { state: 'ready' } } })
