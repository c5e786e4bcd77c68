/** The commands that read the PSAM's files (PSG 1 and 5). No command writes any of them, and none reads the key files. */

import { SW } from '../../apdu/status-word.ts'
import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { bytesEqual, readUint, writeUint } from '../../bytes/bytes.ts'
import { encodeTlv } from '../../bytes/tlv.ts'
import { AID, DF } from '../../identifier/application.ts'
import { PSAM_EF } from '../../identifier/psam-file.ts'
import { answer, refused, type Answer, type PsamState } from './psam-state.ts'

const KEY_FILES: readonly number[] = [0x0011, 0x0012, 0x0013]
const MF_FILES: readonly number[] = [PSAM_EF.DIRECTORY, PSAM_EF.PUBLIC_INFO, PSAM_EF.TERMINAL_INFO]
const ADF_FILES: readonly number[] = [
  ...KEY_FILES,
  PSAM_EF.TERMINAL_SERIAL,
  PSAM_EF.NATIONAL_INFO,
  PSAM_EF.PROVINCE_INFO,
  PSAM_EF.CITY_INFO
]

/** The one entry of DIR: application template 61 with the AID 4F (ISO 7816-5). */
const DIRECTORY_RECORDS: readonly Uint8Array[] = [encodeTlv(0x61, encodeTlv(0x4f, AID.PSAM))]

/** File control information: template 6F with the name 84 (ISO 7816-4 5.3.3). */
const ADF_FCI = encodeTlv(0x6f, encodeTlv(0x84, AID.PSAM))

/** 00 A4 00|02 00 02 file identifier, 00 A4 04 00 Lc AID. */
export function select(state: PsamState, { p1, p2, data }: CommandApdu): Answer {
  if (p2 !== 0x00) return refused(SW.WRONG_P1_P2)
  if (p1 === 0x04) return bytesEqual(data, AID.PSAM) ? selectApplication(state) : refused(SW.FILE_NOT_FOUND)
  if (p1 !== 0x00 && p1 !== 0x02) return refused(SW.WRONG_P1_P2)
  if (data.length !== 2) return refused(SW.WRONG_LENGTH)
  const fid = readUint(data, 0, 2)
  if (p1 === 0x00 && fid === DF.SSSE_ALIAS) {
    state.enter('MF')
    return answer()
  }
  if (p1 === 0x00 && fid === DF.PSAM) return selectApplication(state)
  if (!filesHere(state).includes(fid)) return refused(SW.FILE_NOT_FOUND)
  state.file = fid
  return answer()
}

function selectApplication(state: PsamState): Answer {
  if (state.applicationLocked()) return refused(SW.APPLICATION_LOCKED)
  state.enter('ADF')
  return answer(ADF_FCI)
}

const filesHere = ({ directory }: PsamState): readonly number[] => (directory === 'MF' ? MF_FILES : ADF_FILES)

/** 00 B0: offset in P1 P2 of the current file, or P1 = 80 | short file identifier and the offset in P2. */
export function readBinary(state: PsamState, { p1, p2, data, le }: CommandApdu): Answer {
  if (data.length > 0 || le === undefined) return refused(SW.WRONG_LENGTH)
  const short = (p1 & 0x80) !== 0
  const fid = short ? p1 & 0x1f : state.file
  if (fid === undefined) return refused(SW.NO_CURRENT_FILE)
  if (!filesHere(state).includes(fid)) return refused(SW.FILE_NOT_FOUND)
  if (fid === PSAM_EF.DIRECTORY) return refused(SW.WRONG_FILE_TYPE)
  if (KEY_FILES.includes(fid)) return refused(SW.SECURITY_NOT_SATISFIED)
  state.file = fid
  return readPart(contentsOf(state, fid), short ? p2 : (p1 << 8) | p2, le)
}

function contentsOf({ image, counters }: PsamState, fid: number): Uint8Array {
  if (fid === PSAM_EF.TERMINAL_SERIAL) return writeUint(counters.terminalSerial, 4)
  return image.files.get(fid) ?? new Uint8Array(0)
}

/** Le 00 takes what there is; more than there is is answered with the right length. */
function readPart(contents: Uint8Array, offset: number, le: number): Answer {
  if (offset >= contents.length) return refused(SW.OFFSET_OUTSIDE)
  const left = contents.length - offset
  if (le !== 256 && le > left) return refused(0x6c00 | left)
  return answer(contents.slice(offset, offset + Math.min(le, left)))
}

/** 00 B2 record (short file identifier << 3 | 4); the identifier 0 means the current file. */
export function readRecord(state: PsamState, { p1, p2, data, le }: CommandApdu): Answer {
  if (data.length > 0 || le === undefined) return refused(SW.WRONG_LENGTH)
  if ((p2 & 0x07) !== 0x04) return refused(SW.WRONG_P1_P2)
  const fid = p2 >> 3 || state.file
  if (fid === undefined) return refused(SW.NO_CURRENT_FILE)
  if (!filesHere(state).includes(fid)) return refused(SW.FILE_NOT_FOUND)
  if (fid !== PSAM_EF.DIRECTORY) return refused(SW.WRONG_FILE_TYPE)
  state.file = fid
  const record = DIRECTORY_RECORDS[p1 - 1]
  if (record === undefined) return refused(SW.RECORD_NOT_FOUND)
  return le === 256 || le === record.length ? answer(record) : refused(0x6c00 | record.length)
}
