/**
 * The memory map: where each table's content lies in the EEPROM. Computed from the tables alone, so image and code agree
 * as long as the tables do; a checksum over the map in the image's header tells when they do not.
 *
 *   0000  header    see image.ts
 *   0020  journal   see nonvolatile.ts
 *   0420  system    ATR, PIN, counters, blocked states
 *         purse     the amount file (S37, note under table 9) and the proof of the last transaction
 *         SSSE      keys, then files in table order
 *         DF01 ...
 */

import { never } from '../../../base/invariant.ts'
import type { Access } from '../access.ts'
import { compileAccess } from '../access.ts'
import { encodeText } from '../../bytes/text.ts'
import type {
  ApplicationName,
  ApplicationTable,
  FileStructure,
  FileTable,
  Item,
  KeyPurpose,
  LiveValue
} from '../file-system/table.ts'
import type { Generation } from '../file-system/generation.ts'
import type { JournalArea } from '../nonvolatile.ts'
import { crc32 } from './crc32.ts'

export const HEADER_LENGTH = 0x20
export const JOURNAL: JournalArea = { offset: HEADER_LENGTH, size: 0x400 }

/** Fields of one area, each `name: bytes`, become addresses in the order written. */
function place<Name extends string>(start: number, fields: Readonly<Record<Name, number>>): Record<Name | 'end', number> {
  const addresses: Record<string, number> = {}
  let address = start
  for (const [name, length] of Object.entries<number>(fields)) {
    addresses[name] = address
    address += length
  }
  return { ...addresses, end: address } as Record<Name | 'end', number>
}

export const ATR_LENGTH_MAX = 33
export const PIN_LENGTH_MAX = 6
/** state 1 | type 1 | serial 2 | MAC 4 | TAC 4 */
export const PROOF_LENGTH = 12

/** One byte each unless the name says otherwise. */
export const SYSTEM = place(JOURNAL.offset + JOURNAL.size, {
  atrLength: 1,
  atr: ATR_LENGTH_MAX,
  cardBlocked: 1,
  pinTriesMax: 1,
  pinTriesLeft: 1,
  /** Bytes; 0: the card has no PIN. */
  pinLength: 1,
  pin: PIN_LENGTH_MAX,
  /** Wrong PIN UNBLOCK and RELOAD PIN that are still allowed. */
  unblockTriesLeft: 1,
  purseProfile: 1,
  useMode: 1
})

export const PURSE = place(SYSTEM.end, {
  loadSerial: 2,
  purchaseSerial: 2,
  balance: 4,
  ownPaymentTotal: 4,
  pooledPaymentTotal: 4,
  /** cn YYYY: the payment year the totals belong to. */
  year: 2,
  /** cn MMDD: the day the payment year begins. */
  yearStart: 2,
  /** One transaction, see purse/proof.ts. */
  proof: PROOF_LENGTH
})

export interface PlacedKey {
  readonly name: string
  readonly id: number
  readonly purpose: KeyPurpose
  readonly version: number
  /** tries max 1 | tries left 1 | length 1 (0: no such key) | value 16 */
  readonly offset: number
}
export const KEY_SLOT_LENGTH = 19

/** One record of a record file: tag 1 | length 1 | value. A tag of 00 means that the record does not exist. */
export interface PlacedRecord {
  readonly item: Item
  readonly offset: number
  /** Bytes, tag and length included. */
  readonly length: number
  readonly read: Access
  readonly live: LiveValue | undefined
}

export type PlacedContent =
  | { readonly kind: 'records'; readonly records: readonly PlacedRecord[] }
  /** newest 1 (0-based) | count 1 | the records */
  | { readonly kind: 'cyclic'; readonly offset: number; readonly recordLength: number; readonly records: number }
  | { readonly kind: 'transparent'; readonly offset: number; readonly size: number }
export const CYCLIC_HEADER_LENGTH = 2

export interface PlacedFile {
  readonly table: FileTable
  readonly fid: number
  readonly read: Access
  readonly write: Access
  readonly content: PlacedContent
}

export interface PlacedApplication {
  readonly table: ApplicationTable
  readonly name: ApplicationName
  /** Address of the block state. */
  readonly state: number
  readonly maintenance: Access
  readonly keys: readonly PlacedKey[]
  readonly files: readonly PlacedFile[]
}

export interface Layout {
  readonly applications: readonly PlacedApplication[]
  /** Bytes of the whole image. */
  readonly size: number
  readonly checksum: number
}

export function layOut(generation: Generation): Layout {
  const global = generation.applications[0]?.keys ?? []
  let address = PURSE.end
  const applications = generation.applications.map((table) => {
    const local = table.name === 'SSSE' ? [] : table.keys
    const placed = placeApplication(table, address, (right) => compileAccess(right, { global, local }))
    address = placed.end
    return placed.application
  })
  const map = JSON.stringify([SYSTEM, PURSE, applications])
  return { applications, size: address, checksum: crc32(encodeText(map)) }
}

type Compile = (right: string) => Access

function placeApplication(
  table: ApplicationTable,
  start: number,
  compile: Compile
): { readonly application: PlacedApplication; readonly end: number } {
  const indexOf = new Map<string, number>()
  const keys = table.keys.map(({ name, id, purpose }, index): PlacedKey => {
    const version = (indexOf.get(name) ?? 0) + 1
    indexOf.set(name, version)
    return { name, id, purpose, version, offset: start + 1 + index * KEY_SLOT_LENGTH }
  })
  let address = start + 1 + keys.length * KEY_SLOT_LENGTH
  const files = table.files.map((file): PlacedFile => {
    const read = compile(file.read)
    const content = placeContent(file.structure, address, (item) => (item.read === undefined ? read : compile(item.read)))
    address += lengthOf(file.structure)
    return { table: file, fid: file.fid, read, write: compile(file.write), content }
  })
  const application = { table, name: table.name, state: start, maintenance: compile(table.maintenance), keys, files }
  return { application, end: address }
}

const recordLength = (item: Item): number => 2 + item.length

function placeContent(structure: FileStructure, offset: number, readRight: (item: Item) => Access): PlacedContent {
  switch (structure.kind) {
    case 'cyclic':
      return { kind: 'cyclic', offset, recordLength: structure.recordLength, records: structure.records }
    case 'transparent':
      return { kind: 'transparent', offset, size: structure.size }
    case 'records': {
      let address = offset
      const records = structure.items.flatMap((item) =>
        Array.from({ length: item.times ?? 1 }, (): PlacedRecord => {
          const record = { item, offset: address, length: recordLength(item), read: readRight(item), live: item.live }
          address += record.length
          return record
        })
      )
      return { kind: 'records', records }
    }
    default:
      return never(structure)
  }
}

/** Bytes that the content takes. */
function lengthOf(structure: FileStructure): number {
  switch (structure.kind) {
    case 'cyclic':
      return CYCLIC_HEADER_LENGTH + structure.recordLength * structure.records
    case 'transparent':
      return structure.size
    case 'records':
      return structure.items.reduce((total, item) => total + recordLength(item) * (item.times ?? 1), 0)
    default:
      return never(structure)
  }
}
