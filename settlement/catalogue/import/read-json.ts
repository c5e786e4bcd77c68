/** A text of JSON into rows: a catalogue document, or the answers of a query, a page or more. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { checkDocument } from '../../wire/input-problem.ts'
import { itemSchema } from '../item-schema.ts'
import { itemProblems } from '../parse-catalogue.ts'
import type { FileReport, Gathered } from './gathered.ts'
import type { ImportRefusal } from './import-problem.ts'
import type { ReadRequest } from './read-file.ts'
import { readEthnicDrug } from './read-item.ts'
import { isItemFile, mayBeEmpty, shapeByFields } from './shapes.ts'
import { takeListRow } from './take-list-row.ts'

export function readJson(gathered: Gathered, { name, pieces, shape: named, division }: ReadRequest): Result<FileReport, ImportRefusal> {
  const json = parsed(pieces)
  if (typeof json === 'string') return refuse({ kind: 'json-broken', file: name, detail: json })
  const document = documentIn(json.value)
  if (document !== undefined) return document.items.length === 0 ? refuse({ kind: 'file-empty', file: name }) : ok(takeDocument(gathered, name, document))
  const rows = rowsIn(json.value)
  const shape = shapeByFields(rows.find((row) => row !== null && typeof row === 'object') ?? {}) ?? (named !== undefined && isItemFile(named) ? undefined : named)
  if (shape === undefined) {
    return refuse({ kind: 'unknown-shape', file: name, detail: 'must be a catalogue document with items, or answers of 1304, 1312, 1316, 1317, 1318 or 1319 with data' })
  }
  if (rows.length === 0 && !mayBeEmpty(shape)) return refuse({ kind: 'file-empty', file: name })
  const report = gathered.begin(name, shape)
  for (const [index, row] of rows.entries()) {
    report.rows += 1
    const fields = row !== null && typeof row === 'object' ? new Map(Object.entries(row)) : new Map<string, unknown>()
    const [place, cell] = [{ file: report, line: index + 1 }, (column: string) => cellText(fields.get(column))]
    if (shape === '1304') {
      const read = readEthnicDrug(cell)
      if ('rule' in read) gathered.broken(place, read)
      else gathered.take('base', place, read.item)
      if ('version' in read) gathered.named(read.version)
    } else if (!isItemFile(shape)) takeListRow(gathered, place, { shape, division, cell })
  }
  return ok(report)
}

const cellText = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '')

function parsed(pieces: Iterable<Uint8Array>): { readonly value: unknown } | string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    let text = ''
    for (const piece of pieces) text += decoder.decode(piece, { stream: true })
    return { value: JSON.parse(text + decoder.decode()) }
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
    const place = { file: report, line: index + 1 }
    const item = checkDocument(itemSchema, json)
    const [problem] = item.ok ? itemProblems(item.value) : item.error
    if (item.ok && problem === undefined) gathered.take('base', place, item.value)
    else gathered.broken(place, { column: problem?.path ?? 'item', value: cellText(problem?.value), rule: problem?.rule ?? 'is refused' })
  }
  return report
}
