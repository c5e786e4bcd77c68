/** GET CHALLENGE, INTERNAL AUTHENTICATE, EXTERNAL AUTHENTICATE (P1 6.2.6, 6.2.8, 6.2.9; session keys as the PSAM side makes them). */

import { SW } from '../../apdu/status-word.ts'
import { equalInConstantTime } from '../../bytes/bytes.ts'
import type { PlacedKey } from '../image/layout.ts'
import type { Instruction } from '../instruction.ts'
import { attempt } from '../retry-counter.ts'
import { KEY_TRIES_LEFT_AT, KEY_TRIES_MAX_AT, type RunningCard } from '../running-card.ts'

const PBOC_CHALLENGE_LENGTH = 4
const SESSION_INPUT_LENGTH = 8

/** 00 84 00 00 08; 10 under SM4; 04 as bank programs ask, extended with four bytes 00. Serves the next command only. */
export const GET_CHALLENGE: Instruction = {
  name: 'GET CHALLENGE',
  cla: 0x00,
  ins: 0x84,
  whenBlocked: true,
  execute({ suite, entropy, volatile }, { p1, p2, data, le }) {
    if (p1 !== 0 || p2 !== 0) return SW.WRONG_P1_P2
    if (data.length > 0) return SW.WRONG_LENGTH
    const lengths = [PBOC_CHALLENGE_LENGTH, SESSION_INPUT_LENGTH, suite.challengeLength]
    // Any other Le meets 6Cxx with the length of this card, and no challenge stands.
    if (le === undefined || !lengths.includes(le)) return new Uint8Array(suite.challengeLength)
    const challenge = entropy.bytes(le)
    volatile.nextChallenge = new Uint8Array(Math.max(le, SESSION_INPUT_LENGTH))
    volatile.nextChallenge.set(challenge)
    return challenge
  }
}

/** 00 88 00 00 10 R | D -> E under session key S = E under IRK of R, of D: the one proof that the chip is no copy. */
export const INTERNAL_AUTHENTICATE: Instruction = {
  name: 'INTERNAL AUTHENTICATE',
  cla: 0x00,
  ins: 0x88,
  execute(card, { p1, p2, data }) {
    const { suite } = card
    if (p1 !== 0) return SW.WRONG_P1_P2
    if (data.length !== 2 * suite.blockLength) return SW.WRONG_LENGTH
    const key = card.findKey(p2, 'internal')
    if (key === undefined) return SW.KEY_NOT_FOUND
    const session = suite.sessionKey(card.keyValue(key), data.slice(0, suite.blockLength))
    return suite.encryptBlock(session, data.slice(suite.blockLength))
  }
}

/** 00 82 00 key 10 X | D: X must be D under the session key of the last challenge. Any D will do: field programs differ. */
export const EXTERNAL_AUTHENTICATE: Instruction = {
  name: 'EXTERNAL AUTHENTICATE',
  cla: 0x00,
  ins: 0x82,
  whenBlocked: true,
  execute(card, { p1, p2, data }) {
    const { suite, memory, volatile } = card
    if (p1 !== 0) return SW.WRONG_P1_P2
    if (data.length !== 2 * suite.blockLength) return SW.WRONG_LENGTH
    const key = card.findKey(p2, 'external')
    if (key === undefined) return SW.KEY_NOT_FOUND
    const leftAt = key.offset + KEY_TRIES_LEFT_AT
    if (memory.byte(leftAt) === 0) return SW.BLOCKED
    const { challenge } = volatile
    if (challenge === undefined) return SW.DATA_INVALID
    const cryptogram = data.slice(0, suite.blockLength)
    const outcome = attempt(memory, { leftAt, max: memory.byte(key.offset + KEY_TRIES_MAX_AT) }, () => {
      const session = suite.sessionKey(card.keyValue(key), challenge)
      return equalInConstantTime(cryptogram, suite.encryptBlock(session, data.slice(suite.blockLength)))
    })
    remember(card, key, outcome.right)
    return outcome.right ? SW.OK : 0x63c0 | outcome.triesLeft
  }
}

/** A failed proof also ends an earlier success under the same key. */
function remember(card: RunningCard, key: PlacedKey, proved: boolean): void {
  const { root, volatile } = card
  const owner = root.keys.includes(key) ? 'globalKeys' : 'localKeys'
  const keys = owner === 'globalKeys' ? root.keys : volatile.application.keys
  const bit = 1 << keys.indexOf(key)
  volatile[owner] = proved ? volatile[owner] | bit : volatile[owner] & ~bit
}
