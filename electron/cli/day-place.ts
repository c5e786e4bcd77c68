/** What the commands of the day close work on: a data folder, its till, its centre if there is one, its keys. */

import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { CentreBooks, ReportKey } from '../../settlement/close/ports.ts'
import { centreBooks } from '../host/close/centre-books.ts'
import { closeRefusalView, type CloseDeskRefusal } from '../host/close/close-refusal.ts'
import { reportKey } from '../host/close/report-key.ts'
import { localKeyIn } from '../host/close/till-close.ts'
import { lineOf } from '../host/refusal-text.ts'
import { centrePathsIn, readCentreFile, type CentreFile } from '../host/sync/centre-files.ts'
import { signedAsking, type AskSigned } from '../host/sync/centre-link.ts'
import { readTerminalKey } from '../host/sync/terminal-key.ts'
import { lookAtTill, type TillFile } from '../host/till-file.ts'
import { required, type CommandInput } from './command.ts'
import { existingFolder } from './data-folder.ts'
import { asBadInput } from './document.ts'
import { badInput, fault, refused, type Failure } from './failure.ts'
import { syncClockOf } from './sync-place.ts'
import type { Terminal } from './terminal.ts'

export interface DayPlace {
  readonly data: string
  readonly ledger: string
  readonly till: TillFile
  readonly centre: CentreFile | undefined
}

export const DAY_OPTIONS = { data: { type: 'string' } } as const

export function dayPlaceOf(input: CommandInput, { fixtures }: Terminal, synopsis: string): Result<DayPlace, Failure> {
  const data = required(input, 'data', synopsis)
  if (!data.ok) return data
  const folder = existingFolder(data.value)
  if (!folder.ok) return folder
  const till = asBadInput(lookAtTill(data.value, fixtures))
  if (!till.ok) return till
  const centre = asBadInput(readCentreFile(centrePathsIn(data.value)))
  if (!centre.ok) return centre
  return ok({ data: data.value, ledger: join(data.value, 'ledger.db'), till: till.value, centre: centre.value })
}

/** undefined: no centre is connected. */
export const booksOf = (place: DayPlace, terminal: Terminal): CentreBooks | undefined =>
  place.centre === undefined ? undefined : centreBooks(() => askingOf(place, terminal))

/** undefined: no centre is connected, it was set offline, or its key cannot be used. */
export function askingOf({ data, centre }: DayPlace, terminal: Terminal): AskSigned | undefined {
  if (centre === undefined || centre.paused) return undefined
  const { url, terminal: name, certificate } = centre
  const key = readTerminalKey(centrePathsIn(data).key)
  return key.ok ? signedAsking({ url, terminal: name, key: key.value, clock: syncClockOf(terminal), certificate }) : undefined
}

export function keyOf({ data, centre }: DayPlace): Result<ReportKey, Failure> {
  const key = reportKey(centre !== undefined, centrePathsIn(data), localKeyIn(data))
  return key.ok ? key : closeFailure(key.error)
}

export const headOf = ({ till, centre }: DayPlace, { clock }: Terminal) => {
  const { today, cardTime } = clock()
  return {
    institution: { code: till.institution.fixmedins_code, name: till.institution.fixmedins_name },
    terminal: centre?.terminal ?? till.terminal_name,
    day: today,
    closedAt: cardTime
  }
}

export function closeFailure(refusal: CloseDeskRefusal, details?: Failure['details']): { readonly ok: false; readonly error: Failure } {
  const { kind, blame, en, zh } = lineOf(closeRefusalView(refusal))
  return { 'bad-input': badInput, refusal: refused, outside: fault }[blame](kind, `${en} (${zh})`, details)
}
