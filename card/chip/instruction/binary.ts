/**
 * READ BINARY 00 B0 and UPDATE BINARY 00 D6 (P1 6.2.11; ISO 7816-4 7.2.3). P1 with its top bit set names a short file
 * identifier and P2 the offset; otherwise P1 P2 are the offset in the current file.
 */

import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW, type StatusWord } from '../../apdu/status-word.ts'
import { isGranted } from '../access.ts'
import type { Instruction } from '../instruction.ts'
import type { RunningCard } from '../running-card.ts'
import { addressedFile } from './addressed-file.ts'

const LE_MAX = 256
const BY_SHORT_ID = 0x80

interface Target {
  /** Address in the card's memory. */
  readonly address: number
  /** Bytes from there to the end of the file. */
  readonly rest: number
}

export const READ_BINARY: Instruction = {
  name: 'READ BINARY',
  cla: 0x00,
  ins: 0xb0,
  leZeroTakesAll: true,
  execute(card, command) {
    if (command.data.length > 0) return SW.WRONG_LENGTH
    const target = targetOf(card, command, 'read')
    if (typeof target === 'number') return target
    const wanted = command.le ?? LE_MAX
    const data = card.memory.read(target.address, Math.min(wanted, target.rest))
    return data.length < wanted && wanted !== LE_MAX ? { data, sw: SW.END_OF_FILE } : data
  }
}

export const UPDATE_BINARY: Instruction = {
  name: 'UPDATE BINARY',
  cla: 0x00,
  ins: 0xd6,
  execute(card, command) {
    const { data } = command
    if (data.length === 0) return SW.WRONG_LENGTH
    const target = targetOf(card, command, 'write')
    if (typeof target === 'number') return target
    if (data.length > target.rest) return SW.NO_SPACE
    card.memory.unit(() => card.memory.write(target.address, data))
    return SW.OK
  }
}

function targetOf(card: RunningCard, { p1, p2 }: CommandApdu, right: 'read' | 'write'): Target | StatusWord {
  const short = (p1 & BY_SHORT_ID) !== 0
  if (short && (p1 & 0x60) !== 0) return SW.WRONG_P1_P2
  const file = addressedFile(card, short ? p1 & 0x1f : 0)
  if (typeof file === 'number') return file
  if (file.content.kind !== 'transparent') return SW.WRONG_FILE_TYPE
  if (!isGranted(file[right], card.volatile)) return SW.SECURITY_NOT_SATISFIED
  const offset = short ? p2 : (p1 << 8) | p2
  const rest = file.content.size - offset
  return rest <= 0 ? SW.OFFSET_OUTSIDE : { address: file.content.offset + offset, rest }
}
