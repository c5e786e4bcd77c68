/**
 * The bill that takes the place of a sale of which some packs came back: the same lines, and a negative one for what came back
 * (price positive, quantity and amount negative). Everything that decided who pays is that of the sale: its day, its place,
 * its prescription, and what the register said of the person.
 */

import type { Result } from '../../base/result.ts'
import { formatFen, subtract, type Fen } from '../money/fen.ts'
import { formatQuantity, isWithinOneFen, priceTimesQuantity, type Quantity } from '../money/price.ts'
import { parseVisit } from '../visit/parse-visit.ts'
import type { Visit } from '../visit/visit-schema.ts'
import type { ClaimDocument } from '../wire/claim-schema.ts'
import type { InputProblem } from '../wire/input-problem.ts'
import type { LineDocument, Returnable, ReturnableLine } from './returnable.ts'

export interface ReturnedPacks {
  /** feedetl_sn */
  readonly line: string
  readonly quantity: Quantity
  /** Trace codes of what came back; empty for what has none. */
  readonly codes: readonly string[]
}

export function returnBill({ state, claim, lines, visitNo }: Returnable, packs: readonly ReturnedPacks[]): Result<Visit, InputProblem[]> {
  const { visit, personNo } = state.hold.fact
  const numbered = claim.lines.map((line, index) => ({ ...line, feedetl_sn: line.feedetl_sn ?? String(index + 1) }))
  const first = numberAfter(numbered.map(({ feedetl_sn }) => feedetl_sn))
  const returns = packs.flatMap((returned, index) => {
    const sold = lines.find(({ line }) => line === returned.line)
    return sold === undefined ? [] : [returnLine(sold, returned, String(first + index))]
  })
  const { med_type, dise_codg, begntime, acct_used_flag, institution, prescriber, off_site, entitlements, fund_closed, rx } = claim
  return parseVisit({
    ipt_otp_no: visitNo,
    fixmedins_code: visit.institution,
    institution,
    prescriber,
    off_site,
    // Every fund was open then, whatever the register says by now.
    entitlements: entitlements ?? [],
    fund_closed,
    rx,
    med_type,
    dise_codg,
    begntime,
    acct_used_flag,
    patient: { psn_no: claim.psn_no, ...(CITIZEN_NUMBER.test(personNo) ? { certno: personNo } : {}) },
    insured: insuredOf(claim),
    lines: [...numbered, ...returns]
  })
}

/** At a till a person is known by the number that the card has: another's card is refused. */
const CITIZEN_NUMBER = /^\d{17}[\dX]$/

/** What the register had added to the card; who the person is and where insured, the card says again. */
function insuredOf({ psn_no, insutype, psn_type, age, retired_on, psn_insu_stas, cvlserv_flag, psn_idet_type, tags }: ClaimDocument) {
  return { psn_no, insutype, psn_type, age, retired_on, psn_insu_stas, cvlserv_flag, psn_idet_type, tags }
}

/** One above the largest number there is; what is no number counts as none. */
const numberAfter = (numbers: readonly string[]): number =>
  Math.max(0, ...numbers.map((number) => (/^\d{1,9}$/.test(number) ? Number.parseInt(number, 10) : 0))) + 1

function returnLine(sold: ReturnableLine, { quantity, codes }: ReturnedPacks, feedetl_sn: string): LineDocument & { readonly feedetl_sn: string } {
  const { prd_days: _days, drug_trac_info: _packs, det_item_fee_sumamt: _amount, ...document } = sold.document
  const back = { ...document, feedetl_sn, cnt: formatQuantity(-quantity as Quantity), return_of: sold.line }
  const priced = { ...back, det_item_fee_sumamt: formatFen(amountBack(sold, quantity)) }
  const packs = sold.codes.filter(({ code }) => codes.includes(code))
  if (packs.length === 0) return priced
  return { ...priced, drug_trac_info: packs.map(({ code, isSplit }) => ({ drug_trac_codg: code, trdn_flag: isSplit ? '1' : '0' })) }
}

/**
 * Negative fen. What stays is charged as if no more had been sold, so that packs that come back one by one give back the line
 * to the fen; no step is more than a fen off price x quantity, which is what the interface allows.
 */
function amountBack({ price, left, leftAmount }: ReturnableLine, quantity: Quantity): Fen {
  const usual = priceTimesQuantity(price, -quantity as Quantity)
  const stays = left === quantity ? 0 : priceTimesQuantity(price, (left - quantity) as Quantity)
  const exact = subtract(stays as Fen, leftAmount)
  return isWithinOneFen(exact, price, -quantity as Quantity) ? exact : usual
}
