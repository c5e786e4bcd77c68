/** Computes a bill for everybody at every kind of place: whoever no row speaks of would be refused at the counter. */

import { calculate } from '../calculation/calculate.ts'
import type { CalculationRefusal } from '../calculation/refusal.ts'
import { date, type BusinessDate } from '../calendar/business-date.ts'
import { compilePolicy } from '../policy/compile-policy.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { describeRefusal } from '../wire/describe-refusal.ts'
import { parseClaim } from '../wire/parse-claim.ts'
import { finding, type Filed, type Finding, type Words } from './finding.ts'
import { combinationsOf, PRESCRIBER, type Combination } from './people.ts'
import { sayCombinations } from './say-combinations.ts'

/** Above every deductible, below every cap of a bill. */
const AMOUNT = '3000.00'

export function calculationFindings({ file, document }: Filed<Policy>): readonly Finding[] {
  const on = dayOf(document)
  const compiled = compilePolicy(document)
  const tried = combinationsOf(document.insutype, on, compiled.pharmacyRatio === 'prescriber')
  const failed = new Map<string, { readonly refusal: CalculationRefusal; readonly combinations: Combination[] }>()
  for (const combination of tried) {
    const claim = parseClaim(claimOf(combination, on))
    if (!claim.ok) continue
    const calculated = calculate(compiled, claim.value)
    if (calculated.ok || calculated.error.kind === 'bill-over-limit') continue
    const key = keyOf(calculated.error)
    const known = failed.get(key)
    if (known === undefined) failed.set(key, { refusal: calculated.error, combinations: [combination] })
    else known.combinations.push(combination)
  }
  return [...failed.values()].map(({ refusal, combinations }) =>
    finding('no-row', { file, path: 'parameter' in refusal ? refusal.parameter : '' }, wordsOf(refusal, sayCombinations(combinations, tried)))
  )
}

/** The first day of the document, or a day in its middle age where it has none. */
export const dayOf = ({ effective: { from } }: Policy): BusinessDate => date(from < '2020-01-01' ? '2020-01-01' : from)

const keyOf = (refusal: CalculationRefusal): string => `${refusal.kind} ${'parameter' in refusal ? refusal.parameter : ''}`

function claimOf({ person, place, medType, prescriber }: Combination, on: BusinessDate): object {
  return {
    psn_type: person.psnType,
    insutype: person.insutype,
    brdy: person.born,
    ...(person.retiredOn === undefined ? {} : { retired_on: person.retiredOn }),
    begntime: on,
    med_type: medType,
    institution: place,
    ...(place.kind === 'pharmacy' ? { prescriber: prescriber ?? PRESCRIBER } : {}),
    lines: [{ chrgitm_lv: '01', pric: AMOUNT, cnt: '1' }]
  }
}

const PARAMETERS: readonly (readonly [RegExp, Words])[] = [
  [/^deductible/, { zh: '起付线', en: 'deductible' }],
  [/^bands\[\d+\]\.ratio/, { zh: '支付比例', en: 'ratio' }],
  [/^bands\[\d+\]\.limit/, { zh: '封顶', en: 'limit' }],
  [/^bands$/, { zh: '支付比例（没有任何一段适用）', en: 'ratio (no band is for them)' }],
  [/^supplements/, { zh: '补充支付', en: 'supplement' }],
  [/^limits/, { zh: '单笔限额', en: 'limit of a bill' }]
]

function wordsOf(refusal: CalculationRefusal, whom: Words): Words {
  if (refusal.kind !== 'no-parameter') {
    const said = describeRefusal(refusal)
    return { zh: `${whom.zh}：不能计算：${said.zh}`, en: `${whom.en}: cannot be computed: ${said.en}` }
  }
  const name = PARAMETERS.find(([pattern]) => pattern.test(refusal.parameter))?.[1] ?? { zh: refusal.parameter, en: refusal.parameter }
  return { zh: `${whom.zh}：没有${name.zh}（${refusal.parameter}）`, en: `${whom.en}: no ${name.en} row (${refusal.parameter})` }
}
