/** A counter in one process: a fixture card in a virtual reader, a simulated PSAM, the delivered rules, any ledger. */

import { readFileSync } from 'node:fs'
import { invariant } from '../../base/invariant.ts'
import type { Result } from '../../base/result.ts'
import { openPsam } from '../../card/psam/psam-session.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import { Pin } from '../../card/secret/pin.ts'
import { EMPTY_REGISTER } from '../../electron/host/card-register.ts'
import { noFault } from '../../electron/host/fault-point.ts'
import { readCatalogue, readPolicies } from '../../electron/host/files/delivered.ts'
import type { Counter } from '../../electron/host/patient.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { parseVisit } from '../../settlement/visit/parse-visit.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { fixtureCard } from '../card/terminal.ts'
import { countingEntropy, poweredPsam } from './psam.ts'

export interface TestCounter {
  readonly counter: Counter
  readonly reader: VirtualReader
}

/** `time`: 14 digits, when everything happens. */
export async function counterWith(card: string, ledger: Ledger, time = '20260315093015'): Promise<TestCounter> {
  const reader = new VirtualReader('counter')
  reader.insert(fixtureCard(card).chip)
  const slot = new VirtualReader('psam')
  slot.insert(poweredPsam('terminal-v2').chip)
  const today = date(`${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)}`)
  return {
    reader,
    counter: {
      reader,
      psam: got(await openPsam(got(await slot.connect()))),
      ledger,
      clock: () => ({ cardTime: time, today }),
      entropy: countingEntropy(),
      faultPoint: noFault,
      policies: got(readPolicies('fixtures')),
      catalogue: got(readCatalogue('fixtures')),
      register: EMPTY_REGISTER
    }
  }
}

export function fixtureVisit(name: string, changed: object = {}): Visit {
  const json: unknown = JSON.parse(readFileSync(`fixtures/visits/${name}.json`, 'utf8'))
  return got(parseVisit({ ...(json as object), ...changed }))
}

export const pinOf = (digits: string): Pin => got(Pin.parse(digits))

function got<Value>(result: Result<Value, unknown>): Value {
  invariant(result.ok, `refused: ${JSON.stringify(result)}`)
  return result.value
}
