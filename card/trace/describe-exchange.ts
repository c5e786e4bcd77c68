/**
 * One command and its answer in words that a person at the counter, or on the telephone with one, can follow. Pure: what was
 * selected before is handed in. What a record holds is a person's and is not put into words.
 */

import { statusWord } from '../apdu/status-word.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'
import { CARD_INSTRUCTIONS, instructionText } from './card-instructions.ts'
import { codeOf, type Described } from './described.ts'
import type { Place } from './place.ts'
import { PSAM_INSTRUCTIONS } from './psam-instructions.ts'
import { PURSE_INSTRUCTIONS } from './purse-instructions.ts'
import { CUT_SHORT, meaningOf, outcomeOf, silenceText, type Outcome } from './status-text.ts'
import { parseTraced, type TracedCommand } from './traced-command.ts'
import { say, type Words } from './words.ts'

export interface Exchange {
  readonly words: Words
  readonly meaning: Words
  readonly outcome: Outcome
}

const MALFORMED = say('不完整的命令', 'no whole command')
export const GET_RESPONSE = 0x00c0

/** Both in hex as a trace has them, with stars. */
export function describeExchange(command: string, answer: string | ChannelFailure, place: Place): Exchange {
  const described = describeCommand(command, place)
  const { words } = described
  if (typeof answer !== 'string') return { words, meaning: silenceText(answer), outcome: 'silent' }
  const sw = statusWordOf(answer)
  if (sw === undefined) return { words, meaning: CUT_SHORT, outcome: 'silent' }
  const outcome = described.isQuestion === true && sw >> 8 === 0x63 ? 'ok' : outcomeOf(sw)
  return { words, meaning: meaningOf(sw, described), outcome }
}

export function describeCommand(command: string, place: Place): Described {
  const parsed = parseTraced(command)
  if (parsed === undefined) return { words: MALFORMED }
  const code = codeOf(parsed)
  if (code === GET_RESPONSE) return describeResponse(parsed, place)
  if (place.slot === 'psam') return PSAM_INSTRUCTIONS[code]?.(parsed, place) ?? { words: instructionText(parsed) }
  const description = CARD_INSTRUCTIONS[code] ?? PURSE_INSTRUCTIONS[code]
  return description?.(parsed, place) ?? { words: instructionText(parsed) }
}

/** What the fetched answer means, the command decides that it answers. */
function describeResponse({ le = 0 }: TracedCommand, { waiting }: Place): Described {
  if (waiting === undefined) return { words: say(`取应答（${le}字节）`, `get the answer, ${le} bytes`) }
  const { zh, en } = waiting.words
  return { ...waiting, words: say(`取应答（${le}字节）：${zh}`, `get the answer, ${le} bytes: ${en}`) }
}

/** undefined when not even the two status bytes came. */
export function statusWordOf(answer: string): number | undefined {
  const word = /(?<first>[0-9A-Fa-f]{2})(?<second>[0-9A-Fa-f]{2})$/.exec(answer)?.groups
  if (word === undefined) return undefined
  return statusWord(Number.parseInt(word['first'] ?? '', 16), Number.parseInt(word['second'] ?? '', 16))
}
