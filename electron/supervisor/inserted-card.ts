/** Which card of the tray lies in the simulated reader. A real card would still lie in a real reader after the host died. */

import type { TerminalEvent } from '../contract/events.ts'

/** undefined: the event says nothing about it. */
export function insertedCard(event: TerminalEvent): string | null | undefined {
  if (event.topic !== 'reader') return undefined
  const { kind, slots } = event.reader
  return kind === 'virtual' ? (slots.find(({ slot }) => slot === 'card')?.holds ?? null) : null
}
