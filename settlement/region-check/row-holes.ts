/**
 * Whom no row of a policy speaks of: each list of rows is asked about everybody whom its conditions can tell apart, at every
 * place and visit. A person between two rows would be refused at the counter, and nothing of a document's age, levels or people
 * is written down here a second time.
 */

import { decide, type StatedFacts } from '../policy/facts.ts'
import type { OffSiteFiling, PharmacyRatio } from '../policy/policy-parts.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { Conditions, type Condition } from './conditions.ts'
import { peopleOf, personFacts, type TriedPerson } from './people.ts'
import { rowListsOf } from './row-lists.ts'
import { visitFacts, visitsOf, type TriedVisit } from './visits.ts'

/** Of one person the visits for which a list is asked, and those of them that it has no answer to. */
export interface Case {
  readonly person: TriedPerson
  readonly asked: readonly TriedVisit[]
  readonly failed: readonly TriedVisit[]
}

/** The claim's field that a row asks for and these people cannot state; undefined: no row is for them. */
export type Lacking = 'retired_on' | undefined

export interface ListHoles {
  /** "deductible.rows" */
  readonly path: string
  readonly lacking: Lacking
  /** Everybody who was asked about, also those whom every row is for. */
  readonly cases: readonly Case[]
}

export interface HolesFound {
  readonly holes: readonly ListHoles[]
  /** Lists whose conditions have too many combinations to be tried. */
  readonly untried: readonly string[]
}

/** Questions, each put to every row of the list. */
const QUESTIONS_MAX = 5_000_000

interface AskedList {
  readonly path: string
  readonly rows: readonly { readonly when: Condition }[]
  readonly within: Condition
  /** first: one row must hold. every: whichever hold do so together, and none need. some: one must, all are asked. */
  readonly mode: 'first' | 'some' | 'every'
  /** Of the filings' own rows: the filing. */
  readonly filing: OffSiteFiling | undefined
}

export function holesOf(policy: Policy, pharmacyRatio: PharmacyRatio, isRuled: (medType: string) => boolean): HolesFound {
  const holes: ListHoles[] = []
  const untried: string[] = []
  for (const list of askedLists(policy)) {
    const found = askList(list, { policy, pharmacyRatio, isRuled })
    if (found === undefined) untried.push(list.path)
    else holes.push(...found)
  }
  return { holes, untried }
}

function askedLists(policy: Policy): readonly AskedList[] {
  const { bands, supplements } = policy
  const plain = { within: undefined, filing: undefined }
  return [
    ...(bands.length === 0 ? [] : [{ ...plain, path: 'bands', rows: bands.map(({ when }) => ({ when })), mode: 'some' as const }]),
    ...(supplements.length === 0 ? [] : [{ ...plain, path: 'supplements', rows: supplements.map(({ when }) => ({ when })), mode: 'every' as const }]),
    ...rowListsOf(policy)
      // A class without a row counts as the national rule says.
      .filter(({ path }) => path !== 'classes')
      .map(({ path, rows, within, filing }) => ({ path, rows, within, filing, mode: 'first' as const }))
  ]
}

interface Asking {
  readonly policy: Policy
  readonly pharmacyRatio: PharmacyRatio
  readonly isRuled: (medType: string) => boolean
}

function askList(list: AskedList, { policy, pharmacyRatio, isRuled }: Asking): readonly ListHoles[] | undefined {
  const bands = policy.bands.map(({ when }) => when)
  const conditions = new Conditions([...list.rows.map(({ when }) => when), list.within, ...bands])
  const people = peopleOf(conditions, policy.insutype)
  const filings = [...new Set((policy.off_site ?? []).flatMap(({ filing }) => filing))]
  const visits = visitsOf({ conditions, pharmacyRatio, filings }).filter(({ medType }) => isRuled(medType))
  if (people.length * visits.length * list.rows.length > QUESTIONS_MAX) return undefined
  const seen = visits.map((visit) => ({ visit, facts: { ...visitFacts(visit, pharmacyRatio), ...(list.filing === undefined ? {} : { offSite: list.filing }) } }))
  const isBanded = (facts: StatedFacts): boolean => bands.length === 0 || list.path === 'bands' || bands.some((when) => decide(when, facts) === 'holds')
  const byLack = new Map<Lacking, Case[]>()
  for (const person of people) {
    const own = personFacts(person)
    const asked = seen
      .map(({ visit, facts }) => ({ visit, facts: { ...facts, ...own } }))
      .filter(({ facts }) => decide(list.within, facts) === 'holds' && isBanded(facts))
      .map(({ visit, facts }) => ({ visit, answer: answerOf(list, facts) }))
    for (const lacking of LACKING) {
      const failed = asked.flatMap(({ visit, answer }) => (answer === (lacking ?? 'no-row') ? [visit] : []))
      byLack.set(lacking, [...(byLack.get(lacking) ?? []), { person, asked: asked.map(({ visit }) => visit), failed }])
    }
  }
  return [...byLack].flatMap(([lacking, cases]) => (cases.some(({ failed }) => failed.length > 0) ? [{ path: list.path, lacking, cases }] : []))
}

/** Everybody who is tried was born on some day; nobody in service has retired. */
const LACKING: readonly Lacking[] = [undefined, 'retired_on']

type Answer = 'row' | 'no-row' | 'brdy' | 'retired_on'

/** As the calculation picks a row: a fact that is not stated is missed where no earlier row decides. */
function answerOf({ rows, mode }: AskedList, facts: StatedFacts): Answer {
  let holds = false
  for (const { when } of rows) {
    const verdict = decide(when, facts)
    if (verdict === 'fails') continue
    if (verdict !== 'holds') return verdict
    if (mode === 'first') return 'row'
    holds = true
  }
  return holds || mode === 'every' ? 'row' : 'no-row'
}
