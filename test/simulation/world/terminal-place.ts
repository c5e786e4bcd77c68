/** Where a till stands: whose it is, and what of the world it is surrounded by. */

import type { Asked, Question } from './centre.ts'
import type { WorldCard } from './chips.ts'
import type { Cipher } from './faces.ts'
import type { EventLog } from './event-log.ts'
import type { FaultBook } from './faults.ts'
import type { Observer } from './observation.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

export interface TerminalPlace {
  readonly name: string
  readonly number: number
  readonly kind: 'hospital' | 'pharmacy'
  readonly institution: string
  readonly terminalNo: string
  readonly cipher: Cipher
  /** Its drive says that it has flushed, and has not. */
  readonly hasLyingDisk: boolean
  readonly batchFacts: number
  readonly folder: string
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  readonly log: EventLog
  readonly tell: Observer
  readonly centre: (question: Question) => Promise<Asked>
  readonly exchangeNumber: () => number
  readonly cards: () => readonly WorldCard[]
  /** A till that ended by a fault of its program. */
  readonly broke: (who: string, cause: unknown) => void
  /** A morning on which it started. */
  readonly began: () => void
}
