/** Whoever no row speaks of would be refused at the counter: said of each list of rows, and of what a document does not rule at all. */

import { never } from '../../base/invariant.ts'
import { compilePolicy } from '../policy/compile-policy.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { personTypeName, visitTypeName } from '../wire/code-names.ts'
import { finding, type Filed, type Finding, type Words } from './finding.ts'
import { unique } from './grouped.ts'
import { sortHoles, visitsNotRuled, visitsRuled } from './not-ruled.ts'
import { holesOf, type ListHoles } from './row-holes.ts'
import { sayCases } from './say-cases.ts'
import { sayPlace } from './say-visits.ts'

export function calculationFindings({ file, document }: Filed<Policy>): readonly Finding[] {
  const { holes, untried } = holesOf(document, compilePolicy(document).pharmacyRatio, visitsRuled(document))
  const sorted = holes.map(sortHoles)
  return [
    ...sorted.flatMap(({ holes: found }) => (found.cases.some(({ failed }) => failed.length > 0) ? [finding('no-row', { file, path: found.path }, wordsOf(found))] : [])),
    ...notRuled(file, document, sorted),
    ...untried.map((path) => finding('not-tried', { file, path }, {
      zh: `${path}：条件的组合太多，没有逐一检查`,
      en: `${path}: its conditions have too many combinations; not all of them were tried`
    }))
  ]
}

function wordsOf({ path, lacking, cases }: ListHoles): Words {
  const whom = sayCases(cases)
  const name = PARAMETERS.find(([pattern]) => pattern.test(path))?.[1] ?? { zh: path, en: path }
  switch (lacking) {
    case undefined:
      return { zh: `${whom.zh}：没有${name.zh}（${path}）`, en: `${whom.en}: no ${name.en} row (${path})` }
    case 'retired_on':
      return {
        zh: `${whom.zh}：${name.zh}（${path}）的条件要看退休日期，这些人没有，结算会被拒绝；请在条件中写明人员类别`,
        en: `${whom.en}: the ${name.en} rows (${path}) ask for the day of retirement, which these people have none of: refused; name the person types in the condition`
      }
    default:
      return never(lacking)
  }
}

const PARAMETERS: readonly (readonly [RegExp, Words])[] = [
  [/^deductible/, { zh: '起付线', en: 'deductible' }],
  [/^bands\[\d+\]\.ratio/, { zh: '支付比例', en: 'ratio' }],
  [/^bands\[\d+\]\.limit/, { zh: '封顶', en: 'limit' }],
  [/^bands$/, { zh: '支付比例（没有任何一段适用）', en: 'ratio (no band is for them)' }],
  [/^supplements/, { zh: '补充支付', en: 'supplement' }],
  [/^off_site/, { zh: '异地就医', en: 'off-site' }],
  [/^limits/, { zh: '单笔限额', en: 'limit of a bill' }]
]

const listed = (names: readonly Words[]): Words => ({ zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') })

function notRuled(file: string, document: Policy, sorted: readonly ReturnType<typeof sortHoles>[]): readonly Finding[] {
  const found = [
    { path: 'bands', names: visitsNotRuled(document).map(visitTypeName), zh: '就诊类型', en: 'visits' },
    { path: '', names: unique(sorted.flatMap(({ people }) => people)).map(personTypeName), zh: '人员', en: 'people' },
    {
      path: '',
      names: unique(sorted.flatMap(({ places }) => places)).map((place) => ({ zh: sayPlace(place, 'zh'), en: sayPlace(place, 'en') })),
      zh: '机构',
      en: 'places'
    }
  ]
  const needs = unique(sorted.flatMap(({ needs: named }) => named))
  return [
    ...found.flatMap(({ path, names, zh, en }) => {
      if (names.length === 0) return []
      const said = listed(names)
      return [finding('not-ruled', { file, path }, { zh: `没有规定的${zh}：${said.zh}：结算会被拒绝`, en: `${en} that are not ruled: ${said.en}: a claim is refused` })]
    }),
    ...(needs.length === 0 ? [] : [
      finding('not-ruled', { file }, {
        zh: `结算单没有写明以下标记或病种之一，会被拒绝：${needs.join('、')}`,
        en: `a claim that states none of these tags or diseases is refused: ${needs.join(', ')}`
      })
    ])
  ]
}
