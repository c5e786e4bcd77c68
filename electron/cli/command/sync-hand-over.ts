import { ok } from '../../../base/result.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { handOver } from '../../../settlement/sync/sync.ts'
import type { Command } from '../command.ts'
import { ENTRY_OPTION, entryFailure, entryOf } from '../parked-entry.ts'
import { ledgerFailure } from '../refusal-failure.ts'
import { PLACE_OPTIONS, placeOf, syncClockOf } from '../sync-place.ts'

const SYNOPSIS = '--data FOLDER | --ledger DB --entry NUMBER --note TEXT'
const USAGE = `sync hand-over ${SYNOPSIS}`

export const syncHandOverCommand: Command = {
  name: 'sync hand-over',
  synopsis: SYNOPSIS,
  summary: 'note who has taken over what the centre did not book, and why; asks nobody (转交)',
  options: { ...PLACE_OPTIONS, ...ENTRY_OPTION, note: { type: 'string' } },
  positionals: [],
  run: (input, terminal) => {
    const entry = entryOf(input, USAGE)
    if (!entry.ok) return entry
    const place = placeOf(input, USAGE)
    if (!place.ok) return place
    const ledger = openLedger({ path: place.value.ledger, create: false })
    if (!ledger.ok) return ledgerFailure(ledger.error)
    try {
      const handed = handOver({ store: ledger.value.sync, clock: syncClockOf(terminal) }, entry.value, input.text('note') ?? '')
      if (!handed.ok) return entryFailure(handed.error, entry.value)
      const { sequence, id, state, note } = handed.value
      return ok({ text: `已转交 handed over ${sequence} ${id}: ${note}`, json: { sequence, medins_setl_id: id, state, note } })
    } finally {
      ledger.value.close()
    }
  }
}
