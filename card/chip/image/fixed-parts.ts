/**
 * What personalisation decides for good, and a checksum over it: ATR, limits, profile, keys, the shape of the records. No
 * command writes there, so one checksum made by the factory holds for the card's whole life.
 *
 * Left out are the values that commands change: PIN, counters, amounts, block states, and the content of files.
 */

import { concat } from '../../bytes/bytes.ts'
import { KEY_LENGTH_AT, KEY_TRIES_LEFT_AT, KEY_TRIES_MAX_AT } from '../running-card.ts'
import { crc32 } from './crc32.ts'
import { KEY_SLOT_LENGTH, PURSE, SYSTEM, type Layout, type PlacedContent, type PlacedKey } from './layout.ts'

interface Range {
  readonly from: number
  /** The first address behind it. */
  readonly to: number
}

export const fixedChecksum = (image: Uint8Array, layout: Layout): number =>
  crc32(concat(...fixedParts(layout).map(({ from, to }) => image.subarray(from, to))))

const RECORD_HEADER_LENGTH = 2

function fixedParts({ applications }: Layout): Range[] {
  return [
    { from: SYSTEM.atrLength, to: SYSTEM.cardBlocked },
    { from: SYSTEM.pinTriesMax, to: SYSTEM.pinTriesLeft },
    { from: SYSTEM.purseProfile, to: SYSTEM.end },
    { from: PURSE.yearStart, to: PURSE.proof },
    ...applications.flatMap(({ keys, files }) => [
      ...keys.flatMap(fixedInKey),
      ...files.flatMap(({ content }) => fixedInContent(content))
    ])
  ]
}

/** All but the tries that are left. */
const fixedInKey = ({ offset }: PlacedKey): Range[] => [
  { from: offset + KEY_TRIES_MAX_AT, to: offset + KEY_TRIES_LEFT_AT },
  { from: offset + KEY_LENGTH_AT, to: offset + KEY_SLOT_LENGTH }
]

/** UPDATE RECORD takes no other tag and length than those that stand there. */
const fixedInContent = (content: PlacedContent): Range[] =>
  content.kind === 'records'
    ? content.records.map(({ offset }) => ({ from: offset, to: offset + RECORD_HEADER_LENGTH }))
    : []
