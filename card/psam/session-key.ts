/**
 * Work with a session key inside the PSAM: DELIVERY SESSION KEY makes it from a key, the card's factors and a challenge;
 * CIPHER DATA encrypts or signs with it (PSG 5). The block length is the challenge's: 8 bytes, 16 under the SM4 stand-in.
 */

import { invariant } from '../../base/invariant.ts'
import { ok, type Result } from '../../base/result.ts'
import { case3Short, case4Short } from '../apdu/command-apdu.ts'
import { concat } from '../bytes/bytes.ts'
import { padIso7816 } from '../crypto/padding.ts'
import type { KeyReference } from '../identifier/key-reference.ts'
import { joinFactors, type DiversificationFactors, type PsamLink } from './psam-link.ts'
import type { PsamRefusal } from './psam-refusal.ts'

export interface KeyedChallenge {
  readonly key: KeyReference
  readonly factors: DiversificationFactors
  /** From the card, or the terminal's own random for internal authentication. One block. */
  readonly challenge: Uint8Array
}

/** P1 of CIPHER DATA. */
const ENCRYPT_LAST = 0x00
const MAC_WHOLE = 0x05
const MAC_FIRST = 0x07
const MAC_NEXT = 0x03
const MAC_LAST = 0x01

const CIPHER_DATA_MAX = 0x40
const MAC_LENGTH = 4

export async function deliverSessionKey(
  link: PsamLink,
  { key, factors, challenge }: KeyedChallenge
): Promise<Result<Uint8Array, PsamRefusal>> {
  const { psam } = key
  invariant(psam !== undefined, 'no PSAM holds this key')
  invariant(challenge.length === 8 || challenge.length === 16, 'a challenge is one block of 8 or 16 bytes')
  return link.askForKey(`key ${psam.id}`, [psam.usage, ...(psam.otherUsages ?? [])], ({ usage, count }) =>
    case3Short({ cla: 0xbf, ins: 0xde, p1: usage, p2: psam.id }, concat(joinFactors(factors, count), challenge))
  )
}

const cipherApdu = (p1: number, data: Uint8Array, answerLength: number): Uint8Array => {
  const header = { cla: 0x80, ins: 0xfa, p1, p2: 0x00 }
  return answerLength === 0 ? case3Short(header, data) : case4Short(header, data, answerLength)
}

/** One block in, one block out. */
export const encryptWithSessionKey = (link: PsamLink, block: Uint8Array): Promise<Result<Uint8Array, PsamRefusal>> =>
  link.ask(cipherApdu(ENCRYPT_LAST, block, block.length), block.length)

/** 4 bytes over `message`, padded here, from a zero initial vector. In pieces when it is longer than one command takes. */
export async function macWithSessionKey(
  link: PsamLink,
  message: Uint8Array,
  blockLength: number
): Promise<Result<Uint8Array, PsamRefusal>> {
  const input = concat(new Uint8Array(blockLength), padIso7816(message, blockLength))
  const pieces = Array.from({ length: Math.ceil(input.length / CIPHER_DATA_MAX) }, (_, i) =>
    input.slice(i * CIPHER_DATA_MAX, (i + 1) * CIPHER_DATA_MAX)
  )
  let answer: Result<Uint8Array, PsamRefusal> = ok(new Uint8Array(0))
  for (const [index, piece] of pieces.entries()) {
    const last = index === pieces.length - 1
    const length = last ? blockLength : 0
    answer = await link.ask(cipherApdu(macMode(index === 0, last), piece, length), length)
    if (!answer.ok) return answer
  }
  return answer.ok ? ok(answer.value.slice(0, MAC_LENGTH)) : answer
}

function macMode(first: boolean, last: boolean): number {
  if (first) return last ? MAC_WHOLE : MAC_FIRST
  return last ? MAC_LAST : MAC_NEXT
}
