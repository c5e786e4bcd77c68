/** What the card side needs from outside and never takes by itself: randomness and the time of a transaction. */

/** Random bytes for challenges. Tests hand in a seeded one. */
export interface Entropy {
  bytes(length: number): Uint8Array
}

/** Terminal time as the card signs it: 14 digits YYYYMMDDhhmmss (S38; P2 appendix B). */
export type CardTime = string

export const isCardTime = (text: string): text is CardTime => /^\d{14}$/.test(text)

/**
 * The EEPROM of a simulated card or PSAM. Writes land byte by byte in order; the medium may lose power after any of them
 * and then throws PowerLost, with every earlier byte in place and no later one.
 */
export interface NonvolatileMedium {
  /** Bytes. */
  readonly size: number
  read(offset: number, length: number): Uint8Array
  write(offset: number, bytes: Uint8Array): void
}

/** Thrown through a chip when its supply goes: the command under way has no answer. Only a reader or a test catches it. */
export class PowerLost extends Error {
  override readonly name = 'PowerLost'
}
