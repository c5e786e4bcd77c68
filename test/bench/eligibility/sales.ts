/**
 * The same pharmacy sales for every contender, as plain facts, and the one list of rules that all of them write down in
 * their own way. Seeded by the sale's number: the same in every run.
 */

/** Reason kinds in which the contenders must agree; what else a verdict says is not asked of the peers. */
export const KINDS = [
  'class-c', 'no-longer-in-catalogue', 'restricted-not-approved', 'approval-refused', 'wrong-sex', 'wrong-age', 'children-only',
  'institution-level', 'work-injury-only', 'maternity-only', 'duplicate-therapy', 'over-days-of-supply', 'prescription-missing', 'dispensed-too-early'
] as const
export type Kind = (typeof KINDS)[number]

export interface PlainItem {
  readonly line: string
  readonly code: string
  readonly atc: string
  readonly chargeClass: '01' | '02' | '03'
  readonly restricted: boolean
  readonly approval: '0' | '1' | '2'
  readonly needsPrescription: boolean
  /** YYYY-MM-DD; empty: without end. */
  readonly paidTo: string
  readonly days: number
  /** Fen, whole packs. */
  readonly price: number
  readonly count: number
  /** In the insurance catalogue on the day. */
  readonly isListed: boolean
  /** Of a class that is paid, and in the catalogue on the day: what is no matter of the funds breaks none of their limits. */
  readonly asks: boolean
  /** Different drugs of the sale that ask, with the same first five characters of ATC. Counted once, for the peers. */
  readonly sameTherapy: number
  /** Days that an earlier supply still lasts on the day of the sale; 0: none. Looked up once, for the peers. */
  readonly daysLeft: number
}

export interface PlainSale {
  readonly sex: 'male' | 'female'
  readonly age: number
  readonly level: number
  readonly on: string
  readonly hasPrescription: boolean
  readonly balance: number
  readonly deductibleUsed: number
  readonly items: readonly PlainItem[]
}

export const ON = '2026-06-15'
export const DAYS_MOST = 30
export const TOLERANCE_DAYS = 3
export const CHILD_BELOW = 18
export const ELDERLY_FROM = 60

/** Drugs of each rule, by whole code: twelve of each, as the first published lists are short too. */
const coded = (digits: string): string[] => Array.from({ length: 12 }, (_, index) => codeOf(Number(`${digits}${String(index).padStart(2, '0')}`)))
export const LISTS = {
  women: coded('10'),
  elderly: coded('11'),
  children: coded('12'),
  hospital: coded('13'),
  injury: coded('14'),
  maternity: coded('15')
} as const

/** Western drugs of the test numbering: X, seven characters of ATC, then what makes the product. */
export function codeOf(product: number): string {
  const group = 'ABCDGHJLMNPRSV'.charAt(product % 14)
  const digits = String(1 + ((product * 7) % 4)).padStart(2, '0')
  const letters = `${'ABC'.charAt(product % 3)}${'AB'.charAt((product * 3) % 2)}`
  return `X${group}${digits}${letters}${String(product % 97).padStart(2, '0')}A001010${String(product).padStart(6, '0')}`
}

const atcOf = (code: string): string => code.slice(1, 8)

export function plainSale(index: number, lineCount: number): PlainSale {
  const bare = Array.from({ length: lineCount }, (_, line) => bareItem(index * 37 + line * 3, String(line + 1)))
  const therapies = new Map<string, Set<string>>()
  for (const { atc, code, asks } of bare) if (asks) therapies.set(atc.slice(0, 5), (therapies.get(atc.slice(0, 5)) ?? new Set()).add(code))
  return {
    sex: index % 2 === 0 ? 'male' : 'female',
    age: 5 + ((index * 13) % 80),
    level: index % 3,
    on: ON,
    hasPrescription: index % 4 !== 0,
    balance: (index * 1_237) % 90_000,
    deductibleUsed: (index % 5) * 9_999,
    items: bare.map((item) => ({ ...item, sameTherapy: item.asks ? (therapies.get(item.atc.slice(0, 5))?.size ?? 0) : 0 }))
  }
}

function bareItem(seed: number, line: string): PlainItem {
  // Every eleventh line is of a list, the others of the wide assortment.
  const listed = Object.values(LISTS)[seed % 6] ?? []
  const code = seed % 11 === 0 ? (listed[seed % listed.length] ?? codeOf(seed)) : codeOf(20_000 + ((seed * 131) % 30_000))
  const chargeClass = (['01', '02', '01', '03', '02', '01', '02'] as const)[seed % 7] ?? '01'
  const paidTo = seed % 13 === 0 ? '2026-06-14' : seed % 13 === 1 ? ON : ''
  const isListed = paidTo === '' || paidTo >= ON
  return {
    line,
    code,
    atc: atcOf(code),
    chargeClass,
    restricted: seed % 9 === 0,
    approval: (['0', '0', '1', '0', '2'] as const)[seed % 5] ?? '0',
    needsPrescription: seed % 3 === 0,
    paidTo,
    isListed,
    asks: isListed && chargeClass !== '03',
    days: 5 + ((seed * 17) % 40),
    price: 150 + ((seed * 7_919) % 20_000),
    count: 1 + (seed % 3),
    sameTherapy: 0,
    daysLeft: seed % 8 === 0 ? 1 + (seed % 20) : 0
  }
}
