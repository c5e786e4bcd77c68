/** Where the counter's PSAM is: simulated in files beside the ledger (`desk/psam-rack.ts`), or a real one in a reader. */

import type { Result } from '../../../base/result.ts'
import type { PsamSession } from '../../../card/psam/psam-session.ts'
import type { CardIdentity } from '../../../card/session/identity.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { PsamTrouble } from './psam-trouble.ts'

export interface Psams {
  /** Of those that are in and known. */
  readonly terminalNumbers: readonly string[]
  /** undefined: nothing is broken, as far as anybody has looked. */
  readonly trouble: PsamTrouble | undefined
  /** The PSAM that has the keys for such a card. */
  psamFor(identity: CardIdentity): Promise<Result<PsamSession, CounterRefusal>>
  close(): void
}
