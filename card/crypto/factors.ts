/**
 * The diversification factors, 8 bytes each, of the three levels below the national key (PSG 3.2.1-3):
 *
 *   province   ASCII, first two digits of the region | "0000" | "sh"     510100 -> 35 31 30 30 30 30 73 68
 *   city       ASCII, six digits of the region | "sx"                    510100 -> 35 31 30 31 30 30 73 78
 *   card       T6..TD, the last 8 of the 13 historical bytes
 */

import { invariant } from '../../base/invariant.ts'
import { byteAt } from '../bytes/bytes.ts'

const REGION = /^\d{6}$/

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** `region` is the 6-digit division code that begins item 01 of the card. */
export function provinceFactor(region: string): Uint8Array {
  invariant(REGION.test(region), `region "${region}" is not 6 digits`)
  return ascii(`${region.slice(0, 2)}0000sh`)
}

export function cityFactor(region: string): Uint8Array {
  invariant(REGION.test(region), `region "${region}" is not 6 digits`)
  return ascii(`${region}sx`)
}

/** undefined when the ATR has fewer than 8 historical bytes: no social security card answers so. */
export function cardFactor(atr: Uint8Array): Uint8Array | undefined {
  const historical = historicalBytes(atr)
  return historical !== undefined && historical.length >= 8 ? historical.slice(-8) : undefined
}

/**
 * The historical bytes of an answer to reset (ISO 7816-3 8.2), 13 on a social security card ("卡复位信息"):
 *
 *   TS | T0 = Y1 K | TA1 TB1 TC1 TD1 as Y1 says, TD1 = Y2 T and so on | K historical bytes | TCK unless T=0 alone
 *
 * undefined when the bytes end before the K historical ones.
 */
export function historicalBytes(atr: Uint8Array): Uint8Array | undefined {
  if (atr.length < 2) return undefined
  const count = byteAt(atr, 1) & 0x0f
  let present = byteAt(atr, 1) >> 4
  let offset = 2
  while (present !== 0) {
    offset += [1, 2, 4].filter((bit) => present & bit).length
    if ((present & 8) === 0) break
    if (offset >= atr.length) return undefined
    present = byteAt(atr, offset) >> 4
    offset += 1
  }
  return offset + count <= atr.length ? atr.slice(offset, offset + count) : undefined
}
