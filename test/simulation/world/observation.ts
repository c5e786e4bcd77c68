/** What an observer of the world is told while it happens, in order. Bytes are his own copies; a PIN is in none but the wire's. */

import type { TerminalEvent } from '../../../electron/contract/events.ts'
import type { FaultKind } from './swarm.ts'

export type Observation =
  /** A command that reached a chip, and what the chip said of it; undefined: its supply went meanwhile. What the program hears may differ. */
  | {
      readonly kind: 'card-exchange'
      readonly terminal: string
      readonly slot: 'counter' | 'sam'
      /** Name of the card or PSAM that lay there; undefined: none. */
      readonly card: string | undefined
      readonly command: Uint8Array
      readonly answer: Uint8Array | undefined
    }
  | { readonly kind: 'card-in' | 'card-out'; readonly terminal: string; readonly card: string }
  | {
      readonly kind: 'http-request'
      readonly exchange: number
      readonly terminal: string
      readonly method: string
      readonly path: string
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array | undefined
    }
  /** The centre has answered; whether the terminal hears of it is another thing. */
  | { readonly kind: 'http-answered'; readonly exchange: number; readonly terminal: string; readonly status: number; readonly body: Uint8Array }
  /** What the terminal heard; undefined: nothing. `isForged`: the centre did not say it. */
  | { readonly kind: 'http-heard'; readonly exchange: number; readonly terminal: string; readonly status: number | undefined; readonly isForged: boolean }
  | { readonly kind: 'window-asked'; readonly terminal: string; readonly call: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'window-answer'; readonly terminal: string; readonly call: number; readonly name: string; readonly answer: unknown }
  | { readonly kind: 'window-event'; readonly terminal: string; readonly event: TerminalEvent }
  /** `folder`: where its files are from now on. */
  | { readonly kind: 'host-up'; readonly terminal: string; readonly folder: string }
  | { readonly kind: 'host-down'; readonly terminal: string; readonly cause: 'stopped' | 'killed' | 'power-lost' | 'refused-to-start' | 'broke' }
  | { readonly kind: 'centre-up'; readonly file: string }
  | { readonly kind: 'centre-down'; readonly cause: 'stopped' | 'killed' }
  /** The centre goes on from a backup of that moment: what it had taken in since is gone from it. Lawful. */
  | { readonly kind: 'centre-restored'; readonly file: string; readonly backupOf: string }
  /** A disk that lied: the books of this terminal are those of an earlier moment. Lawful. */
  | { readonly kind: 'lawful-loss'; readonly terminal: string; readonly booksOf: string }
  /** Support has had the ledger of a stopped till fetch from the centre what it has lost. */
  | { readonly kind: 'ledger-restored'; readonly terminal: string; readonly fetched: string }
  | { readonly kind: 'clock-set'; readonly terminal: string; readonly byMs: number }
  | { readonly kind: 'policies-published'; readonly regions: readonly string[] }
  | { readonly kind: 'credit-granted'; readonly card: string; readonly credit: string; readonly fen: number }
  | { readonly kind: 'pin-unblocked'; readonly card: string }
  | { readonly kind: 'card-reported'; readonly card: string; readonly as: 'lost' | 'found' | 'activated' }
  | { readonly kind: 'fault'; readonly struck: Struck }
  | { readonly kind: 'log-line'; readonly line: string }
  /** What a till or the centre says to support staff. */
  | { readonly kind: 'support-line'; readonly from: string; readonly line: string }

/** A fault that struck. */
export interface Struck {
  readonly number: number
  readonly kind: FaultKind
  /** ms since 1970, of the world. */
  readonly at: number
  readonly terminal: string | undefined
  readonly card: string | undefined
}

export type Observer = (observation: Observation) => void
