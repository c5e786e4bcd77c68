/**
 * Commands of class 84 end in a MAC: under a session key made from STK and the card's last challenge, over the header and
 * the data before it, initial vector zero. Inferred from field programs (WAPP PerPINUnLock, HSMJ); PBOC's own form differs.
 */

import { concat, equalInConstantTime } from '../bytes/bytes.ts'
import type { CommandApdu } from '../apdu/command-apdu.ts'
import type { Key } from '../secret/key.ts'
import type { PlacedApplication } from './image/layout.ts'
import { KEY_LENGTH_AT, type RunningCard } from './running-card.ts'

export const MAC_LENGTH = 4

/** `owner` is the application whose STK counts; undefined when it has none. */
export function messageSessionKey(card: RunningCard, owner: PlacedApplication, challenge: Uint8Array): Key | undefined {
  const placed = owner.keys.find((key) => key.purpose === 'message')
  if (placed === undefined || card.memory.byte(placed.offset + KEY_LENGTH_AT) === 0) return undefined
  return card.suite.sessionKey(card.keyValue(placed), challenge)
}

export function isAuthentic({ suite }: RunningCard, sessionKey: Key, command: CommandApdu): boolean {
  const { cla, ins, p1, p2, data } = command
  const covered = concat(Uint8Array.of(cla, ins, p1, p2, data.length), data.subarray(0, -MAC_LENGTH))
  return equalInConstantTime(suite.mac(sessionKey, covered), data.subarray(-MAC_LENGTH))
}
