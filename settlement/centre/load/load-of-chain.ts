/**
 * A load that the terminal's chain speaks of. It was signed for this very terminal, or for another name of its institution under which the
 * same ledger was enrolled before: whoever brings the proof of a load has had its signature.
 */

import type { CentreTransaction } from '../store/centre-database.ts'
import type { LoadRow } from '../store/schema.ts'

/** undefined: nothing was signed under that number at the terminal's institution. */
export const loadOfChain = (transaction: CentreTransaction, { terminal, loadId }: { readonly terminal: string; readonly loadId: string }): Promise<LoadRow | undefined> =>
  transaction
    .selectFrom('load')
    .innerJoin('terminal as signedFor', 'signedFor.terminal', 'load.terminal')
    .innerJoin('terminal as teller', 'teller.institution', 'signedFor.institution')
    .selectAll('load')
    .where('load_id', '=', loadId)
    .where('teller.terminal', '=', terminal)
    .executeTakeFirst()
