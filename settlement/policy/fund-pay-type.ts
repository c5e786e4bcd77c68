import type { Fund } from '../calculation/settlement-result.ts'

/** setldetail's code of a fund, unless the policy names another (H T420). Residents' pool and big-illness insurance have their own. */
export function fundPayTypeOf(fund: Fund, insutype: string): string {
  const ofResidents = insutype.startsWith('39') ? OF_RESIDENTS[fund] : undefined
  return ofResidents ?? FUND_PAY_TYPE[fund]
}

/** Own part of the personal account (H T420). */
export const ACCOUNT_PAY_TYPE = '310200'

const OF_RESIDENTS: Readonly<Partial<Record<Fund, string>>> = { hifp_pay: '390100', hifmi_pay: '390200' }

const FUND_PAY_TYPE: Readonly<Record<Fund, string>> = {
  hifp_pay: '310100',
  hifob_pay: '330100',
  hifmi_pay: '310300',
  hifes_pay: '370100',
  cvlserv_pay: '320100',
  hifdm_pay: '350100',
  maf_pay: '610100',
  oth_pay: '999997'
}
