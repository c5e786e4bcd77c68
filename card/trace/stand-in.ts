/**
 * What stands in a recording for what a card says of a person: of the same length and coding, visibly fake, and good enough for
 * a terminal to go on with. What a bill is decided by stays: insurance, person class, year of birth, amounts.
 */

import { readUint } from '../bytes/bytes.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import { decodeText, encodePaddedText } from '../bytes/text.ts'
import type { CardFile, FileItem } from '../session/file-table.ts'

type StandIn = (value: Uint8Array, item: FileItem) => Uint8Array

const keep: StandIn = (value) => value
const text =
  (fake: string): StandIn =>
  (value) =>
    encodePaddedText(fake, value.length)
const digits =
  (fake: string): StandIn =>
  (value) =>
    packDecimal(fake.slice(0, 2 * value.length), value.length)

const FAKE_NAME = '测试'
const FAKE_CARD_NUMBER = 'A12345674'
const FAKE_REGION = '999999'
const FAKE_BIRTHDAY = '0101'

/** By file and tag. An item that is not here is filled with nines. */
const STAND_INS: Readonly<Record<string, StandIn>> = {
  // Region and registered identifier stay: every key is found by them. Serial and authentication code go.
  'SSSEEF05/01': (code) => Uint8Array.from(code, (byte, index) => (index < 8 ? byte : index === 11 ? 1 : 0)),
  'SSSEEF05/02': keep,
  'SSSEEF05/03': keep,
  'SSSEEF05/04': keep,
  'SSSEEF05/05': keep,
  'SSSEEF05/06': keep,
  'SSSEEF05/07': text(FAKE_CARD_NUMBER),
  'SSSEEF06/08': (value) => encodePaddedText(fakeCitizenNumber(decodeText(value)), value.length),
  'SSSEEF06/09': text(FAKE_NAME),
  'SSSEEF06/4E': (value) => new Uint8Array(value.length),
  'SSSEEF06/0A': keep,
  'SSSEEF06/0B': digits('01'),
  'SSSEEF06/0C': digits(FAKE_REGION),
  'SSSEEF06/0D': (value) => Uint8Array.from([...value.subarray(0, 2), 0x01, 0x01]).subarray(0, value.length),
  'DF04EF05/80': keep,
  'DF04EF05/81': keep,
  'DF04EF05/84': keep,
  'DF04EF05/8C': keep,
  'DF04EF05/8F': keep,
  'DF04EF06/90': keep,
  'DF04EF06/92': keep,
  'DF04EF06/93': keep
}

const nines: StandIn = (value, { coding }) => {
  if (coding === 'bt') return new Uint8Array(value.length)
  if (coding === 'cn') return Uint8Array.from(value, (byte) => (byte === 0xff ? byte : 0x99))
  return Uint8Array.from(value, (byte) => (byte === 0 ? byte : 0x39))
}

/** A record as a card answers it: tag, length, value and filling, or the bare value. Unknown items lose everything. */
export function standInForItem({ name }: CardFile, item: FileItem | undefined, record: Uint8Array): Uint8Array {
  if (item === undefined) return new Uint8Array(record.length)
  const standIn = isOldPlace(name, item) ? nines : (STAND_INS[`${name}/${tagOf(item)}`] ?? nines)
  if (record.length === item.length) return standIn(record, item)
  const length = record[1] ?? 0
  if (record[0] !== item.tag || length + 2 > record.length) return new Uint8Array(record.length)
  const out = Uint8Array.from(record)
  out.set(standIn(record.slice(2, 2 + length), item), 2)
  out.fill(0, 2 + length)
  return out
}

/** v1.00 keeps names of places where v2.00 has insurance type and region. */
const isOldPlace = (name: string, { tag, length }: FileItem): boolean => name === 'DF04EF05' && (tag === 0x81 || tag === 0x84) && length > 8

/** serial 2 | type 1 stay; where and when somebody was treated, and for how much, do not. */
export function standInForTransaction(record: Uint8Array): Uint8Array {
  const out = new Uint8Array(record.length)
  out.set(record.subarray(0, 3))
  if (readUint(record, 0, Math.min(2, record.length)) === 0 && record.every((byte) => byte === 0)) return out
  return record.every((byte) => byte === 0xff) ? record : out
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Region 000000, which nobody has; the year of birth stays, because age decides what is paid. */
function fakeCitizenNumber(real: string): string {
  const year = /^\d{6}(\d{4})/.exec(real)?.[1] ?? '1990'
  const body = `000000${year}${FAKE_BIRTHDAY}001`
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return `${body}${CHECKS[sum % 11]}`
}

const tagOf = ({ tag }: FileItem): string => tag.toString(16).toUpperCase().padStart(2, '0')
