import { cpus } from 'node:os'
import type { Figure } from './figure.ts'

const columns = (figure: Figure): string[] => [
  figure.target,
  figure.ours,
  figure.against,
  figure.ratio.toPrecision(3),
  figure.bound,
  figure.met ? 'met' : 'MISSED'
]

/** The figures under one another, with the machine they were measured on. */
export function printTable(figures: readonly Figure[]): void {
  const rows = [['target', 'ours', 'against', 'ratio', 'bound', ''], ...figures.map(columns)]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  console.log(`\nNode ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`)
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
}
