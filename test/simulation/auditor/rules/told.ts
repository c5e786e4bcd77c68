/** What a window was told of money stands in the ledger at that very moment. */

import type { Findings } from '../failure.ts'
import type { LedgerBook } from '../ledger-book.ts'

type Json = Readonly<Record<string, unknown>>

/** `answer`: the Result as the window got it. */
export function checkTold(name: string, answer: unknown, book: LedgerBook, findings: Findings): void {
  const value = isJson(answer) && answer['ok'] === true ? answer['value'] : undefined
  if (!isJson(value)) return
  switch (name) {
    case 'settle':
    case 'statement.print':
      return checkStatement(value, book, findings)
    case 'records.refund':
      return checkState(String(value['settlementId']), ['corrected'], book, findings)
    case 'load.start':
      return checkLoaded(value, book, findings)
    default:
  }
}

/** Topic `resolved`: what became of holds when their card came back. */
export function checkEvent(event: unknown, book: LedgerBook, findings: Findings): void {
  if (!isJson(event) || event['topic'] !== 'resolved' || !Array.isArray(event['resolutions'])) return
  for (const resolution of event['resolutions'] as readonly unknown[]) {
    if (!isJson(resolution) || resolution['kind'] !== 'settlement') continue
    const id = String(resolution['settlementId'])
    if (resolution['outcome'] === 'posted') checkState(id, ['posted', 'corrected'], book, findings)
    if (resolution['outcome'] === 'released') checkState(id, ['released'], book, findings)
  }
}

function checkStatement(value: Json, book: LedgerBook, findings: Findings): void {
  const id = String(value['settlementId'])
  // A paper that says itself that it is in doubt tells of no payment: one whose posting was lost with a disk prints so.
  checkState(id, value['state'] === 'in-doubt' ? ['open'] : ['posted', 'corrected'], book, findings)
  const settling = book.bySettlement.get(id)
  const sums = value['sums']
  if (settling === undefined || !isJson(sums)) return
  // A statement shows what was charged, whatever the centre has booked since.
  for (const name of ['total', 'account', 'cash'] as const) {
    const told = fenOf(sums[name])
    const posted = settling.hold.fact.amounts[name]
    findings.expect('told-is-durable', told === posted, () => `${book.terminal}: visit ${settling.hold.fact.visitNo} was told as ${told} fen ${name}, ${posted} are posted`)
  }
}

function checkState(id: string, states: readonly string[], book: LedgerBook, findings: Findings): void {
  const state = book.bySettlement.get(id)?.state
  findings.expect('told-is-durable', state !== undefined && states.includes(state), () => `${book.terminal}: settlement ${id} was told as ${states[0]} and is ${state ?? 'in no ledger'}`)
}

function checkLoaded(value: Json, book: LedgerBook, findings: Findings): void {
  const id = String(value['loadId'])
  const loading = book.byLoad.get(id)
  const isPosted = loading?.state === 'posted' && loading.hold.fact.amount === fenOf(value['amount'])
  findings.expect('told-is-durable', isPosted, () => `${book.terminal}: load ${id} of ${fenOf(value['amount'])} fen was told as done and is ${loading?.state ?? 'in no ledger'}`)
}

export function fenOf(yuan: unknown): number {
  const [, sign = '', whole, cents] = /^(-?)(\d+)\.(\d\d)$/.exec(typeof yuan === 'string' ? yuan : '') ?? []
  return whole === undefined || cents === undefined ? Number.NaN : Number(`${sign}${whole}${cents}`)
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
