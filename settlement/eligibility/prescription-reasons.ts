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
import { BUILT_IN } from './built-in-rules.ts'
import { EFFECTS, type Findings, type Found } from './findings.ts'
import type { Matter } from './matter.ts'
import type { PrescriptionIndex } from './prescription-index.ts'
import type { Prescription } from './question.ts'
import type { Effect } from './reason.ts'
import type { FundKind } from './verdict.ts'

type CheckRow = Ruled<RowOf<'prescription_checks'>>

export interface Fault extends Found {
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
  for (const fault of expired(matter, prescription)) faults.push(fault)
  for (const fault of tooManyDrugs(matter, index)) faults.push(fault)
  return faults
}

const checkRow = (rows: readonly CheckRow[], check: PrescriptionCheck, { kind }: Prescription): CheckRow | undefined =>
  rows.find(({ row }) => row.check === check && (row.prescriptions?.includes(kind) ?? true))

/** Where no row says how long one may be dispensed: never before it was written. */
const LATER = { effect: 'forbids', rule: BUILT_IN.prescription } as const

function expired(matter: Matter, prescription: Prescription): readonly Fault[] {
  const ruled = matter.rules.sections.prescription_validity.find(
    ({ row }) => (row.prescriptions?.includes(prescription.kind) ?? true) && (row.visits?.includes(prescription.visit) ?? true)
  )
  const { issuedOn, validUntil, number } = prescription
  if (matter.on < issuedOn) {
    const { effect, rule } = ruled === undefined ? LATER : { effect: ruled.row.effect, rule: ruled.rule }
    return [{ kind: 'prescription-of-later-day', effect, rule, values: { number, issued: issuedOn } }]
  }
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
  readonly funds?: readonly FundKind[] | undefined
}

export function addPrescriptionReasons(matter: Matter, line: BillLine, faults: readonly Fault[], out: Findings): void {
  if (line.item.quantity <= 0) return
  const index = matter.prescription
  if (index === undefined) {
    if (line.standing.withoutPrescription !== undefined) out.put(line.standing.withoutPrescription)
    if (line.item.item.needsPrescription === undefined) addUnknownDemand(matter, line, out)
    return
  }
  const demand = demandOf(line)
  if (demand === undefined) return
  for (const fault of faults) addFault(line, index.prescription, fault, demand, out)
  if (index.hasLines) addLineFaults(matter, line, index.prescription, demand, out)
}

function addFault({ plan }: BillLine, prescription: Prescription, fault: Fault, demand: Demand, out: Findings): void {
  if (fault.check === undefined) {
    out.add({ ...fault, effect: milder(fault.effect, demand.effect), funds: demand.funds })
    return
  }
  const ruled = checkRow(plan.checks, fault.check, prescription)
  if (ruled !== undefined) addBroken(ruled, fault, demand, out)
}

/** No heavier than what the line needs a prescription for, and of no other funds. */
function addBroken({ row, rule }: CheckRow, { kind, values }: Pick<Found, 'kind' | 'values'>, demand: Demand, out: Findings): void {
  const { funds } = demand
  const both = row.funds === undefined || funds === undefined ? (row.funds ?? funds) : row.funds.filter((fund) => funds.includes(fund))
  if (both?.length === 0) return
  out.add({ kind, effect: milder(row.effect, demand.effect), funds: both, rule, values: values ?? {} })
}

/** What needs none rests on a prescription that names it; the fund then pays by it. */
const NAMED: Demand = { effect: 'own-money', funds: undefined }

function demandOf({ plan: { required }, prescribed }: BillLine): Demand | undefined {
  if (required !== undefined) return required.row
  return prescribed === undefined ? undefined : NAMED
}

const milder = (left: Effect, right: Effect): Effect => (EFFECTS.indexOf(left) > EFFECTS.indexOf(right) ? left : right)

/** The catalogue does not say whether the drug needs a prescription, and there are drugs that do. */
function addUnknownDemand(matter: Matter, { item: { item }, plan: { required } }: BillLine, out: Findings): void {
  if (required?.row.effect === 'forbids') return
  if (item.kind !== 'western' && item.kind !== 'patent') return
  const [strict] = matter.rules.sections.prescription_required.filter(({ row }) => row.effect === 'forbids')
  if (strict === undefined) return
  out.add({ kind: 'status-unknown', effect: 'asks', rule: strict.rule, values: { fact: 'rx_flag' } })
}

function addLineFaults(matter: Matter, line: BillLine, prescription: Prescription, demand: Demand, out: Findings): void {
  const { prescribed } = line
  if (prescribed === undefined) {
    addLineFault(matter, line, { check: 'listed', kind: 'not-on-prescription', values: { number: prescription.number } }, demand, out)
    return
  }
  const { line: wanted, handedOver } = prescribed
  if (wanted.isTaken) addLineFault(matter, line, { check: 'taken', kind: 'already-dispensed', values: { number: prescription.number } }, demand, out)
  const { unit } = line.item.item
  if (unit !== undefined && wanted.unit !== '' && unit !== wanted.unit) {
    addLineFault(matter, line, { check: 'unit', kind: 'unit-differs', values: { unit, prescribed: wanted.unit } }, demand, out)
    return
  }
  if (handedOver <= wanted.quantity) return
  const values = { quantity: formatQuantity(handedOver as Quantity), prescribed: formatQuantity(wanted.quantity) }
  addLineFault(matter, line, { check: 'quantity', kind: 'more-than-prescribed', values }, demand, out)
}

type LineFault = Pick<Found, 'kind' | 'values'> & { readonly check: PrescriptionCheck }

function addLineFault(matter: Matter, { plan }: BillLine, fault: LineFault, demand: Demand, out: Findings): void {
  const prescription = matter.prescription?.prescription
  const ruled = prescription === undefined ? undefined : checkRow(plan.checks, fault.check, prescription)
  if (ruled !== undefined) addBroken(ruled, fault, demand, out)
}
