/**
 * What the one big button does now. The order is that of the counter: what a card left in doubt, a bill, a card that may
 * pay, its PIN, the money. No rule is applied here; each step only reads what the host said.
 */

import type { BillView, QueueEntry } from '../../../electron/contract/bill-view.ts'
import type { CardPanel, CardView, CardWarning } from '../../../electron/contract/card-view.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { SaleView } from '../../../electron/contract/sale-view.ts'
import type { InDoubtView } from '../../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../../electron/contract/text.ts'
import type { HostState } from '../../../electron/contract/till-view.ts'
import { waitsForPin } from '../../in-doubt/waits-for-pin.ts'

export type NextStep =
  | { readonly kind: 'wait' }
  /** The host does not come: nothing can be settled at this till. */
  | { readonly kind: 'no-host' }
  /** The ledger is an older copy: whatever the card, nothing is settled before the rest is fetched. */
  | { readonly kind: 'ledger-older' }
  | { readonly kind: 'pick-bill' }
  | { readonly kind: 'insert-card' }
  | { readonly kind: 'card-refused'; readonly refusal: RefusalView }
  | { readonly kind: 'add-lines' }
  /** Made by hand for somebody whose card it is not that lies there. */
  | { readonly kind: 'pass-on' }
  /** Lines of a sale that may not be handed over yet, or lack a pack's code. */
  | { readonly kind: 'mend-lines'; readonly count: number }
  | { readonly kind: 'bill-refused'; readonly refusal: RefusalView }
  /** The bill names somebody else than the card, and nobody's waits whose card it is. */
  | { readonly kind: 'their-card'; readonly refusal: RefusalView }
  /** The same, and the queue has a bill of the holder's. */
  | { readonly kind: 'open-theirs'; readonly file: string; readonly holder: string; readonly refusal: RefusalView }
  | { readonly kind: 'enter-pin'; readonly presence: number }
  /** The card left something in doubt, and proves it after its PIN. */
  | { readonly kind: 'prove-pin'; readonly presence: number }
  | { readonly kind: 'change-pin'; readonly presence: number }
  | { readonly kind: 'settle'; readonly presence: number; readonly revision: number; readonly cash: Yuan }

export interface Standing {
  readonly host: HostState
  readonly panel: CardPanel | null
  readonly inDoubt: readonly InDoubtView[]
  readonly queue: readonly QueueEntry[] | null
  readonly bill: (Pick<BillView, 'revision' | 'source' | 'outcome' | 'madeFor'> & { readonly sale?: Pick<SaleView, 'openLines'> | null }) | null
}

export function nextStep({ host, panel, inDoubt, queue, bill }: Standing): NextStep {
  if (host.state === 'failed') return { kind: 'no-host' }
  if (host.state !== 'ready' || panel === null) return { kind: 'wait' }
  if (panel.state === 'ready' && panel.card.warnings.some(({ kind }) => kind === 'ledger-older')) return { kind: 'ledger-older' }
  const presence = waitsForPin(panel, inDoubt)
  if (presence !== null) return { kind: 'prove-pin', presence }
  if (bill === null) return { kind: 'pick-bill' }
  const openLines = bill.sale?.openLines ?? 0
  // Nothing is charged either while every line of a sale may not be handed over.
  if (bill.outcome.state === 'empty' && openLines === 0) return { kind: 'add-lines' }
  if (panel.state === 'reading') return { kind: 'wait' }
  if (panel.state === 'refused' || panel.state === 'no-reader') return { kind: 'card-refused', refusal: panel.refusal }
  if (panel.state === 'no-card') return { kind: 'insert-card' }
  return withCard(panel.card, queue ?? [], bill)
}

/** What stands in the way of settling, but not of the PIN that may clear it. */
const CLEARED_AFTER_PIN = new Set<CardWarning['kind']>(['first-pin', 'in-doubt'])

function withCard({ presence, holder, warnings, verified }: CardView, queue: readonly QueueEntry[], { revision, source, outcome, madeFor, sale }: NonNullable<Standing['bill']>): NextStep {
  const blocking = warnings.filter(({ blocks }) => blocks)
  const hard = blocking.find(({ kind }) => verified || !CLEARED_AFTER_PIN.has(kind))
  if (hard !== undefined) return hard.kind === 'first-pin' ? { kind: 'change-pin', presence } : { kind: 'card-refused', refusal: hard.refusal }
  if (madeFor !== null) return { kind: 'pass-on' }
  const openLines = sale?.openLines ?? 0
  if (openLines > 0) return { kind: 'mend-lines', count: openLines }
  if (outcome.state === 'refused') {
    const { refusal } = outcome
    if (refusal.kind !== 'other-person') return { kind: 'bill-refused', refusal }
    // What was pasted nobody else has: it does not make way at a key.
    const theirs = source === 'queue' ? queue.find(({ state, visit }) => state === 'waiting' && visit?.patient === holder.name) : undefined
    return theirs === undefined ? { kind: 'their-card', refusal } : { kind: 'open-theirs', file: theirs.file, holder: holder.name, refusal }
  }
  if (!verified) return { kind: 'enter-pin', presence }
  if (outcome.state !== 'computed' || !outcome.sums.accountKnown) return { kind: 'wait' }
  return { kind: 'settle', presence, revision, cash: outcome.sums.cash }
}
