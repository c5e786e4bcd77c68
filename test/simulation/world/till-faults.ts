/** Which faults a statement of a till's database may meet, and what the database is then told to do. */

import type { StatementFault, StatementKind } from './sim-database.ts'
import type { FaultKind } from './swarm.ts'

export const STATEMENT_FAULTS = {
  read: ['till-killed-statement'],
  begin: ['till-killed-statement', 'disk-busy'],
  write: ['till-killed-statement', 'disk-full', 'disk-error'],
  commit: ['till-killed-statement', 'till-power-lost', 'disk-full', 'disk-error'],
  other: ['till-killed-statement'],
  checkpoint: ['till-killed-statement', 'till-power-lost']
} as const satisfies Readonly<Record<StatementKind, readonly FaultKind[]>>

export const AS_STATEMENT_FAULT = {
  'till-killed-statement': 'killed',
  'till-power-lost': 'power-lost',
  'disk-full': 'full',
  'disk-busy': 'busy',
  'disk-error': 'error'
} as const satisfies Partial<Record<FaultKind, StatementFault>>
