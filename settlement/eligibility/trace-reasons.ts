/** Trace codes: one pack, one sale; required from a day on; some kinds carry none. */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { BillLine } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import type { Findings } from './findings.ts'
import type { Matter } from './matter.ts'
import type { AskedItem } from './question.ts'

const UNIT = 10_000

/** How many packs of the line want a code; 0: none. */
export function addTraceReasons(matter: Matter, line: BillLine, out: Findings): number {
  if (line.item.quantity <= 0 || (line.plan.trace.length === 0 && line.item.packs.length === 0)) return 0
  addSold(matter, line, out)
  const ruled = demandOn(line, matter.on)
  if (ruled === undefined) return 0
  const { rule, row: { effect, except } } = ruled
  if (except?.some((name) => line.plan.groups.has(name)) === true) {
    out.add({ kind: 'trace-code-not-required', effect: 'note', rule })
    return 0
  }
  const oldStock = line.plan.noCode.find(({ row }) => matter.on <= row.to)
  if (oldStock !== undefined) {
    out.add({ kind: 'trace-code-not-required', effect: 'note', rule: oldStock.rule, values: { until: oldStock.row.to } })
    return 0
  }
  const wanted = packsOf(line.item)
  const { length: scanned } = line.item.packs
  if (scanned < wanted) out.add({ kind: 'trace-code-missing', effect, rule, values: { wanted: String(wanted), found: String(scanned) } })
  return wanted
}

function addSold(matter: Matter, { item }: BillLine, out: Findings): void {
  for (const { traceCode, isSplit } of item.packs) {
    const sold = matter.question.soldCodes.get(traceCode)
    if (sold !== undefined && !(isSplit && sold.isSplit)) {
      const values = { code: traceCode, settlement: sold.settlementId, on: sold.on }
      out.add({ kind: 'trace-code-sold', effect: 'forbids', rule: BUILT_IN.trace, values })
    } else if (matter.bill.isScannedTwice(traceCode)) {
      out.add({ kind: 'trace-code-sold', effect: 'forbids', rule: BUILT_IN.trace, values: { code: traceCode } })
    }
  }
}

/** undefined: no rule asks for a code of this line on the day. */
function demandOn({ plan, asks }: BillLine, on: BusinessDate): Ruled<RowOf<'trace'>> | undefined {
  for (const ruled of plan.trace) {
    const { from, to, of } = ruled.row
    if (from <= on && (to === null || on <= to) && (of === 'sale' || asks)) return ruled
  }
  return undefined
}

/** A pack that was begun needs its code as a whole one does. */
const packsOf = ({ quantity }: AskedItem): number => Math.ceil(quantity / UNIT)
