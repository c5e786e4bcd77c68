/**
 * DELIVERY SESSION KEY and CIPHER DATA (PSG 5): the PSAM lends the terminal a session key that never leaves it.
 *
 *   BF DE usage id   factors, nearest first | session input (a challenge of one block)
 *   80 FA P1 00      whole blocks; for a MAC's first the initial vector goes before them
 *
 *   P1  00 encrypt, last   02 encrypt, more follow   05 MAC, all at once   07 MAC, first   03 MAC, next   01 MAC, last
 *
 * The temporary key ends with its last block, and a key made for MACs does not encrypt, nor the reverse [inferred].
 */

import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW } from '../../apdu/status-word.ts'
import { concat } from '../../bytes/bytes.ts'
import type { CipherSuite } from '../../crypto/cipher-suite.ts'
import { diversificationFactors, psamKeyType, PSAM_KEY_TYPE } from '../../identifier/key-reference.ts'
import { deriveCardKey, factorCount } from './derive-card-key.ts'
import { answer, refused, type Answer, type PsamState, type TemporaryKey } from './psam-state.ts'

const CIPHER_TYPES: readonly number[] = [PSAM_KEY_TYPE.ENCRYPT, PSAM_KEY_TYPE.MAC_AND_ENCRYPT]
const MAC_TYPES: readonly number[] = [PSAM_KEY_TYPE.MAC, PSAM_KEY_TYPE.MAC_AND_ENCRYPT]

/** Bytes of CIPHER DATA. */
const CIPHER_DATA_MAX = 0x40

export function deliverSessionKey(state: PsamState, { p1: usage, p2: id, data }: CommandApdu): Answer {
  state.temporaryKey = undefined
  if (state.applicationLocked()) return refused(SW.APPLICATION_LOCKED)
  if (state.directory !== 'ADF') return refused(SW.CONDITIONS_NOT_SATISFIED)
  const { suite, keys } = state.image
  const inputOffset = data.length - suite.blockLength
  const count = factorCount(inputOffset)
  if (count === undefined) return refused(SW.WRONG_LENGTH)
  const held = keys.find((key) => key.usage === usage && key.id === id)
  if (held === undefined) return refused(SW.KEY_NOT_FOUND)
  const type = psamKeyType(usage)
  if (!CIPHER_TYPES.includes(type) && !MAC_TYPES.includes(type)) return refused(SW.CONDITIONS_NOT_SATISFIED)
  if (count !== diversificationFactors(usage)) return refused(SW.WRONG_DATA)
  const cardKey = deriveCardKey(suite, held.key, data.subarray(0, inputOffset))
  state.temporaryKey = { key: suite.sessionKey(cardKey, data.subarray(inputOffset)), type, chained: undefined }
  return answer()
}

interface CipherMode {
  readonly work: 'encrypt' | 'mac'
  /** The data begin with the initial vector. */
  readonly first: boolean
  readonly last: boolean
}

const MODES: Readonly<Record<number, CipherMode>> = {
  0x00: { work: 'encrypt', first: false, last: true },
  0x02: { work: 'encrypt', first: false, last: false },
  0x05: { work: 'mac', first: true, last: true },
  0x07: { work: 'mac', first: true, last: false },
  0x03: { work: 'mac', first: false, last: false },
  0x01: { work: 'mac', first: false, last: true }
}

export function cipherData(state: PsamState, { p1, p2, data }: CommandApdu): Answer {
  const { temporaryKey } = state
  const { suite } = state.image
  state.temporaryKey = undefined
  if (state.applicationLocked()) return refused(SW.APPLICATION_LOCKED)
  const mode = MODES[p1]
  if (mode === undefined || p2 !== 0x00) return refused(SW.WRONG_P1_P2)
  const blocks = data.length / suite.blockLength
  const blocksMin = mode.first ? 2 : 1
  if (!Number.isInteger(blocks) || blocks < blocksMin || data.length > CIPHER_DATA_MAX) return refused(SW.WRONG_LENGTH)
  if (temporaryKey === undefined) return refused(SW.CONDITIONS_NOT_SATISFIED)
  const allowed = mode.work === 'mac' ? MAC_TYPES : CIPHER_TYPES
  if (!allowed.includes(temporaryKey.type)) return refused(SW.CONDITIONS_NOT_SATISFIED)
  return mode.work === 'mac' ? chainMac(state, temporaryKey, mode, data) : encrypt(state, temporaryKey, mode, data)
}

function encrypt(state: PsamState, temporaryKey: TemporaryKey, mode: CipherMode, data: Uint8Array): Answer {
  if (temporaryKey.chained !== undefined) return refused(SW.INVALID_STATE)
  const { suite } = state.image
  if (!mode.last) state.temporaryKey = temporaryKey
  return answer(concat(...blocksOf(suite, data).map((block) => suite.encryptBlock(temporaryKey.key, block))))
}

/**
 * A plain CBC chain with the one session key: what was chained so far, or the initial vector, goes before the blocks. The
 * answer to the last data is the whole last block; the MAC is its left 4 bytes.
 */
function chainMac(state: PsamState, temporaryKey: TemporaryKey, mode: CipherMode, data: Uint8Array): Answer {
  if (mode.first !== (temporaryKey.chained === undefined)) return refused(SW.INVALID_STATE)
  const { suite } = state.image
  const given = blocksOf(suite, data)
  const blocks = temporaryKey.chained === undefined ? given : [temporaryKey.chained, ...given]
  const chained = blocks.reduce((before, block) =>
    suite.encryptBlock(temporaryKey.key, block.map((byte, i) => byte ^ (before[i] ?? 0)))
  )
  if (mode.last) return answer(chained)
  state.temporaryKey = { ...temporaryKey, chained }
  return answer()
}

const blocksOf = ({ blockLength }: CipherSuite, data: Uint8Array): Uint8Array[] =>
  Array.from({ length: data.length / blockLength }, (_, i) => data.slice(i * blockLength, (i + 1) * blockLength))
