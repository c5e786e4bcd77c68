/** Hospitals of a higher level usually cost the person more: a ratio that rises with the level, or a deductible that falls, is worth a look. */

import { formatFen } from '../money/fen.ts'
import { formatPercent } from '../money/ratio.ts'
import type { CompiledPolicy } from '../policy/compile-policy.ts'
import { withKey, type StatedFacts } from '../policy/facts.ts'
import type { Parameters, RowReference } from '../policy/parameters.ts'
import { finding, type Finding } from './finding.ts'

const LEVELS = [1, 2, 3] as const

/** `facts`: whoever and whatever the policy tells apart; asked of hospitals of each level. */
export function levelFindings(file: string, compiled: CompiledPolicy, facts: readonly StatedFacts[]): readonly Finding[] {
  const found = new Map<string, Finding>()
  for (const set of facts) {
    if (set.kind === 'pharmacy' || set.level !== 1) continue
    const [first, ...higher] = LEVELS.map((level) => compiled.parametersFor(withKey({ ...set, kind: 'hospital', level })))
    let before = first
    for (const [index, parameters] of higher.entries()) {
      const level = LEVELS[index + 1] ?? 3
      if (before?.ok === true && parameters.ok) for (const each of orderFindings(file, before.value, parameters.value, level)) found.set(`${each.path} ${each.en}`, each)
      before = parameters
    }
  }
  return [...found.values()]
}

function orderFindings(file: string, lower: Parameters, higher: Parameters, level: number): readonly Finding[] {
  const [low, high] = [lower.deductible, higher.deductible]
  return [
    ...(low !== undefined && high !== undefined && high.amount < low.amount ? [fallsWithLevel(file, { low: formatFen(low.amount), high: formatFen(high.amount), lower: low.row, higher: high.row, level })] : []),
    ...higher.bands.flatMap((band, index) => {
      const other = lower.bands[index]
      if (other === undefined || other.pays !== band.pays || band.ratio <= other.ratio) return []
      return [risesWithLevel(file, { low: formatPercent(other.ratio), high: formatPercent(band.ratio), lower: other.row, higher: band.row, level })]
    })
  ]
}

interface Order {
  readonly low: string
  readonly high: string
  readonly lower: RowReference
  readonly higher: RowReference
  /** The higher one. */
  readonly level: number
}

const risesWithLevel = (file: string, { low, high, lower, higher, level }: Order): Finding =>
  finding('level-order', { file, path: higher.parameter }, {
    zh: `支付比例随医院级别上升：${level - 1}级 ${low}（${lower.parameter}），${level}级 ${high}（${higher.parameter}）；通常是下降`,
    en: `the fund's share rises with the level of the hospital: ${low} at level ${level - 1} (${lower.parameter}), ${high} at level ${level} (${higher.parameter}); usually it falls`
  })

const fallsWithLevel = (file: string, { low, high, lower, higher, level }: Order): Finding =>
  finding('level-order', { file, path: higher.parameter }, {
    zh: `起付线随医院级别下降：${level - 1}级 ${low}（${lower.parameter}），${level}级 ${high}（${higher.parameter}）；通常是上升`,
    en: `the deductible falls with the level of the hospital: ${low} at level ${level - 1} (${lower.parameter}), ${high} at level ${level} (${higher.parameter}); usually it rises`
  })
