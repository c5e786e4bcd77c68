/**
 * A card's side of a dialogue as text, one exchange a line: what must be sent, then what is answered. Words after # are for
 * the reader. `played` tells whether everything was asked for, in this order, byte by byte.
 *
 *   00A4000002EF05      9000          # EF05
 *   B02C01000F....      no-answer
 */

import type { TraceEntry } from '../../card/channel/trace.ts'
import { ReplayReader } from '../../card/reader/replay/replay-reader.ts'

const FAILURES = { 'no-answer': true, 'card-removed': true, 'card-reset': true } as const

const isFailure = (text: string): text is keyof typeof FAILURES => text in FAILURES

export function dialogue(atr: string, ...parts: string[]): ReplayReader {
  const exchanges = parts
    .join('\n')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line): TraceEntry => {
      const [command = '', answer = ''] = line.split(/\s+/)
      return { command, answer: isFailure(answer) ? { kind: answer } : answer }
    })
  return new ReplayReader({ atr, exchanges })
}

export const played = (reader: ReplayReader): string =>
  reader.mismatch ?? (reader.remaining === 0 ? 'all played' : `${reader.remaining} exchanges left`)
