import type { TraceLine } from '../../../electron/contract/reader-view.ts'
import type { Text } from '../../../electron/contract/text.ts'

/** Hex in pairs, as people read it: "00A40400" -> "00 A4 04 00". Stars of a PIN stay stars. */
export const inPairs = (hex: string): string => hex.replace(/(..)(?=.)/g, '$1 ')

export const bytesOf = (hex: string): number => hex.length / 2

/** For a message to support staff: one command a line, columns by tabs. */
export const traceText = (lines: readonly TraceLine[], pick: (text: Text) => string): string =>
  lines
    .map(({ number, at, slot, command, answer, words, meaning, outcome }) =>
      [number, `${at} ms`, slot, outcome, pick(words), pick(meaning), command, answer].join('\t')
    )
    .join('\n')
