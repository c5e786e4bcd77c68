/**
 * PIN_VERIFY and PIN_MODIFY, byte for byte (PC/SC part 10, 2.5.2 and 2.5.4). Numbers of more than one byte have their lowest
 * first, as every machine has it that this runs on; wPINMaxExtraDigit is minimum * 256 + maximum, so the maximum comes first.
 *
 * A command that a pad fills in:      00 20 00 00 03 | FF FF FF           six digits, two a byte
 *                                     80 5E 01 00 07 | FF FF FF | FF | FF FF FF
 * Where the number of digits is the holder's choice, neither length nor digits stand in it, and the pad writes both.
 */

import { concat } from '../../../bytes/bytes.ts'
import type { PadModify, PadVerify } from '../../pin-pad.ts'
import type { PadProperties } from './features.ts'

export interface PadMoment {
  /** Seconds until the first key, and between keys. */
  readonly timeOutSeconds: number
  readonly language: 'zh' | 'en'
  readonly properties: PadProperties
}

/** Positions are counted in bytes (80); the digits are packed decimals (01), to the left (00), from the first byte of the data. */
const FORMAT_PACKED_DIGITS = 0x81
const LANGUAGE = { zh: 0x0804, en: 0x0409 } as const
const CURRENT_AND_CONFIRMATION = 0x03
const FILLED_BY_PAD = 0xff

export function verifyStructure({ header, digits }: PadVerify, moment: PadMoment): Uint8Array {
  const isFixed = digits.min === digits.max
  const block = isFixed ? bytesOf(digits.max) : 0
  return concat(
    timeOuts(moment),
    Uint8Array.of(FORMAT_PACKED_DIGITS, block, 0x00),
    Uint8Array.of(digits.max, digits.min),
    Uint8Array.of(entryEnd(moment), ...messages(moment, 1)),
    Uint8Array.of(0x00),
    NO_PROLOGUE,
    template(header, isFixed ? hole(digits.max) : new Uint8Array(0))
  )
}

export function modifyStructure({ header, digits, separator }: PadModify, moment: PadMoment): Uint8Array {
  const block = bytesOf(digits)
  return concat(
    timeOuts(moment),
    Uint8Array.of(FORMAT_PACKED_DIGITS, block, 0x00),
    Uint8Array.of(0x00, block + separator.length),
    Uint8Array.of(digits, digits),
    Uint8Array.of(CURRENT_AND_CONFIRMATION, entryEnd(moment), ...messages(moment, 3)),
    Uint8Array.of(0x00, 0x01, 0x02),
    NO_PROLOGUE,
    template(header, concat(hole(digits), separator, hole(digits)))
  )
}

/** Only T=1 readers that take the command apart want one. */
const NO_PROLOGUE = Uint8Array.of(0x00, 0x00, 0x00)

const bytesOf = (digits: number): number => Math.ceil(digits / 2)

const hole = (digits: number): Uint8Array => new Uint8Array(bytesOf(digits)).fill(FILLED_BY_PAD)

const timeOuts = ({ timeOutSeconds, properties }: PadMoment): Uint8Array =>
  Uint8Array.of(timeOutSeconds, properties.hasSecondTimeOut ? timeOutSeconds : 0x00)

/** The key OK where the pad has one: who has typed six digits may still see that the last was wrong. */
const entryEnd = ({ properties }: PadMoment): number => {
  const { entryEndsBy } = properties
  return (entryEndsBy & 0x02) !== 0 || entryEndsBy === 0 ? 0x02 : entryEndsBy
}

function messages({ language, properties }: PadMoment, count: number): number[] {
  const id = LANGUAGE[language]
  return [properties.hasDisplay ? count : 0x00, id & 0xff, id >> 8]
}

/** ulDataLength, then the command. */
function template(header: Uint8Array, data: Uint8Array): Uint8Array {
  const command = concat(header, Uint8Array.of(data.length), data)
  return concat(Uint8Array.of(command.length, 0x00, 0x00, 0x00), command)
}
