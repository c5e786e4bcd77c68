/** What the window does to the reader: another one, and with the simulated one everything a hand does to a real one. */

import { never } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { asChosen } from '../../contract/reader-choice.ts'
import { chipLine } from '../files/opening-line.ts'
import { systemReader } from '../reader/reader-view.ts'
import type { SimulatedSlot } from '../reader/simulated-slot.ts'
import type { TrayRefusal } from '../reader/tray.ts'
import { THIS_SYSTEM, troubleView } from '../reader/trouble-view.ts'
import type { Desk, Refusal } from './desk.ts'
import type { Part } from './handlers.ts'

export function readerHandlers(desk: Desk): Part<'reader'> & Part<'trace'> {
  const { slot: bay, tray, trace, rememberReader } = desk.ports
  const simulated = (work: (slot: SimulatedSlot) => void): Result<null, Refusal> => {
    const { simulated: slot } = bay
    if (slot === undefined) return refuse({ kind: 'not-simulated' })
    work(slot)
    desk.tellReader()
    return ok(null)
  }
  return {
    'reader.choose': async ({ choice }) => {
      if (desk.bills.isFrozen) return refuse({ kind: 'settling' })
      const asked = asChosen(choice)
      const remembered = rememberReader(asked)
      if (!remembered.ok) return refuse({ kind: 'reader-not-remembered', detail: remembered.error.message })
      await bay.choose(asked)
      return ok(null)
    },
    'reader.list': async () => {
      const { readers, trouble } = await bay.list()
      return ok({
        readers: readers.map((seen) => systemReader(seen, bay.serving)),
        trouble: trouble === undefined ? null : troubleView(trouble, THIS_SYSTEM)
      })
    },
    'reader.insert': async ({ card }) => {
      if (bay.simulated === undefined) return refuse({ kind: 'not-simulated' })
      const file = await tray.file(card)
      if (!file.ok) return refuse({ kind: 'card-not-insertable', card, detail: detailOf(file.error) })
      // It may have been changed for a real one while the card was made.
      const { simulated: slot } = bay
      if (slot === undefined) return refuse({ kind: 'not-simulated' })
      const inserted = slot.insert(card, file.value)
      return inserted.ok ? inserted : refuse({ kind: 'card-not-insertable', card, detail: chipLine('card', inserted.error).line })
    },
    'reader.remove': () => simulated((slot) => slot.remove()),
    'reader.fault': ({ kind }) => simulated((slot) => slot.arm(kind)),
    'reader.clear-faults': () => simulated((slot) => slot.clearFaults()),
    'reader.pace': ({ pace }) => simulated((slot) => (slot.pace = pace)),
    'reader.fixture-pin': ({ card }) => {
      const pin = bay.simulated === undefined ? undefined : tray.issuedPin(card)
      return pin === undefined ? refuse({ kind: 'no-fixture-pin', card }) : ok({ pin })
    },
    'trace.clear': () => {
      trace.clear()
      return ok(null)
    }
  }
}

function detailOf(refusal: TrayRefusal): string | null {
  switch (refusal.kind) {
    case 'unknown-card':
      return null
    case 'file':
      return refusal.problem.message
    case 'not-issued':
      return refusal.refusal.kind === 'file' ? refusal.refusal.problem.message : refusal.refusal.refusal.kind
    default:
      return never(refusal)
  }
}
