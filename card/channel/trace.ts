/**
 * Records what passes, for support staff and for replay. PIN bytes never enter a trace: the data of VERIFY, CHANGE PIN and
 * PIN UNBLOCK/RELOAD are starred, and what a PSAM enciphers, for a new PIN is among it. What a card answers to READ RECORD and READ BINARY is a person's data, starred too
 * unless the caller asks for whole answers.
 *
 *   command "0020000003******"   answer "9000"
 *   command "00B20810" ...       answer "****...**9000"
 */

import { toHex } from '../bytes/hex.ts'
import type { CardChannel, ChannelFailure } from './card-channel.ts'

export interface TraceEntry {
  /** Hex, two stars for a hidden byte. */
  readonly command: string
  readonly answer: string | ChannelFailure
}

export interface TraceOptions {
  /** Default 'status-only' for reading commands; 'whole' is for simulated cards. */
  readonly readAnswers?: 'whole' | 'status-only'
}

const HEADER_AND_LC = 5
const STATUS_LENGTH = 2

/** Instructions whose data are a PIN, in clear or enciphered: VERIFY, CHANGE PIN, PIN UNBLOCK and RELOAD, CIPHER DATA. */
const SECRET_DATA = new Set([0x20, 0x5e, 0x24, 0xfa])
const PERSONAL_ANSWER = new Set([0xb2, 0xb0])

export function tracedChannel(
  channel: CardChannel,
  record: (entry: TraceEntry) => void,
  { readAnswers = 'status-only' }: TraceOptions = {}
): CardChannel {
  return {
    async transmit(command) {
      // Before sending: a command that carries a PIN is wiped by its sender once the answer is there.
      const shown = redactCommand(command)
      const answer = await channel.transmit(command)
      const answerOf = readAnswers === 'status-only' ? redactAnswer : wholeAnswer
      record({ command: shown, answer: answer.ok ? answerOf(shown, answer.value) : answer.error })
      return answer
    }
  }
}

export function redactCommand(command: Uint8Array): string {
  if (!SECRET_DATA.has(command[1] ?? 0)) return toHex(command)
  return toHex(command.subarray(0, HEADER_AND_LC)) + stars(command.length - HEADER_AND_LC)
}

/** `command` is hex. Of a reading command only the status word is shown. */
export const redactAnswer = (command: string, answer: Uint8Array): string =>
  PERSONAL_ANSWER.has(Number.parseInt(command.slice(2, 4), 16))
    ? stars(answer.length - STATUS_LENGTH) + toHex(answer.subarray(-STATUS_LENGTH))
    : toHex(answer)

const wholeAnswer = (_command: string, answer: Uint8Array): string => toHex(answer)

const stars = (bytes: number): string => '**'.repeat(Math.max(0, bytes))
