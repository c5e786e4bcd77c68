/**
 * What a person has used of a policy year, as named counters in fen. The names are data: a policy says which counter a
 * deductible or a cap works on. Those that every place uses:
 *
 *   act_pay_dedc     deductible paid                hifp_pay, hifob_pay ...   paid by that fund
 *   inscp_scp_amt    in-scope expense               segment_expense           expense that entered the co-pay segment
 *   personal_in_scope   personal part of the in-scope expense
 *
 * A counter that is absent stands at zero. A settlement adds a delta; a cancelled settlement adds its negation, which is
 * how the deductible comes back.
 */

import type { Fen } from '../money/fen.ts'

export type Counters = Readonly<Record<string, Fen>>
