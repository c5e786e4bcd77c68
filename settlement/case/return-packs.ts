/**
 * Single packs of a sale come back. A settlement cannot be changed, so it is taken back whole and the same bill is settled
 * anew, less what came back:
 *
 *   returnPacks   refused, or: correction, durable       cash back, fund and year back, the card owed what it paid
 *                 the bill, made from the ledger         under a number of its own, derived from the old one
 *   settleVisit   hold, debit, post, as any visit        the packs that stay are sold again, those that came back are free
 *
 * Killed before the correction nothing has happened; after it the customer is owed everything, which the ledger shows, and
 * the same call makes the same bill again. Nobody is charged twice: the new bill's visit settles once.
 *
 * It takes a second debit. What the card is owed cannot be set off against the new bill: a centre books no account part that no
 * card was debited for, and only it can sign a load. With a centre at hand the load comes first, so that the purse has
 * what the new bill asks; without, the account pays what is in the purse, cash the rest, and the debt stays.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import type { Quantity } from '../money/price.ts'
import type { Visit } from '../visit/visit-schema.ts'
import type { InputProblem } from '../wire/input-problem.ts'
import { dueOf, refundSettlement, type Due, type RefundRefusal } from './refund-settlement.ts'
import { returnBill, type ReturnedPacks } from './return-bill.ts'
import { returnable, type ReturnableLine, type ReturnableRefusal } from './returnable.ts'

export interface ReturnRequest {
  readonly settlementId: string
  readonly packs: readonly ReturnedPacks[]
  readonly reason: string
  /** 14 digits YYYYMMDDhhmmss. */
  readonly time: string
  /** As enrolled with a centre; its digits go into the refund's number. */
  readonly terminal?: string | undefined
}

export interface Returned {
  readonly correction: Recorded<'correction'>
  /** Of the whole sale: what the new bill takes again is not yet off. */
  readonly due: Due
  /** undefined: everything came back, nothing is to be settled anew. */
  readonly bill: Visit | undefined
}

export type ReturnRefusal =
  | ReturnableRefusal
  | { readonly kind: 'nothing-returned' }
  | { readonly kind: 'line-unknown'; readonly line: string }
  /** Zero or less, or more than is left of the line. */
  | { readonly kind: 'more-than-left'; readonly line: string; readonly left: Quantity; readonly asked: Quantity }
  | { readonly kind: 'code-returned'; readonly line: string; readonly code: string }
  | { readonly kind: 'code-not-of-line'; readonly line: string; readonly code: string }
  /** Every whole pack that comes back is scanned. */
  | { readonly kind: 'codes-missing'; readonly line: string; readonly wanted: number; readonly given: number }
  /** What the ledger holds makes no visit document, such as a line without a code. */
  | { readonly kind: 'bill-unmade'; readonly problems: readonly InputProblem[] }
  | RefundRefusal

export function returnPacks(ledger: Ledger, request: ReturnRequest): Result<Returned, ReturnRefusal> {
  const planned = planReturn(ledger, request)
  if (!planned.ok) return planned
  const { settlementId, reason, time, terminal } = request
  const earlier = planned.value.correctedBefore
  if (earlier !== undefined) return ok({ ...earlier, bill: planned.value.bill })
  const refunded = refundSettlement(ledger, { settlementId, reason, time, terminal })
  return refunded.ok ? ok({ ...refunded.value, bill: planned.value.bill }) : refunded
}

interface Planned {
  readonly bill: Visit | undefined
  readonly correctedBefore: Omit<Returned, 'bill'> | undefined
}

/** Everything that can be refused, and the bill, before anything is written. */
function planReturn(ledger: Ledger, { settlementId, packs }: ReturnRequest): Result<Planned, ReturnRefusal> {
  const found = returnable(ledger, settlementId)
  if (!found.ok) return found
  const { lines, state } = found.value
  const problem = packs.length === 0 ? { kind: 'nothing-returned' as const } : returnProblem(lines, packs)
  if (problem !== undefined) return refuse(problem)
  const correctedBefore = state.correction === undefined ? undefined : { correction: state.correction, due: dueOf(state) }
  if (!staysSomething(lines, packs)) {
    if (correctedBefore === undefined) return ok({ bill: undefined, correctedBefore })
    return refuse({ kind: 'already-refunded', settlementId, correctionId: correctedBefore.correction.fact.correctionId })
  }
  const bill = returnBill(found.value, packs)
  return bill.ok ? ok({ bill: bill.value, correctedBefore }) : refuse({ kind: 'bill-unmade', problems: bill.error })
}

/** The first that stands against it. A line may stand in the request once. */
function returnProblem(lines: readonly ReturnableLine[], packs: readonly ReturnedPacks[]): ReturnRefusal | undefined {
  const seen = new Set<string>()
  for (const returned of packs) {
    const line = seen.has(returned.line) ? undefined : lines.find((each) => each.line === returned.line)
    seen.add(returned.line)
    const problem = line === undefined ? { kind: 'line-unknown' as const, line: returned.line } : lineProblem(line, returned)
    if (problem !== undefined) return problem
  }
  return undefined
}

function lineProblem({ line, left, codes, codesReturned }: ReturnableLine, returned: ReturnedPacks): ReturnRefusal | undefined {
  const { quantity: asked } = returned
  if (codesReturned.length > 0) {
    const again = returned.codes.find((code) => codesReturned.includes(code) && codes.every((pack) => pack.code !== code))
    if (again !== undefined) return { kind: 'code-returned', line, code: again }
  }
  if (asked <= 0 || asked > left) return { kind: 'more-than-left', line, left, asked }
  const given = new Set(returned.codes)
  const foreign = [...given].find((code) => codes.every((pack) => pack.code !== code))
  if (foreign !== undefined) return { kind: 'code-not-of-line', line, code: foreign }
  const wanted = codesWanted({ left, codes }, asked)
  return wanted === undefined || given.size === wanted ? undefined : { kind: 'codes-missing', line, wanted, given: given.size }
}

const ONE = 10_000

/**
 * As many as packs come back, where the line counts in packs and has a code for each; all of them when nothing is left.
 * undefined: a line that counts otherwise, or in parts of packs; its codes are the cashier's to say.
 */
function codesWanted({ left, codes }: Pick<ReturnableLine, 'left' | 'codes'>, asked: Quantity): number | undefined {
  if (asked === left) return codes.length
  const isByPack = codes.length * ONE === left && codes.every(({ isSplit }) => !isSplit)
  return isByPack && asked % ONE === 0 ? asked / ONE : undefined
}

const staysSomething = (lines: readonly ReturnableLine[], packs: readonly ReturnedPacks[]): boolean =>
  lines.some(({ line, left }) => left > (packs.find((returned) => returned.line === line)?.quantity ?? 0))
