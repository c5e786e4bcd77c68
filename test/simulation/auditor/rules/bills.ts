/** Every bill once more, from its claim and the published rules; and the claim itself states the year as the till may know it. */

import { billOf, type Bill, type Claim } from '../bill-model.ts'
import { decimal, fenExact, rounded } from '../exact.ts'
import type { AmountName, Hold } from '../fact.ts'
import type { Findings } from '../failure.ts'
import type { LedgerBook } from '../ledger-book.ts'
import { NotModelled, type PolicyDocument } from '../policy-document.ts'

/** Counters in fen. */
type Year = ReadonlyMap<string, number>

/** When the book has taken the hold, and nothing after it. `told`: the year as it may be by what the centre has told this terminal. */
export function checkBill(book: LedgerBook, hold: Hold, policy: PolicyDocument, told: readonly Year[], findings: Findings): void {
  const claim = JSON.parse(hold.claim) as Claim
  const what = `${book.terminal}: visit ${hold.visitNo}`
  const ofLedger = book.years.get(`${hold.personNo} ${hold.insutype} ${hold.year}`) ?? new Map<string, number>()
  checkYearBefore([ofLedger, ...told], claim, what, findings)
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

/** As the ledger alone has it, or as the centre told it with what the ledger has since. */
function checkYearBefore(years: readonly Year[], { accumulators }: Claim, what: string, findings: Findings): void {
  const stated = new Map(Object.entries(accumulators).map(([name, yuan]) => [name, fenOf(yuan)]))
  const differences = years.map((year) => firstDifference(year, stated))
  const [ofLedger] = differences
  const isOne = differences.includes(undefined)
  findings.expect('bill-calculated', isOne, () => `${what}: the year had used ${ofLedger?.used} fen of ${ofLedger?.counter}, its claim says ${ofLedger?.stated}; the centre had told of ${years.length - 1} other ways`)
}

interface Difference {
  readonly counter: string
  readonly used: number
  readonly stated: number
}

function firstDifference(year: Year, claim: Year): Difference | undefined {
  for (const counter of new Set([...year.keys(), ...claim.keys()])) {
    const [used, stated] = [year.get(counter) ?? 0, claim.get(counter) ?? 0]
    if (used !== stated) return { counter, used, stated }
  }
  return undefined
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
