/**
 * Takes out of what passes between terminal, card and PSAM what is nobody else's business: PINs, keys, the holder. By a list of
 * what may stay: a command that is not on it loses its data, and its answer all but the status word.
 *
 *   commands   two stars for a byte that is hidden; in a replay it matches any
 *   answers    stand-ins of the same length, so that a terminal can go on with them
 */

import { ok } from '../../base/result.ts'
import { bytesAvailable } from '../apdu/status-word.ts'
import { concat } from '../bytes/bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { cardFactor } from '../crypto/factors.ts'
import { KEY } from '../identifier/key-reference.ts'
import { describeCommand, GET_RESPONSE, statusWordOf } from './describe-exchange.ts'
import { codeOf } from './described.ts'
import { placeAfter, type Answer } from './place-after.ts'
import { AT_RESET, type CardPlace, type Place } from './place.ts'
import { recordRead } from './record-read.ts'
import { standInForItem, standInForTransaction } from './stand-in.ts'
import { parseTraced, type TracedCommand } from './traced-command.ts'

/**
 * What the two conversations of one run must agree on. A card's chip number is in its answer to reset, and in every key that a PSAM
 * derives for it: the same stand-in for both. The debits of the run itself stand in it anyway, so the card's log may show them.
 */
export class Pseudonym {
  /** Hex of the times of debits. */
  readonly debits = new Set<string>()
  #real = ''
  #fake = ''

  /** The answer to reset with chip number 00000001. */
  ofAtr(atr: Uint8Array): Uint8Array {
    const factor = cardFactor(atr)
    if (factor === undefined) return atr
    const fake = concat(factor.subarray(0, 4), FAKE_SERIAL)
    this.#real = toHex(factor)
    this.#fake = toHex(fake)
    const at = toHex(atr).lastIndexOf(this.#real) / 2
    const shown = Uint8Array.from(atr)
    shown.set(fake, at)
    return isT0Alone(atr) ? shown : withCheck(shown)
  }

  /** Of a PSAM's command, in hex. */
  inCommand(command: string): string {
    if (this.#real === '') return command
    const at = command.indexOf(this.#real)
    return at < 0 || at % 2 === 1 ? command : command.slice(0, at) + this.#fake + command.slice(at + this.#real.length)
  }
}

const FAKE_SERIAL = Uint8Array.of(0, 0, 0, 1)

/** TCK, the XOR of everything after TS, is there unless T=0 is the only protocol (ISO 7816-3 8.2.5). */
const isT0Alone = (atr: Uint8Array): boolean => atr.slice(1).reduce((check, byte) => check ^ byte, 0) !== 0

function withCheck(atr: Uint8Array): Uint8Array {
  const check = atr.slice(1, -1).reduce((sum, byte) => sum ^ byte, 0)
  return concat(atr.subarray(0, -1), Uint8Array.of(check))
}

export interface ScrubbedExchange {
  readonly command: string
  readonly answer: Answer
}

export class Scrubber {
  readonly #pseudonym: Pseudonym
  #place: Place
  /** What the answer that waits for GET RESPONSE is the answer to. */
  #waiting: TracedCommand | undefined
  #isPinKey = false

  constructor(slot: Place['slot'], pseudonym: Pseudonym) {
    this.#place = AT_RESET[slot]
    this.#pseudonym = pseudonym
  }

  /** `command` before it is sent: what carries a PIN is wiped by its sender once the answer is there. */
  command(command: Uint8Array): string {
    const hex = toHex(command)
    const parsed = parseTraced(hex)
    if (parsed === undefined) return stars(command.length)
    if (DEBITS.has(codeOf(parsed))) this.#pseudonym.debits.add(toHex(command.subarray(HEADER_AND_LC + DEBIT_TIME.at, HEADER_AND_LC + DEBIT_TIME.at + DEBIT_TIME.length)))
    const hidden = hiddenFrom(parsed, this.#place.slot)
    const shown = hidden === undefined ? hex : hex.slice(0, 2 * (HEADER_AND_LC + hidden)) + stars(parsed.data.length - hidden) + hex.slice(2 * (HEADER_AND_LC + parsed.data.length))
    return this.#place.slot === 'psam' ? this.#pseudonym.inCommand(shown) : shown
  }

  /** `command` as `command()` gave it, the answer as it came. */
  answer(command: string, answer: Answer): Answer {
    const parsed = parseTraced(command)
    if (parsed === undefined) return answer.ok ? ok(blank(answer.value)) : answer
    const isFetch = codeOf(parsed) === GET_RESPONSE
    const asked = isFetch ? this.#waiting : parsed
    const shown = answer.ok ? ok(this.#answerTo(asked, answer.value)) : answer
    this.#remember(command, parsed, asked, answer)
    return shown
  }

  #remember(command: string, parsed: TracedCommand, asked: TracedCommand | undefined, answer: Answer): void {
    if (this.#place.slot === 'psam' && codeOf(parsed) === DELIVER_KEY) this.#isPinKey = PIN_KEY_IDS.has(parsed.p2)
    const sw = answer.ok ? statusWordOf(toHex(answer.value)) : undefined
    this.#waiting = sw !== undefined && bytesAvailable(sw) !== undefined ? asked : undefined
    this.#place = placeAfter(this.#place, parsed, answer, describeCommand(command, this.#place))
  }

  #answerTo(asked: TracedCommand | undefined, answer: Uint8Array): Uint8Array {
    const end = answer.length - STATUS_LENGTH
    if (end <= 0) return answer
    const [data, status] = [answer.slice(0, end), answer.slice(end)]
    return concat(asked === undefined ? new Uint8Array(end) : this.#dataOf(asked, data), status)
  }

  #dataOf(asked: TracedCommand, data: Uint8Array): Uint8Array {
    if (this.#place.slot === 'psam') {
      if (codeOf(asked) === CIPHER_DATA && asked.p1 === ENCRYPT && this.#isPinKey) return new Uint8Array(data.length)
      return PSAM_OPEN.has(codeOf(asked)) ? data : new Uint8Array(data.length)
    }
    if (asked.ins === READ_RECORD) return recordStandIn(asked, this.#place, data, this.#pseudonym.debits)
    return CARD_OPEN.has(codeOf(asked)) ? data : new Uint8Array(data.length)
  }
}

const HEADER_AND_LC = 5
/** DEBIT FOR PURCHASE: terminal serial 4 | date and time 7 | MAC1. In a line of DF04 EF08 the same seven bytes stand at 9. */
const DEBITS: ReadonlySet<number> = new Set([0xb02c, 0x8054])
const DEBIT_TIME = { at: 4, length: 7 } as const
const LOGGED_TIME = { at: 9, length: 7 } as const
const STATUS_LENGTH = 2
const READ_RECORD = 0xb2
const UPDATE_RECORD = 0x00dc
const DELIVER_KEY = 0xbfde
const CIPHER_DATA = 0x80fa
const ENCRYPT = 0x00

/** Answers that say nothing of a person: selecting, challenges, cryptograms, the purse. CLA INS. */
const CARD_OPEN: ReadonlySet<number> = new Set([0x00a4, 0x0084, 0x0088, 0x0082, 0xb026, 0xb028, 0xb02a, 0xb02c, 0xb02e, 0x8050, 0x8052, 0x8054, 0x805a, 0x805c])
/** Of a PSAM: selecting, its public files, challenges, what it computes. */
const PSAM_OPEN: ReadonlySet<number> = new Set([0x00a4, 0x00b0, 0x0084, 0x8070, 0x8072, DELIVER_KEY, CIPHER_DATA])
/** Commands whose data may stay: those of the lists above, but for what a PSAM is given to encipher; reading has none. */
const DATA_OPEN: ReadonlySet<number> = new Set([...CARD_OPEN, ...PSAM_OPEN].filter((code) => code !== CIPHER_DATA && code !== 0x00b0))
const PIN_KEY_IDS: ReadonlySet<number> = new Set([KEY.STK, KEY.STKDF01, KEY.STKDF02, KEY.STKDF03, KEY.STKDF04].flatMap(({ psam }) => (psam === undefined ? [] : [psam.id])))

/** From which byte of the data on a command is hidden; undefined: nothing is. An item's tag and length may be seen. */
function hiddenFrom(command: TracedCommand, slot: Place['slot']): number | undefined {
  if (command.data.length === 0) return undefined
  const code = codeOf(command)
  if (slot === 'psam' ? PSAM_OPEN.has(code) && DATA_OPEN.has(code) : CARD_OPEN.has(code)) return undefined
  return slot === 'card' && code === UPDATE_RECORD && (command.p2 & 0x07) === 0 ? Math.min(2, command.data.length) : 0
}

function recordStandIn(asked: TracedCommand, place: CardPlace, data: Uint8Array, debits: ReadonlySet<string>): Uint8Array {
  const { name, file, tag } = recordRead(asked, place, data)
  if (file === undefined) return new Uint8Array(data.length)
  if (name === 'DF04EF08' && debits.has(toHex(data.subarray(LOGGED_TIME.at, LOGGED_TIME.at + LOGGED_TIME.length)))) return data
  if (file.content.kind === 'cyclic') return name === 'DF04EF08' || name === 'DF04EF15' ? standInForTransaction(data) : new Uint8Array(data.length)
  if (file.content.kind === 'transparent') return new Uint8Array(data.length)
  return standInForItem(file, file.content.items.get(tag), data)
}

const stars = (bytes: number): string => '**'.repeat(Math.max(0, bytes))

const blank = (answer: Uint8Array): Uint8Array => concat(new Uint8Array(Math.max(0, answer.length - STATUS_LENGTH)), answer.slice(-STATUS_LENGTH))
