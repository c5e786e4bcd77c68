/**
 * What a hold's claim hands over, worked out a second time: the rows that `trace_code` and `supply` must hold because of it.
 * From the documented rules (settlement/ledger/README.md, "What is handed over") and none of the ledger's code.
 */

import type { Row } from './decode-content.ts'
import { asInteger, asText, rowsOf } from './identities.ts'

export interface Handed {
  readonly packs: readonly Row[]
  readonly supplies: readonly Row[]
}

const NOTHING: Handed = { packs: [], supplies: [] }

type Json = Readonly<Record<string, unknown>>

interface Line {
  readonly number: string
  readonly item: string
  /** Ten-thousandths. */
  readonly count: bigint
  readonly days: bigint | null
  readonly packs: readonly (readonly [code: string, split: bigint])[]
  readonly returns: string | undefined
}

export function handedOver(hold: Row, sequence: bigint): Handed {
  const claim = hold['claim']
  const text = claim instanceof Uint8Array ? new TextDecoder().decode(claim) : ''
  if (!/"(?:prd_days|drug_trac_info)"/.test(text)) return NOTHING
  const document = objectOf(text)
  const day = typeof document?.['begntime'] === 'string' ? document['begntime'].slice(0, 10) : ''
  if (document === undefined || !isDay(day)) return NOTHING
  const lines = linesOf(document['lines'])
  const inScope = new Map(rowsOf(hold['lines']).map((line) => [asText(line['line_no']), asInteger(line['in_scope'])]))
  const returns = returnsByLine(lines)
  const packs: Row[] = []
  const supplies: Row[] = []
  for (const line of lines.values()) {
    if (line.count <= 0n) continue
    const back = returns.get(line.number) ?? []
    const codesBack = new Set(back.flatMap((other) => other.packs.map(([code]) => code)))
    for (const [code, split] of line.packs) {
      if (!codesBack.has(code)) packs.push({ code, hold: sequence, line_no: line.number, split })
    }
    const left = back.reduce((count, other) => count + other.count, line.count)
    if (line.item === '' || left <= 0n || (line.days === null && line.packs.length === 0)) continue
    const scope = [line, ...back].reduce((sum, { number }) => sum + (inScope.get(number) ?? 0n), 0n)
    supplies.push({
      person_no: hold['person_no'] ?? null,
      supplied_on: day,
      hold: sequence,
      line_no: line.number,
      insurance_type: hold['insurance_type'] ?? null,
      item_code: line.item,
      quantity: left,
      days: line.days === null ? null : (line.days * left) / line.count / 100n,
      fund_paid: asInteger(hold['fund_paid']) > 0n && scope > 0n ? 1n : 0n
    })
  }
  return { packs, supplies }
}

function returnsByLine(lines: ReadonlyMap<string, Line>): ReadonlyMap<string, Line[]> {
  const byLine = new Map<string, Line[]>()
  for (const line of lines.values()) {
    if (line.returns !== undefined) byLine.set(line.returns, [...(byLine.get(line.returns) ?? []), line])
  }
  return byLine
}

function objectOf(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text))
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined

/** A real day from 1900 on. */
function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(text) ?? []
  if (year < '1900') return false
  const number = BigInt(year)
  const isLeap = number % 4n === 0n && (number % 100n !== 0n || number % 400n === 0n)
  const last = month === '02' ? (isLeap ? '29' : '28') : ['04', '06', '09', '11'].includes(month) ? '30' : '31'
  return day <= last
}

/** By number, in the order of the claim; of two with one number the first that has a quantity. */
function linesOf(value: unknown): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>()
  if (!Array.isArray(value)) return lines
  for (const [index, each] of (value as readonly unknown[]).entries()) {
    const fields = asObject(each)
    const line = fields === undefined ? undefined : lineOf(fields, `${index + 1}`)
    if (line !== undefined && !lines.has(line.number)) lines.set(line.number, line)
  }
  return lines
}

function lineOf(fields: Json, place: string): Line | undefined {
  const number = fields['feedetl_sn'] === undefined ? place : fields['feedetl_sn']
  const count = countOf(fields['cnt'])
  if (typeof number !== 'string' || count === undefined) return undefined
  const { med_list_codg: item, return_of: returns } = fields
  return {
    number,
    item: typeof item === 'string' ? item : '',
    count,
    days: daysOf(fields['prd_days']),
    packs: packsOf(fields['drug_trac_info']),
    returns: typeof returns === 'string' && count < 0n ? returns : undefined
  }
}

/** A decimal with at most 4 places whose ten-thousandths a double holds exactly. */
function countOf(value: unknown): bigint | undefined {
  const [, sign, whole = '', fraction = ''] = (typeof value === 'string' && /^(-?)(\d{1,12})(?:\.(\d{1,4}))?$/.exec(value)) || []
  if (whole === '') return undefined
  const count = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0'))
  if (count > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  return sign === '-' ? -count : count
}

/** Hundredths; null where it is not said, or zero. */
function daysOf(value: unknown): bigint | null {
  const [, whole = '', fraction = ''] = (typeof value === 'string' && /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(value)) || []
  const hundredths = BigInt(`${whole}${fraction.padEnd(2, '0')}`)
  return hundredths === 0n ? null : hundredths
}

/** A split pack is once in a line, however often it is named. */
function packsOf(value: unknown): Line['packs'] {
  if (!Array.isArray(value)) return []
  const packs: (readonly [string, bigint])[] = []
  for (const each of value as readonly unknown[]) {
    const code = asObject(each)?.['drug_trac_codg']
    if (typeof code !== 'string' || code === '') continue
    const split = asObject(each)?.['trdn_flag'] === '1' ? 1n : 0n
    if (split === 0n || !packs.some(([known, isSplit]) => known === code && isSplit === 1n)) packs.push([code, split])
  }
  return packs
}
