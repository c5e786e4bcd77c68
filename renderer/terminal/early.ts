/**
 * Asks the host for everything, and keeps what it tells until the answer is there: an event that is younger than the answer
 * may come before it. The first question is asked before the program is there.
 */

import type { TerminalEvent, TerminalState } from '../../electron/contract/events.ts'
import type { Answer, Terminal } from '../../electron/contract/terminal.ts'

export interface Early {
  readonly asked: Promise<Answer<'terminal.state'>>
  /** Told since the question. */
  readonly told: readonly TerminalEvent[]
  readonly stop: () => void
}

export function askEarly(terminal: Terminal): Early {
  const told: TerminalEvent[] = []
  const stop = terminal.listen((event) => told.push(event))
  return { asked: terminal.call('terminal.state', {}), told, stop }
}

/** What is not in the state yet. */
export const toldSince = ({ told }: Early, state: TerminalState): readonly TerminalEvent[] =>
  told.filter(({ number }) => number !== undefined && number > state.told)
