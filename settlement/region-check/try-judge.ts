/** Asks the rules about a plain purchase by everybody everywhere: whoever is never covered should be meant so. */

import { date, type BusinessDate } from '../calendar/business-date.ts'
import { judge } from '../eligibility/judge.ts'
import type { Prescription, Question } from '../eligibility/question.ts'
import { UNKNOWN_ITEM } from '../eligibility/unknown-item.ts'
import { sayReason } from '../eligibility/say-reason.ts'
import type { Reason } from '../eligibility/reason.ts'
import { fen } from '../money/fen.ts'
import type { Price, Quantity } from '../money/price.ts'
import { chooseRules } from '../rules/choose-rules.ts'
import type { CompiledRules } from '../rules/compiled-rules.ts'
import type { RuleDocument } from '../rules/rules-schema.ts'
import { insuranceTypeName } from '../wire/code-names.ts'
import { finding, type Filed, type Finding } from './finding.ts'
import type { TriedPerson } from './people.ts'
import { documentsOf, type RulesGiven } from './rule-findings.ts'
import { ruleSpace } from './rule-space.ts'
import { sayCases } from './say-cases.ts'
import { PRESCRIBER, type TriedVisit } from './visits.ts'

export const judgeFindings = (given: RulesGiven): readonly Finding[] => given.rules.flatMap((rules) => ofDocument(rules, given))

/** A drug of class A that anybody may have, by prescription and without one day too many. */
const CODE = 'XTESTDRUG'

function ofDocument({ file, document }: Filed<RuleDocument>, given: RulesGiven): readonly Finding[] {
  const on = date(document.effective.from)
  const chosen = chooseRules(documentsOf(given), { region: document.region, date: on })
  if (!chosen.ok || chosen.value.identity.id !== document.id) return []
  const region = document.region === '000000' ? '999999' : document.region
  const insutypes = (given.insutypes.length > 0 ? given.insutypes : ['310', '390']).filter((type) => ['310', '390'].includes(type))
  return insutypes.flatMap((insutype) => ofInsurance({ file, rules: chosen.value, where: { region, on } }, insutype))
}

interface Tried {
  readonly file: string
  readonly rules: CompiledRules
  readonly where: Where
}

function ofInsurance({ file, rules, where }: Tried, insutype: string): readonly Finding[] {
  const { people, visits } = ruleSpace(rules, [insutype])
  if (people.length * visits.length > QUESTIONS_MAX) {
    return [finding('not-tried', { file }, { zh: '条件的组合太多，没有逐一检查谁不能享受待遇', en: 'the conditions have too many combinations: not tried who is never covered' })]
  }
  const reasons = new Map<string, Reason | undefined>()
  const answers = people.map((person) => ({
    person,
    closed: visits.map((visit) => {
      const [item] = judge(rules, questionOf(person, visit, where)).items
      if (item === undefined || item.cover === 'covered' || item.cover === 'limited') return undefined
      const reason = item.reasons.find(({ effect }) => effect === 'forbids' || effect === 'own-money' || effect === 'cash-only')
      reasons.set(reason?.kind ?? '', reason)
      return reason?.kind ?? ''
    })
  }))
  const kind = answers.every(({ closed }) => !closed.includes(undefined)) ? 'nobody-covered' : 'never-covered-there'
  const name = insuranceTypeName(insutype)
  return [...reasons].map(([why, reason]) => {
    const whom = sayCases(answers.map(({ person, closed }) => ({ person, asked: visits, failed: visits.filter((_, index) => closed[index] === why) })))
    const said = reason === undefined ? { zh: '', en: '' } : sayReason(reason).what
    return finding(kind, { file, path: reason?.rule.path ?? '' }, {
      zh: `${name.zh}，${whom.zh}：甲类药品凭处方购买，基金也不支付：${said.zh}${sourceOf(reason, '（', '）')}`,
      en: `${name.en}, ${whom.en}: no fund pays even for a class A drug on a prescription: ${said.en}${sourceOf(reason, ' (', ')')}`
    })
  })
}

/** A question takes some ten microseconds. */
const QUESTIONS_MAX = 50_000

const sourceOf = (reason: Reason | undefined, open: string, close: string): string => (reason === undefined ? '' : `${open}${reason.rule.pack} ${reason.rule.path}${close}`)

interface Where {
  readonly region: string
  readonly on: BusinessDate
}

function questionOf(person: TriedPerson, { place, medType, disease: named }: TriedVisit, { region, on }: Where): Question {
  const disease = named ?? DISEASE
  return {
    person: {
      psnType: person.psnType,
      insutype: person.insutype,
      sex: 'female',
      born: bornBefore(on, person.years),
      isCivilServant: person.isCivilServant,
      insuredRegion: region,
      insurance: { status: '1', suspendedSince: undefined, arrearsSince: undefined, since: date('1990-01-01'), began: 'continuous', brokenMonths: undefined, missedYears: undefined },
      entitlements: [],
      card: { by: 'card', lost: undefined, expires: undefined, isActivated: true },
      inHospital: false,
      filings: [{ kind: 'chronic', begins: on, ends: undefined, disease, items: [], places: [PLACE], regions: [] }]
    },
    place: { code: PLACE, region, kind: place.kind, level: place.level, isPooling: true, isDualChannel: true },
    visit: { medType, disease: medType.startsWith('14') ? disease : undefined },
    on,
    prescription: prescriptionOf(on, place.kind === 'pharmacy' ? PRESCRIBER : place, medType),
    items: [ITEM],
    history: [],
    used: { today: fen(0), thisMonth: fen(0), salesToday: 0 },
    soldCodes: new Map()
  }
}

/** On the first day of a year: as old as that on every day of it. */
const bornBefore = (on: BusinessDate, years: number): BusinessDate => date(`${Number(on.slice(0, 4)) - years}-01-01`)

const PLACE = 'H99999900001'
const DISEASE = 'M03900'
const ONE = 10_000 as Quantity

const ITEM: Question['items'][number] = {
  line: '1',
  code: CODE,
  quantity: ONE,
  price: 10_000_000 as Price,
  amount: fen(1000),
  days: 1,
  packs: [{ traceCode: '99999999999999999999', isSplit: false }],
  approval: '0',
  asOwnPay: false,
  item: { ...UNKNOWN_ITEM, code: CODE, name: 'test', generic: 'test', chargeClass: '01', kind: 'western', needsPrescription: true, unitsPerPack: ONE }
}

const prescriptionOf = (on: BusinessDate, { level, kind }: Pick<Question['place'], 'level' | 'kind'>, medType: string): Prescription => ({
  kind: 'paper',
  number: '1',
  issuedOn: on,
  validUntil: undefined,
  prescriber: { name: 'test', code: undefined, institution: { code: PLACE, name: 'test', level, kind, isDesignated: true } },
  diagnoses: [],
  visit: medType.startsWith('14') ? 'chronic' : medType.startsWith('13') ? 'emergency' : 'ordinary',
  review: 'passed',
  electronic: undefined,
  lines: [{ code: CODE, generic: 'test', quantity: ONE, unit: 'box', days: 1, isTaken: false, approval: '0' }]
})
