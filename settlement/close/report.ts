/** A day as a report. Everything that was compared is in it; nothing that was found is left out. */

import { invariant } from '../../base/invariant.ts'
import { entriesOf } from '../ledger/journal.ts'
import { formatFen, type Fen } from '../money/fen.ts'
import type { BookRow, Group, GroupSums } from './books.ts'
import { decodeReport } from './canonical-report.ts'
import type { Day } from './day.ts'
import { isUnmatched } from './match.ts'
import type { Period } from './period.ts'
import { reportItem } from './report-item.ts'
import { REPORT_VERSION, type CloseReport } from './report-schema.ts'
import { changesBetween } from './report-changes.ts'

export interface ReportHead {
  readonly institution: { readonly code: string; readonly name: string }
  readonly terminal: string
  /** YYYY-MM-DD */
  readonly day: string
  /** 14 digits. */
  readonly closedAt: string
  /** null: a draft. */
  readonly signer: CloseReport['signer']
}

export function reportOf(day: Day, { institution, terminal, day: date, closedAt, signer }: ReportHead): CloseReport {
  const { period, standing, evidence } = day
  const draft: CloseReport = {
    report: 'caresettle-close',
    version: REPORT_VERSION,
    institution,
    terminal,
    day: date,
    closed_at: closedAt,
    period: periodOf(period),
    rows: day.rows.map(rowOf),
    groups: day.groups.map(groupOf),
    entries: entriesOf(period.ledger).map(({ account, amount }) => ({ account, amount: formatFen(amount) })),
    drawer: drawerOf(day),
    cards: {
      debits: evidence.debits,
      debited: formatFen(evidence.debited),
      without_tac: evidence.withoutTac,
      loads: evidence.loads,
      loaded: formatFen(evidence.loaded)
    },
    centre: centreOf(day),
    unconfirmed: {
      count: standing.unsynced.length + standing.parked.length,
      since: [...standing.unsynced, ...standing.parked].map(({ since }) => since).toSorted()[0] ?? null
    },
    items: day.items.map(reportItem),
    settled: day.settled.map(({ item, resolution, by, person, note, at }) => ({ item, resolution, by, person, note, at })),
    charts: chartsOf(period),
    reopened: null,
    signer
  }
  return { ...draft, reopened: reopenedOf(day, draft) }
}

const periodOf = (period: Period): CloseReport['period'] => ({
  after: period.after,
  to: period.to,
  head: hexOf(period.headHash),
  from: period.from ?? null,
  until: period.until ?? null,
  settlements: period.settlements,
  refunds: period.refunds,
  adjustments: period.adjusted.length,
  loads: period.loads
})

const money = (amount: Fen | undefined): string | null => (amount === undefined ? null : formatFen(amount))

const rowOf = (row: BookRow): CloseReport['rows'][number] =>
  row.kind === 'money'
    ? { row: row.row, kind: row.kind, till: money(row.till), ledger: money(row.ledger), cards: money(row.cards), centre: money(row.centre) }
    : { row: row.row, kind: row.kind, till: row.till ?? null, ledger: row.ledger ?? null, cards: row.cards ?? null, centre: row.centre ?? null }

const groupOf = ({ insuranceType, clearingType, ledger, centre }: Group): CloseReport['groups'][number] => ({
  insutype: insuranceType,
  clr_type: clearingType,
  ledger: sumsOf(ledger),
  centre: centre === undefined ? null : sumsOf(centre)
})

const sumsOf = ({ count, total, fundPaid, account, cash }: GroupSums): CloseReport['groups'][number]['ledger'] => ({
  count,
  medfee_sumamt: formatFen(total),
  fund_pay_sumamt: formatFen(fundPaid),
  acct_pay: formatFen(account),
  psn_cash_pay: formatFen(cash)
})

const drawerOf = ({ period, drawer }: Day): CloseReport['drawer'] => ({
  float: money(drawer?.float),
  cash_in: formatFen(period.cashIn),
  cash_refunded: formatFen(period.cashRefunded),
  collected: money(drawer?.collected),
  expected: money(drawer?.expected),
  counted: money(drawer?.counted),
  difference: money(drawer?.difference)
})

function centreOf({ centre, matched }: Day): CloseReport['centre'] {
  if (centre.kind !== 'answered') return centre
  const { kind, from, to } = centre
  const same = matched.filter((row) => row.kind === 'matched').length
  return { kind, from, to, matched: same, unmatched: matched.filter(isUnmatched).length }
}

const chartsOf = ({ charts }: Period): CloseReport['charts'] => ({
  by_fund: charts.byFund.map(({ fund, amount }) => ({ fund, amount: formatFen(amount) })),
  by_class: charts.byClass.map(({ chargeClass, amount }) => ({ chrgitm_lv: chargeClass, amount: formatFen(amount) })),
  by_hour: charts.byHour.map(({ hour, settlements, total }) => ({ hour, settlements, total: formatFen(total) }))
})

function reopenedOf({ reopened }: Day, report: CloseReport): CloseReport['reopened'] {
  if (reopened === undefined) return null
  const { close, reopen } = reopened
  invariant(reopen !== undefined, `close ${close.sequence} lies behind the last that counts and was never reopened`)
  const before = decodeReport(close.fact.report)
  return {
    close: close.sequence,
    closed_at: close.fact.closedAt,
    reopened_at: reopen.fact.reopenedAt,
    reason: reopen.fact.reason,
    changes: before === undefined ? [] : changesBetween(before, report)
  }
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
