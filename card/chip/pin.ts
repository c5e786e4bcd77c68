/**
 * The cardholder's PIN, kept at the level of the SSSE and valid in all its directories. Digits are packed two a byte, an odd
 * last nibble F, nothing filled up to 8 (P1 6.2.16 as field programs send it).
 */

import { SW, type StatusWord } from '../apdu/status-word.ts'
import { equalInConstantTime } from '../bytes/bytes.ts'
import { PIN_LENGTH_MAX, SYSTEM } from './image/layout.ts'
import { attempt } from './retry-counter.ts'
import type { RunningCard } from './running-card.ts'

export const PIN_LENGTH_MIN = 2
export const UNBLOCK_TRIES_MAX = 3

const NO_TRIES_LEFT = 0x63c0

export const hasPin = ({ memory }: RunningCard): boolean => memory.byte(SYSTEM.pinLength) > 0

export const pinTriesLeft = ({ memory }: RunningCard): number => memory.byte(SYSTEM.pinTriesLeft)

const FILLING = 0x0f

/** 4 to 12 digits on every card: only the very last nibble may be filling, and none may be within the first 4. */
export function isPackedPin(bytes: Uint8Array): boolean {
  if (bytes.length < PIN_LENGTH_MIN || bytes.length > PIN_LENGTH_MAX) return false
  return bytes.every((byte, index) => {
    const low = byte & 0x0f
    return byte >> 4 <= 9 && (low <= 9 || (low === FILLING && index >= PIN_LENGTH_MIN && index === bytes.length - 1))
  })
}

/** Within a unit of work only. */
export function writePin({ memory }: RunningCard, packed: Uint8Array): void {
  memory.write(SYSTEM.pinLength, Uint8Array.of(packed.length))
  memory.write(SYSTEM.pin, packed)
}

/** Within a unit of work only. */
export function restorePinTries({ memory }: RunningCard): void {
  memory.write(SYSTEM.pinTriesLeft, Uint8Array.of(memory.byte(SYSTEM.pinTriesMax)))
}

/** 9000, 63Cx, 6983 locked or 6984 without a PIN. What VERIFY and CHANGE PIN share; a wrong PIN ends the verified state. */
export function tryPin(card: RunningCard, packed: Uint8Array, onRight?: () => void): StatusWord {
  if (!hasPin(card)) return SW.DATA_INVALID
  if (pinTriesLeft(card) === 0) return SW.BLOCKED
  const { memory, volatile } = card
  const expected = memory.read(SYSTEM.pin, memory.byte(SYSTEM.pinLength))
  const counter = { leftAt: SYSTEM.pinTriesLeft, max: memory.byte(SYSTEM.pinTriesMax) }
  const outcome = attempt(memory, counter, () => equalInConstantTime(packed, expected), onRight)
  expected.fill(0)
  if (outcome.right) return SW.OK
  volatile.pinVerified = false
  return NO_TRIES_LEFT | outcome.triesLeft
}
