/** Amounts that stand against one another: a deductible nobody gets over, bands that nothing reaches, shares that fall. */

import { formatFen } from '../money/fen.ts'
import { parseRatio } from '../money/ratio.ts'
import type { CompiledPolicy } from '../policy/compile-policy.ts'
import type { StatedFacts } from '../policy/facts.ts'
import { withKey } from '../policy/facts.ts'
import type { Band, Parameters } from '../policy/parameters.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { finding, type Filed, type Finding } from './finding.ts'

export function amountFindings({ file, document }: Filed<Policy>, compiled: CompiledPolicy, facts: readonly StatedFacts[]): readonly Finding[] {
  const found = new Map<string, Finding>()
  for (const set of facts) {
    const parameters = compiled.parametersFor(withKey(set))
    if (!parameters.ok) continue
    for (const each of [...aboveCap(file, parameters.value), ...neverReached(file, parameters.value)]) found.set(`${each.kind} ${each.path} ${each.en}`, each)
  }
  return [...found.values(), ...fallingTiers({ file, document })]
}

function aboveCap(file: string, { deductible, bands }: Parameters): readonly Finding[] {
  if (deductible === undefined || deductible.amount === 0) return []
  return bands.slice(0, 1).flatMap(({ limits }) =>
    limits
      .filter(({ of, amount }) => (of === 'payment' ? amount < deductible.amount : of === 'in-scope-expense' && amount <= deductible.amount))
      .map(({ of, amount, row }) =>
        finding('deductible-above-cap', { file, path: deductible.row.parameter }, {
          zh: `起付线 ${formatFen(deductible.amount)}（${deductible.row.parameter}）高于或等于封顶 ${formatFen(amount)}（${row.parameter}）${of === 'payment' ? '' : '，基金永远不会支付'}`,
          en: `the deductible ${formatFen(deductible.amount)} (${deductible.row.parameter}) is above or at the cap ${formatFen(amount)} (${row.parameter})${of === 'payment' ? '' : ', so that no fund ever pays'}`
        })
      )
  )
}

/** Of bands on one counter of expense a limit is an upper bound: one that is not above the band's before it leaves nothing. */
function neverReached(file: string, { bands }: Parameters): readonly Finding[] {
  return bands.flatMap((band, index) => {
    const before = bands.slice(0, index).flatMap(expenseBounds)
    return expenseBounds(band).flatMap((bound) => {
      const other = before.find(({ counter, amount }) => counter === bound.counter && amount >= bound.amount)
      if (other === undefined) return []
      return [
        finding('band-never-reached', { file, path: bound.row.parameter }, {
          zh: `${bound.row.parameter} 的上限 ${formatFen(bound.amount)} 不高于前一段 ${other.row.parameter} 的 ${formatFen(other.amount)}：这一段永远轮不到`,
          en: `the bound ${formatFen(bound.amount)} of ${bound.row.parameter} is not above ${formatFen(other.amount)} of ${other.row.parameter} before it: nothing ever reaches this band`
        })
      ]
    })
  })
}

const expenseBounds = ({ limits }: Band): Band['limits'] => limits.filter(({ of }) => of !== 'payment')

/** That a fund pays less of more may be meant; that it is a slip is likelier. */
const fallingTiers = ({ file, document }: Filed<Policy>): readonly Finding[] =>
  document.supplements.flatMap(({ rows }, index) =>
    rows.flatMap(({ tiers }, at) => {
      const fall = tiers.findIndex(({ ratio }, tier) => tier > 0 && (parseRatio(ratio) ?? 0) < (parseRatio(tiers[tier - 1]?.ratio ?? '0') ?? 0))
      if (fall === -1) return []
      const [before, after] = [tiers[fall - 1], tiers[fall]]
      const path = `supplements[${index}].rows[${at}].tiers[${fall}]`
      return [
        finding('tiers-fall', { file, path }, {
          zh: `${path}：超过 ${after?.above ?? ''} 后支付比例从 ${before?.ratio ?? ''} 降到 ${after?.ratio ?? ''}`,
          en: `${path}: above ${after?.above ?? ''} the fund's share falls from ${before?.ratio ?? ''} to ${after?.ratio ?? ''}`
        })
      ]
    })
  )
