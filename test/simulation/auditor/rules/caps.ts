/**
 * No year goes beyond what the published policies allow. The auditor does not know which row of a policy is a person's: he takes the
 * highest that any version has for the insurance, so what he finds is beyond everybody's.
 */

import { FUNDS, type Hold } from '../fact.ts'
import type { Findings } from '../failure.ts'
import { textOf, type Row } from '../row-source.ts'
import { fenOf } from './told.ts'

interface Limited {
  readonly pays?: string
  readonly when?: { readonly insutype?: readonly string[] }
  readonly limit?: Limit | readonly Limit[]
}

interface Limit {
  readonly of?: string
  readonly period?: string
  readonly counter?: string
  readonly rows: readonly LimitRow[]
}

interface LimitRow {
  readonly amount: string | null
  readonly counter?: string
  readonly when?: { readonly insutype?: readonly string[] }
}

interface Document {
  readonly version?: string
  readonly effective?: { readonly from: string; readonly to: string | null }
  readonly insutype?: string | readonly string[]
  readonly policy_year_begins?: string
  readonly deductible?: { readonly accumulation?: string; readonly counter?: string; readonly rows: readonly LimitRow[] }
  readonly bands?: readonly Limited[]
  readonly supplements?: readonly Limited[]
}

const DEDUCTIBLE = 'act_pay_dedc'
const FIRST_DAY = '01-01'

export class Caps {
  /** By insutype, then by counter: fen. */
  readonly #caps = new Map<string, Map<string, number>>()
  readonly #documents: readonly Document[]
  readonly #plain: ReadonlySet<string>
  readonly #versions: readonly (readonly [region: string, document: Document])[]
  /** MM-DD by region, where every version has the same. */
  readonly #begins = new Map<string, string>()

  constructor(policies: readonly Row[], regions: ReadonlySet<string>) {
    const own = policies.filter((row) => regions.has(textOf(row, 'region')))
    const parsed = own.map((row) => [textOf(row, 'region'), JSON.parse(textOf(row, 'document')) as Document] as const)
    this.#versions = parsed
    this.#documents = parsed.map(([, document]) => document)
    const odd = new Set(parsed.filter(([, { deductible }]) => hasOwnCounters(deductible)).map(([region]) => region))
    for (const region of regions) {
      const days = new Set(parsed.filter(([of]) => of === region).map(([, document]) => document.policy_year_begins ?? FIRST_DAY))
      const [day] = days
      if (days.size === 1 && day !== undefined) this.#begins.set(region, day)
    }
    this.#plain = new Set([...regions].filter((region) => !odd.has(region)))
  }

  /** `key`: person, insutype, year. */
  checkYear(what: string, key: string, used: ReadonlyMap<string, number>, findings: Findings): void {
    const [, insutype = ''] = key.split(' ')
    for (const [counter, cap] of this.#of(insutype)) {
      const fen = used.get(counter) ?? 0
      findings.expect('caps', fen <= cap, () => `${what}: year ${key} has used ${fen} fen of ${counter}, ${cap} are the most that any row allows`)
      findings.expect('caps', fen >= 0, () => `${what}: year ${key} has used ${fen} fen of ${counter}`)
    }
  }

  /** A visit counts in the policy year of its day of service. */
  checkYearOf(terminal: string, hold: Hold, findings: Findings): void {
    const begins = this.#begins.get(hold.policyId)
    if (begins === undefined || hold.serviceDay === undefined) return
    const calendar = Number(hold.serviceDay.slice(0, 4))
    const year = hold.serviceDay.slice(5) >= begins ? calendar : calendar - 1
    findings.expect('accumulators', year === hold.year, () => `${terminal}: visit ${hold.visitNo} of ${hold.serviceDay} counts in the year ${hold.year}`)
  }

  /** The rules of a day are those of the version that is in force on it. */
  checkVersion(terminal: string, { policyId, policyVersion, serviceDay, visitNo }: Hold, findings: Findings): void {
    if (serviceDay === undefined) return
    const inForce = this.#versions.filter(([region, { effective }]) => region === policyId && effective !== undefined && effective.from <= serviceDay && (effective.to ?? serviceDay) >= serviceDay)
    const versions = inForce.map(([, { version = '' }]) => version)
    findings.expect('caps', versions.includes(policyVersion), () => `${terminal}: visit ${visitNo} of ${serviceDay} was worked out by version ${policyVersion} of the rules, in force is ${versions.join(', ') || 'none'}`)
  }

  /** What a settlement adds to the year is what it says that was paid. */
  checkHold(terminal: string, hold: Hold, findings: Findings): void {
    this.checkYearOf(terminal, hold, findings)
    if (!this.#plain.has(hold.policyId)) return
    const pairs: readonly (readonly [string, number])[] = [[DEDUCTIBLE, hold.amounts.deductible], ...FUNDS.map((fund) => [fund, hold.amounts[fund]] as const)]
    for (const [counter, paid] of pairs) {
      const added = hold.counters.get(counter) ?? 0
      findings.expect('accumulators', added === paid, () => `${terminal}: visit ${hold.visitNo} paid ${paid} fen of ${counter} and adds ${added} to the year`)
    }
  }

  #of(insutype: string): ReadonlyMap<string, number> {
    const known = this.#caps.get(insutype) ?? capsOf(this.#documents, insutype)
    this.#caps.set(insutype, known)
    return known
  }
}

const hasOwnCounters = (deductible: Document['deductible']): boolean =>
  deductible === undefined || deductible.accumulation !== 'year' || deductible.counter !== undefined || deductible.rows.some(({ counter }) => counter !== undefined)

function capsOf(documents: readonly Document[], insutype: string): Map<string, number> {
  const caps = new Map<string, number>()
  const own = documents.filter(({ insutype: of }) => of === undefined || [of].flat().includes(insutype))
  const most = highest(own.map(({ deductible }) => deductible), insutype)
  if (most !== undefined) caps.set(DEDUCTIBLE, most)
  for (const fund of FUNDS) {
    const payers = own.flatMap(({ bands = [], supplements = [] }) => [...bands, ...supplements]).filter(({ pays, when }) => pays === fund && isFor(when, insutype))
    const limits = payers.map((payer) => ownLimit(payer, fund))
    const cap = limits.length > 0 && limits.every((limit) => limit !== undefined) ? highest(limits, insutype) : undefined
    if (cap !== undefined) caps.set(fund, cap)
  }
  return caps
}

/** The yearly limit of payment that is kept under the fund's own name. */
function ownLimit({ limit }: Limited, fund: string): Limit | undefined {
  const limits = limit === undefined ? [] : [limit].flat()
  return limits.find(({ of = 'payment', period = 'year', counter = fund, rows }) => of === 'payment' && period === 'year' && counter === fund && rows.every((row) => row.counter === undefined))
}

/** undefined: one of them has none, or a row without a limit. */
function highest(limits: readonly ({ readonly rows: readonly LimitRow[] } | undefined)[], insutype: string): number | undefined {
  const amounts = limits.flatMap((limit) => limit?.rows.filter(({ when }) => isFor(when, insutype)).map(({ amount }) => fenOf(amount)) ?? [Number.NaN])
  const most = Math.max(...amounts)
  return amounts.length === 0 || Number.isNaN(most) ? undefined : most
}

const isFor = (when: { readonly insutype?: readonly string[] } | undefined, insutype: string): boolean => when?.insutype === undefined || when.insutype.includes(insutype)
