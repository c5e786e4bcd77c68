/**
 * Asks the host before the program is there. What it tells meanwhile is kept; what it told before it answered is in the
 * answer already.
 */

import type { TerminalEvent } from '../../electron/contract/events.ts'
import type { Answer, Terminal } from '../../electron/contract/terminal.ts'

export interface Early {
  readonly asked: Promise<Answer<'terminal.state'>>
  /** Told since the answer. */
  readonly told: readonly TerminalEvent[]
  readonly stop: () => void
}

export function askEarly(terminal: Terminal): Early {
  const told: TerminalEvent[] = []
  const stop = terminal.listen((event) => told.push(event))
  const asked = terminal.call('terminal.state', {}).then((answer) => {
    told.length = 0
    return answer
  })
  return { asked, told, stop }
}
