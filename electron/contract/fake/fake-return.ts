/** Single packs come back to the fake: the sale opens anew, with them as negative lines. */

import { ok, refuse } from '../../../base/result.ts'
import type { Params } from '../requests.ts'
import type { StatementLine, StatementView } from '../settlement-view.ts'
import type { Answer } from '../terminal.ts'
import { open } from './fake-bill.ts'
import { NO_SALE_RECORD, NOT_A_PHARMACY, notReturnable, REASON_INVALID, RETURN_IN_DOUBT, UNKNOWN_SETTLEMENT } from './fake-refusals.ts'
import { refund } from './fake-records.ts'
import { isPharmacy } from './fake-sale-bill.ts'
import type { FakeLine } from './fake-sums.ts'
import { drugOf, wholePacks } from './fake-verdict.ts'
import type { World } from './fake-world.ts'
import { SALE_VISIT } from './sample-visits.ts'

type Pack = Params<'sale.return'>['packs'][number]

export function returnPacks(world: World, { settlementId, packs, reason }: Params<'sale.return'>): Answer<'sale.return'> {
  if (!isPharmacy(world)) return refuse(NOT_A_PHARMACY)
  const statement = world.statements.find((known) => known.settlementId === settlementId)
  if (statement === undefined) return refuse(UNKNOWN_SETTLEMENT)
  if (statement.sale === null) return refuse(NO_SALE_RECORD)
  if (statement.state === 'in-doubt') return refuse(RETURN_IN_DOUBT)
  if (reason.trim() === '') return refuse(REASON_INVALID)
  for (const pack of packs) {
    const wrong = whyNot(statement, pack)
    if (wrong !== undefined) return refuse(notReturnable(wrong.kind, wrong.field, wrong.rule))
  }
  // Asked again after it was broken off: it was taken back then.
  if (statement.state === 'settled') refund(world, { settlementId, reason })
  if (isEverything(statement, packs)) return ok(null)
  const sold = statement.lines.map(soldLine)
  const returned = packs.map((pack, index) => returnedLine(sold, pack, sold.length + index + 1))
  const returnOf = { settlementId, when: statement.settledAt }
  return open(world, { source: 'typed', visit: SALE_VISIT, file: null, lines: [...sold, ...returned], sale: { prescription: null, returnOf } })
}

const isEverything = ({ lines }: StatementView, packs: readonly Pack[]): boolean =>
  lines.every(({ line, quantity }) => packs.some((pack) => pack.line === line && pack.quantity === quantity))

function whyNot({ lines }: StatementView, { line, codes, quantity }: Pack): { readonly kind: string; readonly field: string; readonly rule: string } | undefined {
  const sold = lines.find((known) => known.line === line)
  if (sold === undefined) return { kind: 'line-unknown', field: line, rule: 'must be a line of the sale' }
  if (!/^[1-9]\d*$/.test(quantity) || wholePacks(quantity) > wholePacks(sold.quantity)) return { kind: 'more-than-left', field: 'quantity', rule: 'must be at most what was sold' }
  const foreign = codes.find((code) => sold.sale?.packs.every(({ traceCode }) => traceCode !== code))
  return foreign === undefined ? undefined : { kind: 'code-not-of-line', field: foreign, rule: 'must be a code of the line' }
}

function soldLine({ line, code, price, quantity, sale }: StatementLine): FakeLine {
  const item = drugOf(code)
  if (item === undefined) throw new Error(`the fake sold ${code}, which it does not have`)
  return { line, item, price, quantity, approval: '0', packs: sale?.packs ?? [], isOwnPay: sale?.ownPayReason !== null }
}

function returnedLine(sold: readonly FakeLine[], { line, codes, quantity }: Pack, number: number): FakeLine {
  const of = sold.find((known) => known.line === line)
  if (of === undefined) throw new Error(`a return of line ${line}, which was checked`)
  return { ...of, line: String(number), quantity: `-${quantity}`, packs: codes.map((traceCode) => ({ traceCode, isSplit: false })), returnOf: line }
}
