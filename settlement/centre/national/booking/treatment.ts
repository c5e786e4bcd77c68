/**
 * What a settlement is computed from: the person and the year of record, the place, the charges as sent, the catalogue. The
 * claim goes through the same checks as any other.
 */

import { invariant } from '../../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../../base/result.ts'
import type { Calculation } from '../../../calculation/calculation.ts'
import { calculate } from '../../../calculation/calculate.ts'
import type { Counters } from '../../../calculation/counters.ts'
import type { Claim } from '../../../calculation/claim.ts'
import { classifyLines } from '../../../calculation/classify-lines.ts'
import type { CalculatedLine } from '../../../calculation/calculation.ts'
import { date, parseDate, policyYear, type BusinessDate } from '../../../calendar/business-date.ts'
import { fen, formatFen, greatest, ZERO } from '../../../money/fen.ts'
import { closeFunds } from '../../../policy/close-funds.ts'
import type { CompiledPolicy } from '../../../policy/compile-policy.ts'
import type { Catalogue } from '../../../catalogue/catalogue.ts'
import { itemTerms, type FeeFacts } from '../../../catalogue/item-on-day.ts'
import type { ClaimInput } from '../../../wire/claim-schema.ts'
import { INSTITUTION_KINDS } from '../../../wire/fields.ts'
import { parseClaim } from '../../../wire/parse-claim.ts'
import { counterKeyText, countersOf } from '../../record/accounts.ts'
import { entitlementOn } from '../../record/people.ts'
import type { InstitutionRow, InsuranceRow } from '../../store/schema.ts'
import type { Fields } from '../envelope/fields.ts'
import { badState, type NationalRefusal } from '../refusal.ts'
import type { Call } from '../transaction/transaction.ts'
import { isFiled, NOT_FILED } from './chronic-filing.ts'
import { identitiesOn, statusOn, type Insured } from './insured.ts'
import { calculationProblem, claimProblem } from './line-refusal.ts'

export interface Treatment {
  readonly insured: Insured
  readonly insurance: InsuranceRow
  readonly mdtrtId: string
  readonly medType: string
  /** Of the charges, and of the visit for those that name none; the claim is for the first. '' where nobody said. */
  readonly diseases: readonly [string, ...string[]]
  /** yyyy-MM-dd, with or without a time. */
  readonly begntime: string
  readonly acctUsedFlag: string
  readonly prescriber: InstitutionRow | undefined
  readonly lines: readonly Fields[]
}

export interface Prepared {
  readonly claim: Claim
  readonly policy: CompiledPolicy
  readonly year: number
}

export async function prepare(call: Call, treatment: Treatment): Promise<Result<Prepared, NationalRefusal>> {
  const { insurance, begntime } = treatment
  const day = date(begntime.slice(0, 10))
  const { insutype, insuplc_admdvs: region } = insurance
  const { medType, diseases } = treatment
  for (const diseCodg of diseases) {
    if (await isFiled(call, { psnNo: insurance.psn_no, medType, diseCodg, day })) continue
    return refuse(badState('dise_codg', diseCodg, `med_type ${medType} needs a chronic-disease filing (5301) that is valid on ${day} at this institution ${NOT_FILED}`))
  }
  const policy = await call.rules.policyFor(call.db, { region, insutype, date: day })
  if (!policy.ok) return refuse(policyRefusal(policy.error.kind, treatment))
  const year = policyYear(day, policy.value.policy.policy_year_begins)
  const counters = await countersOf(call.db, [insurance.psn_no])
  const used: Counters = counters.get(counterKeyText({ psn_no: insurance.psn_no, insutype, year }))?.counters ?? {}
  const catalogue = await call.rules.catalogue(call.db)
  const claim = parseClaim({
    ...personOf(treatment, day),
    mdtrt_id: treatment.mdtrtId === '' ? undefined : treatment.mdtrtId,
    fixmedins_code: call.institution.fixmedins_code,
    institution: placeOf(call.institution),
    ...(treatment.prescriber === undefined ? {} : { prescriber: placeOf(treatment.prescriber) }),
    ...prescriptionOf(treatment, policy.value),
    med_type: treatment.medType,
    ...(diseases[0] === '' ? {} : { dise_codg: diseases[0] }),
    begntime,
    acct_used_flag: treatment.acctUsedFlag === '2' ? '2' : treatment.acctUsedFlag === '0' ? '0' : '1',
    account: { current_year: formatFen(greatest(fen(insurance.balc), ZERO)) },
    accumulators: Object.fromEntries(Object.entries(used).map(([counter, amount]) => [counter, formatFen(greatest(amount, ZERO))])),
    lines: treatment.lines.map((line) => claimLine(line, catalogue.items, { on: day, level: placeOf(call.institution).level, insutype }))
  } satisfies ClaimInput)
  if (claim.ok) return ok({ claim: claim.value, policy: openTo(policy.value, treatment.insured, insurance, treatment.medType, day), year })
  const [problem] = claim.error
  invariant(problem !== undefined, 'a claim that is refused has a problem')
  return refuse(claimProblem(problem, treatment.lines))
}

export function compute({ claim, policy }: Prepared, { lines }: Treatment): Result<Calculation, NationalRefusal> {
  const calculated = calculate(policy, claim)
  return calculated.ok ? calculated : refuse(calculationProblem(calculated.error, lines))
}

/** A sale that names no prescriber is none where the ratio is the prescriber's. */
function prescriptionOf({ lines, prescriber }: Treatment, { pharmacyRatio }: CompiledPolicy): Pick<ClaimInput, 'rx'> {
  const rxno = lines.map((line) => line.text('rxno')).find((number) => number !== '')
  return rxno === undefined || (pharmacyRatio === 'prescriber' && prescriber === undefined) ? {} : { rx: { rxno } }
}

/** Line by line, also where returns alone would make no bill. The classes ask for no row of a fund. */
export function classify({ claim, policy }: Prepared): Result<readonly CalculatedLine[], NationalRefusal> {
  const parameters = policy.withoutFunds.parametersFor(claim.facts)
  if (!parameters.ok) return refuse({ kind: 'calculation', refusal: parameters.error })
  const classified = classifyLines(claim.lines, parameters.value)
  return classified.ok ? ok(classified.value.lines) : refuse({ kind: 'calculation', refusal: classified.error })
}

function policyRefusal(kind: string, { insurance, begntime }: Treatment): NationalRefusal {
  const { insutype, insuplc_admdvs } = insurance
  if (kind === 'region-unknown') return badState('insuplc_admdvs', insuplc_admdvs, 'this centre has no policy of that division 中心无该参保地政策')
  if (kind === 'insurance-type-not-covered') return badState('insutype', insutype, `not covered by the policy of ${insuplc_admdvs} 险种不在政策范围内`)
  return badState('begntime', begntime, `no policy of ${insuplc_admdvs} is in force on that day 当日无有效政策`)
}

function personOf({ insured, insurance }: Treatment, day: BusinessDate) {
  return {
    psn_no: insured.person.psn_no,
    insutype: insurance.insutype as ClaimInput['insutype'],
    psn_type: insurance.psn_type,
    brdy: insured.person.brdy.slice(0, 10),
    psn_insu_stas: statusOn(insurance, day) as ClaimInput['psn_insu_stas'],
    cvlserv_flag: insurance.cvlserv_flag === '1' ? ('1' as const) : ('0' as const),
    psn_idet_type: identitiesOn(insured, day),
    insuplc_admdvs: insurance.insuplc_admdvs
  }
}

/** Funds that an entitlement of record says no to pay nothing, and no other pays in their place. */
function openTo(policy: CompiledPolicy, insured: Insured, insurance: InsuranceRow, medType: string, day: BusinessDate): CompiledPolicy {
  const { insutype } = insurance
  const types = new Set(insured.entitlements.map(({ fund_pay_type }) => fund_pay_type))
  const closed = [...types].filter(
    (fundPayType) => !entitlementOn(insured.entitlements, { insutype, fundPayType, medType, day }).enjoys
  )
  return closed.length === 0 ? policy : closeFunds(policy, new Set(closed))
}

const LEVELS = [1, 2, 3] as const

const placeOf = ({ level, kind }: InstitutionRow) => ({
  level: LEVELS.find((known) => known === level) ?? (0 as const),
  kind: INSTITUTION_KINDS.find((known) => known === kind) ?? ('other' as const)
})

/** What no catalogue lists on the day of the fee is class C: full own pay (S2). */
function claimLine(line: Fields, catalogue: Catalogue, fee: FeeFacts): ClaimInput['lines'][number] {
  const on = parseDate(line.text('fee_ocur_time').slice(0, 10)) ?? fee.on
  const found = catalogue.get(line.text('med_list_codg'), on)
  const item = found && itemTerms(found, { ...fee, on })
  const approval = line.text('hosp_appr_flag')
  return {
    feedetl_sn: line.text('feedetl_sn'),
    med_list_codg: line.text('med_list_codg'),
    name: item?.name ?? line.text('medins_list_codg'),
    chrgitm_lv: item?.chrgitm_lv ?? '03',
    pric: line.number('pric'),
    cnt: line.number('cnt'),
    det_item_fee_sumamt: formatFen(line.amount('det_item_fee_sumamt')),
    hosp_appr_flag: approval === '1' || approval === '2' ? approval : '0',
    ...(item?.selfpay_prop === undefined ? {} : { selfpay_prop: item.selfpay_prop }),
    ...(item?.pric_uplmt_amt === undefined ? {} : { pric_uplmt_amt: item.pric_uplmt_amt }),
    ...(item?.lmt_used_flag === undefined ? {} : { lmt_used_flag: item.lmt_used_flag }),
    ...(item === undefined ? {} : { med_chrgitm_type: item.med_chrgitm_type })
  }
}
