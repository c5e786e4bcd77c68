/**
 * The charge class (chrgitm_lv) of a settlement's lines. It stands in the claim that was computed; where a hold has none, or
 * one that does not name the line, the class is what the amounts show of it.
 */

import { jsonFromUtf8 } from '../../base/utf8.ts'
import type { Hold, LedgerLine } from '../ledger/fact.ts'

export type ChargeClass = '01' | '02' | '03' | '04'

const isChargeClass = (text: unknown): text is ChargeClass => text === '01' || text === '02' || text === '03' || text === '04'

export interface ClassedLine {
  readonly chargeClass: ChargeClass
  readonly line: LedgerLine
}

export function classedLines({ claim, lines }: Pick<Hold, 'claim' | 'lines'>): ClassedLine[] {
  const stated = classesOf(claim)
  return lines.map((line) => ({ line, chargeClass: stated.get(line.lineNo) ?? classBy(line) }))
}

const classBy = ({ amount, ownPay, prePay }: LedgerLine): ChargeClass => {
  if (ownPay === amount && amount !== 0) return '03'
  return prePay === 0 ? '01' : '02'
}

function classesOf(claim: Uint8Array): Map<string, ChargeClass> {
  const lines = fieldOf(jsonFromUtf8(claim), 'lines')
  if (!Array.isArray(lines)) return new Map()
  return new Map(
    lines.flatMap((line: unknown, index) => {
      const [number, chargeClass] = [fieldOf(line, 'feedetl_sn'), fieldOf(line, 'chrgitm_lv')]
      const lineNo = typeof number === 'string' ? number : `${index + 1}`
      return isChargeClass(chargeClass) ? [[lineNo, chargeClass]] : []
    })
  )
}

const fieldOf = (value: unknown, field: string): unknown => {
  if (typeof value !== 'object' || value === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...value }
  return fields[field]
}
