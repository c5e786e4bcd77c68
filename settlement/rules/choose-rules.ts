/**
 * Which rules hold at a place on a day: those of its division, else of its city, its province, the country. The document's
 * own chain is then followed, each base in its version of the day.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { BusinessDate } from '../calendar/business-date.ts'
import type { InputProblem } from '../wire/input-problem.ts'
import { compileRules } from './compile-rules.ts'
import type { CompiledRules } from './compiled-rules.ts'
import type { RuleDocument } from './rules-schema.ts'

export interface RulesQuery {
  /** Six digits: where the institution stands. */
  readonly region: string
  readonly date: BusinessDate
}

export type RulesRefusal =
  | { readonly kind: 'region-unknown'; readonly region: string; readonly known: readonly string[] }
  | { readonly kind: 'not-in-force'; readonly region: string; readonly date: BusinessDate; readonly periods: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly date: BusinessDate; readonly documents: readonly string[] }
  | { readonly kind: 'base-unknown'; readonly document: string; readonly base: string }
  | { readonly kind: 'base-not-in-force'; readonly document: string; readonly base: string; readonly date: BusinessDate }
  | { readonly kind: 'circle'; readonly documents: readonly string[] }
  | { readonly kind: 'contradictory'; readonly document: string; readonly problems: readonly InputProblem[] }

export function chooseRules(documents: readonly RuleDocument[], query: RulesQuery): Result<CompiledRules, RulesRefusal> {
  const chain = chooseChain(documents, query)
  if (!chain.ok) return chain
  const compiled = compileRules(chain.value)
  if (compiled.ok) return compiled
  return refuse({ kind: 'contradictory', document: nameOf(chain.value.at(-1)), problems: compiled.error })
}

/** The documents that hold, the most general first. */
export function chooseChain(documents: readonly RuleDocument[], { region, date }: RulesQuery): Result<readonly RuleDocument[], RulesRefusal> {
  const regions = [region, `${region.slice(0, 4)}00`, `${region.slice(0, 2)}0000`, '000000']
  const known = regions.filter((candidate) => documents.some((document) => document.region === candidate))
  const [nearest] = known
  if (nearest === undefined) {
    return refuse({ kind: 'region-unknown', region, known: [...new Set(documents.map((document) => document.region))].toSorted() })
  }
  for (const candidate of known) {
    const inForce = documents.filter((document) => document.region === candidate && isInForce(document, date))
    const tops = topmost(inForce)
    // Documents that are all based on one another have no top: whichever is followed leads into the circle.
    const [chosen = inForce[0], ...others] = tops
    if (chosen === undefined) continue
    if (others.length > 0) return refuse({ kind: 'ambiguous', date, documents: [chosen, ...others].map(nameOf) })
    return followBases(documents, chosen, date)
  }
  const periods = documents.filter((document) => document.region === nearest).map(periodOf)
  return refuse({ kind: 'not-in-force', region: nearest, date, periods })
}

/** Of one region's documents those that no other of them is based on. */
const topmost = (documents: readonly RuleDocument[]): readonly RuleDocument[] =>
  documents.filter(({ id }) => !documents.some((other) => other.based_on === id && other.id !== id))

/** The document and what it is based on, each in its version of the day, the most general first. */
export function followBases(documents: readonly RuleDocument[], top: RuleDocument, date: BusinessDate): Result<readonly RuleDocument[], RulesRefusal> {
  const chain = [top]
  for (let document = top; document.based_on !== null; ) {
    const base = document.based_on
    if (chain.some(({ id }) => id === base)) return refuse({ kind: 'circle', documents: [...chain.toReversed().map(({ id }) => id), base] })
    const versions = documents.filter(({ id }) => id === base)
    if (versions.length === 0) return refuse({ kind: 'base-unknown', document: nameOf(document), base })
    const [inForce, ...others] = versions.filter((version) => isInForce(version, date))
    if (inForce === undefined) return refuse({ kind: 'base-not-in-force', document: nameOf(document), base, date })
    if (others.length > 0) return refuse({ kind: 'ambiguous', date, documents: [inForce, ...others].map(nameOf) })
    chain.unshift(inForce)
    document = inForce
  }
  return ok(chain)
}

const isInForce = ({ effective }: RuleDocument, date: BusinessDate): boolean =>
  date >= effective.from && (effective.to === null || date <= effective.to)

export const nameOf = (document: RuleDocument | undefined): string => (document === undefined ? '' : `${document.id} ${document.version}`)

export const periodOf = ({ effective }: RuleDocument): string => `${effective.from} to ${effective.to ?? 'further notice'}`

/** One sentence for a person, in both languages. */
export function sayRulesRefusal(refusal: RulesRefusal): { readonly zh: string; readonly en: string } {
  switch (refusal.kind) {
    case 'region-unknown':
      return {
        zh: `没有地区 ${refusal.region} 的规则；有规则的地区：${refusal.known.join('、') || '无'}`,
        en: `no rules for region ${refusal.region}; there are rules for: ${refusal.known.join(', ') || 'none'}`
      }
    case 'not-in-force':
      return {
        zh: `地区 ${refusal.region} 的规则不包括 ${refusal.date}；有效期：${refusal.periods.map(periodZh).join('；')}`,
        en: `the rules of ${refusal.region} do not cover ${refusal.date}; periods: ${refusal.periods.join('; ')}`
      }
    case 'ambiguous':
      return { zh: `${refusal.date} 有多份规则同时生效：${refusal.documents.join('、')}`, en: `several rules cover ${refusal.date}: ${refusal.documents.join(', ')}` }
    case 'base-unknown':
      return {
        zh: `规则 ${refusal.document} 依据的 "${refusal.base}" 不存在`,
        en: `the rules ${refusal.document} are based on "${refusal.base}", which is not there`
      }
    case 'base-not-in-force':
      return {
        zh: `规则 ${refusal.document} 依据的 "${refusal.base}" 没有在 ${refusal.date} 有效的版本`,
        en: `the rules ${refusal.document} are based on "${refusal.base}", of which no version covers ${refusal.date}`
      }
    case 'circle':
      return { zh: `规则循环依据：${refusal.documents.join(' -> ')}`, en: `rules are based on one another in a circle: ${refusal.documents.join(' -> ')}` }
    case 'contradictory': {
      const count = refusal.problems.length
      return { zh: `规则 ${refusal.document} 自相矛盾：${count} 处`, en: `the rules ${refusal.document} contradict themselves: ${count} ${count === 1 ? 'problem' : 'problems'}` }
    }
    default:
      return refusal satisfies never
  }
}

export const describeRulesRefusal = (refusal: RulesRefusal): string => sayRulesRefusal(refusal).en

const periodZh = (period: string): string => period.replace(' to ', ' 至 ').replace('further notice', '另行通知')
