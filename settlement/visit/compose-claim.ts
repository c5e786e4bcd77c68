/**
 * Visit + insured person + catalogue -> claim. The claim goes through the same checks as one that was written by hand, so
 * that there is one gate in front of the calculation.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Account, Claim } from '../calculation/claim.ts'
import type { Counters } from '../calculation/counters.ts'
import { formatFen } from '../money/fen.ts'
import type { ClaimInput } from '../wire/claim-schema.ts'
import type { InputProblem } from '../wire/input-problem.ts'
import { parseClaim } from '../wire/parse-claim.ts'
import { levelOf } from '../wire/person-fields.ts'
import { parseDate } from '../calendar/business-date.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { itemTerms, type FeeFacts, type ItemTerms } from '../catalogue/item-on-day.ts'
import type { InsuredPerson, Visit, VisitLine } from './visit-schema.ts'

export interface ClaimParts {
  readonly visit: Visit
  readonly person: InsuredPerson
  /** Balances before the visit. */
  readonly account: Account
  /** What the policy year of the visit has used. */
  readonly counters: Counters
  readonly catalogue: Catalogue
}

/** In order of precedence. */
export type ComposeRefusal =
  /** The patient of the visit is not the holder. Names the field only: identity numbers stay out of messages. */
  | { readonly kind: 'other-person'; readonly field: 'psn_no' | 'certno' | 'psn_name' }
  | { readonly kind: 'bad-input'; readonly problems: readonly InputProblem[] }

/** The claim beside the document that it was read from, of which anybody can make it again. */
export interface StatedClaim {
  readonly claim: Claim
  readonly stated: ClaimInput
}

export function composeClaim(parts: ClaimParts): Result<Claim, ComposeRefusal> {
  const composed = composeStatedClaim(parts)
  return composed.ok ? ok(composed.value.claim) : composed
}

export function composeStatedClaim(parts: ClaimParts): Result<StatedClaim, ComposeRefusal> {
  const differing = differingField(parts.visit, parts.person)
  if (differing !== undefined) return refuse({ kind: 'other-person', field: differing })
  const lines = parts.visit.lines.map((line, index) => claimLine(line, `lines[${index}]`, termsOf(parts, line)))
  const problems = lines.flatMap((line) => (line.ok ? [] : [line.error]))
  if (problems.length > 0) return refuse({ kind: 'bad-input', problems })
  const stated = claimInput(
    parts,
    lines.flatMap((line) => (line.ok ? [line.value] : []))
  )
  const claim = parseClaim(stated)
  return claim.ok ? ok({ claim: claim.value, stated }) : refuse({ kind: 'bad-input', problems: claim.error })
}

/** A field that one side does not know decides nothing. */
function differingField({ patient }: Visit, person: InsuredPerson): 'psn_no' | 'certno' | 'psn_name' | undefined {
  const fields = ['psn_no', 'certno', 'psn_name'] as const
  return fields.find((field) => {
    const [treated, insured] = [patient[field], person[field]]
    // The check letter of an identity number is written in either case.
    return treated !== undefined && insured !== undefined && treated.toUpperCase() !== insured.toUpperCase()
  })
}

function claimInput({ visit, person, account, counters }: ClaimParts, lines: ClaimInput['lines']): ClaimInput {
  const { certno: _certno, psn_name: _name, ...facts } = person
  return {
    ...facts,
    mdtrt_id: visit.mdtrt_id ?? visit.ipt_otp_no,
    fixmedins_code: visit.fixmedins_code,
    institution: visit.institution,
    prescriber: visit.prescriber,
    off_site: visit.off_site,
    entitlements: visit.entitlements,
    fund_closed: visit.fund_closed,
    rx: visit.rx,
    med_type: visit.med_type,
    dise_codg: visit.dise_codg,
    begntime: visit.begntime,
    acct_used_flag: visit.acct_used_flag,
    account: {
      current_year: formatFen(account.currentYear),
      past_years: formatFen(account.pastYears),
      mutual_aid: account.mutualAid.map(({ donor, balance }) => ({ donor, balance: formatFen(balance) }))
    },
    accumulators: Object.fromEntries(Object.entries(counters).map(([name, amount]) => [name, formatFen(amount)])),
    medfee_sumamt: visit.medfee_sumamt,
    lines
  }
}

/** What the catalogue says on the day of the visit, to this place, of this person's insurance. */
function termsOf({ visit, person, catalogue }: ClaimParts, { med_list_codg }: VisitLine): ItemTerms | undefined {
  const on = parseDate(visit.begntime.slice(0, 10))
  const item = catalogue.get(med_list_codg, on)
  if (item === undefined || on === undefined) return undefined
  const fee: FeeFacts = { on, level: levelOf(visit.institution), insutype: person.insutype ?? EMPLOYEES }
  return itemTerms(item, fee)
}

/** What a claim without a kind of insurance is taken for. */
const EMPLOYEES = '310'

function claimLine(line: VisitLine, path: string, item: ItemTerms | undefined): Result<ClaimInput['lines'][number], InputProblem> {
  const chrgitm_lv = line.chrgitm_lv ?? item?.chrgitm_lv
  if (chrgitm_lv === undefined) {
    const rule = 'must be a code of the catalogue, or the line must carry its class chrgitm_lv'
    return refuse({ path: `${path}.med_list_codg`, value: line.med_list_codg, rule })
  }
  const pric = line.pric ?? item?.pric
  if (pric === undefined) {
    return refuse({
      path: `${path}.pric`,
      value: undefined,
      rule: `the catalogue has no price for ${line.med_list_codg}; the line must carry it`
    })
  }
  return ok({
    ...line,
    chrgitm_lv,
    pric,
    name: line.name ?? item?.name,
    selfpay_prop: line.selfpay_prop ?? item?.selfpay_prop,
    pric_uplmt_amt: line.pric_uplmt_amt ?? item?.pric_uplmt_amt,
    lmt_used_flag: line.lmt_used_flag ?? item?.lmt_used_flag,
    med_chrgitm_type: line.med_chrgitm_type ?? item?.med_chrgitm_type
  })
}
