/** Rules of eligibility: what they leave open, what stands against one another. */

import { date } from '../calendar/business-date.ts'
import { checkTogether, type DocumentProblem } from '../rules/check-together.ts'
import { chooseRules, sayRulesRefusal } from '../rules/choose-rules.ts'
import { codesNamed } from '../rules/codes-named.ts'
import type { CompiledRules } from '../rules/compiled-rules.ts'
import type { RowOf, RuleDocument, SectionName } from '../rules/rules-schema.ts'
import { insuranceTypeName } from '../wire/code-names.ts'
import { describeProblem } from '../wire/input-problem.ts'
import { describeProblemZh } from '../wire/rule-zh.ts'
import { finding, type Filed, type Finding, type Words } from './finding.ts'
import { ruleFacts, ruleSpace } from './rule-space.ts'

export interface RulesGiven {
  readonly rules: readonly Filed<RuleDocument>[]
  /** Documents that the given ones may be based on. */
  readonly bases: readonly RuleDocument[]
  /** Of the policies that were given; empty: none were. */
  readonly insutypes: readonly string[]
  readonly knowsCode: ((prefix: string) => boolean) | undefined
}

export const ruleFindings = (given: RulesGiven): readonly Finding[] => [...together(given), ...unknownCodes(given), ...given.rules.flatMap(normalStatus), ...given.rules.flatMap((rules) => ofDocument(rules, given))]

/** Documents that are used beside the given ones: what has the id of a given one is replaced by it. */
export const documentsOf = ({ rules, bases }: Pick<RulesGiven, 'rules' | 'bases'>): readonly RuleDocument[] => {
  const own = rules.map(({ document }) => document)
  const regions = new Set(own.map(({ region }) => region))
  const needed = new Set(own.map(({ based_on }) => based_on))
  return [...own, ...bases.filter(({ id, region }) => !own.some((document) => document.id === id) && (!regions.has(region) || needed.has(id)))]
}

const problemsTogether = (given: RulesGiven): readonly DocumentProblem[] => checkTogether(documentsOf(given))

function together(given: RulesGiven): readonly Finding[] {
  return problemsTogether(given).flatMap((problem) => {
    const filed = given.rules.find(({ document }) => document.id === problem.id && document.version === problem.version)
    if (filed === undefined) return []
    return [finding('rules-together', { file: filed.file, path: problem.path }, { zh: `规则不能一起使用：${describeProblemZh(problem)}`, en: `the rules cannot be used together: ${describeProblem(problem)}` })]
  })
}

function unknownCodes({ rules, knowsCode }: RulesGiven): readonly Finding[] {
  if (knowsCode === undefined) return []
  return rules.flatMap(({ file, document }) =>
    codesNamed(document)
      .filter(({ code }) => !knowsCode(code))
      .map(({ code, path }) => finding('unknown-code', { file, path }, { zh: `${path}：目录中没有编码 ${code}`, en: `${path}: the catalogue has no code ${code}` }))
  )
}

/** Status 1 is that of whoever is insured as they should be: no rule closes anything to them. */
const normalStatus = ({ file, document }: Filed<RuleDocument>): readonly Finding[] =>
  document.insurance_status.flatMap(({ status }, index) =>
    status.includes('1') ? [
      finding('normal-status', { file, path: `insurance_status[${index}]` }, {
        zh: `insurance_status[${index}] 写了状态 "1"（正常参保）：正常参保不会被拒绝，这一条对 "1" 没有作用`,
        en: `insurance_status[${index}] names status "1" (insured, normal): nothing is refused to whoever is insured as they should be, so that the row does nothing for "1"`
      })
    ] : []
  )

function ofDocument({ file, document }: Filed<RuleDocument>, given: RulesGiven): readonly Finding[] {
  const on = date(document.effective.from)
  const chosen = chooseRules(documentsOf(given), { region: document.region, date: on })
  if (!chosen.ok) {
    // What is wrong between the documents has been said with its place.
    if (problemsTogether(given).some(({ id, version }) => id === document.id && version === document.version)) return []
    const { zh, en } = sayRulesRefusal(chosen.error)
    return [finding('rules-together', { file, path: '' }, { zh: `${on} 不能确定适用的规则：${zh}`, en: `on ${on} it cannot be told which rules hold: ${en}` })]
  }
  // Of a document that others build upon, what it leaves open is theirs to say.
  if (chosen.value.identity.id !== document.id || document.region === COUNTRY) return supplyOrder(file, chosen.value)
  const insutypes = given.insutypes.length > 0 ? given.insutypes : ['310', '390']
  return [...leftOpen(file, chosen.value, insutypes), ...supplyOrder(file, chosen.value)]
}

const COUNTRY = '000000'

function leftOpen(file: string, rules: CompiledRules, insutypes: readonly string[]): readonly Finding[] {
  const findings: Finding[] = []
  for (const insutype of insutypes.filter((type) => ['310', '390'].includes(type))) {
    const without = sectionsOf(rules, [insutype], ['waiting']).find(({ waiting }) => !waiting.some(({ row }) => row.began.includes('new')))
    const name = insuranceTypeName(insutype)
    if (without !== undefined) {
      findings.push(finding('no-waiting', { file, path: 'waiting' }, { zh: `${name.zh}：没有说明新参保的等待期，按没有等待期处理`, en: `${name.en}: no waiting period stated for the newly insured; they are taken to have none` }))
    }
  }
  const reports = (['temporary', 'formal'] as const).filter((report) => !rules.sections.card_lost.some(({ row }) => row.report === report))
  if (reports.length > 0) {
    findings.push(finding('no-loss-rule', { file, path: 'card_lost' }, { zh: `没有说明${reports.map((report) => (report === 'temporary' ? '临时挂失' : '正式挂失')).join('、')}停用什么`, en: `not stated what a ${reports.join(' and a ')} loss report stops` }))
  }
  if (rules.sections.supply.length === 0) {
    findings.push(finding('no-supply-rule', { file, path: 'supply' }, { zh: '没有限定基金支付多少天的用量', en: 'no limit on the days of supply that a fund pays' }))
  }
  return findings
}

/** The rows that apply, for everybody and every place whom rows of these sections tell apart. */
function sectionsOf(rules: CompiledRules, insutypes: readonly string[], sections: readonly SectionName[]): readonly CompiledRules['sections'][] {
  const { people, visits } = ruleSpace(rules, insutypes, sections)
  return people.flatMap((person) => visits.map((visit) => rules.resolve(ruleFacts(person, visit)).sections))
}

/** From the shortest to the longest: each kind of prescription at least as long as the one before it. */
const LADDER = ['emergency', 'ordinary', 'chronic', 'long-term'] as const
type Visit = (typeof LADDER)[number]
const VISIT_NAMES: Readonly<Record<Visit, Words>> = {
  emergency: { zh: '急诊', en: 'emergency' },
  ordinary: { zh: '普通', en: 'ordinary' },
  chronic: { zh: '慢病', en: 'chronic' },
  'long-term': { zh: '长期', en: 'long-term' }
}

function supplyOrder(file: string, rules: CompiledRules): readonly Finding[] {
  const found = new Map<string, Finding>()
  for (const { supply } of sectionsOf(rules, ['310', '390'], ['supply'])) {
    const steps = LADDER.map((visit) => ({ visit, ruled: daysOf(supply.map(({ row, rule }) => ({ row, path: rule.path })), visit) }))
    for (const [index, { visit, ruled }] of steps.entries()) {
      const before = steps[index - 1]
      if (ruled === undefined || before?.ruled === undefined || ruled.days === null) continue
      if (before.ruled.days !== null && before.ruled.days <= ruled.days) continue
      const [longer, shorter] = [VISIT_NAMES[visit], VISIT_NAMES[before.visit]]
      const most = before.ruled.days === null ? { zh: '不限', en: 'no limit' } : { zh: `${before.ruled.days} 天`, en: `${before.ruled.days} days` }
      found.set(`${visit} ${ruled.path}`, finding('supply-order', { file, path: ruled.path }, {
        zh: `${longer.zh}处方限 ${ruled.days} 天（${ruled.path}），少于${shorter.zh}处方的${most.zh}（${before.ruled.path}）`,
        en: `${longer.en} prescriptions are limited to ${ruled.days} days (${ruled.path}), less than the ${most.en} of ${shorter.en} ones (${before.ruled.path})`
      }))
    }
  }
  return [...found.values()]
}

interface SupplyRow {
  readonly row: RowOf<'supply'>
  readonly path: string
}

/** Of rows that are for every item: those for some drugs may be as they are. */
const daysOf = (rows: readonly SupplyRow[], visit: Visit): { readonly days: number | null; readonly path: string } | undefined => {
  const first = rows.find(({ row }) => row.items === undefined && (row.visits?.includes(visit) ?? true))
  return first === undefined ? undefined : { days: first.row.days, path: first.path }
}

