/** Puts the reader of a counter together: the simulated one at once, real ones when they are chosen. */

import type { CardReader } from '../../../card/reader/card-reader.ts'
import { PsamRack } from '../desk/psam-rack.ts'
import type { Machine } from '../machine.ts'
import { institutionDivision } from '../patient.ts'
import type { TillFile } from '../till-file.ts'
import { presences } from './card-slot.ts'
import { observedReader } from './observed-reader.ts'
import { ReaderBay, type BayPorts } from './reader-bay.ts'
import type { RecordReader } from './wire-recorder.ts'
import { SimulatedSlot } from './simulated-slot.ts'
import type { TraceLog } from './trace-log.ts'

export interface BayWiring {
  readonly fixtures: string
  readonly ledgerPath: string
  readonly till: TillFile
  readonly machine: Machine
  readonly trace: TraceLog
  readonly record: RecordReader
  /** Who is told of what happens in the bay, once there is anybody. */
  readonly desk: () => { slotChanged(): void; psamChanged(): void; tellReader(): void }
}

export function wireBay({ fixtures, ledgerPath, till, machine, trace, record, desk }: BayWiring): ReaderBay {
  const { entropy, faultPoint, now, later, breath, openReaders } = machine
  const region = institutionDivision(till.institution.fixmedins_code)
  const events = { later, slotChanged: () => desk().slotChanged(), psamChanged: () => desk().psamChanged(), told: () => desk().tellReader() }
  const countPresence = presences()
  const traceCard = (...[command, answer, tookMs]: Parameters<BayPorts['traceCard']>): void => trace.record('card', command, answer, tookMs)
  const tracePsam = (reader: CardReader): CardReader =>
    observedReader(record('psam', reader), {
      now,
      before: () => Promise.resolve(),
      after: (command, answer, tookMs) => trace.record('psam', command, answer, tookMs)
    })
  const simulated = new SimulatedSlot({
    entropy,
    faultPoint,
    now,
    sleep: (ms) => (ms === 0 ? breath() : new Promise((done) => void later(ms, done))),
    countPresence,
    changed: events.slotChanged,
    trace: traceCard
  })
  const filePsams = new PsamRack({ fixtures, ledger: ledgerPath, region, entropy, faultPoint, wrap: tracePsam }, events.psamChanged)
  return new ReaderBay({ ...events, now, record, simulated, filePsams, openReaders, countPresence, traceCard, tracePsam })
}
