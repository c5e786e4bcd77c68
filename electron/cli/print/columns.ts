/** Text in columns where a Chinese character is two cells wide, as every terminal draws it. */

const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u

export const cells = (text: string): number =>
  Array.from(text).reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0)

const fill = (text: string, width: number): string => ' '.repeat(Math.max(0, width - cells(text)))

export const left = (text: string, width: number): string => text + fill(text, width)
export const right = (text: string, width: number): string => fill(text, width) + text

/** Cuts to `width` cells, with an ellipsis where something was lost. */
export function clip(text: string, width: number): string {
  if (cells(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (cells(kept + character) > width - 1) break
    kept += character
  }
  return `${kept}…`
}

export type Alignment = 'left' | 'right'

/** What a card or a file holds may be anything: a control character could move the cursor or forge a line. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '·')

/** Rows of equal length under one another, each column as wide as its widest cell. */
export function table(raw: readonly (readonly string[])[], alignments: readonly Alignment[]): string[] {
  const rows = raw.map((row) => row.map(printable))
  const widths = alignments.map((_, column) => Math.max(0, ...rows.map((row) => cells(row[column] ?? ''))))
  return rows.map((row) =>
    alignments
      .map((alignment, column) => (alignment === 'left' ? left : right)(row[column] ?? '', widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  )
}
