/** The card in the reader as the left side of the screen shows it. Numbers are masked; `card.reveal` gives one while it is looked at. */

import type { RefusalView } from './refusal-view.ts'
import type { Text, Yuan } from './text.ts'

export type CardPanel =
  | { readonly state: 'no-reader'; readonly refusal: RefusalView }
  | { readonly state: 'no-card' }
  | { readonly state: 'reading'; readonly presence: number }
  /** Not a card that can be read: wrong card, blank, mute, counterfeit, blocked. */
  | { readonly state: 'refused'; readonly presence: number; readonly refusal: RefusalView }
  | { readonly state: 'ready'; readonly card: CardView }

export type AccountView =
  /** The chip tells its balance to whoever knows the PIN. */
  | { readonly state: 'after-pin' }
  | { readonly state: 'on-card'; readonly balance: Yuan }
  /** The account is kept by the centre; the card only signs. */
  | { readonly state: 'at-centre' }

export type RevealItem = 'card-number' | 'citizen-number' | 'account-number'

export interface CardView {
  /** Counts insertions: an answer about one presence says nothing of the next. */
  readonly presence: number
  readonly generation: { readonly version: '1.00' | '2.00' | '3.00'; readonly name: Text }
  readonly holder: {
    readonly name: string
    readonly sex: Text | null
    readonly age: number | null
  }
  /** "*****4567"; null where the card has none. */
  readonly masked: Readonly<Record<RevealItem, string | null>>
  readonly insured: { readonly region: string; readonly regionName: Text | null; readonly insutype: string; readonly insutypeName: Text }
  readonly personClass: { readonly code: string; readonly name: Text }
  /** Entitlements the card carries: outpatient pooling, chronic disease, treatment elsewhere ... */
  readonly entitlements: readonly Text[]
  readonly issueDate: string | null
  readonly expiryDate: string | null
  readonly account: AccountView
  /** 0 is locked; null: the card does not tell. */
  readonly triesLeft: number | null
  /** pad: at the reader, whose keys this program never sees. */
  readonly pinOn: 'window' | 'pad'
  /** The PIN was given and stands until the card leaves or the time is up. */
  readonly verified: boolean
  readonly warnings: readonly CardWarning[]
  /** What this till, or the centre, still has to put onto this card. Told with the card, before any PIN, and anew when a refund adds to it. */
  readonly owed: readonly OwedView[]
}

export interface OwedView {
  /** The settlement that was refunded or adjusted, or the centre's credit: names the row in `load.start`. */
  readonly owed: string
  readonly purpose: 'refund' | 'adjustment' | 'credit'
  readonly amount: Yuan
  readonly reason: Text
}

export interface CardWarning {
  readonly kind: 'expired' | 'lost' | 'not-activated' | 'person-unknown' | 'other-region' | 'first-pin' | 'pin-locked' | 'last-try' | 'in-doubt' | 'no-rules' | 'ledger-older'
  /** Settling is refused while one of these stands. */
  readonly blocks: boolean
  readonly refusal: RefusalView
}
