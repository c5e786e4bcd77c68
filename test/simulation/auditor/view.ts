/**
 * What the world shows its auditor, and what it tells him while it happens; everything else he reads for himself. The shapes are
 * those of the world's own faces, so that a world can be handed in as it is.
 */

export interface CardUnderAudit {
  /** Short, for reports; no number of the card. */
  readonly name: string
  /** Digits. */
  readonly pin: string
  /** The EEPROM as it is now, a torn journal and all; a copy. */
  image(): Uint8Array
  /** Bytes written since the world began: the same number, the same image. */
  readonly written: number
}

export interface TerminalUnderAudit {
  readonly name: string
  /** ledger.db is in it, once there is one. Another folder after a kill. */
  readonly folder: string
  /** Grows with every write into the folder and with every other folder; without it the file itself is asked. */
  readonly writes?: number
}

export interface NamedKey {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface AuditView {
  readonly cards: readonly CardUnderAudit[]
  readonly terminals: readonly TerminalUnderAudit[]
  /** undefined: there is none. */
  readonly centre: { readonly file: string; readonly writes?: number } | undefined
  /** What must stand nowhere, besides PINs. */
  readonly keys?: readonly NamedKey[]
}

export type Observation =
  /** A card's chip has executed a command, or begun to: without an answer the power went inside. */
  | CardExchange
  | WindowAsked
  | WindowAnswer
  | { readonly kind: 'window-event'; readonly terminal: string; readonly event: unknown }
  | { readonly kind: 'card-in' | 'card-out'; readonly terminal: string; readonly card: string }
  /** The issuer's window has put its counter back to the limit, as the next thing that happens to the card. */
  | { readonly kind: 'pin-unblocked'; readonly card: string }
  /** Its last debit was another program's, with books of its own. */
  | { readonly kind: 'foreign-debit'; readonly card: string }
  /** Bodies as on the wire. */
  | { readonly kind: 'http-request'; readonly exchange?: number; readonly terminal: string; readonly path: string; readonly body: Uint8Array | undefined }
  | { readonly kind: 'http-answered'; readonly exchange?: number; readonly terminal: string; readonly body: Uint8Array }
  | { readonly kind: 'host-up'; readonly terminal: string }
  | { readonly kind: 'host-down'; readonly terminal: string }
  | { readonly kind: 'centre-up' | 'centre-down' }
  /** The centre stands where it once stood: lawful. */
  | { readonly kind: 'centre-restored' }
  /** A disk that lied: the books of this terminal are those of an earlier moment. Lawful, if it is named. */
  | { readonly kind: 'lawful-loss'; readonly terminal: string }
  /** What the centre had of it stands in its ledger again. */
  | { readonly kind: 'ledger-restored'; readonly terminal: string }
  | { readonly kind: 'log-line' | 'support-line'; readonly line: string }
  /** Nothing that an auditor would act upon. */
  /** What came to the terminal; undefined: nothing. */
  | { readonly kind: 'http-heard'; readonly exchange: number; readonly terminal: string; readonly status: number | undefined; readonly isForged: boolean }
  /** The centre gives out other rules from now on. */
  | { readonly kind: 'policies-published' }
  | { readonly kind: 'fault'; readonly struck: { readonly kind: string; readonly terminal: string | undefined } }
  | { readonly kind: 'clock-set' | 'credit-granted' | 'card-reported' }

export interface CardExchange {
  readonly kind: 'card-exchange'
  readonly terminal: string
  readonly slot: 'counter' | 'sam'
  readonly card: string | undefined
  readonly command: Uint8Array
  readonly answer: Uint8Array | undefined
}

export interface WindowAsked {
  readonly kind: 'window-asked'
  readonly terminal: string
  readonly name: string
  readonly params: unknown
}

export interface WindowAnswer {
  readonly kind: 'window-answer'
  readonly terminal: string
  readonly name: string
  readonly answer: unknown
}
