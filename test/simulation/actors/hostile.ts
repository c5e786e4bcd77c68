/** Somebody hostile at the window's door: requests that no page sends. Each has the only answers that it may get. */

import type { Outcome } from '../operation.ts'
import type { HostilePlan } from './plan.ts'
import type { Undertaking } from './undertaking.ts'

interface Attack {
  readonly name: string
  readonly params: unknown
  /** Kinds of refusal; "answer": it is harmless, and may be answered. */
  readonly may: readonly string[]
}

const MALFORMED = ['wrong-params']
const NO_CARD = ['no-card', 'card-changed', 'pin-not-given', 'settling']
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

const ATTACKS: readonly Attack[] = [
  { name: 'no.such.request', params: {}, may: ['unknown-request'] },
  { name: '__proto__', params: {}, may: ['unknown-request'] },
  { name: 'constructor', params: {}, may: ['unknown-request'] },
  { name: 'terminal.state', params: { extra: 1 }, may: MALFORMED },
  { name: 'settle', params: null, may: MALFORMED },
  { name: 'settle', params: { presence: -1, revision: 0, cash: '0.00' }, may: MALFORMED },
  { name: 'settle', params: { presence: 1.5, revision: 0, cash: '0.00' }, may: MALFORMED },
  { name: 'settle', params: { presence: 1, revision: 2 ** 53, cash: '0.00' }, may: MALFORMED },
  { name: 'settle', params: { presence: 4_000_000, revision: 4_000_000, cash: '0.00' }, may: ['no-bill', 'bill-stale'] },
  { name: 'settle', params: { presence: 1, revision: 1, cash: '0'.repeat(21) }, may: MALFORMED },
  { name: 'card.verify-pin', params: { presence: 4_000_000, pin: '000000', lastTry: true }, may: NO_CARD },
  { name: 'card.verify-pin', params: { presence: 0, pin: '0000000000000', lastTry: true }, may: MALFORMED },
  { name: 'card.change-pin', params: { presence: 4_000_000, from: '000000', to: '999999', lastTry: true }, may: NO_CARD },
  { name: 'card.verify-pin-on-pad', params: { presence: 4_000_000, lastTry: true }, may: NO_CARD },
  { name: 'card.reveal', params: { presence: 4_000_000, item: 'card-number' }, may: NO_CARD },
  { name: 'card.reveal', params: { presence: 1, item: 'pin' }, may: MALFORMED },
  { name: 'bill.open-text', params: { text: deep(2000) }, may: ['visit-not-readable', 'visit-invalid', 'bad-input'] },
  { name: 'bill.open-text', params: { text: '{"lines":1e999}' }, may: ['visit-not-readable', 'visit-invalid'] },
  { name: 'bill.open-text', params: { text: '{"__proto__":{"lines":[]}}' }, may: ['visit-not-readable', 'visit-invalid'] },
  { name: 'bill.open-text', params: { text: '\u0000' }, may: ['visit-not-readable'] },
  { name: 'bill.open-queue', params: { file: '../ledger.db' }, may: ['visit-gone', 'visit-not-readable'] },
  { name: 'bill.add-line', params: { revision: 4_000_000, code: "' or 1=1 --", quantity: '-1' }, may: ['no-bill', 'bill-stale'] },
  { name: 'bill.change', params: { revision: 4_000_000, received: '99999999999999999999' }, may: ['no-bill', 'bill-stale'] },
  { name: 'records.search', params: { from: '2026-02-31', to: '2026-01-01', text: "%' --", state: 'all', after: null, limit: 200 }, may: ['answer', 'bad-input'] },
  { name: 'records.search', params: { from: '2026-01-01', to: '2026-01-01', text: '', state: 'all', after: null, limit: 201 }, may: MALFORMED },
  { name: 'records.open', params: { settlementId: "x'; drop table fact; --" }, may: ['settlement-unknown'] },
  { name: 'records.refund', params: { settlementId: 'M1', reason: 'x' }, may: ['settlement-unknown'] },
  { name: 'records.refund', params: { settlementId: 'M1', reason: 'x'.repeat(201) }, may: MALFORMED },
  { name: 'statement.print', params: { settlementId: 'M1', format: 'a5' }, may: ['settlement-unknown'] },
  { name: 'statement.print', params: { settlementId: 'M1', format: 'a3' }, may: MALFORMED },
  { name: 'sale.return', params: { settlementId: 'M1', packs: [{ line: '1', codes: [], quantity: '1' }], reason: '' }, may: ['settlement-unknown', 'not-a-pharmacy', 'reason-invalid'] },
  { name: 'sale.scan', params: { revision: 4_000_000, text: '83600010000000000001' }, may: ['no-bill', 'bill-stale', 'not-a-pharmacy'] },
  { name: 'sale.scan', params: { revision: 0, text: 'x'.repeat(16_385) }, may: MALFORMED },
  { name: 'load.start', params: { presence: 4_000_000, owed: 'M1' }, may: [...NO_CARD, 'paused', 'not-connected', 'card-lost', 'card-not-activated', 'other-region', 'pin-locked', 'first-pin-unchanged', 'region-unknown', 'card-expired'] },
  { name: 'sync.connect', params: { url: 'http://127.0.0.1:1', code: 'AAAA' }, may: ['already-connected'] },
  { name: 'sync.connect', params: { url: 'file:///etc/passwd', code: 'AAAA' }, may: ['already-connected', 'address-malformed'] },
  { name: 'sync.retry', params: { sequence: 999_999_999 }, may: ['not-parked', 'paused'] },
  { name: 'sync.hand-over', params: { sequence: 999_999_999, note: 'x' }, may: ['not-parked'] },
  { name: 'close.sign', params: { revision: 2_000_000_000 }, may: ['close-stale', 'close-hindered', 'nothing-to-close'] },
  { name: 'close.count', params: { float: 'NaN', counted: '1' }, may: ['amount-malformed'] },
  { name: 'close.count', params: { float: '0.00', counted: '9'.repeat(20) }, may: ['amount-malformed'] },
  { name: 'close.resolve', params: { item: 'no such item', resolution: 'carry-over', note: '' }, may: ['item-unknown'] },
  { name: 'close.resolve', params: { item: 'x', resolution: 'forget', note: '' }, may: MALFORMED },
  { name: 'close.reopen', params: { sequence: 999_999_999, reason: 'x' }, may: ['close-unknown'] },
  { name: 'close.report', params: { sequence: 999_999_999 }, may: ['close-unknown'] },
  { name: 'reader.insert', params: { card: 'in-service-32k' }, may: ['not-simulated'] },
  { name: 'reader.fault', params: { kind: 'cut-in-debit' }, may: ['not-simulated'] },
  { name: 'reader.remove', params: {}, may: ['not-simulated'] },
  { name: 'reader.fixture-pin', params: { card: 'in-service-32k' }, may: ['answer', 'not-simulated', 'no-fixture-pin'] },
  { name: 'catalogue.search', params: { text: "测试' --", limit: 50 }, may: ['answer'] },
  { name: 'eligibility.check', params: { code: 'NOWHERE', quantity: '-1', days: null }, may: ['item-unknown', 'bad-input', 'bad-field'] },
  { name: 'driver.answer', params: {}, may: MALFORMED },
  { name: 'trace.clear', params: {}, may: ['answer'] }
]

const ATTACKS_AT_ONCE = 4

export async function attack(op: Undertaking<HostilePlan>): Promise<Outcome> {
  const first = op.plan.attack
  for (let number = 0; number < ATTACKS_AT_ONCE; number += 1) {
    const chosen = ATTACKS[(first + number) % ATTACKS.length]
    if (chosen === undefined) break
    const heard = await op.window.askRaw(chosen.name, chosen.params)
    if (heard.kind !== 'value' && heard.kind !== 'refused') {
      const died = op.heard(chosen.name, heard)
      return died.ok ? { kind: 'done' } : died.error
    }
    const kind = heard.kind === 'value' ? 'answer' : heard.refusal.kind
    if (heard.kind === 'refused') op.people.hit(`refusal:${kind}`)
    // A disk that fails fails for everybody, and one that lied has left books in which nobody writes.
    if (chosen.may.includes(kind) || (kind === 'store-failure' && op.causes.has('disk')) || (kind === 'ledger-older' && op.causes.has('books-lost'))) continue
    op.people.listeners.unlawful('unlawful', `${op.id} at ${op.window.till.name}: ${chosen.name} ${JSON.stringify(chosen.params).slice(0, 80)} was answered ${kind}; it may be ${chosen.may.join(', ')}`)
  }
  op.people.hit('operation:attacked')
  return { kind: 'done' }
}
