/**
 * A recording of one run: what passed on the wire, what the terminal drew and when it looked at the clock. JSON lines, the first
 * says what it is; readable with any tool, and complete enough to be played back.
 *
 *   {"recording":1,"scrubbed":true}
 *   {"event":"clock","time":"20260315093015","today":"2026-03-15"}
 *   {"event":"connect","slot":"card","at":0,"atr":"3B6D..."}
 *   {"event":"exchange","slot":"card","at":1,"took":0.21,"command":"00A4...","answer":"9000","words":{...},"meaning":{...},"outcome":"ok"}
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { isHex } from '../bytes/hex.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'
import type { Outcome } from './status-text.ts'
import type { Words } from './words.ts'

export type Slot = 'card' | 'psam'

export interface RecordingHead {
  readonly recording: 1
  /** false: PINs are hidden all the same, the holder is not. */
  readonly scrubbed: boolean
}

export type RecordedEvent =
  /** `atr` in hex, or why there was none: no-card, mute-card, reader-fault. */
  | { readonly event: 'connect'; readonly slot: Slot; readonly at: number; readonly atr: string }
  | { readonly event: 'connect'; readonly slot: Slot; readonly at: number; readonly failure: string }
  | { readonly event: 'reset'; readonly slot: Slot; readonly at: number; readonly atr: string }
  | { readonly event: 'reset'; readonly slot: Slot; readonly at: number; readonly failure: ChannelFailure['kind'] }
  | RecordedExchange
  /** Bytes that the terminal drew, in hex. */
  | { readonly event: 'random'; readonly bytes: string }
  | { readonly event: 'clock'; readonly time: string; readonly today: string }

export interface RecordedExchange {
  readonly event: 'exchange'
  readonly slot: Slot
  /** ms since the recording began, and ms that the answer took. */
  readonly at: number
  readonly took: number
  /** Hex, two stars for a hidden byte. */
  readonly command: string
  /** Hex; empty where nothing came, `failure` says why. */
  readonly answer: string
  readonly failure?: ChannelFailure['kind']
  readonly words: Words
  readonly meaning: Words
  readonly outcome: Outcome
}

export interface Recording {
  readonly scrubbed: boolean
  readonly events: readonly RecordedEvent[]
}

export interface RecordingProblem {
  /** From 1. */
  readonly line: number
  readonly problem: string
}

export const RECORDING_LINES_MAX = 200_000

/** A last line that was cut is left out: the recording ended with the process. */
export function parseRecording(text: string): Result<Recording, RecordingProblem> {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  if (last.trim() !== '' && isWhole(last)) lines.push(last)
  if (lines.length > RECORDING_LINES_MAX) return refuse({ line: RECORDING_LINES_MAX, problem: `is too long; at most ${RECORDING_LINES_MAX} lines` })
  const events: RecordedEvent[] = []
  let head: RecordingHead | undefined
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const json = jsonOf(line)
    if (json === undefined) return refuse({ line: index + 1, problem: 'is not JSON' })
    if (head === undefined) {
      if (json['recording'] !== 1) return refuse({ line: index + 1, problem: 'recording: must be 1; this is no recording' })
      head = { recording: 1, scrubbed: json['scrubbed'] === true }
      continue
    }
    const problem = problemOf(json)
    if (problem !== undefined) return refuse({ line: index + 1, problem })
    events.push(json as unknown as RecordedEvent)
  }
  return head === undefined ? refuse({ line: 1, problem: 'is empty' }) : ok({ scrubbed: head.scrubbed, events })
}

type Json = Readonly<Record<string, unknown>>

const isWhole = (line: string): boolean => jsonOf(line) !== undefined

function jsonOf(line: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(line)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Json) : undefined
  } catch {
    return undefined
  }
}

const FAILURES: readonly unknown[] = ['no-card', 'mute-card', 'card-removed', 'card-reset', 'no-answer', 'reader-fault'] satisfies (ChannelFailure['kind'] | 'no-card' | 'mute-card')[]

/** What is wrong with a line, by its field; undefined: nothing. */
function problemOf(json: Json): string | undefined {
  const { event, slot, at, atr, failure, command, answer } = json
  if (event === 'random') return isHexText(json['bytes']) ? undefined : 'bytes: must be hex'
  if (event === 'clock') return isTime(json['time']) ? (isDay(json['today']) ? undefined : 'today: must be YYYY-MM-DD') : 'time: must be 14 digits'
  if (event !== 'connect' && event !== 'reset' && event !== 'exchange') return `event: "${String(event).slice(0, 30)}" must be connect, reset, exchange, random or clock`
  if (slot !== 'card' && slot !== 'psam') return `slot: "${String(slot).slice(0, 30)}" must be card or psam`
  if (typeof at !== 'number' || !Number.isFinite(at)) return 'at: must be a number'
  if (failure !== undefined && !FAILURES.includes(failure)) return `failure: must be one of ${FAILURES.join(', ')}`
  if (event !== 'exchange') return failure === undefined && !isHexText(atr) ? 'atr: must be hex' : undefined
  if (typeof command !== 'string' || !/^(?:[\dA-F]{2}|\*\*)+$/i.test(command)) return 'command: must be hex, with two stars for a hidden byte'
  if (!isHexText(answer)) return 'answer: must be hex'
  return isWords(json['words']) ? undefined : 'words: must be {zh, en}'
}

const isWords = (words: unknown): boolean => typeof words === 'object' && words !== null && 'zh' in words && 'en' in words && typeof words.zh === 'string' && typeof words.en === 'string'
const isHexText = (text: unknown): boolean => typeof text === 'string' && isHex(text)
const isTime = (text: unknown): boolean => typeof text === 'string' && /^\d{14}$/.test(text)
const isDay = (text: unknown): boolean => typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text)
