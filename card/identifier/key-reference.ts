/**
 * Which key is which, on the card and in the PSAM (key cross table of 2013-06-19 and PSG appendix 2; card.md 5.5).
 * The top three bits of a PSAM usage byte give the number of diversification factors: 67 -> 3, 4x -> 2, 2x -> 1.
 */

export interface KeyReference {
  /** Key id in the user card's directory. */
  readonly card: number
  /** Usage and id in the PSAM; undefined when no PSAM holds it. */
  readonly psam: { readonly usage: number; readonly id: number } | undefined
}

const reference = (card: number, usage?: number, id?: number): KeyReference => ({
  card,
  psam: usage === undefined || id === undefined ? undefined : { usage, id }
})

/** SSSE level. */
export const KEY = {
  /** Internal authentication; 03 in a V1.0 PSAM's world (card.md Q7). */
  IRK: reference(0x00, 0x67, 0x08),
  STK: reference(0x02, 0x46, 0x09),
  UKSSSE: reference(0x04, 0x48, 0x12),
  BK: reference(0x05, 0x48, 0x11),
  PUK: reference(0x06, 0x48, 0x10),
  RKSSSE: reference(0x0a, 0x47, 0x0a),
  /** DF04: medical insurance. */
  RK1DF04: reference(0x84, 0x67, 0x2d),
  UK1DF04: reference(0x85, 0x48, 0x49),
  UK2DF04: reference(0x86, 0x47, 0x2a),
  DSK: reference(0x87, 0x48, 0x4a),
  LKDF04: reference(0x83, 0x48, 0x41),
  STKDF04: reference(0x82, 0x46, 0x23),
  /** Purse. DPK: the card key's index is the key version. */
  DPK: reference(0x01, 0x42, 0x01),
  DLK: reference(0x01),
  DTK: reference(0x00)
} as const satisfies Record<string, KeyReference>

export const diversificationFactors = (psamUsage: number): 0 | 1 | 2 | 3 => (psamUsage >> 5) as 0 | 1 | 2 | 3
