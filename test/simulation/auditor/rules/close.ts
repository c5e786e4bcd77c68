/** A signed close counts what happened since the one before, and names everything that is still open. */

import type { Settling } from '../books.ts'
import type { Amounts, AmountName, Close } from '../fact.ts'
import type { Findings } from '../failure.ts'
import type { LedgerBook } from '../ledger-book.ts'
import { fenOf } from './told.ts'

interface Report {
  readonly period?: Readonly<Record<string, unknown>>
  readonly cards?: Readonly<Record<string, unknown>>
  readonly drawer?: Readonly<Record<string, unknown>>
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
  readonly items?: readonly { readonly item?: unknown }[]
}

/** As the report calls them; what is not moved need not stand there. */
const MONEY: readonly (readonly [string, AmountName])[] = [
  ['total', 'total'], ['fund-paid', 'fund_paid'], ['fund:hifp_pay', 'hifp_pay'], ['account', 'account'], ['mutual-aid', 'mutual_aid'], ['cash', 'cash']
]

/** When the book has just taken it, and nothing after it. */
export function checkClose(book: LedgerBook, close: Close, sequence: number, findings: Findings): void {
  const what = `${book.terminal}: close of ${close.day}`
  const report = JSON.parse(Buffer.from(close.report).toString('utf8')) as Report
  const after = book.closes.at(-2)?.sequence ?? 0
  const isIn = (at: { readonly sequence: number } | undefined): boolean => at !== undefined && at.sequence > after && at.sequence < sequence
  const settlings = [...book.settlings.values()]
  const loadings = [...book.loadings.values()].filter(({ posting }) => isIn(posting))
  const debits = settlings.filter(({ posting }) => isIn(posting))
  const counted: readonly (readonly [string, number, unknown])[] = [
    ['settlements', debits.length, report.period?.['settlements']],
    ['refunds', settlings.filter(({ correction }) => isIn(correction)).length, report.period?.['refunds']],
    ['loads', loadings.length, report.period?.['loads']],
    ['debits', debits.length, report.cards?.['debits']],
    ['debited fen', debits.reduce((sum, { hold }) => sum + hold.fact.intent.account, 0), fenOf(report.cards?.['debited'])],
    ['loaded fen', loadings.reduce((sum, { hold }) => sum + hold.fact.amount, 0), fenOf(report.cards?.['loaded'])],
    ...moneyOf(settlings, isIn, report),
    ['last fact', sequence - 1, report.period?.['to']],
    ['close before', after, report.period?.['after']]
  ]
  for (const [name, expected, found] of counted) {
    findings.expect('close-complete', expected === found, () => `${what}: ${name} comes to ${expected}, ${String(found)} is signed`)
  }
  const named = new Set(report.items?.map(({ item }) => item))
  for (const item of openItems(book)) findings.expect('close-complete', named.has(item), () => `${what}: ${item} is open and stands nowhere`)
}

type IsIn = (at: { readonly sequence: number } | undefined) => boolean

const stated = (settling: Settling): Amounts => settling.hold.fact.amounts
const effective = (settling: Settling): Amounts => (settling.ofRecord ?? settling.hold.fact).amounts

const sum = (of: readonly Settling[], name: AmountName, amounts: (settling: Settling) => Amounts): number =>
  of.reduce((all, settling) => all + amounts(settling)[name], 0)

/** The counter's own amounts, the same with what the centre has changed, and the cash that went over the counter. */
function moneyOf(settlings: readonly Settling[], isIn: IsIn, { rows = [], drawer }: Report): readonly (readonly [string, number, unknown])[] {
  const [paid, back] = [settlings.filter(({ posting }) => isIn(posting)), settlings.filter(({ correction }) => isIn(correction))]
  const adjusted = settlings.filter(({ confirmation, ofRecord }) => ofRecord !== undefined && isIn(confirmation))
  const signed = (row: string, book: string): number => fenOf(rows.find((each) => each['row'] === row)?.[book] ?? '0.00') ?? Number.NaN
  return [
    ...MONEY.flatMap(([row, name]) => {
      const till = sum(paid, name, stated) - sum(back, name, effective)
      const ledger = till + sum(adjusted, name, effective) - sum(adjusted, name, stated)
      return [[`${row} of the till`, till, signed(row, 'till')] as const, [`${row} of the ledger`, ledger, signed(row, 'ledger')] as const]
    }),
    ['cash taken in', sum(paid, 'cash', stated), fenOf(drawer?.['cash_in'])],
    ['cash handed back', sum(back, 'cash', effective), fenOf(drawer?.['cash_refunded'])]
  ]
}

function openItems(book: LedgerBook): string[] {
  const settlings = [...book.settlings.values()]
  return [
    ...settlings.filter(({ state }) => state === 'open').map(({ hold }) => `in-doubt:${hold.fact.settlementId}`),
    ...[...book.loadings.values()].filter(({ state }) => state === 'open').map(({ hold }) => `in-doubt:${hold.fact.loadId}`),
    ...settlings.filter((settling) => book.owedBy(settling) > book.heldFor(settling)).map(({ hold }) => `owed-to-card:${hold.fact.settlementId}`)
  ]
}
