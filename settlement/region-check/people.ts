/**
 * Whom a list of rows is tried with: everybody whom its conditions can tell apart. Ages and days of retirement are cut where a
 * row begins or ends, so that each span holds people whom the rows treat alike, and no age lies between two of them.
 *
 *   rows: age from 45, age below 44      spans: below 44 | 44 | from 45
 */

import { date, type BusinessDate } from '../calendar/business-date.ts'
import type { StatedFacts } from '../policy/facts.ts'
import { PERSON_TYPE_CODES } from '../wire/code-names.ts'
import { codesToldApart, type Conditions } from './conditions.ts'

/** Whole years. */
export interface AgeSpan {
  readonly from: number
  /** undefined: however old. */
  readonly below: number | undefined
}

export interface RetiredSpan {
  /** undefined: however long ago. */
  readonly from: BusinessDate | undefined
  /** First day that no longer counts. */
  readonly before: BusinessDate | undefined
}

export interface TriedPerson {
  readonly insutype: string
  readonly psnType: string
  readonly age: AgeSpan
  /** An age within the span that people of the type can have. */
  readonly years: number
  /** undefined: did not retire. */
  readonly retired: RetiredSpan | undefined
  readonly isCivilServant: boolean
  readonly identity: string | undefined
  /** Whom a place need not rule: of a type that usually has another insurance. */
  readonly isRare: boolean
}

export function peopleOf(conditions: Conditions, insutypes: readonly string[]): readonly TriedPerson[] {
  const ages = agesOf(conditions)
  const identities = [undefined, ...conditions.named((when) => when.psn_idet_type)]
  return insutypes.flatMap((insutype) =>
    typesOf(conditions, insutype).flatMap(({ psnType, isRare }) =>
      ages.flatMap((age) => {
        const years = firstYear(age, AGES[psnType] ?? AGES[psnType.slice(0, 2)] ?? ANY_AGE)
        if (years === undefined) return []
        return retiredOf(conditions, psnType).flatMap((retired) =>
          civilServants(conditions, insutype).flatMap((isCivilServant) =>
            identities.map((identity) => ({ insutype, psnType, age, years, retired, isCivilServant, identity, isRare }))
          )
        )
      })
    )
  )
}

/** Person types by insurance; of the others anybody may be insured. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  '310': ['11', '12'],
  '320': ['11', '12'],
  '330': ['11', '12'],
  '340': ['13'],
  '370': ['11', '12'],
  '380': ['14', '15', '16'],
  '390': ['14', '15', '16'],
  '391': ['14', '15', '16'],
  '392': ['14', '15', '16'],
  '399': ['99']
}
/** Types that may occur with an insurance that is not usual for them. */
const RARE: Readonly<Record<string, readonly string[]>> = { '310': ['13', '99'], '390': ['99'] }

function typesOf(conditions: Conditions, insutype: string): readonly { readonly psnType: string; readonly isRare: boolean }[] {
  const named = conditions.named((when) => when.psn_type)
  const types = codesToldApart(named, PERSON_TYPE_CODES)
  const usual = USUAL[insutype]
  if (usual === undefined) return types.map((psnType) => ({ psnType, isRare: !named.includes(psnType) }))
  const ofUsual = types.filter((type) => isOf(usual, type)).map((psnType) => ({ psnType, isRare: false }))
  const ofRare = types.filter((type) => isOf(RARE[insutype] ?? [], type)).map((psnType) => ({ psnType, isRare: !named.includes(psnType) }))
  return [...ofUsual, ...ofRare]
}

const isOf = (kinds: readonly string[], type: string): boolean => kinds.some((kind) => type.startsWith(kind))

const ANY_AGE: AgeSpan = { from: 0, below: undefined }

/** How old people of a type can be at all, drawn wide: a row need not speak of pupils of sixty. */
const AGES: Readonly<Record<string, AgeSpan>> = {
  '11': { from: 16, below: undefined },
  '12': { from: 40, below: undefined },
  '13': { from: 60, below: undefined },
  '1401': { from: 0, below: 1 },
  '1402': { from: 0, below: 8 },
  '1403': { from: 5, below: 22 },
  '1404': { from: 14, below: undefined },
  '1405': { from: 0, below: 19 },
  '15': { from: 16, below: undefined },
  '16': { from: 50, below: undefined }
}

function agesOf(conditions: Conditions): readonly AgeSpan[] {
  const cuts = conditions.named((when) => [when.age?.from, when.age?.below]).toSorted((left, right) => left - right)
  const starts = [...new Set([0, ...cuts])]
  return starts.map((from, index) => ({ from, below: starts[index + 1] }))
}

/** undefined: nobody of the type is as old as that. */
function firstYear(left: AgeSpan, right: AgeSpan): number | undefined {
  const years = Math.max(left.from, right.from)
  return years < (left.below ?? Infinity) && years < (right.below ?? Infinity) ? years : undefined
}

const RETIRED_TYPES = ['12', '13']

function retiredOf(conditions: Conditions, psnType: string): readonly (RetiredSpan | undefined)[] {
  if (!RETIRED_TYPES.some((type) => psnType.startsWith(type))) return [undefined]
  const cuts = conditions.named((when) => [when.retired_on?.from, when.retired_on?.before]).toSorted().map((day) => date(day))
  const starts = [undefined, ...cuts]
  return starts.map((from, index) => ({ from, before: starts[index + 1] }))
}

const RESIDENTS = /^3[89]/

const civilServants = (conditions: Conditions, insutype: string): readonly boolean[] =>
  conditions.asks('cvlserv_flag') && !RESIDENTS.test(insutype) ? [false, true] : [false]

const LONG_AGO = date('1900-01-01')

/** Rows cannot tell anybody in the person's spans from this one. */
export const personFacts = ({ psnType, insutype, years, retired, isCivilServant, identity }: TriedPerson) =>
  ({
    psnType,
    insutype,
    age: years,
    retiredOn: retired === undefined ? undefined : (retired.from ?? LONG_AGO),
    cvlservFlag: isCivilServant ? '1' : '0',
    psnIdetTypes: identity === undefined ? [] : [identity]
  }) satisfies Partial<StatedFacts>
