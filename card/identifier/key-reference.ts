/**
 * Which key is which: its directory and id on the card, its usage and id in the PSAM, and how many levels lie between the
 * issuer's national key and the card's (key cross table of 2013-06-19; PSG appendix 2).
 *
 *   PSAM usage byte = number of factors (top 3 bits: 67 -> 3, 4x -> 2, 2x -> 1) | key type (low 5 bits)
 *
 * The number of factors says at which level the PSAM holds the key: with 3 it holds the national key, with 2 the
 * province's. UKA and UKB of DF01 are the tenth and eleventh update key.
 */

export type KeyDirectory = 'SSSE' | 'DF01' | 'DF02' | 'DF03' | 'DF04' | 'DF07'

/** The levels at which a key is diversified, from the top. */
export type KeyLevel = 'province' | 'city' | 'card'

export interface PsamKeyReference {
  readonly usage: number
  readonly id: number
  /** Usage bytes that PSAMs in the field carry for the same key instead of `usage`. */
  readonly otherUsages?: readonly number[]
}

export interface KeyReference {
  /** Key id in the user card's directory. */
  readonly card: number
  /** Usage and id in the PSAM; undefined when no PSAM holds it. */
  readonly psam: PsamKeyReference | undefined
  readonly directory: KeyDirectory
  /** Bytes: 8 DES, 16 two-key triple DES. */
  readonly length: 8 | 16
  readonly levels: readonly KeyLevel[]
}

const psamKey = (usage: number | undefined, id: number | undefined): PsamKeyReference | undefined =>
  usage === undefined || id === undefined ? undefined : { usage, id }

const reference =
  (directory: KeyDirectory) =>
  (card: number, usage?: number, id?: number): KeyReference => ({
    card,
    psam: psamKey(usage, id),
    directory,
    length: 16,
    levels: ['province', 'city', 'card']
  })

/**
 * The keys of the command MAC are DES keys of 8 bytes, and pass by the province. The cross table gives usage 46; the
 * field's code asks with 48, the V1.0 guide with 26.
 */
const macKey = (directory: KeyDirectory, card: number, id: number): KeyReference => ({
  card,
  psam: { usage: 0x46, id, otherUsages: [0x48, 0x26] },
  directory,
  length: 8,
  levels: ['city', 'card']
})

const ssse = reference('SSSE')
const df01 = reference('DF01')
const df02 = reference('DF02')
const df03 = reference('DF03')
const df04 = reference('DF04')
const df07 = reference('DF07')

export const KEY = {
  /** Internal authentication; card id 03 in a V1.0 PSAM's world (conflicting sources). */
  IRK: ssse(0x00, 0x67, 0x08),
  STK: macKey('SSSE', 0x02, 0x09),
  UKSSSE: ssse(0x04, 0x48, 0x12),
  BK: ssse(0x05, 0x48, 0x11),
  PUK: ssse(0x06, 0x48, 0x10),
  RKSSSE: ssse(0x0a, 0x47, 0x0a),

  STKDF01: macKey('DF01', 0x82, 0x20),
  UK1DF01: df01(0x83, 0x48, 0x42),
  UK2DF01: df01(0x84, 0x48, 0x43),
  UK3DF01: df01(0x85, 0x47, 0x24),
  UK4DF01: df01(0x86, 0x47, 0x25),
  UK5DF01: df01(0x87, 0x48, 0x44),
  RK1DF01: df01(0x88, 0x47, 0x2e),
  UK6DF01: df01(0x89, 0x47, 0x2f),
  UK7DF01: df01(0x8a, 0x47, 0x30),
  UK8DF01: df01(0x8b, 0x47, 0x31),
  UK9DF01: df01(0x8c, 0x47, 0x32),
  UKADF01: df01(0x8d, 0x47, 0x33),
  UKBDF01: df01(0x8e, 0x47, 0x34),

  STKDF02: macKey('DF02', 0x82, 0x21),
  UK1DF02: df02(0x83, 0x47, 0x26),
  UK2DF02: df02(0x84, 0x48, 0x45),
  UK3DF02: df02(0x85, 0x48, 0x46),
  UK4DF02: df02(0x86, 0x47, 0x27),
  UK5DF02: df02(0x87, 0x47, 0x28),
  RK1DF02: df02(0x88, 0x47, 0x35),
  UK6DF02: df02(0x89, 0x47, 0x36),

  STKDF03: macKey('DF03', 0x82, 0x22),
  LKDF03: df03(0x83, 0x48, 0x40),
  RK1DF03: df03(0x84, 0x67, 0x2b),
  RK2DF03: df03(0x85, 0x67, 0x2c),
  UK1DF03: df03(0x86, 0x48, 0x47),
  UK2DF03: df03(0x87, 0x47, 0x29),
  UK3DF03: df03(0x88, 0x48, 0x48),
  UK4DF03: df03(0x89, 0x47, 0x37),
  UK5DF03: df03(0x8a, 0x47, 0x38),
  UK6DF03: df03(0x8b, 0x47, 0x39),
  UK7DF03: df03(0x8c, 0x47, 0x3a),
  UK8DF03: df03(0x8d, 0x47, 0x3b),

  STKDF04: macKey('DF04', 0x82, 0x23),
  LKDF04: df04(0x83, 0x48, 0x41),
  RK1DF04: df04(0x84, 0x67, 0x2d),
  UK1DF04: df04(0x85, 0x48, 0x49),
  UK2DF04: df04(0x86, 0x47, 0x2a),
  /** Maintenance of the internal amount file. */
  DSK: df04(0x87, 0x48, 0x4a),
  /** Purchase: the card key's id is the key version, 01 to 03, and so is the PSAM's. */
  DPK: { ...df04(0x01, 0x42, 0x01), psam: { usage: 0x42, id: 0x01, otherUsages: [0x62, 0x22] } },
  /** Load; in no PSAM, the centre alone loads. */
  DLK: df04(0x01),
  /** TAC; in no PSAM, the centre alone checks it. */
  DTK: df04(0x00),

  RK1DF07: df07(0x83, 0x47, 0x3d),
  RK2DF07: df07(0x84, 0x47, 0x3f),
  RK3DF07: df07(0x85, 0x47, 0xb1),
  UK1DF07: df07(0x86, 0x47, 0x3e),
  UK2DF07: df07(0x87, 0x47, 0xb0),
  UK3DF07: df07(0x88, 0x47, 0xb2)
} as const satisfies Record<string, KeyReference>

export type KeyName = keyof typeof KEY

export const KEY_NAMES = Object.keys(KEY) as readonly KeyName[]

/** The type of a PSAM key, the low five bits of its usage (PSG appendix 1). */
export const PSAM_KEY_TYPE = {
  MASTER: 0,
  MAINTENANCE: 1,
  PURCHASE: 2,
  PIN_UNBLOCK: 3,
  PIN_RELOAD: 4,
  APPLICATION_MAINTENANCE: 5,
  MAC: 6,
  ENCRYPT: 7,
  MAC_AND_ENCRYPT: 8,
  LOAD: 9,
  TAC: 12
} as const

export const psamKeyType = (psamUsage: number): number => psamUsage & 0x1f

/** How many factors a PSAM key wants, 0 to 7; PSAMs use 1 to 3. */
export const diversificationFactors = (psamUsage: number): number => psamUsage >> 5
