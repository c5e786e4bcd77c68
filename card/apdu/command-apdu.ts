/**
 * Command APDUs, all seven cases of ISO 7816-4 5.1. Each case is its own constructor, so that a length a case cannot
 * carry is refused where it is written.
 *
 *   case 1    CLA INS P1 P2
 *   case 2S   CLA INS P1 P2 | Le                      Le 1..256, 256 coded 00
 *   case 3S   CLA INS P1 P2 | Lc data                 Lc 1..255
 *   case 4S   CLA INS P1 P2 | Lc data | Le
 *   case 2E   CLA INS P1 P2 | 00 LeHi LeLo            Le 1..65536, 65536 coded 0000
 *   case 3E   CLA INS P1 P2 | 00 LcHi LcLo data       Lc 1..65535
 *   case 4E   CLA INS P1 P2 | 00 LcHi LcLo data | LeHi LeLo
 */

import { invariant } from '../../base/invariant.ts'
import { refuse, ok, type Result } from '../../base/result.ts'
import { byteAt, concat, readUint, writeUint } from '../bytes/bytes.ts'

export interface CommandHeader {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
}

export interface CommandApdu extends CommandHeader {
  /** Empty in cases 1 and 2. */
  readonly data: Uint8Array
  /** The longest answer wanted, in bytes; undefined in cases 1 and 3. */
  readonly le: number | undefined
  readonly extended: boolean
}

const NO_DATA = new Uint8Array(0)

const headerBytes = ({ cla, ins, p1, p2 }: CommandHeader): Uint8Array => {
  for (const byte of [cla, ins, p1, p2]) {
    invariant(Number.isInteger(byte) && byte >= 0 && byte <= 0xff, `${byte} is not a byte`)
  }
  return Uint8Array.of(cla, ins, p1, p2)
}

function checkLength(name: 'Lc' | 'Le', length: number, max: number): void {
  invariant(Number.isInteger(length) && length >= 1 && length <= max, `${name} ${length} is not 1..${max}`)
}

export const case1 = (header: CommandHeader): Uint8Array => headerBytes(header)

export function case2Short(header: CommandHeader, le: number): Uint8Array {
  checkLength('Le', le, 256)
  return concat(headerBytes(header), Uint8Array.of(le & 0xff))
}

export function case3Short(header: CommandHeader, data: Uint8Array): Uint8Array {
  checkLength('Lc', data.length, 255)
  return concat(headerBytes(header), Uint8Array.of(data.length), data)
}

export function case4Short(header: CommandHeader, data: Uint8Array, le: number): Uint8Array {
  checkLength('Le', le, 256)
  return concat(case3Short(header, data), Uint8Array.of(le & 0xff))
}

export function case2Extended(header: CommandHeader, le: number): Uint8Array {
  checkLength('Le', le, 65_536)
  return concat(headerBytes(header), Uint8Array.of(0), writeUint(le & 0xffff, 2))
}

export function case3Extended(header: CommandHeader, data: Uint8Array): Uint8Array {
  checkLength('Lc', data.length, 65_535)
  return concat(headerBytes(header), Uint8Array.of(0), writeUint(data.length, 2), data)
}

export function case4Extended(header: CommandHeader, data: Uint8Array, le: number): Uint8Array {
  checkLength('Le', le, 65_536)
  return concat(case3Extended(header, data), writeUint(le & 0xffff, 2))
}

export type MalformedApdu = { readonly kind: 'malformed-apdu'; readonly length: number }

/** Reads any of the seven cases; bytes that are none of them are refused with their length. */
export function parseCommandApdu(bytes: Uint8Array): Result<CommandApdu, MalformedApdu> {
  const malformed = refuse<MalformedApdu>({ kind: 'malformed-apdu', length: bytes.length })
  if (bytes.length < 4) return malformed
  const header = { cla: byteAt(bytes, 0), ins: byteAt(bytes, 1), p1: byteAt(bytes, 2), p2: byteAt(bytes, 3) }
  const body = bytes.length - 4
  if (body === 0) return ok({ ...header, data: NO_DATA, le: undefined, extended: false })
  const first = byteAt(bytes, 4)
  if (body === 1) return ok({ ...header, data: NO_DATA, le: first || 256, extended: false })
  if (first !== 0) {
    if (body === 1 + first) return ok({ ...header, data: bytes.slice(5), le: undefined, extended: false })
    if (body !== 2 + first) return malformed
    return ok({ ...header, data: bytes.slice(5, -1), le: byteAt(bytes, bytes.length - 1) || 256, extended: false })
  }
  if (body < 3) return malformed
  const length = readUint(bytes, 5, 2)
  if (body === 3) return ok({ ...header, data: NO_DATA, le: length || 65_536, extended: true })
  if (length === 0) return malformed
  if (body === 3 + length) return ok({ ...header, data: bytes.slice(7), le: undefined, extended: true })
  if (body !== 5 + length) return malformed
  return ok({ ...header, data: bytes.slice(7, -2), le: readUint(bytes, bytes.length - 2, 2) || 65_536, extended: true })
}
