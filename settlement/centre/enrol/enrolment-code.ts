/**
 * One-time codes: 80 random bits in sixteen letters and digits that cannot be taken for each other, in groups of four. Shown
 * once, to whoever makes it; kept as SHA-256 only.
 */

import { createHash, timingSafeEqual } from 'node:crypto'
import type { CentreEntropy } from '../ports.ts'

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/

export function newEnrolmentCode(entropy: CentreEntropy): string {
  // 32 divides 256, so each letter is as likely as any other.
  const letters = Array.from(entropy.bytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length] ?? '')
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-')
}

/** As people type it: small letters, without hyphens, O for 0. undefined for what cannot be a code. */
export function parseEnrolmentCode(text: string): string | undefined {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return CODE.test(code) ? code : undefined
}

/** Of a code in either form. */
export const codeHash = (code: string): string =>
  createHash('sha256').update(code.replaceAll('-', '')).digest('hex')

/** Two hashes, in constant time. */
export const isSameHash = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
