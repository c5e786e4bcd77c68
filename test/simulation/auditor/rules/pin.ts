/**
 * The PIN counter of a card, command by command: it falls by one for a wrong PIN, stands at its limit after a right one, stays at
 * zero, and moves for nothing else. And no PIN reaches a card that a person has not entered: one command an entry.
 */

import type { CardBook } from '../card-book.ts'
import type { ChipState } from '../chip-image.ts'
import type { Findings } from '../failure.ts'

export type PinCommand = { readonly kind: 'try'; readonly pin: Uint8Array } | { readonly kind: 'unblock' }

const VERIFY = '0020'
const CHANGE = '805e'
const UNBLOCK = '8424'
const DATA_AT = 5
const SEPARATOR = 0xff
const BYTES_MAX = 6
const BYTES_MIN = 2

/** undefined: it tries no PIN. VERIFY without data only asks. */
export function pinCommandIn(command: Uint8Array): PinCommand | undefined {
  const instruction = Buffer.from(command.subarray(0, 2)).toString('hex')
  const data = command.subarray(DATA_AT, DATA_AT + (command[4] ?? 0))
  if (instruction === UNBLOCK) return { kind: 'unblock' }
  if (instruction === VERIFY) return data.length === 0 ? undefined : { kind: 'try', pin: data }
  if (instruction === CHANGE) return { kind: 'try', pin: data.subarray(0, Math.max(0, data.indexOf(SEPARATOR))) }
  return undefined
}

interface Tried {
  readonly card: CardBook
  readonly command: PinCommand
  readonly before: ChipState
  readonly after: ChipState
  /** Two bytes as a number; undefined: the power went inside. */
  readonly status: number | undefined
}

export function checkPinTried({ card, command, before, after, status }: Tried, findings: Findings): void {
  const lawful = lawfulTries(command, before, status)
  findings.expect('pin-counter', lawful.has(after.pinTriesLeft), () => {
    const what = command.kind === 'unblock' ? 'an unblocking' : isRight(command.pin, before) ? 'the right PIN' : 'a wrong PIN'
    const answer = status === undefined ? 'no answer' : status.toString(16)
    return `${card.name}: after ${what} (${answer}) ${after.pinTriesLeft} tries are left of ${before.pinTriesLeft}, lawful are ${[...lawful].join(' or ')}`
  })
}

/** Between two looks without a PIN command; only the issuer's window puts it back to its limit (`isUnblocked`). */
export function checkPinAtRest(card: CardBook, before: ChipState, isUnblocked: boolean, findings: Findings): void {
  const after = card.state ?? before
  const isSame = after.pinTriesLeft === before.pinTriesLeft || (isUnblocked && after.pinTriesLeft === after.pinTriesMax)
  findings.expect('pin-counter', isSame, () => `${card.name}: ${after.pinTriesLeft} tries are left of ${before.pinTriesLeft}, and nobody has entered a PIN`)
}

/** `isEntered`: a question with a PIN is open at that terminal, and nothing was tried for it yet. */
export function checkEntered(terminal: string, card: string, isEntered: boolean, findings: Findings): void {
  findings.expect('pin-submissions', isEntered, () => `${terminal}: a PIN went to ${card}, and nobody had entered it, or it had been tried already`)
}

const isRight = (pin: Uint8Array, { pin: expected }: ChipState): boolean => Buffer.from(pin).equals(expected)

function lawfulTries(command: PinCommand, { pinTriesLeft: left, pinTriesMax: max, pin }: ChipState, status: number | undefined): ReadonlySet<number> {
  if (command.kind === 'unblock') return new Set([left, max])
  if (left === 0 || pin.length === 0) return new Set([left])
  const isTry = command.pin.length >= BYTES_MIN && command.pin.length <= BYTES_MAX
  const isLooked = status !== 0x6700 && status !== 0x6a80 && status !== 0x6a86
  if (!isTry || !isLooked) return new Set([left])
  const right = Buffer.from(command.pin).equals(pin)
  if (status !== undefined) return new Set([right ? max : left - 1])
  // Cut before, or between the two writes of a right one.
  return new Set(right ? [left, left - 1, max] : [left, left - 1])
}
