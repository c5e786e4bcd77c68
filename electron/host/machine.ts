/**
 * Everything that a till needs of the machine under it: time, chance, network, readers, disk. Whoever hands in another one than
 * the system's (`system-machine.ts`) has the same till under a clock and a world of his own.
 */

import type { Entropy } from '../../card/ports.ts'
import type { OpenDatabase } from '../../settlement/store/sqlite/open-database.ts'
import type { Breath, Compress, SyncClock } from '../../settlement/sync/ports.ts'
import type { RealReaders } from '../reader/real-readers.ts'
import type { FaultPoint } from './fault-point.ts'
import type { FileSteps } from './files/file-steps.ts'
import type { AskHttp } from './sync/http-request.ts'
import type { Clock } from './system.ts'

/** Runs `work` after so many ms, or every so many; call the result to take it back. */
export type Timer = (ms: number, work: () => void) => () => void

export interface Machine {
  readonly clock: Clock
  /** The same moment as sync measures it. */
  readonly syncClock: SyncClock
  /** Everything random: challenges, record numbers, the terminal's key. */
  readonly entropy: Entropy
  /** ms of a clock that only goes forward: for durations, never for dates. */
  readonly now: () => number
  readonly later: Timer
  readonly every: Timer
  /** Whatever else waited has had its turn. */
  readonly breath: Breath
  readonly compress: Compress
  readonly ask: AskHttp
  /** The readers of this computer; asked for when one of them is chosen. */
  readonly openReaders: () => Promise<RealReaders>
  /** The ledger, and the journal of other programs' debits. */
  readonly openDatabase: OpenDatabase
  /** Told when something in the folder may be another than before; call the result to be told no more. */
  readonly watchFolder: (folder: string, changed: () => void) => () => void
  /** Every change of a file that is no database: centre.json, key, prints, reports, queue, packs. Reading is not asked for. */
  readonly files: FileSteps
  /** Passed at the named moments of a settlement (`fault-point.ts`): one that throws stops the till there. */
  readonly faultPoint: FaultPoint
  /** A line for support staff. */
  readonly warn: (line: string) => void
}
