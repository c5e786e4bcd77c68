/**
 * Whether a pack may be used beside what is there: two policies for one day, rules in a circle or without their base, codes
 * that no catalogue holds. What was wrong before the pack came is not held against it.
 */

import { date, dayAfter } from '../calendar/business-date.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { checkTogether, type DocumentProblem } from '../rules/check-together.ts'
import { chooseRules, nameOf, sayRulesRefusal } from '../rules/choose-rules.ts'
import { codesNamed } from '../rules/codes-named.ts'
import type { RuleDocument } from '../rules/rules-schema.ts'
import { describeProblem } from '../wire/input-problem.ts'
import { describeProblemZh } from '../wire/rule-zh.ts'
import { layerRules, type Layer, type PackDocuments } from './layers.ts'
import type { Manifest } from './manifest.ts'
import { packProblem, type PackProblem } from './pack-problem.ts'
import { commonDays, describePeriod, periodOf } from './period.ts'
import type { MemberOf, PackMembers } from './read-members.ts'

export interface Surroundings {
  readonly delivered: PackDocuments
  /** Versions of other packs, with the days on which they are used. */
  readonly others: readonly Layer[]
  /** Versions of this pack that are installed, and of others those that are no longer used. */
  readonly earlier: readonly Omit<Layer, 'period'>[]
  /** Whether an installed catalogue has a code that is this one or begins so; undefined: none is installed. */
  readonly knowsCode: ((prefix: string) => boolean) | undefined
}

export function checkPack(manifest: Manifest, members: PackMembers, around: Surroundings): readonly PackProblem[] {
  return [
    ...policyOverlaps(members.policies),
    ...sameVersions(members, around),
    ...overlapsWithOthers(manifest, members.policies, around.others),
    ...ruleProblems(manifest, members.rules, around),
    ...unknownCodes(members, around)
  ]
}

function policyOverlaps(policies: PackMembers['policies']): PackProblem[] {
  return policies.flatMap(({ path, document }, index) =>
    policies.slice(0, index).flatMap((other) => {
      const shared = clashOf(document, other.document)
      return shared === undefined ? [] : [packProblem('overlapping-policies', path, shared, `must not rule what ${other.path} rules`)]
    })
  )
}

interface Named {
  readonly name: string
  readonly document: object
  /** Who brought it, as the end of a sentence. */
  readonly of: string
}

/** A settlement finds its policy again by region and version, wherever that came from; rules have one name in their pack. */
function sameVersions({ policies, rules }: PackMembers, { delivered, others, earlier }: Surroundings): PackProblem[] {
  const here = [
    ...policies.map(({ path, document }) => ({ path, ...namedPolicy(document, path) })),
    ...rules.map(({ path, document }) => ({ path, ...namedRules(document, path) }))
  ]
  const elsewhere = [
    { policies: delivered.policies, of: 'what the terminal was delivered with' },
    ...[...others, ...earlier].map((layer) => ({ policies: layer.policies, of: `the pack ${layer.id} ${layer.version}` }))
  ].flatMap((source) => source.policies.map((document) => namedPolicy(document, source.of)))
  return here.flatMap(({ path, name, document }, index) => {
    const beside = here.slice(0, index).find((other) => other.name === name)
    const other = beside ?? elsewhere.find((one) => one.name === name && JSON.stringify(one.document) !== JSON.stringify(document))
    return other === undefined ? [] : [packProblem('same-version', path, name, `must not be that of another document, ${other.of}: give this one a version of its own`)]
  })
}

const namedPolicy = (document: Policy, of: string): Named => ({ name: `region ${document.region}, version ${document.version}`, document, of })
const namedRules = (document: RuleDocument, of: string): Named => ({ name: `rules ${document.id}, version ${document.version}`, document, of })

/** What both rule, in words; undefined: nothing. */
function clashOf(left: Policy, right: Policy): string | undefined {
  const insutype = left.insutype.filter((covered) => right.insutype.includes(covered))
  const days = commonDays(periodOf(left), periodOf(right))
  if (left.region !== right.region || insutype.length === 0 || days === undefined) return undefined
  return `region ${left.region}, insurance ${insutype.join(', ')}, ${describePeriod(days)}`
}

function overlapsWithOthers({ effective }: Manifest, policies: PackMembers['policies'], others: readonly Layer[]): PackProblem[] {
  return policies.flatMap(({ path, document }) =>
    others.flatMap((layer) => {
      const days = commonDays(layer.period, { from: date(effective), to: null })
      if (days === undefined) return []
      return layer.policies.flatMap((other) => {
        const shared = clashOf(document, other)
        const inUse = commonDays(days, periodOf(other))
        return shared === undefined || inUse === undefined ? [] : [packProblem('overlapping-policies', path, shared, `must not rule what the pack ${layer.id} ${layer.version} rules`)]
      })
    })
  )
}

function ruleProblems({ id, version, effective }: Manifest, rules: PackMembers['rules'], { delivered, others }: Surroundings): PackProblem[] {
  const own: Layer = { id, version, period: { from: date(effective), to: null }, policies: [], rules: rules.map(({ document }) => document) }
  const documents = layerRules(delivered.rules, [...others, own])
  const before = new Set(checkTogether(layerRules(delivered.rules, others)).map(keyOf))
  const found = checkTogether(documents).filter((problem) => !before.has(keyOf(problem)))
  return [
    ...unique(found).map((problem) => {
      const named = { ...problem, path: `${problem.id} ${problem.version} ${problem.path}` }
      return packProblem('invalid-rules', placeOf(problem, rules), '', describeProblem(named), describeProblemZh(named))
    }),
    ...(found.length === 0 ? undecided(documents, rules) : [])
  ]
}

const keyOf = ({ id, version, path, rule }: DocumentProblem): string => [id, version, path, rule].join('\n')

const unique = (problems: readonly DocumentProblem[]): readonly DocumentProblem[] => [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()]

/** Of a document that is not of this pack: the pack as a whole. */
const placeOf = ({ id, version }: DocumentProblem, rules: PackMembers['rules']): string =>
  rules.find(({ document }) => document.id === id && document.version === version)?.path ?? ''

/** A place whose rules cannot be told on a day: asked on every day on which something of its region changes. */
function undecided(documents: readonly RuleDocument[], rules: PackMembers['rules']): PackProblem[] {
  return rules.flatMap(({ path, document }) => {
    const periods = documents.map((other) => periodOf(other))
    const days = new Set(periods.flatMap(({ from, to }) => (to === null ? [from] : [from, dayAfter(to)])))
    for (const day of [...days].toSorted()) {
      const chosen = chooseRules(documents, { region: document.region, date: day })
      const isOfDay = documents.some((other) => nameOf(other) === nameOf(document) && commonDays(periodOf(other), { from: day, to: day }) !== undefined)
      if (!isOfDay || chosen.ok) continue
      const { zh, en } = sayRulesRefusal(chosen.error)
      return [packProblem('invalid-rules', path, '', `on ${day}: ${en}`, `${day}：${zh}`)]
    }
    return []
  })
}

function unknownCodes({ rules, catalogue }: PackMembers, around: Surroundings): PackProblem[] {
  const knowsCode = catalogue === undefined ? around.knowsCode : (prefix: string) => catalogue.knowsCode(prefix)
  if (knowsCode === undefined) return []
  const held = catalogue === undefined ? 'the installed catalogue' : 'the catalogue of this pack'
  return rules.flatMap(({ path, document }: MemberOf<RuleDocument>) =>
    codesNamed(document)
      .filter(({ code }) => !knowsCode(code))
      .map(({ code, path: at }) => packProblem('unknown-code', path, `${at} ${JSON.stringify(code)}`, `must be, or begin, a code of ${held}`))
  )
}
