/**
 * A value found in somebody's file, made fit for a terminal and a log: every character that cannot be seen stands there by its
 * number, such as <U+001B>. Nested values are shown to a depth that is enough to recognise them.
 */

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const DEPTH_MAX = 4

export const printableText = (text: string): string =>
  text.replaceAll(INVISIBLE, (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`)

export function printable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return printableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === DEPTH_MAX) return '...'
  if (Array.isArray(value)) return value.map((element) => printable(element, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [printableText(key), printable(inner, depth + 1)]))
}
