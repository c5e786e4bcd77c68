/**
 * Which documents hold on which day, when packs lie over what the terminal was delivered with. A version of a pack is used
 * from its first day until the next version's; in those days its documents take the place of what lies below.
 *
 *   delivered   |----------- region 999999 -----------------------...
 *   pack, v1                  |====== v1 ======|
 *   pack, v2                                    |====== v2 =======...
 *   result      |-- delivered -|------ v1 ------|------ v2 -------...
 *
 * The result is one flat list in which every document states the days that are left to it, so that whoever chooses by the
 * day of service needs to know nothing of packs.
 */

import { date } from '../calendar/business-date.ts'
import type { Policy } from '../policy/policy-schema.ts'
import type { RuleDocument } from '../rules/rules-schema.ts'
import { commonDays, dayBefore, daysWithout, periodOf, type Period } from './period.ts'

export interface PackDocuments {
  readonly policies: readonly Policy[]
  readonly rules: readonly RuleDocument[]
}

/** A version of a pack and the days on which it is used. */
export interface Layer extends PackDocuments {
  readonly id: string
  readonly version: string
  readonly period: Period
}

interface DatedVersion {
  /** Day. */
  readonly effective: string
}

/**
 * When each version of one pack is used; undefined: never, a later one begins no later. In the order of installation: the
 * one that was installed last has the last word.
 */
export function periodsOfVersions(versions: readonly DatedVersion[]): readonly (Period | undefined)[] {
  return versions.map(({ effective }, index) => {
    const from = date(effective)
    const next = versions.slice(index + 1).map((later) => date(later.effective)).toSorted()[0]
    if (next === undefined) return { from, to: null }
    return next > from ? { from, to: dayBefore(next) } : undefined
  })
}

/** A pack rules a region for the insurance types that it has policies of. */
export function layerPolicies(delivered: readonly Policy[], layers: readonly Layer[]): Policy[] {
  const own = layers.flatMap((layer) => layer.policies.flatMap((policy) => within(policy, layer.period)))
  return [...own, ...delivered.flatMap((policy) => leftOfPolicy(policy, layers))]
}

function leftOfPolicy(policy: Policy, layers: readonly Layer[]): Policy[] {
  const pieces = policy.insutype.map((insutype) => ({
    insutype,
    periods: takers(layers, (other) => other.region === policy.region && other.insutype.includes(insutype)).reduce<readonly Period[]>(
      (periods, taken) => periods.flatMap((period) => daysWithout(period, taken)),
      [periodOf(policy)]
    )
  }))
  const days = new Map(pieces.flatMap(({ periods }) => periods).map((period) => [`${period.from} ${period.to ?? ''}`, period]))
  return [...days].map(([key, period]) => {
    const insutype = pieces.filter(({ periods }) => periods.some(({ from, to }) => `${from} ${to ?? ''}` === key)).map((piece) => piece.insutype)
    return insutype.length === policy.insutype.length ? onDays(policy, period) : { ...onDays(policy, period), insutype }
  })
}

const takers = (layers: readonly Layer[], takes: (policy: Policy) => boolean): Period[] =>
  layers.filter(({ policies }) => policies.some(takes)).map(({ period }) => period)

/**
 * Rules take the place of the document of the same id, and of one of the same region that they are not based on: two
 * documents of one region would leave it open which of them holds.
 */
export function layerRules(delivered: readonly RuleDocument[], layers: readonly Layer[]): RuleDocument[] {
  const own = layers.flatMap((layer) => layer.rules.flatMap((rules) => within(rules, layer.period)))
  return [...own, ...delivered.flatMap((document) => leftOfRules(document, layers).map((period) => onDays(document, period)))]
}

const leftOfRules = (document: RuleDocument, layers: readonly Layer[]): readonly Period[] =>
  layers
    .filter(({ rules }) => rules.some(({ id }) => id === document.id) || (rules.some(({ region }) => region === document.region) && !rules.some(({ based_on }) => based_on === document.id)))
    .reduce<readonly Period[]>((periods, layer) => periods.flatMap((period) => daysWithout(period, layer.period)), [periodOf(document)])

type Dated = Policy | RuleDocument

function within<Document extends Dated>(document: Document, period: Period): Document[] {
  const common = commonDays(periodOf(document), period)
  return common === undefined ? [] : [onDays(document, common)]
}

/** The document itself where nothing was taken from it: what was compiled of it is still good. */
function onDays<Document extends Dated>(document: Document, { from, to }: Period): Document {
  return document.effective.from === from && document.effective.to === to ? document : { ...document, effective: { from, to } }
}
