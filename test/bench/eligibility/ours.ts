/** The same sales for our own rules: the list of rules as a document, a sale as a question and as a claim. */

import { invariant } from '../../../base/invariant.ts'
import { date, type BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Claim, ClaimLine } from '../../../settlement/calculation/claim.ts'
import type { AskedItem, Question } from '../../../settlement/eligibility/question.ts'
import type { ItemVerdict, Verdict } from '../../../settlement/eligibility/verdict.ts'
import { fen, formatFen } from '../../../settlement/money/fen.ts'
import type { Price, Quantity } from '../../../settlement/money/price.ts'
import { compileRules } from '../../../settlement/rules/compile-rules.ts'
import type { CompiledRules } from '../../../settlement/rules/compiled-rules.ts'
import { parseRules } from '../../../settlement/rules/parse-rules.ts'
import { parseClaim } from '../../../settlement/wire/parse-claim.ts'
import { CHILD_BELOW, DAYS_MOST, ELDERLY_FROM, KINDS, LISTS, TOLERANCE_DAYS, type PlainItem, type PlainSale } from './sales.ts'

const stated = { source: 'benchmark', certainty: 'fictitious' } as const
const itemRule = (rule: string, group: keyof typeof LISTS, more: object = {}): object => ({ rule, items: [group], ...more, ...stated })

const DOCUMENT = {
  id: 'benchmark',
  region: '999999',
  name: { zh: '测试区', en: 'Benchmark' },
  version: '1',
  effective: { from: '2026-01-01' },
  groups: {
    ...Object.fromEntries(Object.entries(LISTS).map(([name, codes]) => [name, { codes, ...stated }])),
    prescription: { flags: ['prescription'], ...stated }
  },
  item_rules: [
    itemRule('sex', 'women', { sex: 'female' }),
    itemRule('age', 'elderly', { from: ELDERLY_FROM }),
    itemRule('children-only', 'children', { below: CHILD_BELOW }),
    itemRule('institution', 'hospital', { levels: [1, 2, 3] }),
    itemRule('work-injury-only', 'injury'),
    itemRule('maternity-only', 'maternity')
  ],
  duplicates: [{ atc_characters: 5, ...stated }],
  early: [{ tolerance_days: TOLERANCE_DAYS, counts: 'all', ...stated }],
  supply: [{ days: DAYS_MOST, ...stated }],
  prescription_required: [{ items: ['prescription'], ...stated }]
}

export function compiledBenchmark(): CompiledRules {
  const document = parseRules(DOCUMENT)
  invariant(document.ok, `the rules of the benchmark do not parse: ${JSON.stringify(document)}`)
  const compiled = compileRules([document.value])
  invariant(compiled.ok, `the rules of the benchmark do not compile: ${JSON.stringify(compiled)}`)
  return compiled.value
}

const QUANTITY_ONE = 10_000
const PRICE_OF_FEN = 10_000

export function questionOf(sale: PlainSale): Question {
  const on = date(sale.on)
  return {
    person: {
      psnType: '11',
      insutype: '310',
      sex: sale.sex,
      born: bornBefore(sale.age, on),
      isCivilServant: false,
      insuredRegion: '999999',
      insurance: { status: '1', suspendedSince: undefined, arrearsSince: undefined, since: undefined, began: 'continuous', brokenMonths: undefined, missedYears: undefined },
      entitlements: [],
      card: { by: 'card', lost: undefined, expires: undefined, isActivated: true },
      inHospital: false,
      filings: []
    },
    place: { code: 'P99999900001', region: '999999', kind: 'pharmacy', level: sale.level, isPooling: true, isDualChannel: false },
    visit: { medType: '41', disease: undefined },
    on,
    prescription: sale.hasPrescription ? prescriptionOf(sale, on) : undefined,
    items: sale.items.map(askedItem),
    history: sale.items.flatMap((item) => (item.daysLeft === 0 ? [] : [earlierSupply(item, on)])),
    used: { today: fen(0), thisMonth: fen(0), salesToday: 0 },
    soldCodes: new Map()
  }
}

const bornBefore = (age: number, on: BusinessDate): BusinessDate => date(`${Number(on.slice(0, 4)) - age}-01-01`)

function prescriptionOf(sale: PlainSale, on: BusinessDate): NonNullable<Question['prescription']> {
  return {
    kind: 'paper',
    number: 'RX999999',
    issuedOn: on,
    validUntil: undefined,
    prescriber: { name: '测试医生', code: undefined, institution: { code: 'H99999900001', name: '测试第一医院', level: 2, kind: 'hospital', isDesignated: true } },
    diagnoses: [],
    visit: 'ordinary',
    review: 'passed',
    electronic: undefined,
    lines: sale.items.map(({ code, count, days }) => ({ code, generic: code, quantity: (count * QUANTITY_ONE) as Quantity, unit: '盒', days, isTaken: false, approval: '0' }))
  }
}

function askedItem(item: PlainItem): AskedItem {
  return {
    line: item.line,
    code: item.code,
    quantity: (item.count * QUANTITY_ONE) as Quantity,
    price: (item.price * PRICE_OF_FEN) as Price,
    amount: fen(item.price * item.count),
    days: item.days,
    packs: [],
    approval: item.approval,
    asOwnPay: false,
    item: {
      code: item.code,
      name: item.code,
      generic: undefined,
      chargeClass: item.chargeClass,
      paidFrom: undefined,
      paidTo: item.paidTo === '' ? undefined : date(item.paidTo),
      isValid: true,
      kind: 'western',
      atc: item.atc,
      needsPrescription: item.needsPrescription,
      isRestricted: item.restricted,
      restriction: undefined,
      isNegotiated: false,
      isDualChannel: false,
      isForChildren: false,
      unitsPerPack: undefined
    }
  }
}

/** Dispensed so long before that it still lasts as many days as the sale says. */
function earlierSupply({ code, atc, daysLeft }: PlainItem, on: BusinessDate): NonNullable<Question['history']>[number] {
  const before = new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10)
  return { code, atc, generic: undefined, on: date(before), quantity: QUANTITY_ONE as Quantity, days: daysLeft + 1, where: 'P99999900001', fundPaid: true }
}

const COUNTED: ReadonlySet<string> = new Set(KINDS)

/** Of a verdict what the peers were asked too. */
export const kindsOf = ({ items }: Verdict): readonly (readonly string[])[] =>
  items.map(({ reasons }) => reasons.flatMap(({ kind }) => (COUNTED.has(kind) ? [kind] : [])))

const yuan = (amount: number): string => formatFen(fen(amount))

/** The claim of a sale while it is at the counter: whether a line is approved is written into it once it is judged. */
export interface Draft extends Claim {
  readonly lines: readonly (Omit<ClaimLine, 'approval'> & { approval: ClaimLine['approval'] })[]
}

export const draftOf = (sale: PlainSale): Draft => claimOf(sale)

function claimOf(sale: PlainSale): Claim {
  const claim = parseClaim({
    psn_type: '11',
    begntime: '2024-06-01',
    med_type: '41',
    institution: { level: 2 },
    account: { current_year: yuan(sale.balance) },
    accumulators: { act_pay_dedc: yuan(sale.deductibleUsed) },
    lines: sale.items.map((item) => ({
      feedetl_sn: item.line,
      chrgitm_lv: item.chargeClass,
      pric: yuan(item.price),
      cnt: String(item.count),
      selfpay_prop: item.chargeClass === '02' ? '0.1' : '0',
      lmt_used_flag: item.restricted ? ('1' as const) : ('0' as const),
      hosp_appr_flag: item.approval
    }))
  })
  invariant(claim.ok, `a sale of the benchmark is no claim: ${JSON.stringify(claim)}`)
  return claim.value
}

/** What no fund pays is the person's own: its approval is written as refused, that of every other line as it was asked. */
export function judgedClaim(draft: Draft, asked: readonly AskedItem[], items: readonly ItemVerdict[]): Claim {
  draft.lines.forEach((line, index) => {
    line.approval = items[index]?.cover === 'own-money' ? '2' : (asked[index]?.approval ?? '0')
  })
  return draft
}
