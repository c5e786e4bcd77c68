/** One text into rows. What a row breaks is counted; only a file of which nothing can be read is refused. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { checkDocument } from '../../wire/input-problem.ts'
import { itemSchema } from '../item-schema.ts'
import { itemProblems } from '../parse-catalogue.ts'
import type { FileReport, Gathered } from './gathered.ts'
import type { ImportRefusal } from './import-problem.ts'
import { ROWS_MAX } from './limits.ts'
import { readDrug } from './read-drug.ts'
import { readListRow } from './read-list.ts'
import { columnsOf, DRUG_COLUMNS, LIST_FIELDS, shapeByFields, shapeByName, type ListShape } from './shapes.ts'
import { textLines, type TextLine } from './text-lines.ts'
import type { CellOf, CellProblem } from './row-check.ts'
import type { ImportFile } from './unpack.ts'

/** `division`: where the terminal stands, 6 digits; rows of other divisions are passed over. */
export function readFile(gathered: Gathered, { name, bytes }: ImportFile, division: string | undefined): Result<null, ImportRefusal> {
  const read = isJson(bytes) ? readJson(gathered, { name, bytes }, division) : readText(gathered, { name, bytes }, division)
  if (!read.ok) return read
  if (gathered.rows > ROWS_MAX) return refuse({ kind: 'too-many', what: 'rows', max: ROWS_MAX })
  const report = read.value
  const first = gathered.problems.kept.find(({ file }) => file === name)
  const isUnreadable = report.rows > 0 && report.broken === report.rows
  return isUnreadable && first !== undefined ? refuse({ kind: 'no-row-readable', file: name, rows: report.rows, first }) : ok(null)
}

const BRACES = new Set([0x7b, 0x5b])
const SPACES = new Set([0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf])

const isJson = (bytes: Uint8Array): boolean => {
  const first = bytes.subarray(0, 64).find((byte) => !SPACES.has(byte))
  return first !== undefined && BRACES.has(first)
}

function readText(gathered: Gathered, { name, bytes }: ImportFile, division: string | undefined): Result<FileReport, ImportRefusal> {
  const first = textLines(bytes).next().value
  const shape = shapeByName(name) ?? (first?.cells?.length === DRUG_COLUMNS ? '1301' : undefined)
  if (shape === undefined) return refuse({ kind: 'unknown-shape', file: name, detail: shapeRule(first) })
  const report = gathered.begin(name, shape)
  for (const line of textLines(bytes)) {
    report.rows += 1
    if (report.rows > ROWS_MAX) break
    if (line.cells === undefined) gathered.broken(report, line.line, { column: 'the row', value: 'its bytes', rule: line.rule })
    else if (shape === '1301') takeDrug(gathered, report, line.line, line.cells)
    else takeColumns(gathered, report, shape, line, division)
  }
  return ok(report)
}

function shapeRule(first: TextLine | undefined): string {
  const rule = `its name must say what it is (1301, 1312, 1316, 1317, 1318, 1319 or prices), or its rows must have ${DRUG_COLUMNS} columns`
  if (first === undefined) return `it is empty; ${rule}`
  return first.cells === undefined ? `line 1 ${first.rule}` : `line 1 has ${first.cells.length} columns; ${rule}`
}

function takeDrug(gathered: Gathered, file: FileReport, line: number, cells: readonly string[]): void {
  const read = readDrug(cells)
  if ('rule' in read) return gathered.broken(file, line, read)
  file.taken += 1
  gathered.drugs.push({ row: read, line, file })
  gathered.named(read.version)
}

function takeColumns(gathered: Gathered, file: FileReport, shape: ListShape, { line, cells = [] }: TextLine, division: string | undefined): void {
  const { min, max } = columnsOf(shape)
  if (cells.length < min || cells.length > max) {
    return gathered.broken(file, line, { column: 'the row', value: `${cells.length} columns`, rule: `must have ${max} columns: ${LIST_FIELDS[shape].join(', ')}` })
  }
  const fields = LIST_FIELDS[shape]
  takeListRow(gathered, { file, shape, line, division }, (column) => cells[fields.indexOf(column)] ?? '')
}

interface ListPlace<Of extends ListShape> {
  readonly file: FileReport
  readonly shape: Of
  readonly line: number
  readonly division: string | undefined
}

function takeListRow<Of extends ListShape>(gathered: Gathered, { file, shape, line, division }: ListPlace<Of>, cell: CellOf): void {
  const read = readListRow(shape, cell, division)
  if (read === 'void') file.isVoid += 1
  else if (read === 'other-division') file.otherDivision += 1
  else if (isProblem(read)) gathered.broken(file, line, read)
  else {
    file.taken += 1
    gathered.lists[shape].push({ row: read, line, file })
  }
}

const isProblem = (read: object): read is CellProblem => 'rule' in read

function readJson(gathered: Gathered, { name, bytes }: ImportFile, division: string | undefined): Result<FileReport, ImportRefusal> {
  const json = parsed(bytes)
  if (typeof json === 'string') return refuse({ kind: 'json-broken', file: name, detail: json })
  const document = documentIn(json.value)
  if (document !== undefined) return ok(takeDocument(gathered, name, document))
  const rows = rowsIn(json.value)
  const named = shapeByName(name)
  const shape = shapeByFields(rows.find((row) => row !== null && typeof row === 'object') ?? {}) ?? (named === '1301' ? undefined : named)
  if (shape === undefined) {
    return refuse({ kind: 'unknown-shape', file: name, detail: 'must be a catalogue document with items, or answers of 1312, 1316, 1317, 1318 or 1319 with data' })
  }
  const report = gathered.begin(name, shape)
  for (const [index, row] of rows.entries()) {
    report.rows += 1
    const fields = row !== null && typeof row === 'object' ? new Map(Object.entries(row)) : new Map<string, unknown>()
    takeListRow(gathered, { file: report, shape, line: index + 1, division }, (column) => cellText(fields.get(column)))
  }
  return ok(report)
}

const cellText = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '')

function parsed(bytes: Uint8Array): { readonly value: unknown } | string {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch (cause) {
    return cause instanceof SyntaxError ? `must be JSON: ${cause.message}` : 'must be UTF-8'
  }
}

interface Document {
  readonly version: string
  readonly items: readonly unknown[]
}

function documentIn(json: unknown): Document | undefined {
  if (typeof json !== 'object' || json === null || !('items' in json) || !Array.isArray(json.items)) return undefined
  return { version: 'version' in json && typeof json.version === 'string' ? json.version : '', items: json.items }
}

/** Rows themselves, an answer's `data`, an answer with its envelope, or a list of answers: the pages of a query. */
function rowsIn(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json.every((entry) => dataIn(entry) === undefined) ? json : json.flatMap((entry) => dataIn(entry) ?? [])
  return dataIn(json) ?? []
}

function dataIn(json: unknown): readonly unknown[] | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  if ('data' in json && Array.isArray(json.data)) return json.data
  return 'output' in json ? dataIn(json.output) : undefined
}

function takeDocument(gathered: Gathered, name: string, { version, items }: Document): FileReport {
  const report = gathered.begin(name, 'document')
  gathered.named(version)
  for (const [index, json] of items.entries()) {
    report.rows += 1
    const item = checkDocument(itemSchema, json)
    const [problem] = item.ok ? itemProblems(item.value) : item.error
    if (item.ok && problem === undefined) {
      report.taken += 1
      gathered.documents.push({ row: item.value, line: index + 1, file: report })
    } else {
      gathered.broken(report, index + 1, { column: problem?.path ?? 'item', value: cellText(problem?.value), rule: problem?.rule ?? 'is refused' })
    }
  }
  return report
}
