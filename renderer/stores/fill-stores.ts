/** The one listener: every event of the host goes into its store. Whoever opens late, or comes back, asks for everything. */

import { never } from '../../base/invariant.ts'
import type { TerminalEvent, TerminalState } from '../../electron/contract/events.ts'
import type { TraceLine } from '../../electron/contract/reader-view.ts'
import type { ResolutionView } from '../../electron/contract/settlement-view.ts'
import type { Terminal } from '../../electron/contract/terminal.ts'
import { showBill } from './bill-store.ts'
import { askEarly, toldSince, type Early } from '../terminal/early.ts'
import type { Stores } from './stores.ts'

/** Lines of the trace that are kept; older ones are the host's to remember. */
export const TRACE_SHOWN_MAX = 2000
/** More would push the bill off the screen; older ones stand in the records. */
export const RESOLVED_SHOWN_MAX = 3

/** Fills the stores from now on; call the result to stop. */
export function fillStores(terminal: Terminal, stores: Stores, early: Early = askEarly(terminal)): () => void {
  const stop = terminal.listen((event) => {
    showEvent(stores, event)
    if (event.topic === 'host' && event.host.state === 'ready') void showAll(stores, askEarly(terminal))
  })
  void showAll(stores, early)
  return stop
}

async function showAll(stores: Stores, early: Early): Promise<void> {
  const answer = await early.asked
  early.stop()
  if (!answer.ok) return
  showState(stores, answer.value)
  stores.host.setState({ state: 'ready' }, true)
  for (const event of toldSince(early, answer.value)) showEvent(stores, event)
}

export function showState(stores: Stores, state: TerminalState): void {
  stores.till.setState(state.till, true)
  stores.panel.setState(state.panel, true)
  stores.queue.setState(state.queue, true)
  showBill(stores.bill, state.bill)
  stores.inDoubt.setState(state.inDoubt, true)
  stores.sync.setState(state.sync, true)
  stores.driver.setState(state.driver, true)
  stores.reader.setState(state.reader, true)
  stores.trace.setState(state.trace, true)
}

function showEvent(stores: Stores, event: TerminalEvent): void {
  switch (event.topic) {
    case 'host':
      return stores.host.setState(event.host, true)
    case 'till':
      return stores.till.setState(event.till, true)
    case 'card':
      return stores.panel.setState(event.panel, true)
    case 'queue':
      return stores.queue.setState(event.queue, true)
    case 'bill':
      return showBill(stores.bill, event.bill)
    case 'in-doubt':
      return stores.inDoubt.setState(event.inDoubt, true)
    case 'resolved':
      return stores.resolutions.setState(withResolved(stores.resolutions.getState(), event.resolutions), true)
    case 'sync':
      return stores.sync.setState(event.sync, true)
    case 'driver':
      return stores.driver.setState(event.driver, true)
    case 'reader':
      return stores.reader.setState(event.reader, true)
    case 'trace':
      return stores.trace.setState(withLines(stores.trace.getState(), event.lines), true)
    case 'progress':
      return stores.progress.setState(event.step, true)
    default:
      return never(event)
  }
}

/** Lines are added; a number that came before means that the host began anew. */
function withLines(shown: readonly TraceLine[], lines: readonly TraceLine[]): readonly TraceLine[] {
  const first = lines[0]
  const last = shown.at(-1)
  if (first === undefined) return []
  const before = last !== undefined && first.number <= last.number ? shown.filter(({ number }) => number < first.number) : shown
  return [...before, ...lines].slice(-TRACE_SHOWN_MAX)
}

/** Also what was told while another screen was open waits until it is read; what has become of the same settlement since replaces it. */
function withResolved(unread: readonly ResolutionView[], told: readonly ResolutionView[]): readonly ResolutionView[] {
  const others = unread.filter(({ settlementId }) => !told.some((one) => one.settlementId === settlementId))
  return [...others, ...told].slice(-RESOLVED_SHOWN_MAX)
}
