/** What a version string stands for: which tables, which cipher. v3.00 keeps v2.00's data; its cipher is a stand-in. */

import { DES_SUITE, SM4_STAND_IN_SUITE, type CipherSuite } from '../../crypto/cipher-suite.ts'
import { DF01 } from './df01.ts'
import { DF02 } from './df02.ts'
import { DF03 } from './df03.ts'
import { DF04_V1, DF04_V2 } from './df04.ts'
import { DF05, DF06, DF07 } from './df07.ts'
import { SSSE_V1, SSSE_V2, SSSE_V3 } from './ssse.ts'
import type { ApplicationTable } from './table.ts'

export const VERSIONS = ['1.00', '2.00', '3.00'] as const
export type Version = (typeof VERSIONS)[number]

export interface Generation {
  readonly version: Version
  readonly suite: CipherSuite
  readonly applications: readonly ApplicationTable[]
  /** Fen: the most that the purse holds and that a yearly total reaches. v1.00 shows them in 8 decimal digits. */
  readonly amountMax: number
}

/** Fen in 4 bytes, as the purse and its log keep them. */
export const AMOUNT_MAX_BINARY = 0xffffffff
/** Fen in cn of 4 bytes: all 8 nibbles may be digits, F only fills what is left. */
export const AMOUNT_MAX_DECIMAL = 99_999_999

export const GENERATIONS: Readonly<Record<Version, Generation>> = {
  '1.00': {
    version: '1.00',
    suite: DES_SUITE,
    applications: [SSSE_V1, DF01, DF02, DF03, DF04_V1],
    amountMax: AMOUNT_MAX_DECIMAL
  },
  '2.00': {
    version: '2.00',
    suite: DES_SUITE,
    applications: [SSSE_V2, DF01, DF02, DF03, DF04_V2, DF05, DF06, DF07],
    amountMax: AMOUNT_MAX_BINARY
  },
  '3.00': {
    version: '3.00',
    suite: SM4_STAND_IN_SUITE,
    applications: [SSSE_V3, DF01, DF02, DF03, DF04_V2, DF05, DF06, DF07],
    amountMax: AMOUNT_MAX_BINARY
  }
}
