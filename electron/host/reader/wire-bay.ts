/** Puts the reader of a counter together: the simulated one at once, real ones when they are chosen. */

import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { CardReader } from '../../../card/reader/card-reader.ts'
import type { RealReaders } from '../../reader/real-readers.ts'
import { systemTimer } from '../../supervisor/timer.ts'
import { PsamRack } from '../desk/psam-rack.ts'
import type { FaultPoint } from '../fault-point.ts'
import { institutionDivision } from '../patient.ts'
import { systemEntropy } from '../system.ts'
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
  readonly faultPoint: FaultPoint
  readonly trace: TraceLog
  readonly later: BayPorts['later']
  readonly record: RecordReader
  /** Who is told of what happens in the bay, once there is anybody. */
  readonly desk: () => { slotChanged(): void; psamChanged(): void; tellReader(): void }
}

export function wireBay({ fixtures, ledgerPath, till, faultPoint, trace, later, record, desk }: BayWiring): ReaderBay {
  const region = institutionDivision(till.institution.fixmedins_code)
  const events = { later, slotChanged: () => desk().slotChanged(), psamChanged: () => desk().psamChanged(), told: () => desk().tellReader() }
  const countPresence = presences()
  const traceCard = (...[command, answer, tookMs]: Parameters<BayPorts['traceCard']>): void => trace.record('card', command, answer, tookMs)
  const tracePsam = (reader: CardReader): CardReader =>
    observedReader(record('psam', reader), {
      before: () => Promise.resolve(),
      after: (command, answer, tookMs) => trace.record('psam', command, answer, tookMs)
    })
  const simulated = new SimulatedSlot({
    entropy: systemEntropy,
    faultPoint,
    sleep: (ms) => (ms === 0 ? nextTurn() : sleep(ms)),
    countPresence,
    changed: events.slotChanged,
    trace: traceCard
  })
  const filePsams = new PsamRack({ fixtures, ledger: ledgerPath, region, entropy: systemEntropy, faultPoint, wrap: tracePsam }, events.psamChanged)
  return new ReaderBay({ ...events, record, simulated, filePsams, openReaders, countPresence, traceCard, tracePsam })
}

/** Only now: a till whose reader is simulated runs nothing of it. Bundled, the process lies in a folder of its own. */
async function openReaders(): Promise<RealReaders> {
  const [{ openRealReaders }, { nodeReader }, { parentReader, shellPort }] = await Promise.all([
    import('../../reader/reader-process.ts'),
    import('../../reader/node-reader.ts'),
    import('../../reader/parent-reader.ts')
  ])
  const shell = shellPort()
  if (shell !== undefined) return openRealReaders({ start: parentReader(shell), timer: systemTimer })
  const here = import.meta.dirname
  const isSource = import.meta.filename.endsWith('.ts')
  const entry = isSource ? join(here, '..', '..', 'reader', 'process.ts') : join(here, '..', 'reader', 'process.js')
  return openRealReaders({ start: nodeReader({ node: process.execPath, environment: process.env, entry }), timer: systemTimer })
}
