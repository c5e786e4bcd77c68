/** A terminal and its centre for one command: the ledger opened, the centre that it is enrolled with behind it. */

import { openLedger, type SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import type { Sync } from '../../settlement/sync/sync.ts'
import { killAt } from '../host/fault-point.ts'
import { connectSync } from '../host/sync/connect-sync.ts'
import { Stopper } from '../host/sync/stopper.ts'
import type { CommandInput } from './command.ts'
import type { Outcome } from './failure.ts'
import { ledgerFailure } from './refusal-failure.ts'
import { centreOf, placeOf, syncClockOf, syncFailure } from './sync-place.ts'
import type { Terminal } from './terminal.ts'

/** `usage`: the command with its synopsis. */
export async function inSync(input: CommandInput, terminal: Terminal, usage: string, work: (sync: Sync, ledger: SqliteLedger) => Promise<Outcome>): Promise<Outcome> {
  const place = placeOf(input, usage)
  if (!place.ok) return place
  const centre = centreOf(place.value)
  if (!centre.ok) return centre
  if (centre.value.paused) return syncFailure({ kind: 'paused' })
  const ledger = openLedger({ path: place.value.ledger, create: true })
  if (!ledger.ok) return ledgerFailure(ledger.error)
  try {
    const { entropy, environment } = terminal
    const faultPoint = killAt(environment['CARESETTLE_KILL_AT'])
    const ports = { paths: place.value.paths, ledger: ledger.value, clock: syncClockOf(terminal), entropy, faultPoint, stopper: new Stopper() }
    const connected = connectSync(ports, centre.value)
    return connected.ok ? await work(connected.value.sync, ledger.value) : syncFailure(connected.error)
  } finally {
    ledger.value.close()
  }
}
