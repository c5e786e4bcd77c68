/**
 * One item of a catalogue that is made up whole: codes of the right shape with makers that do not exist, shares of kinds and classes
 * as catalogues have them. An item depends on the seed and its number alone.
 */

import type { ChargeClass } from '../../policy/policy-parts.ts'
import type { CatalogueItem, CeilingRow, PrePayRow } from '../item-schema.ts'
import { consumableName, granulesName, patentName, patentSubstance, piecesName, serviceName, westernName, westernSubstance } from './made-up-names.ts'
import { drawnPrice, percentOf, yuan } from './price.ts'
import { Random } from './random.ts'

export interface MadeUpItem {
  /** Each row with its period; of one code. */
  readonly rows: readonly CatalogueItem[]
}

/** Streams of the seed that are not an item's. */
const SUBSTANCE_STREAM = 0x5_0000
const WESTERN_SUBSTANCES = 3_000
const PATENT_SUBSTANCES = 2_500
const ATC_LETTERS = ['A', 'B', 'C', 'D', 'G', 'H', 'J', 'L', 'M', 'N', 'P', 'R', 'S', 'V'] as const
const EDITION = '2026-01-01'
const EDITION_BEFORE = '2025-01-01'
const EDITION_ENDS = '2025-12-31'

export function madeUpItem(seed: number, number: number): MadeUpItem {
  const random = new Random(seed, number, 0)
  const kind = random.below(100)
  // Six in ten are western or Chinese patent drugs.
  if (kind < 42) return dated(random, western(random, seed, number))
  if (kind < 60) return dated(random, patent(random, seed, number))
  if (kind < 66) return dated(random, pieces(random, number))
  if (kind < 68) return dated(random, granules(random, number))
  return kind < 80 ? dated(random, service(random, number)) : dated(random, consumable(random, number))
}

const digits = (number: number, length: number): string => String(number).padStart(length, '0').slice(-length)
const letter = (number: number): string => String.fromCharCode(0x41 + (number % 26))

/** Few substances fill most of a catalogue: the smaller of two draws. */
const popular = (random: Random, count: number): number => Math.min(random.below(count), random.below(count))

const atcOf = (substance: number): string =>
  `${ATC_LETTERS[substance % ATC_LETTERS.length] ?? 'A'}${digits((substance % 16) + 1, 2)}${letter(substance % 7)}${letter(substance % 11)}${letter(Math.floor(substance / 1_000))}${digits(substance, 3)}`

function western(random: Random, seed: number, number: number): CatalogueItem {
  const substance = popular(random, WESTERN_SUBSTANCES)
  const named = westernSubstance(new Random(seed, substance, SUBSTANCE_STREAM))
  const pack = Math.floor(number / 100_000) + 1
  return {
    ...drug(random, number),
    med_list_codg: `X${atcOf(substance)}${letter(random.below(20))}${digits(random.below(30), 3)}${digits(random.below(9) + 1, 2)}${digits(pack, 2)}${digits(number, 5)}`,
    name: westernName(random, named),
    med_chrgitm_type: '09'
  }
}

function patent(random: Random, seed: number, number: number): CatalogueItem {
  const substance = popular(random, PATENT_SUBSTANCES)
  const pack = Math.floor(number / 100_000) + 1
  return {
    ...drug(random, number),
    med_list_codg: `Z${atcOf(substance)}${digits(random.below(9) + 1, 2)}${digits(pack, 3)}${digits(number, 5)}`,
    name: patentName(random, patentSubstance(new Random(seed, substance, SUBSTANCE_STREAM + 1))),
    med_chrgitm_type: '11'
  }
}

function drug(random: Random, number: number): Omit<CatalogueItem, 'med_list_codg' | 'name' | 'med_chrgitm_type'> {
  const chrgitm_lv = drugClass(random)
  const isNegotiated = chrgitm_lv === '02' && random.chance(6)
  const price = drawnPrice(random, isNegotiated ? 18_000 : 2_600, 34)
  const units = random.pick([6, 7, 10, 12, 14, 20, 24, 28, 30, 36, 48, 60, 100])
  const isRestricted = chrgitm_lv === '02' && random.chance(isNegotiated ? 60 : 8)
  return {
    ...(chrgitm_lv === undefined ? {} : { chrgitm_lv }),
    pric: yuan(price),
    spec: `${random.pick([5, 10, 20, 25, 50, 80, 100, 200, 250, 500])}mg*${units}`,
    unit: '盒',
    min_unit: random.pick(['片', '粒', '袋', '支']),
    units_per_pack: String(units),
    barcode: `999${digits(number, 10)}`,
    drug_id: `8${digits(number, 6)}`,
    rx_flag: random.chance(72) ? '1' : '0',
    ...(random.chance(4) ? { chld_medc_flag: '1' as const } : {}),
    ...(isNegotiated ? { hi_nego_drug_flag: '1' as const } : {}),
    ...(isRestricted ? { lmt_used_flag: '1' as const, restriction: '限二级及以上医疗机构(测试)' } : {}),
    ...(chrgitm_lv !== undefined && (isNegotiated || random.chance(25)) ? { ceilings: ceilings(random, price) } : {}),
    ...(chrgitm_lv === '02' ? { pre_pay: shares(random, isNegotiated ? 20 : 5) } : {})
  }
}

/** undefined: the insurance catalogue does not hold it. */
function drugClass(random: Random): ChargeClass | undefined {
  const drawn = random.below(100)
  if (drawn < 16) return '01'
  if (drawn < 62) return '02'
  return drawn < 70 ? '03' : undefined
}

const ceilings = (random: Random, price: number): CeilingRow[] =>
  ([1, 2, 3] as const).map((level) => ({ level, from: EDITION_BEFORE, pric_uplmt_amt: yuan(percentOf(price, 80 + random.below(15) + level * 5)) }))

function shares(random: Random, least: number): PrePayRow[] {
  const percent = least + 5 * random.below(4)
  const before: PrePayRow = { insutype: '310', from: EDITION_BEFORE, to: EDITION_ENDS, selfpay_prop: share(percent + 5) }
  return [
    ...(random.chance(10) ? [before] : []),
    { insutype: '310', from: EDITION, selfpay_prop: share(percent) },
    { insutype: '390', from: EDITION, selfpay_prop: share(percent + 5) }
  ]
}

const share = (percent: number): string => `0.${digits(percent, 2)}`

const pieces = (random: Random, number: number): CatalogueItem => ({
  med_list_codg: `T9${digits(number, 8)}`,
  name: piecesName(random),
  chrgitm_lv: random.chance(85) ? '01' : '03',
  med_chrgitm_type: '10',
  kind: 'pieces',
  unit: 'g',
  pric: yuan(drawnPrice(random, 20, 24))
})

const granules = (random: Random, number: number): CatalogueItem => ({
  med_list_codg: `T9${digits(number, 18)}`,
  name: granulesName(random),
  chrgitm_lv: '02',
  med_chrgitm_type: '10',
  kind: 'granules',
  unit: 'g',
  pric: yuan(drawnPrice(random, 60, 20)),
  pre_pay: shares(random, 10)
})

const service = (random: Random, number: number): CatalogueItem => ({
  med_list_codg: `99${digits(number, 13)}-9`,
  name: serviceName(random),
  chrgitm_lv: random.pick(['01', '01', '01', '02', '02', '03']),
  med_chrgitm_type: random.pick(['02', '03', '03', '04', '05', '06', '07']),
  kind: 'service',
  unit: '次',
  pric: yuan(drawnPrice(random, 5_000, 34))
})

const consumable = (random: Random, number: number): CatalogueItem => ({
  med_list_codg: `C99${digits(number, 17)}`,
  name: consumableName(random),
  chrgitm_lv: random.pick(['02', '02', '03']),
  med_chrgitm_type: '08',
  kind: 'consumable',
  unit: random.pick(['个', '套', '包', '支']),
  pric: yuan(drawnPrice(random, 3_500, 48)),
  barcode: `999${digits(number, 10)}`
})

/** Most hold since an edition of the catalogue; some were of another class before, some are out, few are not in yet. */
function dated(random: Random, item: CatalogueItem): MadeUpItem {
  if (item.chrgitm_lv === undefined) return { rows: [item] }
  const drawn = random.below(100)
  if (drawn < 2) return { rows: [{ ...item, valid_from: EDITION_BEFORE, valid_to: EDITION_ENDS }] }
  if (drawn < 3) return { rows: [{ ...item, valid_from: '2027-01-01' }] }
  if (drawn < 8) {
    const before: CatalogueItem = { ...item, chrgitm_lv: item.chrgitm_lv === '01' ? '02' : '03', valid_from: EDITION_BEFORE, valid_to: EDITION_ENDS }
    return { rows: [before, { ...item, valid_from: EDITION }] }
  }
  return { rows: [{ ...item, valid_from: EDITION_BEFORE }] }
}
