/**
 * Why a visit is not settled at the counter. Every member leaves the card uncharged, except the two that say otherwise:
 * `settle` with `in-doubt` or `not-recorded` inside.
 */

import type { OpenRefusal } from '../../card/session/open-card-session.ts'
import type { CardFault } from '../../card/session/fault.ts'
import type { AccountRefusal } from '../../card/session/account.ts'
import type { PinOutcomeRefusal } from '../../card/session/pin.ts'
import type { CalculationRefusal } from '../../settlement/calculation/refusal.ts'
import type { LoadRefusal } from '../../settlement/case/load-card.ts'
import type { SettleRefusal } from '../../settlement/case/settle-visit.ts'
import type { Reason } from '../../settlement/eligibility/reason.ts'
import type { Fen } from '../../settlement/money/fen.ts'
import type { StoreFailure } from '../../settlement/ledger/refusal.ts'
import type { PolicyChoiceRefusal } from '../../settlement/policy/choose-policy.ts'
import type { RulesRefusal } from '../../settlement/rules/choose-rules.ts'
import type { ComposeRefusal } from '../../settlement/visit/compose-claim.ts'
import type { PersonRefusal } from './insured-person.ts'
import type { PsamTrouble } from './reader/psam-trouble.ts'

export type CounterRefusal =
  | { readonly kind: 'card-not-opened'; readonly refusal: OpenRefusal }
  /** The PSAM in its reader cannot be reached: no card can be asked. */
  | { readonly kind: 'psam-not-ready'; readonly trouble: PsamTrouble }
  /** Put back from an older copy: the centre has so many batches of facts that are not here. What is written now could never be joined to them. */
  | { readonly kind: 'ledger-older'; readonly batches: number }
  | { readonly kind: 'card-lost'; readonly reported: 'temporary' | 'formal' }
  | { readonly kind: 'card-not-activated' }
  | { readonly kind: 'card-expired'; readonly expiryDate: string }
  /** The centre was asked just now and has nobody of the card's number: it would book nothing. */
  | { readonly kind: 'person-unknown' }
  | { readonly kind: 'card-unreadable'; readonly refusal: CardFault | AccountRefusal | PersonRefusal }
  /** The purse works in its own city only; the fund needs a filing first. */
  | { readonly kind: 'other-region'; readonly insuredRegion: string; readonly region: string }
  /** The visit says something about the person or the day that the card, or the clock, says otherwise. */
  | { readonly kind: 'visit-contradicts'; readonly field: string; readonly stated: string; readonly rule: string }
  | { readonly kind: 'policy'; readonly refusal: PolicyChoiceRefusal }
  | { readonly kind: 'pin-locked' }
  | { readonly kind: 'pin'; readonly refusal: PinOutcomeRefusal }
  /** The PIN is right, and still the one the card was issued with. */
  | { readonly kind: 'first-pin-unchanged' }
  /** `isTyped`: into a line at this counter, not written by a department. */
  | { readonly kind: 'claim'; readonly refusal: ComposeRefusal; readonly isTyped?: true }
  | { readonly kind: 'calculation'; readonly refusal: CalculationRefusal }
  /** The visit comes to something else than what was on the screen when the patient agreed. Nothing was charged. */
  | { readonly kind: 'amounts-changed'; readonly field: 'total' | 'fundPaid' | 'account' | 'cash'; readonly agreed: Fen; readonly now: Fen }
  /** The centre has not answered for longer than the region allows: no fund pays on what may no longer hold. */
  | { readonly kind: 'centre-stale'; readonly answeredAt: string; readonly days: number; readonly daysMax: number }
  /** Of a pharmacy's sale: a line that may not be handed over, wants a code, or goes beyond what a fund pays and is not split. */
  | { readonly kind: 'not-eligible'; readonly line: string; readonly item: string; readonly reason: Reason }
  /** No rules of eligibility for the day and the place. */
  | { readonly kind: 'eligibility-rules'; readonly refusal: RulesRefusal }
  | { readonly kind: 'settle'; readonly refusal: SettleRefusal }
  /** Of a load: nothing was put onto the card, except where it says in doubt. */
  | { readonly kind: 'load'; readonly refusal: LoadRefusal }
  | { readonly kind: 'ledger'; readonly refusal: StoreFailure }
