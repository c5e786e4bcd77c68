/**
 * A card's memory as it lies in the EEPROM, read without the card's own program. A torn unit is carried out on a copy first, as
 * the chip itself does at its next power-on, so what is read is what the card will say.
 *
 *   0020  journal   mark 1 (A5: committed) | length 2 | CRC-32 4 | entries: offset 2, length 2, bytes
 *   0442  blocked, PIN limit, PIN tries left, PIN length, PIN 6, unblock tries left, profile, mode
 *   044f  load serial 2 | purchase serial 2 | balance 4 | own 4 | pooled 4 | year 2 | begins 2 | proof 12
 *   log   newest 1 | count 1 | lines of 28: serial 2 | type 1 | terminal 6 | time 7 | account 4 | own 4 | pooled 4
 */

import { crc32 } from 'node:zlib'

export class UnreadableImage extends Error {
  override readonly name = 'UnreadableImage'
}

export interface ChipLine {
  readonly serial: number
  readonly kind: 'debit' | 'load'
  /** 12 digits. */
  readonly terminalNo: string
  /** 14 digits. */
  readonly time: string
  /** Fen. */
  readonly account: number
  readonly own: number
  readonly pooled: number
}

export interface ChipProof {
  readonly kind: 'debit' | 'load'
  readonly serialBefore: number
  /** 8 hex digits. */
  readonly tac: string
}

export interface ChipState {
  /** 32 hex digits: item 01. */
  readonly cardId: string
  /** Item 07, as printed on the card. */
  readonly cardNumber: string
  readonly signsOneAmount: boolean
  readonly pinTriesMax: number
  readonly pinTriesLeft: number
  readonly pin: Uint8Array
  readonly unblockTriesLeft: number
  readonly loadSerial: number
  readonly purchaseSerial: number
  /** Fen. */
  readonly balance: number
  readonly proof: ChipProof | undefined
  /** Newest first. */
  readonly log: readonly ChipLine[]
}

const MAGIC = Buffer.from('SSCCARD\0', 'latin1')
const SOCIAL_SECURITY = 0
const JOURNAL = { at: 0x20, size: 0x400, mark: 0, length: 1, checksum: 3, entries: 7 } as const
const COMMITTED = 0xa5
const ENTRY_HEADER = 4
const SYSTEM = { triesMax: 1091, triesLeft: 1092, pinLength: 1093, pin: 1094, unblockLeft: 1100, profile: 1101 } as const
const PURSE = { loadSerial: 1103, purchaseSerial: 1105, balance: 1107, proof: 1123 } as const
/** From the first byte that a command changes in these two areas to the end of them. */
const LIVE = { from: 1090, to: 1135 } as const
const CARD_ID_AT = 1250 + 2
const CARD_ID_LENGTH = 16
const CARD_NUMBER_AT = 1303 + 2
const CARD_NUMBER_LENGTH = 9
const LINE_LENGTH = 28
/** By the version byte of the header: v1.00, v2.00, v3.00. */
const GENERATIONS = [
  { size: 11703, log: 11395, lines: 10 },
  { size: 12399, log: 11298, lines: 30 },
  { size: 12399, log: 11298, lines: 30 }
] as const
const LOAD_TYPES: ReadonlySet<number> = new Set([0x31, 0x02])
const PBOC = 1

/** undefined: a blank or another bank's card, which has no purse of this house. Throws UnreadableImage. */
export function readChip(image: Uint8Array): ChipState | undefined {
  const bytes = carriedOut(image)
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new UnreadableImage('no image of a card')
  if (bytes[10] !== SOCIAL_SECURITY) return undefined
  const generation = GENERATIONS[bytes[11] ?? GENERATIONS.length]
  if (generation === undefined) throw new UnreadableImage(`version ${bytes[11]}`)
  if (bytes.length !== generation.size) throw new UnreadableImage(`${bytes.length} bytes, expected ${generation.size}`)
  const pinLength = bytes.readUInt8(SYSTEM.pinLength)
  return {
    cardId: bytes.toString('hex', CARD_ID_AT, CARD_ID_AT + CARD_ID_LENGTH).toUpperCase(),
    cardNumber: bytes.toString('latin1', CARD_NUMBER_AT, CARD_NUMBER_AT + CARD_NUMBER_LENGTH).replace(/[\0\xff ]+$/, ''),
    signsOneAmount: bytes[SYSTEM.profile] === PBOC,
    pinTriesMax: bytes.readUInt8(SYSTEM.triesMax),
    pinTriesLeft: bytes.readUInt8(SYSTEM.triesLeft),
    pin: Uint8Array.from(bytes.subarray(SYSTEM.pin, SYSTEM.pin + pinLength)),
    unblockTriesLeft: bytes.readUInt8(SYSTEM.unblockLeft),
    loadSerial: bytes.readUInt16BE(PURSE.loadSerial),
    purchaseSerial: bytes.readUInt16BE(PURSE.purchaseSerial),
    balance: bytes.readUInt32BE(PURSE.balance),
    proof: proofOf(bytes),
    log: logOf(bytes, generation.log, generation.lines)
  }
}

/** Whether anything that the auditor reads may differ between the two; cheaper than reading. */
export function isAlike(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length || left[JOURNAL.at] !== 0 || right[JOURNAL.at] !== 0) return false
  for (let at = LIVE.from; at < LIVE.to; at += 1) if (left[at] !== right[at]) return false
  return true
}

/** The memory after the next power-on. */
function carriedOut(image: Uint8Array): Buffer {
  const bytes = Buffer.from(image)
  const mark = bytes[JOURNAL.at + JOURNAL.mark]
  if (mark === 0) return bytes
  if (mark !== COMMITTED) throw new UnreadableImage(`the journal's mark is ${mark}`)
  const start = JOURNAL.at + JOURNAL.entries
  const end = start + bytes.readUInt16BE(JOURNAL.at + JOURNAL.length)
  if (end > JOURNAL.at + JOURNAL.size) throw new UnreadableImage('the journal is longer than its place')
  const entries = Buffer.from(bytes.subarray(start, end))
  if (crc32(entries) !== bytes.readUInt32BE(JOURNAL.at + JOURNAL.checksum)) throw new UnreadableImage('the checksum of the journal differs')
  for (let at = 0; at < entries.length; ) {
    const length = entries.readUInt16BE(at + 2)
    entries.copy(bytes, entries.readUInt16BE(at), at + ENTRY_HEADER, at + ENTRY_HEADER + length)
    at += ENTRY_HEADER + length
  }
  return bytes
}

function proofOf(bytes: Buffer): ChipProof | undefined {
  const at = PURSE.proof
  if (bytes[at] === 0) return undefined
  return {
    kind: kindOf(bytes.readUInt8(at + 1)),
    serialBefore: bytes.readUInt16BE(at + 2),
    tac: bytes.toString('hex', at + 8, at + 12).toUpperCase()
  }
}

function logOf(bytes: Buffer, at: number, lines: number): ChipLine[] {
  const newest = bytes.readUInt8(at)
  const count = bytes.readUInt8(at + 1)
  if (newest >= lines || count > lines) throw new UnreadableImage(`the log says ${count} lines, the newest at ${newest}`)
  return Array.from({ length: count }, (_, age) => lineAt(bytes, at + 2 + ((newest - age + lines) % lines) * LINE_LENGTH))
}

const lineAt = (bytes: Buffer, at: number): ChipLine => ({
  serial: bytes.readUInt16BE(at),
  kind: kindOf(bytes.readUInt8(at + 2)),
  terminalNo: bytes.toString('hex', at + 3, at + 9),
  time: bytes.toString('hex', at + 9, at + 16),
  account: bytes.readUInt32BE(at + 16),
  own: bytes.readUInt32BE(at + 20),
  pooled: bytes.readUInt32BE(at + 24)
})

const kindOf = (type: number): 'debit' | 'load' => (LOAD_TYPES.has(type) ? 'load' : 'debit')
