import type { Amounts } from '../calculation/settlement-result.ts'
import { ZERO } from '../money/fen.ts'

/** Where a sum of settlements begins. */
export const NO_AMOUNTS: Amounts = {
  total: ZERO,
  ownPay: ZERO,
  overCeiling: ZERO,
  prePay: ZERO,
  inScope: ZERO,
  deductible: ZERO,
  funds: {
    hifp_pay: ZERO,
    hifob_pay: ZERO,
    hifmi_pay: ZERO,
    hifes_pay: ZERO,
    cvlserv_pay: ZERO,
    hifdm_pay: ZERO,
    maf_pay: ZERO,
    oth_pay: ZERO
  },
  fundPaid: ZERO,
  personal: ZERO,
  account: ZERO,
  mutualAid: ZERO,
  cash: ZERO,
  hospital: ZERO
}
