/** Trace codes: one pack, one sale; required from a day on; some kinds carry none. */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { BillLine } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import type { Finding } from './findings.ts'
import { found, type Matter } from './matter.ts'
import type { AskedItem } from './question.ts'

const UNIT = 10_000

/** How many packs of the line want a code; 0: none. */
export function addTraceReasons(matter: Matter, line: BillLine, out: Finding[]): number {
  if (line.item.quantity <= 0) return 0
  addSold(matter, line, out)
  const demand = traceDemand(line, matter.on)
  if (demand === undefined) return 0
  const { ruled, wanted, exemptUntil } = demand
  if (wanted === 0) {
    const values: Record<string, string> = exemptUntil === undefined ? {} : { until: exemptUntil }
    out.push(found(matter, { kind: 'trace-code-not-required', effect: 'note', rule: ruled.rule, values }))
  } else if (line.item.packs.length < wanted) {
    const values = { wanted: String(wanted), found: String(line.item.packs.length) }
    out.push(found(matter, { kind: 'trace-code-missing', effect: ruled.row.effect, rule: ruled.rule, values }))
  }
  return wanted
}

function addSold(matter: Matter, { item }: BillLine, out: Finding[]): void {
  for (const { traceCode, isSplit } of item.packs) {
    const sold = matter.question.soldCodes.get(traceCode)
    if (sold !== undefined && !(isSplit && sold.isSplit)) {
      const values = { code: traceCode, settlement: sold.settlementId, on: sold.on }
      out.push(found(matter, { kind: 'trace-code-sold', effect: 'forbids', rule: BUILT_IN.trace, values }))
    } else if (matter.bill.isScannedTwice(traceCode)) {
      out.push(found(matter, { kind: 'trace-code-sold', effect: 'forbids', rule: BUILT_IN.trace, values: { code: traceCode } }))
    }
  }
}

interface TraceDemand {
  readonly ruled: Ruled<{ readonly effect: 'forbids' | 'own-money' | 'asks' | 'note' }>
  /** Packs to be scanned; 0: this item carries no code. */
  readonly wanted: number
  /** Last day of stock without code. */
  readonly exemptUntil: BusinessDate | undefined
}

/** undefined: no rule asks for a code of this line on the day. */
function traceDemand({ item, plan, asks }: BillLine, on: BusinessDate): TraceDemand | undefined {
  const ruled = plan.trace.find(({ row }) => row.from <= on && (row.to === null || on <= row.to) && (row.of === 'sale' || asks))
  if (ruled === undefined) return undefined
  const isExempt = ruled.row.except?.some((name) => plan.groups.has(name)) ?? false
  if (isExempt) return { ruled, wanted: 0, exemptUntil: undefined }
  const without = plan.noCode.find(({ row }) => on <= row.to)
  if (without !== undefined) return { ruled: { row: ruled.row, rule: without.rule }, wanted: 0, exemptUntil: without.row.to as BusinessDate }
  return { ruled, wanted: packsOf(item), exemptUntil: undefined }
}

/** A pack that was begun needs its code as a whole one does. */
const packsOf = ({ quantity }: AskedItem): number => Math.ceil(quantity / UNIT)
