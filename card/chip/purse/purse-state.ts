/**
 * What the purse is in the middle of (P2 table 1). An INIT opens a transaction; only its own CREDIT or DEBIT may follow, any
 * refused command ends it. Volatile: after a reset nothing is open, and the random and serial of the INIT are dead.
 */

export type PurseState =
  | { readonly kind: 'idle' }
  | ({ readonly kind: 'load'; readonly keyVersion: number } & OpenTransaction)
  | ({ readonly kind: 'purchase'; readonly keyVersion: number } & OpenTransaction)

export interface OpenTransaction {
  /** As the terminal sent it: one or three amounts of 4 bytes. */
  readonly amounts: Uint8Array
  readonly terminal: Uint8Array
  readonly random: Uint8Array
  /** Of this transaction: the value before it. */
  readonly serial: number
}
