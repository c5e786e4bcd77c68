/** The terminal of the component tests as a host process: the whole shell can be tried on a till that is made up. */

import { createFakeTerminal } from '../../electron/contract/fake/fake-terminal.ts'
import { isRequestName } from '../../electron/contract/requests.ts'
import { hostParent } from './host-parent.ts'
import { insertedFrom } from './scripted-reader.ts'

const card = insertedFrom(process.argv)
const terminal = createFakeTerminal(card === null ? {} : { card })
const { send, receive } = hostParent()

terminal.listen((event) => send({ kind: 'event', event }))
receive(({ id, name, params }) => {
  if (!isRequestName(name)) return
  void terminal.call(name, params as never).then((answer) => send({ kind: 'answer', id, answer }))
})
send({ kind: 'event', event: { topic: 'host', host: { state: 'ready' } } })
