/** One text into rows. What a row breaks is counted; only a file of which nothing can be read, or that was cut short, is refused. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { FileReport, Gathered, Place } from './gathered.ts'
import type { ImportRefusal } from './import-problem.ts'
import { ROWS_MAX } from './limits.ts'
import { readItem } from './read-item.ts'
import { readJson } from './read-json.ts'
import { columnsOf, isItemFile, isList, ITEM_COLUMNS, LIST_FIELDS, mayBeEmpty, shapeByName, type ItemShape, type ListShape, type NamedShape } from './shapes.ts'
import { takeListRow } from './take-list-row.ts'
import { cellOf, textLines, type TextLine } from './text-lines.ts'
import type { ImportText } from './unpack.ts'

/** `division`: where the terminal stands, 6 digits; rows of other divisions are passed over. */
export function readFile(gathered: Gathered, text: ImportText, division: string | undefined): Result<null, ImportRefusal> {
  const { name } = text
  const shape = shapeByName(name)
  if (shape?.ok === false) return refuse({ kind: 'unknown-shape', file: name, detail: shape.error })
  const pieces = text.pieces()
  const first = firstPiece(pieces)
  const read = isJson(first) ? readJson(gathered, { name, pieces: joinedTo(first, pieces), shape: shape?.value, division }) : readText(gathered, { name, pieces: joinedTo(first, pieces), shape: shape?.value, division })
  if (text.failure !== undefined) return refuse({ kind: 'zip-broken', file: name.slice(0, name.indexOf('/')), detail: text.failure })
  if (!read.ok) return read
  if (gathered.rows > ROWS_MAX) return refuse({ kind: 'too-many', what: 'rows', max: ROWS_MAX })
  const report = read.value
  const problem = gathered.problems.kept.find(({ file }) => file === name) ?? gathered.problems.last
  const isUnreadable = report.rows > 0 && report.broken === report.rows
  return isUnreadable && problem !== undefined ? refuse({ kind: 'no-row-readable', file: name, rows: report.rows, first: problem }) : ok(null)
}

export interface ReadRequest {
  readonly name: string
  readonly pieces: Iterable<Uint8Array>
  /** As the file's name says. */
  readonly shape: NamedShape | undefined
  readonly division: string | undefined
}

function firstPiece(pieces: Iterator<Uint8Array>): Uint8Array {
  const { done, value } = pieces.next()
  return done === true ? new Uint8Array(0) : value
}

function* joinedTo(first: Uint8Array, pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield first
  yield* pieces
}

const BRACES = new Set([0x7b, 0x5b])
const SPACES = new Set([0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf])
const isJson = (bytes: Uint8Array): boolean => {
  const first = bytes.subarray(0, 64).find((byte) => !SPACES.has(byte))
  return first !== undefined && BRACES.has(first)
}

function readText(gathered: Gathered, { name, pieces, shape: named, division }: ReadRequest): Result<FileReport, ImportRefusal> {
  let report: FileReport | undefined
  for (const line of textLines(pieces)) {
    const shape = named ?? (line.cells?.length === ITEM_COLUMNS['1301'].max ? '1301' : undefined)
    if (report === undefined) {
      if (shape === undefined) return refuse({ kind: 'unknown-shape', file: name, detail: shapeRule(line) })
      if (!isList(shape) && !isItemFile(shape)) return refuse({ kind: 'unknown-shape', file: name, detail: `${shape} is a query; it is imported as its answer in JSON` })
      report = gathered.begin(name, shape)
    }
    report.rows += 1
    if (report.rows > ROWS_MAX) break
    const cut = takeLine(gathered, { file: report, line: line.line }, line, division)
    if (cut !== undefined) return cut
  }
  if (report !== undefined) return ok(report)
  if (named === undefined) return refuse({ kind: 'unknown-shape', file: name, detail: shapeRule(undefined) })
  return mayBeEmpty(named) ? ok(gathered.begin(name, named)) : refuse({ kind: 'file-empty', file: name })
}

function shapeRule(first: TextLine | undefined): string {
  const rule = `its name must say what it is (1301 to 1306, 1312, 1316 to 1319 or prices), or its rows must have ${ITEM_COLUMNS['1301'].max} columns`
  if (first === undefined) return `it is empty; ${rule}`
  return first.cells === undefined ? `line 1 ${first.rule}` : `line 1 has ${first.cells.length} columns; ${rule}`
}

/** A last line that has no end and breaks a rule is where the file was cut: what stood behind it nobody knows. */
function takeLine(gathered: Gathered, place: Place, line: TextLine, division: string | undefined) {
  const { file } = place
  const before = file.broken
  const { shape } = file
  if (line.cells === undefined) gathered.broken(place, { column: 'the row', value: 'its bytes', rule: line.rule })
  else if (isItemFile(shape)) takeItem(gathered, place, shape, line.cells)
  else if (isList(shape)) takeColumns(gathered, place, shape, { cells: line.cells, division })
  if (line.isEnded || file.broken === before || file.rows === 1) return undefined
  const problem = gathered.problems.last
  return refuse({ kind: 'file-cut', file: file.name, line: place.line, column: problem?.column ?? '', value: problem?.value ?? '' } as const)
}

function takeItem(gathered: Gathered, place: Place, shape: ItemShape, cells: readonly string[]): void {
  const { min, max } = ITEM_COLUMNS[shape]
  if (cells.length < min || cells.length > max) {
    return gathered.broken(place, { column: 'the row', value: `${cells.length} columns`, rule: `must have ${min === max ? min : `${min} to ${max}`} columns` })
  }
  const read = readItem(shape, cells)
  if ('rule' in read) return gathered.broken(place, read)
  gathered.take('base', place, read.item)
  gathered.named(read.version)
}

function takeColumns(gathered: Gathered, place: Place, shape: ListShape, { cells, division }: { readonly cells: readonly string[]; readonly division: string | undefined }): void {
  const { min, max } = columnsOf(shape)
  if (cells.length < min || cells.length > max) {
    return gathered.broken(place, { column: 'the row', value: `${cells.length} columns`, rule: `must have ${max} columns: ${LIST_FIELDS[shape].join(', ')}` })
  }
  const fields = LIST_FIELDS[shape]
  takeListRow(gathered, place, { shape, division, cell: (column) => cellOf(cells, fields.indexOf(column) + 1) })
}
