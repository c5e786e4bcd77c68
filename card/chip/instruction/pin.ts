/** VERIFY, CHANGE PIN, PIN UNBLOCK and RELOAD PIN (P1 6.2.16, 6.2.10; P2 5.2.1, 5.5.9; WAPP and HSMJ for the SSC's form). */

import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW, type StatusWord } from '../../apdu/status-word.ts'
import { compileAccess, isGranted } from '../access.ts'
import { unpadIso7816 } from '../../crypto/padding.ts'
import type { Key } from '../../secret/key.ts'
import { PIN_LENGTH_MAX, SYSTEM } from '../image/layout.ts'
import type { Instruction } from '../instruction.ts'
import { isAuthentic, MAC_LENGTH, messageSessionKey } from '../message-authentication.ts'
import {
  hasPin,
  isPackedPin,
  PIN_LENGTH_MIN,
  pinTriesLeft,
  restorePinTries,
  tryPin,
  UNBLOCK_TRIES_MAX,
  writePin
} from '../pin.ts'
import { attempt } from '../retry-counter.ts'
import type { RunningCard } from '../running-card.ts'

/** 00 20 00 00 n PIN. An empty body asks without trying: 9000 already verified, 63Cx tries left, 6983 locked. */
export const VERIFY: Instruction = {
  name: 'VERIFY',
  cla: 0x00,
  ins: 0x20,
  execute(card, { p1, p2, data }) {
    if (p1 !== 0 || p2 !== 0) return SW.WRONG_P1_P2
    if (data.length === 0) return pinStatus(card)
    if (data.length < PIN_LENGTH_MIN || data.length > PIN_LENGTH_MAX) return SW.WRONG_LENGTH
    const sw = tryPin(card, data)
    if (sw === SW.OK) card.volatile.pinVerified = true
    return sw
  }
}

function pinStatus(card: RunningCard): StatusWord {
  if (!hasPin(card)) return SW.DATA_INVALID
  if (pinTriesLeft(card) === 0) return SW.BLOCKED
  return card.volatile.pinVerified ? SW.OK : 0x63c0 | pinTriesLeft(card)
}

const SEPARATOR = 0xff
const CHANGE_LENGTH_MIN = 2 * PIN_LENGTH_MIN + 1
const CHANGE_LENGTH_MAX = 2 * PIN_LENGTH_MAX + 1

/** 80 5E 01 00 Lc old FF new. A new PIN that is none is refused before it costs a try. */
export const CHANGE_PIN: Instruction = {
  name: 'CHANGE PIN',
  cla: 0x80,
  ins: 0x5e,
  execute(card, { p1, p2, data }) {
    if (p1 !== 1 || p2 !== 0) return SW.WRONG_P1_P2
    if (data.length < CHANGE_LENGTH_MIN || data.length > CHANGE_LENGTH_MAX) return SW.WRONG_LENGTH
    const separator = data.indexOf(SEPARATOR)
    const old = data.slice(0, Math.max(separator, 0))
    const chosen = data.slice(separator + 1)
    if (old.length < PIN_LENGTH_MIN || old.length > PIN_LENGTH_MAX || !isPackedPin(chosen)) return SW.WRONG_DATA
    return tryPin(card, old, () => writePin(card, chosen))
  }
}

const COUNTER_ONLY = 0x00
const NEW_VALUE = 0x01

/**
 * 84 24 00 00 04 MAC           the counter back to its limit; 6985 unless the PIN is locked
 * 84 24 00 01 Lc block MAC     a new PIN: block = E under the session key of (length 1 | PIN | 80 00 ...)
 *
 * Both after EXTERNAL AUTHENTICATE under PUK and a challenge of their own. The third wrong one locks the card for good.
 */
export const PIN_UNBLOCK: Instruction = {
  name: 'PIN UNBLOCK',
  cla: 0x84,
  ins: 0x24,
  execute(card, command) {
    const { p1, p2, data } = command
    if (p1 !== 0 || (p2 !== COUNTER_ONLY && p2 !== NEW_VALUE)) return SW.WRONG_P1_P2
    if (data.length !== MAC_LENGTH + (p2 === NEW_VALUE ? card.suite.blockLength : 0)) return SW.WRONG_LENGTH
    const unblockRight = compileAccess('PUK', { global: card.root.table.keys, local: [] })
    if (!isGranted(unblockRight, card.volatile)) return SW.SECURITY_NOT_SATISFIED
    if (p2 === COUNTER_ONLY && (!hasPin(card) || pinTriesLeft(card) > 0)) return SW.CONDITIONS_NOT_SATISFIED
    const { challenge } = card.volatile
    if (challenge === undefined) return SW.DATA_INVALID
    const session = messageSessionKey(card, card.root, challenge)
    return session === undefined ? SW.KEY_INDEX_UNKNOWN : unblock(card, command, session)
  }
}

function unblock(card: RunningCard, command: CommandApdu, session: Key): StatusWord {
  const { memory } = card
  const chosen = command.p2 === NEW_VALUE ? decryptPinBlock(card, session, command.data) : undefined
  const counter = { leftAt: SYSTEM.unblockTriesLeft, max: UNBLOCK_TRIES_MAX }
  let badBlock = false
  const outcome = attempt(memory, counter, () => isAuthentic(card, session, command), () => {
    badBlock = command.p2 === NEW_VALUE && chosen === undefined
    if (badBlock) return
    if (chosen !== undefined) writePin(card, chosen)
    restorePinTries(card)
  })
  if (outcome.right) {
    card.volatile.pinVerified = false
    return badBlock ? SW.WRONG_DATA : SW.OK
  }
  return outcome.triesLeft > 0 ? SW.SECURE_MESSAGING_WRONG : SW.APPLICATION_LOCKED
}

/** undefined when the block is no PIN: then nothing of it is written. */
function decryptPinBlock({ suite }: RunningCard, session: Key, data: Uint8Array): Uint8Array | undefined {
  const block = unpadIso7816(suite.decryptBlock(session, data.slice(0, suite.blockLength)))
  if (block === undefined || block[0] !== block.length - 1) return undefined
  const packed = block.slice(1)
  return isPackedPin(packed) ? packed : undefined
}
