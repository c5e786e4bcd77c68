/** READ RECORD, UPDATE RECORD and APPEND RECORD (P1 6.2.12, 6.2.15, 6.2.2; WAPP for the form by tag). */

import { never } from '../../../base/invariant.ts'
import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW } from '../../apdu/status-word.ts'
import { encodeTlv } from '../../bytes/tlv.ts'
import { isGranted } from '../access.ts'
import { appendCyclic, readCyclic } from '../cyclic-file.ts'
import type { PlacedFile, PlacedRecord } from '../image/layout.ts'
import type { Answer, Instruction } from '../instruction.ts'
import { liveItemValue } from '../purse/live-item.ts'
import type { RunningCard } from '../running-card.ts'
import { addressedFile, RECORD_BY_NUMBER, RECORD_BY_TAG, recordMode, recordSfi } from './addressed-file.ts'

/** 00 B2 n 04+SFI Le by number, 00 B2 tag 00+SFI Le by tag; record 1 of a cyclic file is the newest. */
export const READ_RECORD: Instruction = {
  name: 'READ RECORD',
  cla: 0x00,
  ins: 0xb2,
  leZeroTakesAll: true,
  execute(card, command) {
    if (!isRecordMode(command.p2)) return SW.WRONG_P1_P2
    const file = addressedFile(card, recordSfi(command.p2))
    if (typeof file === 'number') return file
    switch (file.content.kind) {
      case 'transparent':
        return SW.WRONG_FILE_TYPE
      case 'cyclic':
        if (!isGranted(file.read, card.volatile)) return SW.SECURITY_NOT_SATISFIED
        if (recordMode(command.p2) === RECORD_BY_TAG) return SW.RECORD_NOT_FOUND
        return readCyclic(card.memory, file.content, command.p1) ?? SW.RECORD_NOT_FOUND
      case 'records':
        return readItem(card, file, file.content.records, command)
      default:
        return never(file.content)
    }
  }
}

/** 00 DC n 04+SFI by number, 00 DC tag 00+SFI by tag; the data are the whole record: tag, length, value. */
export const UPDATE_RECORD: Instruction = {
  name: 'UPDATE RECORD',
  cla: 0x00,
  ins: 0xdc,
  execute(card, command) {
    if (!isRecordMode(command.p2)) return SW.WRONG_P1_P2
    const file = addressedFile(card, recordSfi(command.p2))
    if (typeof file === 'number') return file
    if (file.content.kind !== 'records') return SW.WRONG_FILE_TYPE
    if (!isGranted(file.write, card.volatile)) return SW.SECURITY_NOT_SATISFIED
    const record = findRecord(card, file.content.records, command)
    if (record === undefined) return SW.RECORD_NOT_FOUND
    const { data } = command
    if (data.length !== record.length) return SW.WRONG_LENGTH
    if (data[0] !== record.item.tag || data[1] !== record.item.length) return SW.WRONG_DATA
    card.memory.unit(() => card.memory.write(record.offset, data))
    return SW.OK
  }
}

/** 00 E2 00 SFI Lc: the raw record becomes number 1 of a cyclic file and the oldest one goes. */
export const APPEND_RECORD: Instruction = {
  name: 'APPEND RECORD',
  cla: 0x00,
  ins: 0xe2,
  execute(card, { p1, p2, data }) {
    if (p1 !== 0 || recordMode(p2) !== 0) return SW.WRONG_P1_P2
    const file = addressedFile(card, recordSfi(p2))
    if (typeof file === 'number') return file
    const { content } = file
    if (content.kind !== 'cyclic') return SW.WRONG_FILE_TYPE
    if (!isGranted(file.write, card.volatile)) return SW.SECURITY_NOT_SATISFIED
    if (data.length !== content.recordLength) return SW.WRONG_LENGTH
    card.memory.unit(() => appendCyclic(card.memory, content, data))
    return SW.OK
  }
}

const isRecordMode = (p2: number): boolean =>
  recordSfi(p2) !== 0x1f && (recordMode(p2) === RECORD_BY_TAG || recordMode(p2) === RECORD_BY_NUMBER)

function readItem(card: RunningCard, file: PlacedFile, records: readonly PlacedRecord[], command: CommandApdu): Answer {
  const record = findRecord(card, records, command)
  if (!isGranted(record?.read ?? file.read, card.volatile)) return SW.SECURITY_NOT_SATISFIED
  if (record === undefined) return SW.RECORD_NOT_FOUND
  if (record.live !== undefined) return encodeTlv(record.item.tag, liveItemValue(card, record.live, record.item.length))
  return card.memory.read(record.offset, record.length)
}

/** By tag the first record of that tag. A record that was never written does not exist. */
function findRecord(card: RunningCard, records: readonly PlacedRecord[], { p1, p2 }: CommandApdu): PlacedRecord | undefined {
  const record =
    recordMode(p2) === RECORD_BY_NUMBER ? records[p1 - 1] : records.find((candidate) => candidate.item.tag === p1)
  return record !== undefined && card.memory.byte(record.offset) !== 0 ? record : undefined
}

