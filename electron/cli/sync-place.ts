/** Where a command finds a terminal's ledger and what makes it a centre's: a data folder, or a ledger alone. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { SyncClock } from '../../settlement/sync/ports.ts'
import { epochMsOf } from '../../settlement/sync/moment.ts'
import { centrePathsIn, centrePathsOf, readCentreFile, type CentreFile, type CentrePaths } from '../host/sync/centre-files.ts'
import { syncRefusalView, type SyncRefusal } from '../host/sync/sync-refusal.ts'
import { lineOf } from '../host/refusal-text.ts'
import type { CommandInput } from './command.ts'
import { existingFolder } from './data-folder.ts'
import { asBadInput } from './document.ts'
import { badInput, fault, refused, type Failure } from './failure.ts'
import { ledgerFailure } from './refusal-failure.ts'
import type { Terminal } from './terminal.ts'

export interface SyncPlace {
  readonly ledger: string
  readonly paths: CentrePaths
  /** The data folder; undefined for a ledger alone. */
  readonly data: string | undefined
}

export const PLACE_OPTIONS = { data: { type: 'string' }, ledger: { type: 'string' } } as const

export function placeOf(input: CommandInput, synopsis: string): Result<SyncPlace, Failure> {
  const [data, ledger] = [input.text('data'), input.text('ledger')]
  if ((data === undefined) === (ledger === undefined)) {
    return badInput('missing-option', `--data or --ledger: give one of the two; usage: caresettle ${synopsis}`)
  }
  if (data === undefined) return ok({ ledger: ledger ?? '', paths: centrePathsOf(ledger ?? ''), data })
  const folder = existingFolder(data)
  if (!folder.ok) return folder
  return ok({ ledger: join(data, 'ledger.db'), paths: centrePathsIn(data), data })
}

/** The centre that this terminal is enrolled with. Where there is neither centre nor ledger, there is no terminal either. */
export function centreOf({ paths, ledger }: SyncPlace): Result<CentreFile, Failure> {
  const centre = asBadInput(readCentreFile(paths))
  if (!centre.ok) return centre
  if (centre.value !== undefined) return ok(centre.value)
  if (!existsSync(ledger)) return ledgerFailure({ kind: 'ledger-missing', path: ledger })
  return notConnected()
}

/** The window's advice names a screen that is not here. */
export const notConnected = () =>
  refused(
    'not-connected',
    'this terminal is not connected to a centre yet: "caresettle sync connect" with the address and the one-time code of the centre does it ' +
      '(本机尚未接入医保中心；请用 caresettle sync connect 填写中心地址和一次性接入码)'
  )

export function syncFailure(refusal: SyncRefusal): { readonly ok: false; readonly error: Failure } {
  const { kind, blame, en, zh } = lineOf(syncRefusalView(refusal))
  return { 'bad-input': badInput, refusal: refused, outside: fault }[blame](kind, `${en} (${zh})`)
}

export const syncClockOf =
  ({ clock }: Pick<Terminal, 'clock'>): SyncClock =>
  () => {
    const time = clock().cardTime
    return { time, epochMs: epochMsOf(time) }
  }
