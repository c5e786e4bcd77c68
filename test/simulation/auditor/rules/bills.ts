/** Every bill once more, from its claim and the published rules; and the claim itself states the year as the till's own facts have it. */

import { billOf, type Bill, type Claim } from '../bill-model.ts'
import { decimal, fenExact, rounded } from '../exact.ts'
import type { AmountName, Hold } from '../fact.ts'
import type { Findings } from '../failure.ts'
import type { LedgerBook } from '../ledger-book.ts'
import { NotModelled, type PolicyDocument } from '../policy-document.ts'

/** When the book has taken the hold, and nothing after it. */
export function checkBill(book: LedgerBook, hold: Hold, policy: PolicyDocument, findings: Findings): void {
  const claim = JSON.parse(hold.claim) as Claim
  const what = `${book.terminal}: visit ${hold.visitNo}`
  checkYearBefore(book, hold, claim, what, findings)
  checkBalance(hold, claim, what, findings)
  const bill = modelled(policy, claim)
  if (bill === undefined) return
  for (const [name, fen] of Object.entries(bill.amounts) as [AmountName, number][]) {
    findings.expect('bill-calculated', hold.amounts[name] === fen, () => `${what}: ${name} comes to ${fen} fen, the bill says ${hold.amounts[name]}`)
  }
  for (const counter of new Set([...bill.counters.keys(), ...hold.counters.keys()])) {
    const [expected, found] = [bill.counters.get(counter) ?? 0, hold.counters.get(counter) ?? 0]
    findings.expect('bill-calculated', expected === found, () => `${what}: it adds ${expected} fen of ${counter} to the year, the bill says ${found}`)
  }
}

function modelled(policy: PolicyDocument, claim: Claim): Bill | undefined {
  try {
    return billOf(policy, claim)
  } catch (cause) {
    if (cause instanceof NotModelled) return undefined
    throw cause
  }
}

function checkYearBefore(book: LedgerBook, { personNo, insutype, year }: Hold, { accumulators }: Claim, what: string, findings: Findings): void {
  const used = book.years.get(`${personNo} ${insutype} ${year}`) ?? new Map<string, number>()
  for (const counter of new Set([...used.keys(), ...Object.keys(accumulators)])) {
    const [expected, stated] = [used.get(counter) ?? 0, Object.hasOwn(accumulators, counter) ? fenOf(accumulators[counter]) : 0]
    findings.expect('bill-calculated', expected === stated, () => `${what}: the year had used ${expected} fen of ${counter}, its claim says ${stated}`)
  }
}

/** Of an account that the card itself keeps. */
function checkBalance({ intent: { balanceBefore, account } }: Hold, { account: stated }: Claim, what: string, findings: Findings): void {
  if (balanceBefore === undefined || account === 0) return
  const fen = fenOf(stated.current_year) + fenOf(stated.past_years)
  findings.expect('bill-calculated', fen === balanceBefore, () => `${what}: the card held ${balanceBefore} fen, its claim says ${fen}`)
}

function fenOf(yuan: string | undefined): number {
  const value = decimal(yuan)
  return value === undefined ? Number.NaN : rounded(fenExact(value))
}
