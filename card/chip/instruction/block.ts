/** APPLICATION BLOCK, APPLICATION UNBLOCK, CARD BLOCK (P1 6.2.3-5): after EXTERNAL AUTHENTICATE under BK, with a MAC. */

import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW, type StatusWord } from '../../apdu/status-word.ts'
import { isGranted } from '../access.ts'
import { SYSTEM } from '../image/layout.ts'
import type { Instruction } from '../instruction.ts'
import { isAuthentic, MAC_LENGTH, messageSessionKey } from '../message-authentication.ts'
import type { RunningCard } from '../running-card.ts'

const FOR_GOOD = 0x01

/** 84 1E 00 00 04 MAC until unblocked, 84 1E 00 01 04 MAC for good: the current application. */
export const APPLICATION_BLOCK: Instruction = {
  name: 'APPLICATION BLOCK',
  cla: 0x84,
  ins: 0x1e,
  execute(card, command) {
    if (command.p1 !== 0 || command.p2 > FOR_GOOD) return SW.WRONG_P1_P2
    const refusal = refusalOf(card, command)
    if (refusal !== undefined) return refusal
    const state = command.p2 === FOR_GOOD ? 'locked' : 'blocked'
    card.memory.unit(() => card.writeState(card.volatile.application, state))
    return SW.OK
  }
}

/** 84 18 00 00 04 MAC */
export const APPLICATION_UNBLOCK: Instruction = {
  name: 'APPLICATION UNBLOCK',
  cla: 0x84,
  ins: 0x18,
  whenBlocked: true,
  execute(card, command) {
    if (command.p1 !== 0 || command.p2 !== 0) return SW.WRONG_P1_P2
    if (card.stateOf(card.volatile.application) !== 'blocked') return SW.CONDITIONS_NOT_SATISFIED
    const refusal = refusalOf(card, command)
    if (refusal !== undefined) return refusal
    card.memory.unit(() => card.writeState(card.volatile.application, 'working'))
    return SW.OK
  }
}

/** 84 16 00 00 04 MAC: from then on 6A81 to everything. */
export const CARD_BLOCK: Instruction = {
  name: 'CARD BLOCK',
  cla: 0x84,
  ins: 0x16,
  execute(card, command) {
    if (command.p1 !== 0 || command.p2 !== 0) return SW.WRONG_P1_P2
    const refusal = refusalOf(card, command)
    if (refusal !== undefined) return refusal
    card.memory.unit(() => card.memory.write(SYSTEM.cardBlocked, Uint8Array.of(1)))
    return SW.OK
  }
}

/** undefined when right, challenge and MAC are in order. */
function refusalOf(card: RunningCard, command: CommandApdu): StatusWord | undefined {
  if (command.data.length !== MAC_LENGTH) return SW.WRONG_LENGTH
  const { application, challenge } = card.volatile
  if (!isGranted(application.maintenance, card.volatile)) return SW.SECURITY_NOT_SATISFIED
  if (challenge === undefined) return SW.DATA_INVALID
  const owner = application.keys.some((key) => key.purpose === 'message') ? application : card.root
  const session = messageSessionKey(card, owner, challenge)
  if (session === undefined) return SW.KEY_INDEX_UNKNOWN
  return isAuthentic(card, session, command) ? undefined : SW.SECURE_MESSAGING_WRONG
}
