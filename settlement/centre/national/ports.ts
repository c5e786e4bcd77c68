/** What the national interface needs besides the centre's own ports. */

import type { CentrePorts } from '../ports.ts'
import type { Profile } from './profile/profile.ts'

export interface NationalPorts extends CentrePorts {
  readonly profiles: readonly Profile[]
  /** Fulfils after so many ms: answers that are delayed on purpose. */
  readonly wait: (milliseconds: number) => Promise<void>
  /** Calls without gateway signature are taken: for a first try only. */
  readonly unsigned: boolean
  /** Who may set faults by POST /sandbox/faults; undefined: nobody. */
  readonly adminToken: string | undefined
}
