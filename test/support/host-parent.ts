/** A test's host talks to its parent as the real one does. */

import { invariant } from '../../base/invariant.ts'
import type { RequestMessage } from '../../electron/contract/terminal.ts'
import { findParent, type Parent } from '../../electron/host/parent.ts'

export interface HostParent extends Pick<Parent, 'send'> {
  readonly receive: (listener: (message: RequestMessage) => void) => void
}

export function hostParent(): HostParent {
  const parent = findParent()
  invariant(parent !== undefined, 'a host of a test is started by a supervisor')
  return { send: parent.send, receive: (listener) => parent.receive((message) => listener(message as RequestMessage)) }
}
