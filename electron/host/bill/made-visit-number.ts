/** The number of a visit that begins at this counter, as the national interface allows it: 20 of at most 30 characters. */

import { madeNumber } from '../../../settlement/case/made-number.ts'
import type { Head } from '../../../settlement/ledger/chain.ts'
import type { Moment } from '../system.ts'
import type { TillFile } from '../till-file.ts'

interface Till extends Pick<TillFile, 'institution'> {
  /** Of a centre's; undefined: it serves alone. */
  readonly terminal: string | undefined
}

const SALE = 'YD'
const BY_HAND = 'SG'

/**
 * Two letters, and the second and the serial of a settlement that were made now. Whatever is held grows the ledger's chain, so two
 * bills of one second share a number only if nothing is held under the first; those of another terminal have other digits.
 */
export const madeVisitNumber = ({ institution, terminal }: Till, { cardTime }: Moment, { sequence }: Pick<Head, 'sequence'>): string =>
  `${institution.kind === 'pharmacy' ? SALE : BY_HAND}${madeNumber('', cardTime, sequence, terminal)}`
