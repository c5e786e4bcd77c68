/** What a reader can beyond carrying commands, and how it is to be asked for it (PC/SC part 10, 2.2 and 2.3). */

import { byteAt, readUint } from '../../../bytes/bytes.ts'
import type { TroubleSystem } from '../reader-trouble.ts'

export interface PadFeatures {
  /** Control codes, as the reader gave them. */
  readonly verifyDirect: number | undefined
  readonly modifyDirect: number | undefined
  readonly pinProperties: number | undefined
  readonly tlvProperties: number | undefined
}

const FEATURE = { VERIFY_PIN_DIRECT: 0x06, MODIFY_PIN_DIRECT: 0x07, IFD_PIN_PROPERTIES: 0x0a, GET_TLV_PROPERTIES: 0x12 } as const

const GET_FEATURE_REQUEST = 3400
const CONTROL_CODE_LENGTH = 4

/** The same function has another number on Windows (CTL_CODE of a smart card device) than in pcsc-lite. */
export const featureRequest = (system: TroubleSystem): number =>
  system === 'win32' ? ((0x31 << 16) | (GET_FEATURE_REQUEST << 2)) >>> 0 : 0x4200_0000 + GET_FEATURE_REQUEST

/** tag, 04, control code with its highest byte first; again and again. What is cut off at the end is left out. */
export function parseFeatures(answer: Uint8Array): PadFeatures {
  const codes = new Map<number, number>()
  let at = 0
  while (at + 2 <= answer.length) {
    const length = byteAt(answer, at + 1)
    if (length === CONTROL_CODE_LENGTH && at + 2 + length <= answer.length) codes.set(byteAt(answer, at), readUint(answer, at + 2, CONTROL_CODE_LENGTH))
    at += 2 + length
  }
  return {
    verifyDirect: codes.get(FEATURE.VERIFY_PIN_DIRECT),
    modifyDirect: codes.get(FEATURE.MODIFY_PIN_DIRECT),
    pinProperties: codes.get(FEATURE.IFD_PIN_PROPERTIES),
    tlvProperties: codes.get(FEATURE.GET_TLV_PROPERTIES)
  }
}

export interface PadProperties {
  /** A pad without a display is asked for no message: some refuse one. */
  readonly hasDisplay: boolean
  /** 01 the last digit, 02 the key OK, 04 the time-out end the entry; as many as the pad knows. */
  readonly entryEndsBy: number
  /** Whether it can measure the time after the first key apart. */
  readonly hasSecondTimeOut: boolean
  /** Digits, where the pad has bounds of its own. */
  readonly digitsMin: number | undefined
  readonly digitsMax: number | undefined
}

const OK_KEY = 0x02

export const PLAIN_PAD: PadProperties = {
  hasDisplay: false,
  entryEndsBy: OK_KEY,
  hasSecondTimeOut: false,
  digitsMin: undefined,
  digitsMax: undefined
}

/** wLcdLayout 2, bEntryValidationCondition 1, bTimeOut2 1. */
export function parsePinProperties(answer: Uint8Array): PadProperties {
  if (answer.length < 4) return PLAIN_PAD
  return {
    ...PLAIN_PAD,
    hasDisplay: byteAt(answer, 0) !== 0 || byteAt(answer, 1) !== 0,
    entryEndsBy: byteAt(answer, 2),
    hasSecondTimeOut: byteAt(answer, 3) !== 0
  }
}

const PROPERTY = { LCD_LAYOUT: 0x01, ENTRY_VALIDATION: 0x02, TIME_OUT_2: 0x03, DIGITS_MIN: 0x06, DIGITS_MAX: 0x07 } as const

/** tag, length, value with its lowest byte first. */
export function parseTlvProperties(answer: Uint8Array): PadProperties {
  const values = new Map<number, Uint8Array>()
  let at = 0
  while (at + 2 <= answer.length) {
    const length = byteAt(answer, at + 1)
    if (at + 2 + length > answer.length) break
    values.set(byteAt(answer, at), answer.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  const first = (tag: number): number | undefined => values.get(tag)?.[0]
  return {
    hasDisplay: values.get(PROPERTY.LCD_LAYOUT)?.some((byte) => byte !== 0) ?? false,
    entryEndsBy: first(PROPERTY.ENTRY_VALIDATION) ?? OK_KEY,
    hasSecondTimeOut: (first(PROPERTY.TIME_OUT_2) ?? 0) !== 0,
    digitsMin: first(PROPERTY.DIGITS_MIN),
    digitsMax: first(PROPERTY.DIGITS_MAX)
  }
}
