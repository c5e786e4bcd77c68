/**
 * Sums of the fake's bill: plain addition in whole fen with one fixed deductible and one fixed share, so that every edit
 * leaves amounts that agree with each other. It is nobody's policy; the sample views hold its results as literals.
 */

import type { ChargeClass, LineView, SumsView } from '../bill-view.ts'
import type { PackView } from '../sale-view.ts'
import type { Text, Yuan } from '../text.ts'

export interface FakeItem {
  readonly code: string
  readonly name: string
  readonly initials: string
  readonly chargeClass: ChargeClass
  readonly price: string
  readonly ceiling?: string
  /** Per cent that the person pays first. */
  readonly prePay?: bigint
  readonly restriction?: string
}

/** An item of the fake's pharmacy. */
export interface FakeDrug extends FakeItem {
  readonly generic: string
  readonly spec: string
  readonly barcode: string
  /** First seven digits of its trace codes. */
  readonly product: string
  readonly units: bigint
  readonly traced: boolean
  readonly needsPrescription: boolean
  /** More packs than these no fund pays. */
  readonly packsPaid?: bigint
}

export interface FakeLine {
  readonly line: string
  readonly item: FakeItem
  readonly price: string
  readonly quantity: string
  readonly approval: '0' | '1' | '2'
  /** Of a sale. */
  readonly isOwnPay?: boolean
  readonly packs?: readonly PackView[]
  readonly dose?: string | undefined
  readonly frequency?: string | undefined
  readonly days?: string | undefined
  /** The line that it takes back. */
  readonly returnOf?: string
}

const DEDUCTIBLE = 40000n

const scaled = (text: string, places: number): bigint => {
  const [whole = '0', part = ''] = text.split('.')
  return BigInt(whole + part.padEnd(places, '0'))
}

const negated = (text: string): string => (text.startsWith('-') ? text.slice(1) : text)
const sign = (text: string): bigint => (text.startsWith('-') ? -1n : 1n)

const halfUp = (amount: bigint, divisor: bigint): bigint => (amount + divisor / 2n) / divisor
/** A quantity that comes back is negative. */
const product = (price: string, quantity: string): bigint =>
  sign(quantity) * halfUp(scaled(price, 6) * scaled(negated(quantity), 4), 100_000_000n)
const least = (left: bigint, right: bigint): bigint => (left < right ? left : right)
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

export const fen = (yuan: Yuan): bigint => sign(yuan) * scaled(negated(yuan), 2)

export const yuan = (amount: bigint): Yuan => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const isOwnPay = ({ item, approval }: FakeLine): boolean =>
  item.chargeClass === '03' || approval === '2' || (item.restriction !== undefined && approval !== '1')

function reasonsOf(line: FakeLine, overCeiling: bigint): Text[] {
  if (line.item.chargeClass === '03') return [{ zh: '丙类,全自费', en: 'class C, own pay' }]
  if (line.approval === '2') return [{ zh: '自费', en: 'own pay' }]
  if (isOwnPay(line)) return [{ zh: '限制用药未审批,全自费', en: 'restricted use, not approved: own pay' }]
  return [
    ...(overCeiling > 0n ? [{ zh: `超限价(${line.item.ceiling ?? ''}元)`, en: `over the ceiling of ${line.item.ceiling ?? ''}` }] : []),
    ...(line.item.prePay === undefined ? [] : [{ zh: `乙类,先行自付${line.item.prePay} %`, en: `class B, pre-self-pay ${line.item.prePay} %` }])
  ]
}

export interface SplitLine extends LineView {
  readonly ownPay: Yuan
  readonly overCeiling: Yuan
  readonly prePay: Yuan
  readonly inScope: Yuan
}

/** Before anybody's rules are applied. */
export const unsplitLine = (line: FakeLine): LineView => ({
  ...splitLine(line),
  ownPay: null,
  overCeiling: null,
  prePay: null,
  inScope: null,
  reasons: []
})

export function splitLine(line: FakeLine): SplitLine {
  const { item, price, quantity } = line
  const amount = product(price, quantity)
  const ownPay = isOwnPay(line) ? amount : 0n
  const ceiling = item.ceiling === undefined || ownPay > 0n ? amount - ownPay : product(item.ceiling, quantity)
  const overCeiling = amount - ownPay - least(amount - ownPay, ceiling)
  const prePay = halfUp((amount - ownPay - overCeiling) * (item.prePay ?? 0n), 100n)
  return {
    line: line.line,
    code: item.code,
    name: item.name,
    chargeClass: item.chargeClass,
    price,
    quantity,
    amount: yuan(amount),
    ownPay: yuan(ownPay),
    overCeiling: yuan(overCeiling),
    prePay: yuan(prePay),
    inScope: yuan(amount - ownPay - overCeiling - prePay),
    reasons: reasonsOf(line, overCeiling),
    isRestricted: item.restriction !== undefined,
    approval: line.approval,
    sale: null
  }
}

/** `balance`: what the chip told; null while it is unknown or kept elsewhere. */
export function sumsView(lines: readonly SplitLine[], balance: Yuan | null, useAccount: '0' | '1' | '2'): SumsView {
  const of = (part: 'amount' | 'ownPay' | 'overCeiling' | 'prePay' | 'inScope'): bigint => sum(lines.map((line) => fen(line[part])))
  const [total, ownPay, overCeiling, prePay, inScope] = [of('amount'), of('ownPay'), of('overCeiling'), of('prePay'), of('inScope')]
  const deductible = least(DEDUCTIBLE, inScope)
  const fund = halfUp((inScope - deductible) * 70n, 100n)
  const personal = total - fund
  const account = balance === null || useAccount === '0' ? 0n : least(fen(balance), personal)
  return {
    accountKnown: balance !== null,
    total: yuan(total),
    ownPay: yuan(ownPay),
    overCeiling: yuan(overCeiling),
    prePay: yuan(prePay),
    inScope: yuan(inScope),
    deductible: { paid: yuan(deductible), ofYear: yuan(DEDUCTIBLE), usedBefore: '0.00', left: yuan(DEDUCTIBLE - deductible) },
    yearHasElsewhere: false,
    ratio: '70 %',
    closedFunds: [],
    notInForce: null,
    funds: [{ fund: 'hifp_pay', name: { zh: '基本医疗保险统筹基金', en: 'basic pooled fund' }, paid: yuan(fund) }],
    fundPaid: yuan(fund),
    personal: yuan(personal),
    account: yuan(account),
    accountBefore: balance,
    accountAfter: balance === null ? null : yuan(fen(balance) - account),
    cash: yuan(personal - account),
    invoice: {
      selfCare: yuan(prePay),
      ownExpense: yuan(ownPay + overCeiling),
      inScope: yuan(inScope),
      selfPay: yuan(inScope - fund)
    }
  }
}
