/**
 * Codes of the national policy items for the explanation (H T581): C000 outpatient pool without segments or C001 on,
 * L001 on large amount, PL01 on big illness, GB01 on civil servants. A fund without code there goes by its field name.
 */

import type { Fund } from '../calculation/settlement-result.ts'

export function stepCodes(payers: readonly Fund[]): string[] {
  const seen = new Map<Fund, number>()
  const total = (fund: Fund): number => payers.filter((payer) => payer === fund).length
  return payers.map((fund) => {
    const ordinal = (seen.get(fund) ?? 0) + 1
    seen.set(fund, ordinal)
    return codeOf(fund, ordinal, total(fund))
  })
}

function codeOf(fund: Fund, ordinal: number, total: number): string {
  if (fund === 'hifp_pay') return total === 1 ? 'C000' : `C00${ordinal}`
  if (fund === 'hifob_pay') return `L00${ordinal}`
  if (fund === 'hifmi_pay') return `PL0${ordinal}`
  if (fund === 'cvlserv_pay') return `GB0${ordinal}`
  return fund
}
