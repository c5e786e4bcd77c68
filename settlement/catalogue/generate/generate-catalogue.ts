/**
 * A synthetic catalogue as files of the documented shapes in one ZIP: what is generated goes the way of what a centre gives out. A later
 * revision of the same seed changes, adds and takes away a few items, so that there is an update to look at.
 */

import { strToU8, Zip, ZipDeflate } from 'fflate'
import { never } from '../../../base/invariant.ts'
import { drugCells } from '../drug-cells.ts'
import { kindOf } from '../item-facts.ts'
import type { CatalogueItem, ItemKind } from '../item-schema.ts'
import { madeUpItem } from './made-up-item.ts'
import { percentOf, yuan } from './price.ts'
import { Random } from './random.ts'

export interface GenerateRequest {
  readonly items: number
  readonly seed: number
  /** From 1. */
  readonly revision: number
}

export const GENERATED_ITEMS_MAX = 500_000
const DIVISION = '999999'
const REVISION_STREAM = 0x6_0000
/** Every revision adds one item in so many. */
const ADDED_ONE_IN = 400

export const generatedVersion = ({ items, seed, revision }: GenerateRequest): string => `synthetic-${seed}-${items}-r${revision}`

/** The items themselves, each row with its period. */
export function* generatedItems({ items, seed, revision }: GenerateRequest): Generator<readonly CatalogueItem[]> {
  const last = items + Math.floor(items / ADDED_ONE_IN) * (revision - 1)
  for (let number = 0; number < last; number += 1) {
    const rows = revised(madeUpItem(seed, number).rows, seed, number, revision)
    if (rows.length > 0) yield rows
  }
}

/** Of a thousand items a revision takes two away and gives ten another price. */
function revised(rows: readonly CatalogueItem[], seed: number, number: number, revision: number): readonly CatalogueItem[] {
  let kept = rows
  for (let step = 2; step <= revision; step += 1) {
    const random = new Random(seed, number, REVISION_STREAM + step)
    const drawn = random.below(1_000)
    if (drawn < 2) return []
    if (drawn < 12) kept = kept.map((row) => ({ ...row, ...cheaper(row, 70 + random.below(25)) }))
  }
  return kept
}

function cheaper({ pric }: CatalogueItem, percent: number): Pick<CatalogueItem, 'pric'> {
  const [whole = '0', places = '0'] = (pric ?? '').split('.')
  return { pric: yuan(percentOf(Number.parseInt(whole, 10) * 100 + Number.parseInt(places, 10), percent)) }
}

const MEMBERS = ['1301.txt', '1312.txt', '1318.txt', '1319.txt', 'prices.txt'] as const
const FLUSH_LINES = 4_000

export function generateCatalogue(request: GenerateRequest): Uint8Array {
  const chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error
    chunks.push(chunk)
  })
  const version = generatedVersion(request)
  for (const member of MEMBERS) {
    const file = new ZipDeflate(member, { level: 4 })
    // Not the time of today: the same request is the same bytes.
    file.mtime = '2026-01-01T00:00:00'
    zip.add(file)
    let lines: string[] = []
    for (const rows of generatedItems(request)) {
      lines.push(...linesOf(member, rows, version))
      if (lines.length < FLUSH_LINES) continue
      file.push(strToU8(lines.join('')))
      lines = []
    }
    file.push(strToU8(lines.join('')), true)
  }
  zip.end()
  return joined(chunks)
}

const line = (cells: readonly (string | undefined)[]): string => `${cells.map((cell) => (cell === undefined || cell === '' ? 'null' : cell)).join('\t')}\n`

function linesOf(member: (typeof MEMBERS)[number], rows: readonly CatalogueItem[], version: string): readonly string[] {
  const newest = rows.at(-1)
  if (newest === undefined) return []
  const { med_list_codg: code, ceilings = [], pre_pay = [] } = newest
  switch (member) {
    case '1301.txt':
      return isDrug(newest) ? [line(drugCells(newest, version))] : []
    case '1312.txt':
      return rows.flatMap((row) => (row.chrgitm_lv === undefined ? [] : listingLine(row)))
    case '1318.txt':
      return ceilings.map((row) => line([code, String(row.level), '', DIVISION, row.from, row.to, row.pric_uplmt_amt, '1']))
    case '1319.txt':
      return pre_pay.map((row) => line([code, row.insutype, '10', DIVISION, row.from, row.to, row.selfpay_prop, '1']))
    case 'prices.txt':
      return [line([code, '', newest.pric, newest.barcode, newest.unit, newest.drug_id])]
    default:
      return never(member)
  }
}

const isDrug = (item: CatalogueItem): boolean => item.drug_id !== undefined

const listingLine = (row: CatalogueItem): string =>
  line([
    row.med_list_codg, row.name, DIVISION, row.valid_from, row.valid_to, row.med_chrgitm_type, row.chrgitm_lv, row.lmt_used_flag ?? '0', LIST_TYPES[kindOf(row)], row.restriction, '1'
  ])

/** H T421 */
const LIST_TYPES: Readonly<Record<ItemKind, string>> = {
  western: '101', patent: '101', pieces: '102', 'own-preparation': '103', granules: '106', service: '201', consumable: '301', other: '201'
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
