/** Sales of `ledger-fixture.ts` whose claims say what was handed over. */

import type { Hold } from '../../settlement/ledger/fact.ts'
import { sale } from './ledger-fixture.ts'

export interface SoldLine {
  readonly feedetl_sn?: string
  readonly med_list_codg?: string
  readonly cnt?: string
  readonly prd_days?: string
  readonly drug_trac_info?: readonly { readonly drug_trac_codg: string; readonly trdn_flag?: string }[]
  readonly return_of?: string
}

export const packs = (...codes: readonly string[]) => codes.map((drug_trac_codg) => ({ drug_trac_codg, trdn_flag: '0' as const }))
export const splitPack = (drug_trac_codg: string) => ({ drug_trac_codg, trdn_flag: '1' as const })

/** The `number`-th sale, of the item 测试药品甲 where a line says nothing else. */
export function dispensing(number: number, lines: readonly SoldLine[], changes: Partial<Hold> = {}, begntime = '2023-09-15 09:20:00'): Hold {
  const claim = {
    psn_type: '11',
    begntime,
    lines: lines.map((line) => ({ med_list_codg: 'XA01BCD0000001', chrgitm_lv: '01', pric: '10.00', cnt: '1', ...line }))
  }
  return sale(number, { claim: new TextEncoder().encode(JSON.stringify(claim)), ...changes })
}
