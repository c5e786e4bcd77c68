/**
 * What a hold's claim says was handed over: packs by their trace codes (追溯码), and supplies that last some days. Read from the
 * claim itself, which the chain covers, so nobody hands it in and it cannot say anything else. Of the claim's fields (wire:
 * line-schema.ts) it reads begntime, and of a line feedetl_sn, med_list_codg, cnt, prd_days, drug_trac_info, return_of.
 *
 *   line 1   cnt "3"   prd_days 30   codes A B C        left after its return: 2, for 20 days, codes A B
 *   line 2   cnt "-1"  return_of "1" codes C            sells nothing: C is free
 *
 * A line that says neither days nor codes dispenses nothing that could be counted, and most bills have none such: their
 * claims are not even parsed.
 */

import { parseDate, type BusinessDate } from '../calendar/business-date.ts'
import { parseQuantity, type Quantity } from '../money/price.ts'
import type { Hold } from './fact.ts'

export interface DispensedPack {
  /** drug_trac_codg */
  readonly code: string
  readonly lineNo: string
  /** trdn_flag 1: less than the whole pack, so the code may be sold again. */
  readonly isSplit: boolean
}

export interface DispensedLine {
  readonly lineNo: string
  /** med_list_codg */
  readonly itemCode: string
  /** Less what the same bill takes back; above zero. */
  readonly quantity: Quantity
  /** For how many whole days what is left lasts, rounded down; undefined: not said. */
  readonly days: number | undefined
  /** Whether a fund has paid a part of the bill and the line was within its scope. */
  readonly fundPaid: boolean
}

export interface Dispensed {
  /** Day of service. */
  readonly on: BusinessDate
  readonly lines: readonly DispensedLine[]
  readonly packs: readonly DispensedPack[]
}

type Fields = Readonly<Record<string, unknown>>

interface ClaimLine {
  readonly lineNo: string
  readonly itemCode: string | undefined
  readonly quantity: Quantity
  /** Hundredths. */
  readonly days: number | undefined
  readonly codes: readonly { readonly code: string; readonly isSplit: boolean }[]
  readonly returnOf: string | undefined
}

/** Looked for as bytes: the claim of a hospital's bill is not even made a text. */
const NAMES = ['"drug_trac_info"', '"prd_days"'].map((name) => Buffer.from(name))

/** undefined: nothing, as of nearly every bill of a hospital. */
export function dispensedBy(hold: Pick<Hold, 'claim' | 'amounts' | 'lines'>): Dispensed | undefined {
  const bytes = Buffer.from(hold.claim.buffer, hold.claim.byteOffset, hold.claim.byteLength)
  if (!NAMES.some((name) => bytes.includes(name))) return undefined
  const claim = parsed(bytes.toString())
  const begins = claim?.['begntime']
  const on = typeof begins === 'string' ? parseDate(begins.slice(0, 10)) : undefined
  if (claim === undefined || on === undefined) return undefined
  const all = claimLines(claim['lines'])
  const returns = byReturned(all)
  const sold = all.filter(({ quantity }) => quantity > 0).map((line) => leftOf(line, returns.get(line.lineNo) ?? []))
  const inScope = new Map(hold.lines.map((line) => [line.lineNo, line.inScope]))
  const paid = (numbers: readonly string[]): boolean =>
    hold.amounts.fundPaid > 0 && numbers.reduce((sum, number) => sum + (inScope.get(number) ?? 0), 0) > 0
  const lines = sold.flatMap((line) => dispensedLine(line, paid))
  const packs = sold.flatMap(({ lineNo, codes }) => codes.map((pack) => ({ ...pack, lineNo })))
  return lines.length === 0 && packs.length === 0 ? undefined : { on, lines, packs }
}

/** A claim that is no JSON of that shape is a stranger's, and dispenses nothing. */
function parsed(text: string): Fields | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return isFields(json) ? json : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of two lines with one number the first; lines without a quantity are left out. */
function claimLines(lines: unknown): readonly ClaimLine[] {
  if (!Array.isArray(lines)) return []
  const byNumber = new Map<string, ClaimLine>()
  for (const [index, line] of (lines as readonly unknown[]).entries()) {
    const read = isFields(line) ? claimLine(line, String(index + 1)) : undefined
    if (read !== undefined && !byNumber.has(read.lineNo)) byNumber.set(read.lineNo, read)
  }
  return [...byNumber.values()]
}

function claimLine(line: Fields, place: string): ClaimLine | undefined {
  const { feedetl_sn = place, med_list_codg, cnt, prd_days, drug_trac_info, return_of } = line
  const quantity = typeof cnt === 'string' ? parseQuantity(cnt) : undefined
  if (quantity === undefined || typeof feedetl_sn !== 'string') return undefined
  return {
    lineNo: feedetl_sn,
    itemCode: typeof med_list_codg === 'string' && med_list_codg !== '' ? med_list_codg : undefined,
    quantity,
    days: daysIn(prd_days),
    codes: codesIn(drug_trac_info),
    returnOf: typeof return_of === 'string' && quantity < 0 ? return_of : undefined
  }
}

const DAYS = /^(\d{1,3})(?:\.(\d{1,2}))?$/

/** prd_days, in hundredths of a day. None, and "0" as the interface writes an empty number: not said. */
function daysIn(value: unknown): number | undefined {
  const [, whole = '0', fraction = ''] = (typeof value === 'string' ? DAYS.exec(value) : undefined) ?? []
  const days = Number.parseInt(`${whole}${fraction.padEnd(2, '0')}`, 10)
  return days === 0 ? undefined : days
}

/** A split pack of which one line takes several units is there once. */
function codesIn(value: unknown): ClaimLine['codes'] {
  if (!Array.isArray(value)) return []
  const codes = (value as readonly unknown[]).flatMap((entry) => {
    if (!isFields(entry)) return []
    const { drug_trac_codg: code, trdn_flag } = entry
    return typeof code === 'string' && code !== '' ? [{ code, isSplit: trdn_flag === '1' }] : []
  })
  return codes.filter(({ code, isSplit }, index) => !isSplit || codes.findIndex((other) => other.isSplit && other.code === code) === index)
}

function byReturned(lines: readonly ClaimLine[]): ReadonlyMap<string, ClaimLine[]> {
  const returns = new Map<string, ClaimLine[]>()
  for (const line of lines) {
    if (line.returnOf !== undefined) returns.set(line.returnOf, [...(returns.get(line.returnOf) ?? []), line])
  }
  return returns
}

interface SoldLine extends ClaimLine {
  readonly left: Quantity
  readonly daysLeft: number | undefined
  /** Whether it said days or codes at all. */
  readonly counts: boolean
  readonly numbers: readonly string[]
}

function leftOf(line: ClaimLine, returns: readonly ClaimLine[]): SoldLine {
  const back = new Set(returns.flatMap(({ codes }) => codes.map(({ code }) => code)))
  const left = returns.reduce((sum, { quantity }) => sum + quantity, line.quantity as number) as Quantity
  return {
    ...line,
    left,
    daysLeft: line.days === undefined || left <= 0 ? undefined : shareOf(line.days, left, line.quantity),
    counts: line.days !== undefined || line.codes.length > 0,
    codes: line.codes.filter(({ code }) => !back.has(code)),
    numbers: [line.lineNo, ...returns.map(({ lineNo }) => lineNo)]
  }
}

/** Whole days: what is left of a pack for two days may be for none. */
const shareOf = (hundredths: number, left: Quantity, whole: Quantity): number =>
  Number.parseInt(((BigInt(hundredths) * BigInt(left)) / BigInt(whole) / 100n).toString(), 10)

function dispensedLine(line: SoldLine, paid: (numbers: readonly string[]) => boolean): DispensedLine[] {
  const { lineNo, itemCode, left, daysLeft, counts, numbers } = line
  if (!counts || itemCode === undefined || left <= 0) return []
  return [{ lineNo, itemCode, quantity: left, days: daysLeft, fundPaid: paid(numbers) }]
}
