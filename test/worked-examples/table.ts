/**
 * Cases as a text table that a domain expert can read: one case a row, columns split by `|`, a blank cell is absent, rows
 * that begin with `-` are rules between sections.
 */
export type Row = Readonly<Record<string, string>>

export function rows(table: string): readonly Row[] {
  const lines = table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('-'))
  const [head = '', ...body] = lines
  const columns = cells(head)
  return body.map((line) =>
    Object.fromEntries(cells(line).map((cell, index) => [columns[index] ?? `column ${index}`, cell]))
  )
}

const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim())
