/** Which document rules a day of service. Dates are inclusive on both ends; two documents for one day are a mistake. */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { BusinessDate } from '../calendar/business-date.ts'
import type { Policy } from './policy-schema.ts'

export interface PolicyQuery {
  readonly region: string
  readonly insutype: string
  readonly date: BusinessDate
}

export type PolicyChoiceRefusal =
  | { readonly kind: 'region-unknown'; readonly region: string; readonly known: readonly string[] }
  | { readonly kind: 'insurance-type-not-covered'; readonly region: string; readonly insutype: string }
  | { readonly kind: 'not-in-force'; readonly date: BusinessDate; readonly periods: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly versions: readonly string[] }

export function choosePolicy(policies: readonly Policy[], query: PolicyQuery): Result<Policy, PolicyChoiceRefusal> {
  const ofRegion = policies.filter(({ region }) => region === query.region)
  if (ofRegion.length === 0) {
    const known = [...new Set(policies.map(({ region }) => region))].toSorted()
    return refuse({ kind: 'region-unknown', region: query.region, known })
  }
  const covering = ofRegion.filter(({ insutype }) => insutype.some((covered) => covered === query.insutype))
  if (covering.length === 0) {
    return refuse({ kind: 'insurance-type-not-covered', region: query.region, insutype: query.insutype })
  }
  const inForce = covering.filter((policy) => isInForce(policy, query.date))
  const [chosen, ...others] = inForce
  if (chosen === undefined) return refuse({ kind: 'not-in-force', date: query.date, periods: covering.map(periodOf) })
  if (others.length > 0) return refuse({ kind: 'ambiguous', versions: inForce.map(({ version }) => version) })
  return ok(chosen)
}

export const isInForce = ({ effective }: Policy, date: BusinessDate): boolean =>
  date >= effective.from && (effective.to === null || date <= effective.to)

export const periodOf = ({ effective }: Policy): string => `${effective.from} to ${effective.to ?? 'further notice'}`
