/**
 * Speaks T=0 for commands written as ISO cases (ISO 7816-3 12.2.1): strips Le of case 4, fetches with GET RESPONSE what
 * 61xx announces, repeats a reading command whose Le was wrong (6Cxx). PC/SC leaves all three to the program.
 *
 *   -> 00 88 00 00 10 <16>          <- 61 08
 *   -> 00 C0 00 00 08               <- <8> 90 00            the caller sees <8> 90 00
 *
 * Only a command without data is ever repeated, so a VERIFY or a debit goes out once whatever the card answers. Once 61xx
 * said that a command was executed, any trouble in fetching its answer is `no-answer`: an error word of GET RESPONSE is
 * not the command's own.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { bytesAvailable, correctLe, statusWord, SW, type StatusWord } from '../apdu/status-word.ts'
import { byteAt, concat } from '../bytes/bytes.ts'
import type { CardChannel, ChannelFailure } from './card-channel.ts'

/** Rounds of GET RESPONSE for one command: 16 of 256 bytes are more than any file here holds in one answer. */
export const GET_RESPONSE_ROUNDS_MAX = 16

const NO_ANSWER = refuse<ChannelFailure>({ kind: 'no-answer' })
const CASE_2_LENGTH = 5

type Answer = Result<Uint8Array, ChannelFailure>

export interface T0Options {
  /** T=1 and contactless: Le travels with the data. 61xx and 6Cxx are answered all the same. */
  readonly keepLe?: boolean
}

export function t0Channel(channel: CardChannel, { keepLe = false }: T0Options = {}): CardChannel {
  return {
    async transmit(command) {
      const answer = await transmitExact(channel, keepLe ? command : withoutLe(command))
      if (!answer.ok || bytesAvailable(wordOf(answer.value)) === undefined) return answer
      return fetchAnswer(channel, answer.value)
    }
  }
}

/** Case 4 short becomes case 3; every other command stays as it is. */
function withoutLe(command: Uint8Array): Uint8Array {
  if (command.length <= CASE_2_LENGTH) return command
  const lc = byteAt(command, 4)
  return lc !== 0 && command.length === CASE_2_LENGTH + lc + 1 ? command.subarray(0, -1) : command
}

/** Repeats once with the length the card asks for, and only what carries no data. */
async function transmitExact(channel: CardChannel, command: Uint8Array): Promise<Answer> {
  const answer = await transmitWhole(channel, command)
  if (!answer.ok || command.length !== CASE_2_LENGTH) return answer
  const le = correctLe(wordOf(answer.value))
  if (le === undefined) return answer
  return transmitWhole(channel, concat(command.subarray(0, 4), Uint8Array.of(le & 0xff)))
}

async function transmitWhole(channel: CardChannel, command: Uint8Array): Promise<Answer> {
  const answer = await channel.transmit(command)
  return answer.ok && answer.value.length < 2 ? NO_ANSWER : answer
}

async function fetchAnswer(channel: CardChannel, first: Uint8Array): Promise<Answer> {
  const parts = [first.subarray(0, -2)]
  let sw = wordOf(first)
  for (let round = 0; round < GET_RESPONSE_ROUNDS_MAX; round++) {
    const waiting = bytesAvailable(sw)
    if (waiting === undefined) break
    const part = await transmitExact(channel, Uint8Array.of(0x00, 0xc0, 0x00, 0x00, waiting & 0xff))
    // Whatever the failure, the command itself was executed: a reset that says "nothing was sent" would mislead.
    if (!part.ok) return part.error.kind === 'card-removed' ? part : NO_ANSWER
    parts.push(part.value.subarray(0, -2))
    sw = wordOf(part.value)
  }
  if (!isCompletion(sw)) return NO_ANSWER
  return ok(concat(...parts, Uint8Array.of(sw >> 8, sw & 0xff)))
}

const isCompletion = (sw: StatusWord): boolean => sw === SW.OK || sw >> 8 === 0x62 || sw >> 8 === 0x63

const wordOf = (answer: Uint8Array): StatusWord =>
  statusWord(byteAt(answer, answer.length - 2), byteAt(answer, answer.length - 1))
