/** The fake's sale: scanning, packs, doses, own pay, splitting and substitutes. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import { addLine, changed, isQuantity, open, quantityRefusal } from './fake-bill.ts'
import { readPrescription } from './fake-prescription.ts'
import { isPharmacy, saleAt, type SaleBill } from './fake-sale-bill.ts'
import {
  badInput,
  lineUnknown,
  noLineFor,
  NOT_A_PHARMACY,
  NOT_LIMITED,
  traceMalformed,
  traceRepeated,
  unknownScan
} from './fake-refusals.ts'
import type { FakeDrug, FakeLine } from './fake-sums.ts'
import { drugOf, isFrequency, substitutesOf, tracesWanted, verdictOf, wholePacks } from './fake-verdict.ts'
import type { World } from './fake-world.ts'
import { SAMPLE_DRUGS } from './sample-drugs.ts'
import { SALE_VISIT } from './sample-visits.ts'

export const startSale = (world: World): Answer<'sale.start'> =>
  isPharmacy(world) ? open(world, { source: 'typed', visit: SALE_VISIT, file: null, lines: [], sale: { prescription: null, returnOf: null } }) : refuse(NOT_A_PHARMACY)

interface AtLine {
  readonly bill: SaleBill
  readonly line: FakeLine
  readonly drug: FakeDrug
}

function lineAt(world: World, revision: number, line: string): Result<AtLine, RefusalView> {
  const bill = saleAt(world, revision)
  if (!bill.ok) return bill
  const found = bill.value.lines.find((known) => known.line === line)
  const drug = found && drugOf(found.item.code)
  return found === undefined || drug === undefined ? refuse(lineUnknown(line)) : ok({ bill: bill.value, line: found, drug })
}

const put = (world: World, { bill, line }: AtLine, change: Partial<FakeLine>): Answer<'sale.set-line'> =>
  changed(world, bill, bill.lines.map((known) => (known === line ? { ...line, ...change } : known)))

const TRACE_CODE = /^\d{20}$/

export function scan(world: World, { revision, text, line }: Params<'sale.scan'>): Answer<'sale.scan'> {
  const bill = saleAt(world, revision)
  if (!bill.ok) return bill
  const read = text.trim()
  if (TRACE_CODE.test(read)) return scanPack(world, bill.value, read, line)
  if (read.startsWith('{') || read.startsWith('RX')) {
    const change = readPrescription(world, { revision, text: read })
    return change.ok ? ok({ outcome: { kind: 'prescription', number: change.value.sale?.prescription?.number ?? '' }, change: change.value }) : change
  }
  const found = SAMPLE_DRUGS.filter(({ barcode, code }) => code === read || (barcode !== '' && barcode === read))
  const [drug] = found
  if (drug === undefined) return refuse(unknownScan(read))
  if (found.length > 1) return ok({ outcome: { kind: 'choose', codes: found.map(({ code }) => code) }, change: nothing(world, bill.value) })
  return scanDrug(world, bill.value, drug)
}

/** A scan that leaves everything as it is. */
function nothing(world: World, bill: SaleBill) {
  const change = changed(world, bill, bill.lines)
  if (!change.ok) throw new Error('a bill that was not changed was refused')
  return change.value
}

/** The same drug once more is one pack more. */
function scanDrug(world: World, bill: SaleBill, drug: FakeDrug): Answer<'sale.scan'> {
  const known = bill.lines.find(({ item, isOwnPay, returnOf }) => item.code === drug.code && isOwnPay !== true && returnOf === undefined)
  const change =
    known === undefined
      ? addLine(world, { revision: bill.revision, code: drug.code, quantity: '1' })
      : put(world, { bill, line: known, drug }, { quantity: String(wholePacks(known.quantity) + 1n) })
  if (!change.ok) return change
  return ok({ outcome: { kind: 'line-added', line: known?.line ?? bill.lines.at(-1)?.line ?? '' }, change: change.value })
}

function wants(line: FakeLine): boolean {
  const drug = drugOf(line.item.code)
  return drug !== undefined && (line.packs ?? []).length < tracesWanted(drug, line)
}

function scanPack(world: World, bill: SaleBill, code: string, selected: string | undefined): Answer<'sale.scan'> {
  const product = SAMPLE_DRUGS.find(({ product: digits }) => digits !== '' && code.startsWith(digits))
  const ofProduct = bill.lines.filter(({ item }) => item.code === product?.code)
  const line = product === undefined ? (bill.lines.find((known) => known.line === selected) ?? bill.lines.findLast(wants)) : (ofProduct.find(wants) ?? ofProduct[0])
  if (line === undefined) return refuse(noLineFor(code))
  const change = traceLine(world, { revision: bill.revision, line: line.line, code, split: false })
  return change.ok ? ok({ outcome: { kind: 'pack-added', line: line.line }, change: change.value }) : change
}

export function setSaleLine(world: World, params: Params<'sale.set-line'>): Answer<'sale.set-line'> {
  const at = lineAt(world, params.revision, params.line)
  if (!at.ok) return at
  const { quantity, dose, frequency, days, ownPay } = params
  if (quantity !== undefined && !isQuantity(quantity)) return refuse(quantityRefusal(quantity))
  for (const [field, text] of [['dose', dose], ['days', days]] as const) {
    if (text !== undefined && text !== '' && !isQuantity(text)) {
      return refuse(badInput('bad-input', `${field}“${text}”无效:应为正数`, `${field} "${text}" is refused: a positive number`))
    }
  }
  if (frequency !== undefined && frequency !== '' && !isFrequency(frequency)) {
    return refuse(badInput('bad-input', `频次“${frequency}”无效`, `frequency "${frequency}" is refused: a code such as 11 or qd`))
  }
  const { line } = at.value
  return put(world, at.value, {
    quantity: quantity ?? line.quantity,
    isOwnPay: ownPay ?? line.isOwnPay ?? false,
    dose: kept(dose, line.dose),
    frequency: kept(frequency, line.frequency),
    days: kept(days, line.days)
  })
}

const kept = (stated: string | undefined, before: string | undefined): string | undefined => (stated === '' ? undefined : (stated ?? before))

export function traceLine(world: World, { revision, line, code, split }: Params<'sale.trace'>): Answer<'sale.trace'> {
  const at = lineAt(world, revision, line)
  if (!at.ok) return at
  if (!TRACE_CODE.test(code)) return refuse(traceMalformed(code))
  if (at.value.bill.lines.some(({ packs = [] }) => packs.some(({ traceCode }) => traceCode === code))) return refuse(traceRepeated(code))
  const packs = [...(at.value.line.packs ?? []), { traceCode: code, isSplit: split }]
  // One pack more than the line says is one pack more sold.
  const quantity = packs.length > tracesWanted(at.value.drug, at.value.line) && at.value.drug.traced ? String(packs.length) : at.value.line.quantity
  return put(world, at.value, { packs, quantity })
}

export function untraceLine(world: World, { revision, line, code }: Params<'sale.untrace'>): Answer<'sale.untrace'> {
  const at = lineAt(world, revision, line)
  if (!at.ok) return at
  const packs = (at.value.line.packs ?? []).filter(({ traceCode }) => traceCode !== code)
  return packs.length === at.value.line.packs?.length ? refuse(noLineFor(code)) : put(world, at.value, { packs })
}

export function splitSaleLine(world: World, { revision, line }: Params<'sale.split'>): Answer<'sale.split'> {
  const at = lineAt(world, revision, line)
  if (!at.ok) return at
  const { bill, drug, line: whole } = at.value
  const { payableQuantity } = verdictOf(world, bill.sale, { drug, line: whole, alone: false })
  if (payableQuantity === null) return refuse(NOT_LIMITED)
  const paid = wholePacks(payableQuantity)
  const packs = whole.packs ?? []
  const number = String(Math.max(...bill.lines.map(({ line: of }) => Number.parseInt(of, 10))) + 1)
  const payable: FakeLine = { ...whole, quantity: payableQuantity, packs: packs.slice(0, Number(paid)) }
  const own: FakeLine = { ...whole, line: number, quantity: String(wholePacks(whole.quantity) - paid), packs: packs.slice(Number(paid)), isOwnPay: true }
  return changed(world, bill, bill.lines.flatMap((known) => (known === whole ? [payable, own] : [known])))
}

export function substitutes(world: World, { revision, line }: Params<'sale.substitutes'>): Answer<'sale.substitutes'> {
  const at = lineAt(world, revision, line)
  if (!at.ok) return at
  const { bill, drug, line: instead } = at.value
  return ok(
    substitutesOf(drug).map((candidate) => {
      const { light, sentence } = verdictOf(world, bill.sale, { drug: candidate, line: { ...instead, item: candidate }, alone: false })
      const { code, name, spec, price } = candidate
      return { code, name, spec, price, light, sentence }
    })
  )
}

export function substitute(world: World, { revision, line, code }: Params<'sale.substitute'>): Answer<'sale.substitute'> {
  const at = lineAt(world, revision, line)
  if (!at.ok) return at
  const item = substitutesOf(at.value.drug).find((candidate) => candidate.code === code)
  if (item === undefined) return refuse(badInput('not-a-substitute', `${code}不能替换此药`, `${code} is no substitute for this drug`))
  return put(world, at.value, { item, price: item.price, packs: [], isOwnPay: false })
}
