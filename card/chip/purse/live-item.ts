/** Items of DF04 EF06 that a v1.00 card shows from its purse, as cn: decimal fen, left aligned, F filled. */

import { never } from '../../../base/invariant.ts'
import { packDecimal } from '../../bytes/packed-decimal.ts'
import type { LiveValue } from '../file-system/table.ts'
import type { RunningCard } from '../running-card.ts'
import { readAmounts } from './amount-file.ts'

export function liveItemValue({ memory }: RunningCard, live: LiveValue, length: number): Uint8Array {
  const amounts = readAmounts(memory)
  switch (live) {
    case 'balance':
      return packDecimal(String(amounts.balance), length)
    case 'own-payment-total':
      return packDecimal(String(amounts.ownPaymentTotal), length)
    case 'pooled-payment-total':
      return packDecimal(String(amounts.pooledPaymentTotal), length)
    default:
      return never(live)
  }
}
