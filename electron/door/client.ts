/**
 * The browser's side of the door: the same terminal as the shell's preload gives, over fetch and an event stream. A door
 * that is lost is told like a host that is away; what was asked for meanwhile may or may not have been done.
 */

import type { Result } from '../../base/result.ts'
import type { TerminalEvent } from '../contract/events.ts'
import type { RefusalView } from '../contract/refusal-view.ts'
import type { Params, RequestName } from '../contract/requests.ts'
import type { HostState } from '../contract/till-view.ts'
import type { Answer, Terminal } from '../contract/terminal.ts'
import { hostAway } from '../supervisor/host-away.ts'

/** The stream comes back by itself; after so many times in vain the person is told that it may not. */
const ATTEMPTS_MAX = 5

const LOST = 'the program behind this page does not answer'
const CLOSED = 'this page is no longer the open session of its program; start it again and use the address that it prints'

export function doorTerminal(): Terminal {
  const stream = eventStream()
  return {
    async call<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Answer<Name>> {
      try {
        const response = await fetch('/call', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name, params }),
          credentials: 'same-origin',
          cache: 'no-store'
        })
        const answer: unknown = await response.json()
        if (isAnswer<Name>(answer)) return answer
      } catch {
        // Not even an error came back: below.
      }
      return { ok: false, error: hostAway(name, 'lost') }
    },
    listen: stream.listen
  }
}

const isAnswer = <Name extends RequestName>(answer: unknown): answer is Answer<Name> & Result<unknown, RefusalView> =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && (answer.ok === true ? 'value' in answer : 'error' in answer)

function eventStream(): Pick<Terminal, 'listen'> {
  const listeners = new Set<(event: TerminalEvent) => void>()
  let source: EventSource | undefined
  let host: HostState = { state: 'starting' }
  let attempts = 0

  const tell = (event: TerminalEvent): void => {
    if (event.topic === 'host') host = event.host
    for (const listener of listeners) listener(event)
  }
  const lost = (): void => {
    attempts += 1
    if (source?.readyState === EventSource.CLOSED) tell({ topic: 'host', host: { state: 'failed', reason: CLOSED } })
    else if (attempts > ATTEMPTS_MAX) tell({ topic: 'host', host: { state: 'failed', reason: LOST } })
    else tell({ topic: 'host', host: { state: 'restarting', attempt: attempts, reason: LOST } })
  }
  const open = (): void => {
    source = new EventSource('/events')
    source.addEventListener('open', () => {
      attempts = 0
    })
    source.addEventListener('message', ({ data }) => tell(JSON.parse(String(data))))
    source.addEventListener('error', lost)
  }

  return {
    listen(listener) {
      const entry = (event: TerminalEvent): void => listener(event)
      listeners.add(entry)
      if (source === undefined) open()
      else entry({ topic: 'host', host })
      return () => {
        listeners.delete(entry)
      }
    }
  }
}
