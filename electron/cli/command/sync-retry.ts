import { ok } from '../../../base/result.ts'
import type { SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { ParkedRow } from '../../../settlement/sync/sync-store.ts'
import type { Command } from '../command.ts'
import type { Output } from '../failure.ts'
import { inSync } from '../in-sync.ts'
import { ENTRY_OPTION, entryFailure, entryOf } from '../parked-entry.ts'
import { parkedLines } from '../print/sync-lines.ts'
import { PLACE_OPTIONS } from '../sync-place.ts'

const SYNOPSIS = '--data FOLDER | --ledger DB --entry NUMBER'
const USAGE = `sync retry ${SYNOPSIS}`

export const syncRetryCommand: Command = {
  name: 'sync retry',
  synopsis: SYNOPSIS,
  summary: 'have the centre judge once more what it had not booked, when the cause is mended; exit code 1: it still does not (重新核对)',
  options: { ...PLACE_OPTIONS, ...ENTRY_OPTION },
  positionals: [],
  run: async (input, terminal) => {
    const entry = entryOf(input, USAGE)
    if (!entry.ok) return entry
    return inSync(input, terminal, USAGE, async (sync, ledger) => {
      const retried = await sync.retry(entry.value)
      return retried.ok ? ok(outputOf(ledger, retried.value)) : entryFailure(retried.error, entry.value)
    })
  }
}

function outputOf(ledger: SqliteLedger, { sequence, id, state }: ParkedRow): Output {
  if (state === 'resolved') return { text: `已入账 booked ${sequence} ${id}`, json: { sequence, medins_setl_id: id, state }, exitCode: 0 }
  const [line] = parkedLines(ledger, ledger.sync, [sequence])
  return { text: line?.text ?? '', json: line?.json, exitCode: 1 }
}
