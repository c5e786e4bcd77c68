/** What the ledger keeps of a line that was computed: its five amounts, and which item it is. */

import type { CalculatedLine } from '../calculation/calculation.ts'
import type { LedgerLine } from './fact.ts'

export const ledgerLineOf = ({ lineNo, amount, ownPay, overCeiling, prePay, inScope, line }: CalculatedLine): LedgerLine => ({
  lineNo,
  amount,
  ownPay,
  overCeiling,
  prePay,
  inScope,
  itemCode: line.medListCodg ?? '',
  itemName: line.name ?? ''
})
