/**
 * The two status bytes SW1 SW2 as one number, with the names the field uses (P1; P2; ISO 7816-4 5.6).
 * A command's own table says what a word means for that command; this file only names it.
 */

export type StatusWord = number

export const SW = {
  OK: 0x9000,
  PARTLY_CORRUPT: 0x6281,
  END_OF_FILE: 0x6282,
  FILE_INVALIDATED: 0x6283,
  AUTHENTICATION_FAILED: 0x6300,
  STATE_UNCHANGED: 0x6400,
  MEMORY_FAILURE: 0x6581,
  WRONG_LENGTH: 0x6700,
  LOGICAL_CHANNEL_UNSUPPORTED: 0x6881,
  SECURE_MESSAGING_UNSUPPORTED: 0x6882,
  NOT_ACCEPTED: 0x6900,
  INVALID_STATE: 0x6901,
  WRONG_FILE_TYPE: 0x6981,
  SECURITY_NOT_SATISFIED: 0x6982,
  BLOCKED: 0x6983,
  DATA_INVALID: 0x6984,
  CONDITIONS_NOT_SATISFIED: 0x6985,
  NO_CURRENT_FILE: 0x6986,
  SECURE_MESSAGING_MISSING: 0x6987,
  SECURE_MESSAGING_WRONG: 0x6988,
  WRONG_DATA: 0x6a80,
  FUNCTION_UNSUPPORTED: 0x6a81,
  FILE_NOT_FOUND: 0x6a82,
  RECORD_NOT_FOUND: 0x6a83,
  NO_SPACE: 0x6a84,
  WRONG_P1_P2: 0x6a86,
  KEY_NOT_FOUND: 0x6a88,
  OFFSET_OUTSIDE: 0x6b00,
  INSTRUCTION_UNSUPPORTED: 0x6d00,
  CLASS_UNSUPPORTED: 0x6e00,
  NO_DIAGNOSIS: 0x6f00,
  INSUFFICIENT_BALANCE: 0x9401,
  COUNTER_AT_MAXIMUM: 0x9402,
  KEY_INDEX_UNKNOWN: 0x9403,
  PROOF_UNAVAILABLE: 0x9406,
  WRONG_MAC: 0x9302,
  APPLICATION_LOCKED: 0x9303
} as const satisfies Record<string, StatusWord>

export const statusWord = (sw1: number, sw2: number): StatusWord => (sw1 << 8) | sw2

/** 61xx: xx bytes wait for GET RESPONSE (T=0, ISO 7816-3). xx of 00 means 256. */
export const bytesAvailable = (sw: StatusWord): number | undefined =>
  sw >> 8 === 0x61 ? (sw & 0xff) || 256 : undefined

/** 6Cxx: Le was wrong, repeat the command with xx. xx of 00 means 256. */
export const correctLe = (sw: StatusWord): number | undefined => (sw >> 8 === 0x6c ? (sw & 0xff) || 256 : undefined)

/** 63Cx: a comparison failed, x tries are left. */
export const triesLeft = (sw: StatusWord): number | undefined => ((sw & 0xfff0) === 0x63c0 ? sw & 0x0f : undefined)

/** Four hexadecimal digits, for support staff: "6A82". */
export const formatStatusWord = (sw: StatusWord): string => sw.toString(16).toUpperCase().padStart(4, '0')
