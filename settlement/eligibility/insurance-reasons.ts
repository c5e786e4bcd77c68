/** Whether the person's insurance is in force: its state, what is owed, the waiting period, what the centre said of each fund. */

import type { BusinessDate } from '../calendar/business-date.ts'
import { firstOfMonth, plusDays, plusMonths } from '../calendar/day-number.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { Findings } from './findings.ts'
import { closedFunds } from './closed-funds.ts'
import type { Matter } from './matter.ts'
import type { InsuranceState } from './question.ts'
import type { RuleSource } from './reason.ts'

export function addInsuranceReasons(matter: Matter, out: Findings): void {
  addStatus(matter, out)
  addArrears(matter, out)
  addWaiting(matter, out)
  addEntitlements(matter, out)
  const [undecided] = matter.rules.undecided
  if (undecided !== undefined) addUnknown('brdy', undecided, out)
}

function addUnknown(fact: string, { rule }: { readonly rule: RuleSource }, out: Findings): void {
  out.add({ kind: 'status-unknown', effect: 'note', rule, values: { fact } })
}

function addStatus(matter: Matter, out: Findings): void {
  const { insurance } = matter.question.person
  const ruled = matter.rules.sections.insurance_status.find(({ row }) => row.status.includes(insurance.status))
  if (ruled === undefined) return
  const { row: { effect, funds }, rule } = ruled
  switch (insurance.status) {
    case '0':
      out.add({ kind: 'not-insured', effect, funds, rule })
      return
    case '2': {
      const since = insurance.suspendedSince
      if (since !== undefined && since > matter.on) return
      out.add({ kind: 'insurance-suspended', effect, funds, rule, values: since === undefined ? {} : { since } })
      addBrokenByNow(matter, since, out)
      return
    }
    case '3':
    case '4':
      out.add({ kind: 'insurance-ended', effect, funds, rule })
      return
    case '1':
      return
    default:
      insurance.status satisfies never
  }
}

/** Suspended for longer than a break may last: paying again will not be enough, and the person should know. */
function addBrokenByNow(matter: Matter, since: BusinessDate | undefined, out: Findings): void {
  const [ruled] = matter.rules.sections.breaks
  if (ruled === undefined || since === undefined || plusMonths(since, ruled.row.months) >= matter.on) return
  out.add({ kind: 'break-too-long', effect: 'note', rule: ruled.rule, values: { since, months: String(ruled.row.months) } })
}

function addArrears(matter: Matter, out: Findings): void {
  const since = matter.question.person.insurance.arrearsSince
  const [ruled] = matter.rules.sections.arrears
  if (ruled === undefined || since === undefined || plusMonths(since, ruled.row.months) > matter.on) return
  out.add({ kind: 'in-arrears', effect: ruled.row.effect, funds: ruled.row.funds, rule: ruled.rule, values: { since } })
}

/** A participation this old has waited long enough, however it began. */
const LONGEST_WAIT_MONTHS = 24

function addWaiting(matter: Matter, out: Findings): void {
  const { insurance } = matter.question.person
  const { waiting: rows, breaks } = matter.rules.sections
  const { began, since } = insurance
  if (rows.length === 0 || began === 'continuous') return
  if (began === undefined) {
    const [first] = rows
    const isLongAgo = since !== undefined && plusMonths(since, LONGEST_WAIT_MONTHS) <= matter.on
    if (!isLongAgo && first !== undefined) addUnknown('insurance-began', first, out)
    return
  }
  const ruled = rows.find(({ row }) => row.began.includes(began))
  if (ruled === undefined) return
  const [longest] = breaks
  if (began === 'after-break' && longest !== undefined) {
    if (insurance.brokenMonths === undefined) {
      addUnknown('broken-months', longest, out)
      return
    }
    if (insurance.brokenMonths <= longest.row.months) return
  }
  if (since === undefined) {
    addUnknown('psn_insu_date', ruled, out)
    return
  }
  if (ruled.row.months_a_missed_year > 0 && insurance.missedYears === undefined) addUnknown('missed-years', ruled, out)
  addStillWaiting(matter, ruled, benefitsFrom(ruled.row, since, insurance), out)
}

function addStillWaiting(matter: Matter, { row, rule }: Ruled<RowOf<'waiting'>>, from: BusinessDate, out: Findings): void {
  if (matter.on >= from) return
  const { began, brokenMonths } = matter.question.person.insurance
  const isBreak = began === 'after-break'
  const values = isBreak && brokenMonths !== undefined ? { from, broken: String(brokenMonths) } : { from }
  out.add({ kind: isBreak ? 'break-too-long' : 'waiting-period', effect: row.effect, funds: row.funds, rule, values })
}

/** First day on which the funds pay. */
export function benefitsFrom(row: RowOf<'waiting'>, since: BusinessDate, { missedYears = 0 }: Pick<InsuranceState, 'missedYears'>): BusinessDate {
  if (row.days !== undefined) return plusDays(since, row.days)
  const counted = (row.months ?? 0) + missedYears * row.months_a_missed_year
  const least = row.missed_years !== undefined && missedYears >= row.missed_years.from ? row.missed_years.months_least : 0
  const months = Math.max(counted, least)
  return plusMonths(row.from === 'month' ? firstOfMonth(since) : since, months)
}

function addEntitlements(matter: Matter, out: Findings): void {
  const { person, visit } = matter.question
  const closed = closedFunds(person.entitlements, visit.medType, matter.on)
  if (closed.size === 0) return
  for (const { fund, rule, payTypes } of matter.funds) {
    // A fund has a code of its own for outpatients in some places, and the usual one: either closes it, as it does in the bill.
    const payType = payTypes.find((code) => closed.has(code))
    if (payType === undefined) continue
    const why = closed.get(payType)
    out.add({ kind: 'fund-not-enjoyed', effect: 'own-money', funds: [fund], rule, values: why === undefined ? { fund } : { fund, why } })
  }
}
