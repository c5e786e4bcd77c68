/** What the card side needs from outside and never takes by itself: randomness and the time of a transaction. */

/** Random bytes for challenges. Tests hand in a seeded one. */
export interface Entropy {
  bytes(length: number): Uint8Array
}

/** Terminal time as the card signs it: 14 digits YYYYMMDDhhmmss (card.md 5.4). */
export type CardTime = string

export const isCardTime = (text: string): text is CardTime => /^\d{14}$/.test(text)
