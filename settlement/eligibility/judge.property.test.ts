/** What must hold of every bill, whatever is on it and whatever the rules say. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf, pack, questionOf, type Json } from '../../test/support/ask.ts'
import { rulesWith, source } from '../../test/support/rules-with.ts'
import type { CompiledRules } from '../rules/compiled-rules.ts'
import { judge } from './judge.ts'
import type { Prescription, Question } from './question.ts'
import { COVERS, type ItemVerdict } from './verdict.ts'

const DRUGS = ['氨氯地平片', '氨氯地平分散片', '氨氯地平进口片', '缬沙坦片', '缬沙坦胶囊', '布洛芬片', '萘普生片', '二甲双胍片', '达格列净片', '吗啡缓释片', '人参饮片', '当归饮片', '西替利嗪片', '奥司他韦胶囊', '米诺地尔溶液', '黄体酮胶囊', '司美格鲁肽注射液']

const PLAIN = rulesWith()

const line = fc.record({
  name: fc.constantFrom(...DRUGS),
  cnt: fc.constantFrom('1', '2', '3', '0.5', '-1'),
  pric: fc.constantFrom('0.01', '9.99', '88.00', '250.00'),
  prd_days: fc.constantFrom(null, 3, 7, 8, 30, 90),
  own_pay: fc.boolean(),
  hosp_appr_flag: fc.constantFrom('0', '1', '2'),
  isScanned: fc.boolean()
})
const lines = fc.array(line, { minLength: 1, maxLength: 8 }).map((drawn) =>
  drawn.map(({ name, isScanned, ...fields }, index) => pack(name, { ...fields, feedetl_sn: `L${index}`, drugtracinfo: isScanned ? [{ drug_trac_codg: `T${index % 5}`, trdn_flag: String(index % 2) }] : [] }))
)
const prescribedDrug = fc.record({ name: fc.constantFrom(...DRUGS), drug_cnt: fc.constantFrom('1', '3'), take_drug_flag: fc.constantFrom('0', '0', '0', '1') }).map(({ name, ...fields }) => ({ med_list_codg: codeOf(name), drug_genname: name, ...fields }))
const prescription = fc.option(
  fc.record({ rxdetail: fc.oneof(fc.constant([]), fc.array(prescribedDrug, { maxLength: 6 })), visit: fc.constantFrom('ordinary', 'chronic', 'emergency', 'long-term'), prsc_time: fc.constantFrom('2026-03-10', '2026-03-08', '2026-03-01'), rx_chk_stas_codg: fc.constantFrom('1', '0', null) }),
  { nil: null }
)
const supply = fc.record({ med_list_codg: fc.constantFrom(...DRUGS.map(codeOf)), fee_ocur_time: fc.constantFrom('2025-10-01', '2026-02-20', '2026-03-08'), cnt: fc.constant('1'), prd_days: fc.constantFrom(7, 30, null) })
const asked = fc.record({
  items: lines,
  prescription,
  history: fc.option(fc.array(supply, { maxLength: 4 }), { nil: null }),
  person: fc.record({ gend: fc.constantFrom('0', '1', '2'), in_hospital: fc.constantFrom(true, false, null), psn_insu_stas: fc.constantFrom('1', '1', '1', '2') }),
  used: fc.record({ today: fc.constantFrom('0.00', '400.00'), this_month: fc.constantFrom('0.00', '1100.00') }),
  place: fc.constantFrom({}, {}, {}, { kind: 'hospital', level: 3 }),
  med_type: fc.constantFrom('41', '41', '11', '51')
})

const rank = ({ cover }: ItemVerdict): number => COVERS.indexOf(cover)
const mostOf = (verdict: ItemVerdict): number => (verdict.payable === undefined ? Infinity : verdict.payable.of === 'amount' ? verdict.payable.amount : verdict.payable.quantity)

/** No line is better covered than before, and a limit of the same kind leaves no more. */
const LIMITS: ReadonlySet<string> = new Set(['day-limit-reached', 'month-limit-reached', 'over-sale-limit'])

/** Line by line; but a line that a limit of the place stood against may get what another one leaves, which now is barred. */
function expectNoBetter(before: readonly ItemVerdict[], after: readonly ItemVerdict[]): void {
  for (const [index, verdict] of after.entries()) {
    const was = before[index] as ItemVerdict
    if (was.reasons.some(({ kind }) => LIMITS.has(kind))) continue
    expect(rank(verdict)).toBeGreaterThanOrEqual(rank(was))
    if (was.payable?.of === verdict.payable?.of && verdict.cover === 'limited') expect(mostOf(verdict)).toBeLessThanOrEqual(mostOf(was))
    if (!was.accountMayPay) expect(verdict.accountMayPay).toBe(false)
  }
}

const REFUSING_RULES: readonly Json[] = [
  { item_rules: [{ rule: 'sex', sex: 'female', ...source }] },
  { item_rules: [{ rule: 'age', from: 60, ...source }] },
  { item_rules: [{ rule: 'children-only', ...source }] },
  { item_rules: [{ rule: 'institution', kinds: ['community'], ...source }] },
  { item_rules: [{ rule: 'visit', med_types: ['13'], ...source }] },
  { item_rules: [{ rule: 'work-injury-only', ...source }] },
  { item_rules: [{ rule: 'maternity-only', ...source }] },
  { item_rules: [{ rule: 'second-line', first_line: ['statins'], ...source }] },
  { item_rules: [{ rule: 'course', days: 5, period_months: 12, ...source }] },
  { item_rules: [{ rule: 'course', quantity: '1', period_months: 12, ...source }] },
  { item_rules: [{ rule: 'indication', diagnoses: ['Z99'], ...source }] },
  { item_rules: [{ rule: 'not-alone', items: ['pieces'], ...source }] },
  { special: [{ items: ['drugs'], filing: 'special-drug', ...source }] },
  { prescription_required: [{ effect: 'own-money', ...source }] },
  { prescription_required: [{ effect: 'forbids', ...source }] },
  { dispensing: [{ days: 2, ...source }] },
  { place_limits: [{ of: 'sale', amount: '20.00', ...source }] },
  { place_limits: [{ of: 'day', amount: '410.00', ...source }] },
  { place_limits: [{ of: 'month', amount: '1101.00', effect: 'cash-only', ...source }] },
  { trace: [{ from: '2020-01-01', of: 'sale', effect: 'forbids', ...source }] },
  { long_excluded: [{ items: ['drugs'], ...source }] }
]

/** What the rules are before one refuses: those of the test region, and of a place that asks where others forbid. */
const BASES: readonly Json[] = [
  {},
  {
    prescription_checks: (['listed', 'quantity', 'taken'] as const).map((check) => ({ check, effect: 'asks', ...source })),
    supply: [{ visits: ['ordinary', 'chronic'], days: 10, one_pack: true, ...source }],
    dispensing: [{ visits: ['none'], items: ['otc'], days: 30, ...source }, { visits: ['emergency'], days: 20, effect: 'asks', ...source }],
    place_limits: [{ of: 'sale', amount: '300.00', ...source }]
  }
]

interface Refusal {
  readonly before: CompiledRules
  readonly after: CompiledRules
}

const REFUSALS: readonly Refusal[] = BASES.flatMap((base) => {
  const before = rulesWith(base)
  return REFUSING_RULES.map((refusing) => ({ before, after: rulesWith(together(base, refusing)) }))
})

/** The rows of both. */
function together(base: Json, more: Json): Json {
  const rowsOf = (document: Json, section: string): readonly unknown[] => (document[section] ?? []) as readonly unknown[]
  return { ...base, ...Object.fromEntries(Object.keys(more).map((section) => [section, [...rowsOf(base, section), ...rowsOf(more, section)]])) }
}

const prescribedSo =
  (change: (written: Prescription) => Partial<Prescription>) =>
  (question: Question): Question =>
    question.prescription === undefined ? question : { ...question, prescription: { ...question.prescription, ...change(question.prescription) } }

/** Facts that speak against the person, the card, the place or the prescription. */
const REFUSING_FACTS: readonly ((question: Question) => Question)[] = [
  (question) => ({ ...question, person: { ...question.person, inHospital: true } }),
  (question) => ({ ...question, person: { ...question.person, insurance: { ...question.person.insurance, status: '4' } } }),
  (question) => ({ ...question, person: { ...question.person, insurance: { ...question.person.insurance, arrearsSince: question.on } } }),
  (question) => ({ ...question, person: { ...question.person, card: { ...question.person.card, isActivated: false } } }),
  (question) => ({ ...question, person: { ...question.person, card: { ...question.person.card, lost: { report: 'formal', on: question.on } } } }),
  (question) => ({ ...question, person: { ...question.person, insuredRegion: '110101' } }),
  (question) => ({ ...question, place: { ...question.place, isPooling: false } }),
  // Where nothing needs one, a sale without prescription is another sale, not a worse one; in a hospital the visit tells as much.
  (question) => (question.place.kind === 'pharmacy' && question.items.every(({ item }) => item.needsPrescription === true) ? { ...question, prescription: undefined } : question),
  prescribedSo(({ lines: drugs }) => ({ lines: drugs.map((drug) => ({ ...drug, isTaken: true })) })),
  prescribedSo(({ lines: drugs }) => ({ lines: drugs.map((drug) => ({ ...drug, quantity: 1 as Prescription['lines'][number]['quantity'] })) })),
  prescribedSo(({ prescriber }) => ({ prescriber: { ...prescriber, institution: { ...prescriber.institution, isDesignated: false } } })),
  prescribedSo(() => ({ issuedOn: '2026-12-31' as Question['on'] })),
  prescribedSo(() => ({ electronic: { status: 'withdrawn', isUsed: true, signatureVerified: false, scope: 'other' } })),
  (question) => ({ ...question, person: { ...question.person, entitlements: [{ fundPayType: '310102', medType: undefined, enjoys: false, begins: undefined, ends: undefined, why: undefined }] } }),
  (question) => ({ ...question, person: { ...question.person, card: { ...question.person.card, expires: '2025-12-31' as Question['on'] } } }),
  prescribedSo(() => ({ review: 'refused' })),
  prescribedSo(() => ({ issuedOn: '2025-01-01' as Question['on'] })),
  (question) => ({ ...question, items: question.items.map((item) => ({ ...item, approval: '2' as const })) }),
  (question) => ({ ...question, used: { ...question.used, thisMonth: 120_000 as Question['used']['thisMonth'], salesToday: 9 } }),
  (question) => ({ ...question, soldCodes: new Map(question.items.flatMap(({ packs }) => packs.map(({ traceCode }) => [traceCode, { settlementId: 'S', on: question.on, isSplit: false }] as const))) })
]

/** Drawn alike in every run: a failure is the program's, not the day's. */
const SEED = 20260310
const RUNS = { numRuns: 60, seed: SEED }

describe('of every bill', () => {
  it('a refusing rule never makes a line better covered', () => {
    fc.assert(
      fc.property(asked, fc.constantFrom(...REFUSALS), (drawn, { before, after }) => {
        const question = questionOf(drawn)
        expectNoBetter(judge(before, question).items, judge(after, question).items)
      }),
      { numRuns: 200, seed: SEED }
    )
  })

  it('a refusing fact never makes a line better covered', () => {
    fc.assert(
      fc.property(asked, fc.constantFrom(...REFUSING_FACTS), (drawn, refuse) => {
        const question = questionOf(drawn)
        expectNoBetter(judge(PLAIN, question).items, judge(PLAIN, refuse(question)).items)
      }),
      { numRuns: 200, seed: SEED }
    )
  })

  it('a verdict does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(asked.chain((drawn) => fc.tuple(fc.constant(drawn), fc.shuffledSubarray([...drawn.items], { minLength: drawn.items.length }))), ([drawn, shuffled]) => {
        const byLine = (items: readonly ItemVerdict[]) => items.toSorted((left, right) => (left.line < right.line ? -1 : 1))
        expect(byLine(judge(PLAIN, questionOf({ ...drawn, items: shuffled })).items)).toEqual(byLine(judge(PLAIN, questionOf(drawn)).items))
      }),
      RUNS
    )
  })

  it('own money is always possible unless handing over is forbidden', () => {
    fc.assert(
      fc.property(asked, (drawn) => {
        const paidByPerson = questionOf({ ...drawn, items: drawn.items.map((item) => ({ ...item, own_pay: true })) })
        for (const { cover, reasons } of judge(PLAIN, paidByPerson).items) {
          expect(cover).toBe(reasons.some(({ effect }) => effect === 'forbids') ? 'forbidden' : 'own-money')
        }
      }),
      RUNS
    )
  })

  it('a line is covered exactly when nothing speaks against it in one of its funds', () => {
    fc.assert(
      fc.property(asked, (drawn) => {
        for (const { cover, funds, reasons, payable } of judge(PLAIN, questionOf(drawn)).items) {
          const against = (effects: readonly string[], of = reasons) => of.some(({ effect }) => effects.includes(effect))
          if (cover === 'covered') expect(funds.some((fund) => !against(['forbids', 'cash-only', 'own-money', 'limits'], fund.reasons))).toBe(true)
          if (cover === 'limited') expect(payable).toBeDefined()
          if (cover === 'own-money') expect(funds.every((fund) => against(['cash-only', 'own-money'], fund.reasons))).toBe(true)
          expect(cover === 'forbidden').toBe(against(['forbids']))
        }
      }),
      RUNS
    )
  })
})
