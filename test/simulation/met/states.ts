/** Every state that a window can show, by the names of the contract: records over its unions, as with the refusals. */

import type { AccountView, CardPanel, CardWarning } from '../../../electron/contract/card-view.ts'
import type { CloseItemKind, CloseView } from '../../../electron/contract/close-view.ts'
import type { ConfirmationView, ResolutionView, SettlementState } from '../../../electron/contract/settlement-view.ts'
import type { LinkState, ParkedRow } from '../../../electron/contract/sync-view.ts'
import type { Verdict } from '../../../settlement/batch/batch.ts'
import type { Observation } from '../world/observation.ts'

type All<Name extends string> = Readonly<Record<Name, true>>

export const PANEL: All<CardPanel['state']> = { 'no-reader': true, 'no-card': true, reading: true, refused: true, ready: true }

export const ACCOUNT: All<AccountView['state']> = { 'after-pin': true, 'on-card': true, 'at-centre': true }

export const WARNING: All<CardWarning['kind']> = {
  expired: true, lost: true, 'not-activated': true, 'person-unknown': true, 'other-region': true, 'first-pin': true, 'pin-locked': true, 'last-try': true,
  'in-doubt': true, 'no-rules': true, 'ledger-older': true
}

/** Of a hold, and of a load's: open and in doubt, and what became of it when the card came back. */
export const DOUBT: All<`${ResolutionView['kind']}-${'open' | ResolutionView['outcome']}`> = {
  'settlement-open': true, 'settlement-posted': true, 'settlement-released': true, 'settlement-in-doubt': true,
  'settlement-not-recorded': true, 'load-open': true, 'load-posted': true, 'load-released': true, 'load-in-doubt': true,
  'load-not-recorded': true
}

/** What comes of having an older ledger fetch from the centre what it has lost. */
export const OLDER_LEDGER: All<'restored' | 'nothing' | 'histories-differ' | 'network-down' | 'centre-down' | 'clock-skew'> = {
  restored: true, nothing: true, 'histories-differ': true, 'network-down': true, 'centre-down': true, 'clock-skew': true
}

/** How many batches of a till are under way, when one more leaves. */
export const UPLOADS: All<'one' | 'two'> = { one: true, two: true }

/** What the centre says of the serial of a hold that is in doubt. */
export const HELD_SERIAL: All<'used' | 'unknown'> = { used: true, unknown: true }

/** What a bill shows of what the centre has told of its patient. */
export const TOLD: All<'fund-closed' | 'not-in-force'> = { 'fund-closed': true, 'not-in-force': true }

export const SETTLEMENT: All<SettlementState> = { settled: true, 'in-doubt': true, refunded: true }

export const CONFIRMATION: All<ConfirmationView['state']> = { provisional: true, confirmed: true, adjusted: true, parked: true, 'never-booked': true }

export const LINK: All<LinkState> = { 'not-connected': true, up: true, 'network-down': true, 'centre-down': true, refused: true, paused: true }

export const PARKED: All<ParkedRow['state']> = { open: true, 'handed-over': true }

export const CLOSE: All<CloseView['state']> = { open: true, nothing: true }

export const CLOSE_ITEM: All<CloseItemKind> = {
  unsynced: true, 'in-doubt': true, parked: true, 'owed-to-card': true, 'only-here': true, 'only-centre': true, 'amounts-differ': true, 'books-differ': true,
  'centre-not-asked': true, drawer: true
}

export const VERDICT: All<Verdict['kind']> = { accepted: true, noted: true, exists: true, conflict: true, refused: true }

export const HOST_END: All<Extract<Observation, { kind: 'host-down' }>['cause']> = {
  stopped: true, killed: true, 'power-lost': true, 'refused-to-start': true, broke: true
}

export const CENTRE_END: All<Extract<Observation, { kind: 'centre-down' }>['cause']> = { stopped: true, killed: true }
