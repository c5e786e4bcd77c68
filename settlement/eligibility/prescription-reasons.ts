/**
 * The prescription. What is wrong with it touches the items that rest on it: where the law wants one to hand the drug over,
 * the drug may not be sold; where only the fund wants one, it is the person's own money. A drug that needs none is not hurt.
 */

import { plusDays } from '../calendar/day-number.ts'
import { formatQuantity, type Quantity } from '../money/price.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { PrescriptionCheck } from '../rules/sale-sections.ts'
import type { BillLine } from './bill-index.ts'
import { EFFECTS, type Finding, type Found } from './findings.ts'
import { found, type Matter } from './matter.ts'
import type { Prescribed, PrescriptionIndex } from './prescription-index.ts'
import type { Prescription } from './question.ts'
import type { Effect, RuleSource } from './reason.ts'
import type { FundKind } from './verdict.ts'

type CheckRow = Ruled<RowOf<'prescription_checks'>>

interface Fault extends Found {
  /** The check that found it: of a line it is made by the row that concerns the line. */
  readonly check?: PrescriptionCheck
}

/** What is wrong with the prescription as a whole. */
export function prescriptionFaults(matter: Matter): readonly Fault[] {
  const index = matter.prescription
  if (index === undefined) return []
  const { prescription } = index
  const { electronic } = prescription
  const faults: Fault[] = []
  const check = (name: PrescriptionCheck, kind: Fault['kind'], isBroken: boolean): void => {
    const ruled = isBroken ? checkRow(matter.rules.sections.prescription_checks, name, prescription) : undefined
    if (ruled === undefined) return
    faults.push({ kind, effect: ruled.row.effect, funds: ruled.row.funds, rule: ruled.rule, values: { number: prescription.number }, check: name })
  }
  check('state', 'prescription-withdrawn', electronic?.status === 'withdrawn')
  check('state', 'prescription-expired', electronic?.status === 'expired')
  check('used', 'prescription-used', electronic?.isUsed === true)
  check('signature', 'prescription-not-signed', electronic?.signatureVerified === false)
  check('refused', 'prescription-refused-by-pharmacist', prescription.review === 'refused')
  check('reviewed', 'prescription-not-reviewed', prescription.review === undefined)
  check('designated', 'prescriber-not-designated', !prescription.prescriber.institution.isDesignated)
  faults.push(...expired(matter, prescription), ...tooManyDrugs(matter, index))
  return faults
}

const checkRow = (rows: readonly CheckRow[], check: PrescriptionCheck, { kind }: Prescription): CheckRow | undefined =>
  rows.find(({ row }) => row.check === check && (row.prescriptions?.includes(kind) ?? true))

function expired(matter: Matter, prescription: Prescription): readonly Fault[] {
  const ruled = matter.rules.sections.prescription_validity.find(
    ({ row }) => (row.prescriptions?.includes(prescription.kind) ?? true) && (row.visits?.includes(prescription.visit) ?? true)
  )
  const { issuedOn, validUntil, number } = prescription
  const lastByRule = ruled === undefined ? undefined : plusDays(issuedOn, ruled.row.days - 1)
  const most = ruled === undefined || ruled.row.days_most === null ? undefined : plusDays(issuedOn, ruled.row.days_most - 1)
  const stated = validUntil !== undefined && most !== undefined && most < validUntil ? most : validUntil
  const until = stated ?? lastByRule
  if (ruled === undefined || until === undefined || matter.on <= until) return []
  return [{ kind: 'prescription-expired', effect: ruled.row.effect, rule: ruled.rule, values: { number, until, issued: issuedOn } }]
}

const PIECES_CODE = /^T/

function tooManyDrugs(matter: Matter, { prescription, hasLines }: PrescriptionIndex): readonly Fault[] {
  const ruled = matter.rules.sections.prescription_drugs.find(({ row }) => row.prescriptions?.includes(prescription.kind) ?? true)
  if (ruled === undefined) return []
  const prescribed = prescription.lines.filter(({ code }) => code === undefined || !PIECES_CODE.test(code)).length
  const drugs = hasLines ? prescribed : drugsSold(matter)
  if (drugs <= ruled.row.drugs) return []
  return [{ kind: 'prescription-too-many-drugs', effect: ruled.row.effect, rule: ruled.rule, values: { drugs: String(drugs), limit: String(ruled.row.drugs) } }]
}

/** Of a prescription whose lines nobody typed: the drugs of the bill that need one. */
const drugsSold = ({ bill }: Matter): number =>
  new Set(bill.lines.filter(({ item: { item } }) => item.needsPrescription === true && item.kind !== 'pieces').map(({ item }) => item.code)).size

/** The demand for a prescription that weighs most for the item. */
interface Demand {
  readonly effect: Effect
  readonly funds: readonly FundKind[] | undefined
  readonly rule: RuleSource
}

export function addPrescriptionReasons(matter: Matter, line: BillLine, faults: readonly Fault[], out: Finding[]): void {
  if (line.item.quantity <= 0) return
  const demand = demandOf(line)
  const index = matter.prescription
  if (index === undefined) {
    if (demand !== undefined) {
      const { effect, funds, rule } = demand
      out.push(found(matter, { kind: 'prescription-missing', effect, funds, rule }))
    }
    addUnknownDemand(matter, line, demand, out)
    return
  }
  const { prescribed } = line
  const resting: Demand | undefined = demand ?? (prescribed === undefined ? undefined : { effect: 'own-money', funds: undefined, rule: UNUSED })
  if (resting === undefined) return
  for (const fault of faults) addFault(matter, line, index.prescription, fault, resting, out)
  addLineFaults(matter, line, index, prescribed, resting, out)
}

function addFault(matter: Matter, { plan }: BillLine, prescription: Prescription, fault: Fault, demand: Demand, out: Finding[]): void {
  if (fault.check === undefined) {
    out.push(found(matter, { ...fault, effect: milder(fault.effect, demand.effect), funds: demand.funds }))
    return
  }
  const ruled = checkRow(plan.checks, fault.check, prescription)
  if (ruled !== undefined) addBroken(matter, ruled, fault, demand, out)
}

/** No heavier than what the line needs a prescription for, and of no other funds. */
function addBroken(matter: Matter, { row, rule }: CheckRow, { kind, values }: Pick<Found, 'kind' | 'values'>, demand: Demand, out: Finding[]): void {
  const { funds } = demand
  const both = row.funds === undefined || funds === undefined ? (row.funds ?? funds) : row.funds.filter((fund) => funds.includes(fund))
  if (both?.length === 0) return
  out.push(found(matter, { kind, effect: milder(row.effect, demand.effect), funds: both, rule, values: values ?? {} }))
}

const UNUSED: RuleSource = { pack: '', path: '', source: '', certainty: 'inferred' }

const demandOf = ({ plan: { required } }: BillLine): Demand | undefined =>
  required === undefined ? undefined : { effect: required.row.effect, funds: required.row.funds, rule: required.rule }

const milder = (left: Effect, right: Effect): Effect => (EFFECTS.indexOf(left) > EFFECTS.indexOf(right) ? left : right)

/** The catalogue does not say whether the drug needs a prescription, and there are drugs that do. */
function addUnknownDemand(matter: Matter, { item: { item } }: BillLine, demand: Demand | undefined, out: Finding[]): void {
  if (item.needsPrescription !== undefined || demand?.effect === 'forbids') return
  if (item.kind !== 'western' && item.kind !== 'patent') return
  const [strict] = matter.rules.sections.prescription_required.filter(({ row }) => row.effect === 'forbids')
  if (strict === undefined) return
  out.push(found(matter, { kind: 'status-unknown', effect: 'asks', rule: strict.rule, values: { fact: 'rx_flag' } }))
}

function addLineFaults(
  matter: Matter,
  line: BillLine,
  index: PrescriptionIndex,
  prescribed: Prescribed | undefined,
  demand: Demand,
  out: Finding[]
): void {
  if (!index.hasLines) return
  const { prescription } = index
  const check = (name: PrescriptionCheck, kind: Fault['kind'], values: Record<string, string>): void => {
    const ruled = checkRow(line.plan.checks, name, prescription)
    if (ruled !== undefined) addBroken(matter, ruled, { kind, values }, demand, out)
  }
  if (prescribed === undefined) {
    check('listed', 'not-on-prescription', { number: prescription.number })
    return
  }
  const { line: wanted, handedOver } = prescribed
  if (wanted.isTaken) check('taken', 'already-dispensed', { number: prescription.number })
  const { unit } = line.item.item
  if (unit !== undefined && wanted.unit !== '' && unit !== wanted.unit) {
    check('unit', 'unit-differs', { unit, prescribed: wanted.unit })
    return
  }
  if (handedOver <= wanted.quantity) return
  const values = { quantity: formatQuantity(handedOver as Quantity), prescribed: formatQuantity(wanted.quantity) }
  check('quantity', 'more-than-prescribed', values)
}
