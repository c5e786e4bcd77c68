/** Rules about a line of this bill: doubled, too early again, special drugs, place limits. */

import { dayOfNumber } from '../calendar/day-number.ts'
import { fen, parseFen } from '../money/fen.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { BillLine } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import { addDispensedDays, addPaidDays, basisOf } from './days-reasons.ts'
import type { Findings } from './findings.ts'
import type { Matter } from './matter.ts'
import { floorShare, ofAmount, yuan } from './part-of-line.ts'
import { holdsOn } from './whereabouts-reasons.ts'

export function addSaleReasons(matter: Matter, line: BillLine, out: Findings): void {
  addSpecial(matter, line, out)
  if (line.item.quantity <= 0) return
  if (line.standing.withoutClass !== undefined) out.put(line.standing.withoutClass)
  const basis = basisOf(matter, line)
  addDispensedDays(matter, line, basis, out)
  if (!line.asks) return
  addDuplicates(matter, line, out)
  addEarly(matter, line, out)
  addPaidDays(matter, line, basis, out)
  if (!matter.bill.isBarred(line)) for (const ruled of line.plan.placeLimits) addPlaceLimit(matter, line, ruled, out)
}

function addSpecial(matter: Matter, { item: { code }, plan }: BillLine, out: Findings): void {
  const { person, place } = matter.question
  for (const { row: { filing: kind, place: where, effect }, rule } of plan.special) {
    const filings = person.filings.filter(
      (filing) => filing.kind === kind && holdsOn(filing, null, matter.on) && (filing.items.length === 0 || filing.items.some((named) => code.startsWith(named)))
    )
    if (kind !== undefined && filings.length === 0) out.add({ kind: 'special-drug-not-filed', effect, rule, values: { filing: kind } })
    if (where === 'dual-channel' && place.kind === 'pharmacy' && !place.isDualChannel) {
      out.add({ kind: 'not-a-dual-channel-place', effect, rule, values: { place: place.code } })
    }
    if (where === 'filed' && filings.length > 0 && !filings.some(({ places }) => places.length === 0 || places.includes(place.code))) {
      const places = [...new Set(filings.flatMap((filing) => filing.places))].toSorted().join('、')
      out.add({ kind: 'not-the-designated-place', effect, rule, values: { place: place.code, places } })
    }
  }
}

/** Both lines are named, and neither is paid until one of them is own pay: which one is for the doctor and the patient to say. */
function addDuplicates(matter: Matter, line: BillLine, out: Findings): void {
  const ruled = line.plan.duplicates
  const drugs = ruled === undefined ? undefined : matter.bill.doubled(line)
  if (ruled === undefined || drugs === undefined) return
  const atc = line.item.item.atc?.slice(0, ruled.row.atc_characters) ?? ''
  out.add({ kind: 'duplicate-therapy', effect: ruled.row.effect, rule: ruled.rule, values: { drugs, atc } })
}

function addEarly(matter: Matter, line: BillLine, out: Findings): void {
  const { early } = line.plan
  if (early === undefined) return
  if (matter.history === undefined) {
    out.addOnce({ kind: 'history-unknown', effect: 'note', rule: BUILT_IN.history })
    return
  }
  const { row, rule } = early
  const { last, isUnknown } = matter.history.lastsUntil(line, row.counts)
  const left = last === undefined ? 0 : last - matter.today + 1
  if (last !== undefined && left > row.tolerance_days) {
    const values = { left: String(left), until: dayOfNumber(last), from: dayOfNumber(last + 1 - row.tolerance_days) }
    out.add({ kind: 'dispensed-too-early', effect: row.effect, rule, values })
  } else if (isUnknown) out.addOnce({ kind: 'days-unknown', effect: 'note', rule, values: { of: 'earlier' } })
}

function addPlaceLimit(matter: Matter, line: BillLine, { row, rule }: Ruled<RowOf<'place_limits'>>, out: Findings): void {
  const { used } = matter.question
  if (row.of === 'sales-a-day') {
    if (used.salesToday < (row.sales ?? 0)) return
    const values = { sales: String(used.salesToday), limit: String(row.sales) }
    out.add({ kind: 'sales-of-day-reached', effect: row.effect === 'limits' ? 'own-money' : row.effect, rule, values })
    return
  }
  const limit = parseFen(row.amount ?? '0') ?? 0
  const before = row.of === 'day' ? used.today : row.of === 'month' ? used.thisMonth : 0
  const left = Math.max(0, limit - before)
  const asked = matter.bill.limited(row)
  if (asked <= left) return
  const kind = row.of === 'day' ? 'day-limit-reached' : row.of === 'month' ? 'month-limit-reached' : 'over-sale-limit'
  const values = { limit: yuan(limit), used: yuan(before), left: yuan(left), asked: yuan(asked) }
  const effect = row.effect === 'limits' && left === 0 ? 'own-money' : row.effect
  // What is left is shared by amounts, so that it does not matter which line was typed first.
  out.add({ kind, effect, rule, values, limit: ofAmount(fen(floorShare(line.item.amount, left, asked))) })
}
