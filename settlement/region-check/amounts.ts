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
  const reached = new Set<number>()
  for (const set of facts) {
    const parameters = compiled.parametersFor(withKey(set))
    if (!parameters.ok) continue
    for (const index of bandsReached(parameters.value)) reached.add(index)
    for (const each of [...aboveCap(file, parameters.value), ...neverReached(file, parameters.value)]) found.set(`${each.kind} ${each.path} ${each.en}`, each)
  }
  return [...found.values(), ...behindUnlimited({ file, document }, reached), ...fallingTiers({ file, document })]
}

/** Beyond a cap of expense below the deductible no fund ever pays; one of payment only stops early, which may be meant. */
function aboveCap(file: string, { deductible, bands }: Parameters): readonly Finding[] {
  if (deductible === undefined || deductible.amount === 0) return []
  return bands.slice(0, 1).flatMap(({ limits }) =>
    limits
      .filter(({ of, amount }) => (of === 'payment' ? amount < deductible.amount : of === 'in-scope-expense' && amount <= deductible.amount))
      .map(({ of, amount, row }) => {
        const place = { file, path: deductible.row.parameter }
        const [high, low] = [formatFen(deductible.amount), formatFen(amount)]
        if (of === 'payment') {
          return finding('cap-below-deductible', place, {
            zh: `起付线 ${high}（${deductible.row.parameter}）高于支付限额 ${low}（${row.parameter}）`,
            en: `the deductible ${high} (${deductible.row.parameter}) is above what the fund pays at most, ${low} (${row.parameter})`
          })
        }
        return finding('deductible-above-cap', place, {
          zh: `起付线 ${high}（${deductible.row.parameter}）高于或等于封顶 ${low}（${row.parameter}），基金永远不会支付`,
          en: `the deductible ${high} (${deductible.row.parameter}) is above or at the cap ${low} (${row.parameter}), so that no fund ever pays`
        })
      })
  )
}

/** Indexes of the document's bands that expense can come to: all, up to the first that takes whatever comes. */
function bandsReached({ bands }: Parameters): readonly number[] {
  const unlimited = bands.findIndex(({ limits }) => limits.length === 0)
  return (unlimited === -1 ? bands : bands.slice(0, unlimited + 1)).map(indexOf)
}

const indexOf = ({ row }: Band): number => Number(/^bands\[(\d+)\]/.exec(row.parameter)?.[1] ?? -1)

/** `reached`: the bands that somebody's expense comes to. Where nobody could be tried nothing is said. */
function behindUnlimited({ file, document: { bands } }: Filed<Policy>, reached: ReadonlySet<number>): readonly Finding[] {
  return bands.flatMap((band, index) => {
    if (reached.size === 0 || reached.has(index)) return []
    const before = bands.slice(0, index).findLastIndex(({ limit }) => limit === undefined)
    const other = before === -1 ? index - 1 : before
    return [
      finding('band-never-reached', { file, path: `bands[${index}]` }, {
        zh: `bands[${index}]（${band.pays}）永远轮不到：前面的 bands[${other}] 没有限额，会用完全部费用`,
        en: `nothing ever reaches bands[${index}] (${band.pays}): bands[${other}] before it has no limit and takes all the expense`
      })
    ]
  })
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
