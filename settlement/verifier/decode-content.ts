/**
 * The contents of facts, read a second way: by layouts as data, written down from the documented encoding and from nothing
 * of the ledger's own code. Integers are bigint throughout, so that no rounding can hide in them. Field names are the
 * column names of the tables that repeat them.
 */

export type Cell = null | bigint | string | Uint8Array | readonly Row[]
export interface Row {
  readonly [name: string]: Cell
}

type Kind = 'integer' | 'text' | 'bytes' | 'integer or absent' | 'text or absent'
type Layout = readonly (readonly [name: string, type: Kind | Layout])[]

export const FUND_COLUMNS = [
  'hifp_pay', 'hifob_pay', 'hifmi_pay', 'hifes_pay', 'cvlserv_pay', 'hifdm_pay', 'maf_pay', 'oth_pay'
] as const

const COUNTERS: Layout = [['name', 'text'], ['amount', 'integer']]

const LINES: Layout = [
  ['line_no', 'text'], ['item_code', 'text'], ['item_name', 'text'],
  ['amount', 'integer'], ['own_pay', 'integer'], ['over_ceiling', 'integer'], ['pre_pay', 'integer'], ['in_scope', 'integer']
]

export const AMOUNT_COLUMNS = [
  'total', 'own_pay', 'over_ceiling', 'pre_pay', 'in_scope', 'deductible', ...FUND_COLUMNS, 'fund_paid', 'personal', 'account',
  'mutual_aid', 'cash', 'hospital'
] as const

const AMOUNTS: Layout = AMOUNT_COLUMNS.map((column) => [column, 'integer'] as const)

/** A hold up to what the encodings have differently: codes after the year, and what follows the card's intent. */
const holdLayout = (codes: Layout, end: Layout): Layout => [
  ['settlement_id', 'text'],
  ['institution', 'text'], ['visit_no', 'text'],
  ['person_no', 'text'], ['insurance_type', 'text'], ['policy_year', 'integer'],
  ...codes,
  ['policy_id', 'text'], ['policy_version', 'text'],
  ...AMOUNTS,
  ['lines', LINES],
  ['counters', COUNTERS],
  ['card_id', 'text'], ['serial_before', 'integer'], ['balance_before', 'integer or absent'],
  ['terminal_no', 'text'], ['terminal_serial', 'integer'], ['time', 'text'],
  ['card_account', 'integer'], ['card_own', 'integer'], ['card_pooled', 'integer'],
  ...end,
  ['held_at', 'text']
]

const POSTING: Layout = [
  ['settlement_id', 'text'], ['hold', 'integer'],
  ['evidence_source', 'text'], ['tac', 'text or absent'], ['mac2', 'text or absent'],
  ['serial_after', 'integer'], ['balance_after', 'integer or absent'],
  ['posted_at', 'text']
]

const RELEASE: Layout = [['settlement_id', 'text'], ['hold', 'integer'], ['proof', 'text'], ['released_at', 'text']]

const CORRECTION: Layout = [
  ['correction_id', 'text'], ['settlement_id', 'text'], ['hold', 'integer'], ['reason', 'text'], ['corrected_at', 'text']
]

const CONFIRMATION: Layout = [
  ['id', 'text'], ['target', 'integer'], ['setl_id', 'text'], ['setl_time', 'text'],
  ['of_record', [...AMOUNTS, ['counters', COUNTERS], ['reason', 'text']]],
  ['confirmed_at', 'text']
]

const LOAD_HOLD: Layout = [
  ['load_id', 'text'], ['purpose', 'text'], ['purpose_id', 'text'],
  ['card_id', 'text'], ['serial_before', 'integer'], ['balance_before', 'integer'], ['amount', 'integer'],
  ['terminal_no', 'text'], ['time', 'text'], ['mac2', 'text'],
  ['held_at', 'text']
]

const LOAD_POSTING: Layout = [
  ['load_id', 'text'], ['hold', 'integer'],
  ['evidence_source', 'text'], ['tac', 'text or absent'], ['serial_after', 'integer'], ['balance_after', 'integer or absent'],
  ['posted_at', 'text']
]

const LOAD_RELEASE: Layout = [['load_id', 'text'], ['hold', 'integer'], ['proof', 'text'], ['released_at', 'text']]

const CLOSE: Layout = [['day', 'text'], ['report', 'bytes'], ['signature', 'text'], ['closed_at', 'text']]

const REOPEN: Layout = [['day', 'text'], ['close', 'integer'], ['reason', 'text'], ['reopened_at', 'text']]

const ALIKE = [['posting', POSTING], ['release', RELEASE], ['correction', CORRECTION]] as const

/** By encoding, then by kind. */
const ENCODINGS: ReadonlyMap<bigint, ReadonlyMap<string, Layout>> = new Map([
  [1n, new Map<string, Layout>([['hold', holdLayout([], [['result', 'bytes']])], ...ALIKE])],
  [2n, new Map<string, Layout>([
    ['hold', holdLayout([['med_type', 'text'], ['person_type', 'text']], [['claim', 'bytes'], ['result_hash', 'bytes']])],
    ...ALIKE,
    ['confirmation', CONFIRMATION],
    ['load-hold', LOAD_HOLD], ['load-posting', LOAD_POSTING], ['load-release', LOAD_RELEASE],
    ['close', CLOSE], ['reopen', REOPEN]
  ])]
])

export class UnknownContent extends Error {
  override readonly name = 'UnknownContent'
}

export interface Content {
  readonly kind: string
  readonly row: Row
}

/** Throws UnknownContent on bytes that the documented encoding does not allow. */
export function decodeContent(bytes: Uint8Array): Content {
  const source = { bytes, offset: 0 }
  const layouts = ENCODINGS.get(integerAt(source))
  if (layouts === undefined) throw new UnknownContent('another version of the encoding')
  const kind = textAt(source)
  const layout = layouts.get(kind)
  if (layout === undefined) throw new UnknownContent('an unknown kind of fact')
  const row = rowAt(source, layout)
  if (source.offset !== bytes.length) throw new UnknownContent('bytes behind the last value')
  return { kind, row }
}

/** Of an accumulator: names ascending, none at zero, as the encoding asks. */
export function decodeCounters(bytes: Uint8Array): readonly Row[] {
  const source = { bytes, offset: 0 }
  const rows = listAt(source, COUNTERS)
  if (source.offset !== bytes.length) throw new UnknownContent('bytes behind the last value')
  return rows
}

interface Source {
  readonly bytes: Uint8Array
  offset: number
}

function rowAt(source: Source, layout: Layout): Row {
  const row: Record<string, Cell> = {}
  for (const [name, type] of layout) row[name] = cellAt(source, type)
  return row
}

function cellAt(source: Source, type: Kind | Layout): Cell {
  switch (type) {
    case 'integer':
      return integerAt(source)
    case 'text':
      return textAt(source)
    case 'bytes':
      return blockAt(source, 3)
    case 'integer or absent':
      return isAbsent(source) ? null : integerAt(source)
    case 'text or absent':
      return isAbsent(source) ? null : textAt(source)
    default:
      return listAt(source, type)
  }
}

function listAt(source: Source, layout: Layout): Row[] {
  typeAt(source, 4)
  const count = sizeAt(source)
  const rows: Row[] = []
  while (rows.length < count) rows.push(rowAt(source, layout))
  return rows
}

function isAbsent(source: Source): boolean {
  if (source.bytes[source.offset] !== 0) return false
  source.offset += 1
  return true
}

function integerAt(source: Source): bigint {
  typeAt(source, 1)
  return numberAt(source)
}

function textAt(source: Source): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(blockAt(source, 2))
  } catch (cause) {
    if (cause instanceof TypeError) throw new UnknownContent('text that is not UTF-8')
    throw cause
  }
}

function blockAt(source: Source, type: number): Uint8Array {
  typeAt(source, type)
  return take(source, sizeAt(source))
}

/** A count or a length: never more than the bytes that are left, since each item takes at least one. */
function sizeAt(source: Source): number {
  const size = numberAt(source)
  const isBeyond = size < 0n || size > BigInt(source.bytes.length - source.offset)
  if (isBeyond) throw new UnknownContent('a size beyond the content')
  return Number(size)
}

function numberAt(source: Source): bigint {
  const [length = 0] = take(source, 1)
  if (length > 7) throw new UnknownContent('a number of more than 7 bytes')
  let unsigned = 0n
  for (const byte of take(source, length)) unsigned = (unsigned << 8n) | BigInt(byte)
  const value = BigInt.asIntN(8 * length, unsigned)
  const isLongerThanNeedBe = length > 0 && BigInt.asIntN(8 * (length - 1), value) === value
  if (isLongerThanNeedBe) throw new UnknownContent('a number longer than it need be')
  return value
}

function typeAt(source: Source, type: number): void {
  const [found] = take(source, 1)
  if (found !== type) throw new UnknownContent(`type ${found} where ${type} belongs`)
}

function take(source: Source, length: number): Uint8Array {
  const end = source.offset + length
  if (end > source.bytes.length) throw new UnknownContent('the content ends within a value')
  const taken = source.bytes.subarray(source.offset, end)
  source.offset = end
  return taken
}
