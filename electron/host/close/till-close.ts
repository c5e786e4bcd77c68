/** The day close of a till, made of its ledger, its link to the centre and its keys. */

import { join } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CloseActions, ClosePorts } from '../../../settlement/case/close-day.ts'
import type { SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { Machine } from '../machine.ts'
import { centrePathsIn } from '../sync/centre-files.ts'
import type { SyncRefusal } from '../sync/sync-refusal.ts'
import type { TillSync } from '../sync/till-sync.ts'
import type { TillFile } from '../till-file.ts'
import { centreBooks } from './centre-books.ts'
import { centreReversal, whyNot } from './centre-reversal.ts'
import { CloseDesk } from './close-desk.ts'
import { parkedEntries } from './parked-entries.ts'
import { reportKey } from './report-key.ts'

export interface TillClosePorts {
  /** The till's data folder. */
  readonly data: string
  readonly till: TillFile
  readonly ledger: SqliteLedger
  readonly sync: Pick<TillSync, 'isConnected' | 'terminal' | 'ask' | 'now' | 'retry' | 'ledgerGrew'>
  readonly machine: Machine
}

export const localKeyIn = (data: string): string => join(data, 'close-key.pem')

export function tillClose({ data, till, ledger, sync, machine }: TillClosePorts): CloseDesk {
  const books = centreBooks(() => sync.ask)
  const close = (): ClosePorts => ({
    ledger,
    notes: ledger.closeNotes,
    parked: parkedEntries(ledger, ledger.sync),
    canReverse: sync.isConnected,
    centre: sync.isConnected ? books : undefined,
    actions: actionsOf(sync)
  })
  return new CloseDesk({
    close,
    institution: { code: till.institution.fixmedins_code, name: till.institution.fixmedins_name },
    counter: till.terminal_name,
    terminal: () => sync.terminal ?? till.terminal_name,
    key: () => reportKey(sync.isConnected, centrePathsIn(data), localKeyIn(data), machine),
    clock: machine.clock,
    files: machine.files,
    folder: join(data, 'statements'),
    ledgerGrew: () => sync.ledgerGrew()
  })
}

const actionsOf = (sync: TillClosePorts['sync']): CloseActions => ({
  // Offline it goes when the link is back: the outbox forgets nothing.
  upload: () => void sync.now(),
  retry: async (sequence) => done(await sync.retry(sequence)),
  reverse: centreReversal(() => sync.ask)
})

const done = (asked: Result<unknown, SyncRefusal>): Result<undefined, string> =>
  asked.ok ? ok(undefined) : refuse(whyNot(asked.error))
