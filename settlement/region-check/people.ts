/** Whom and where a region is tried with: the usual person types, institutions and visits, each in every combination that occurs. */

import { ageOn, date, type BusinessDate } from '../calendar/business-date.ts'
import type { StatedFacts } from '../policy/facts.ts'
import type { InstitutionKind } from '../wire/fields.ts'

export interface TriedPerson {
  readonly psnType: string
  readonly insutype: string
  readonly born: BusinessDate
  readonly retiredOn: BusinessDate | undefined
}

export interface TriedPlace {
  readonly kind: InstitutionKind
  readonly level: number
}

export interface Combination {
  readonly person: TriedPerson
  readonly place: TriedPlace
  readonly medType: string
  /** Of a sale at a pharmacy that follows it: where the prescription was written. */
  readonly prescriber: TriedPlace | undefined
}

/** Years before the day of service. */
const PEOPLE: readonly { readonly psnType: string; readonly insutype: string; readonly ages: readonly number[]; readonly retiredOn: readonly string[] }[] = [
  { psnType: '11', insutype: '310', ages: [30, 50], retiredOn: [] },
  { psnType: '12', insutype: '310', ages: [65, 80], retiredOn: ['2000-06-30', '2010-06-30'] },
  { psnType: '1403', insutype: '390', ages: [10], retiredOn: [] },
  { psnType: '15', insutype: '390', ages: [45], retiredOn: [] },
  { psnType: '16', insutype: '390', ages: [70], retiredOn: [] }
]

const PLACES: readonly TriedPlace[] = [
  { kind: 'community', level: 1 },
  { kind: 'hospital', level: 1 },
  { kind: 'hospital', level: 2 },
  { kind: 'hospital', level: 3 },
  { kind: 'clinic', level: 1 }
]
export const PRESCRIBER: TriedPlace = { kind: 'hospital', level: 2 }
const PHARMACY: TriedPlace = { kind: 'pharmacy', level: 0 }
const VISITS = ['11', '13', '14']
const PHARMACY_VISITS = ['41', '14']

/** `byPrescriber`: at a pharmacy it matters where the prescription was written. */
export function combinationsOf(insutypes: readonly string[], on: BusinessDate, byPrescriber = false): readonly Combination[] {
  const people = PEOPLE.filter(({ insutype }) => insutypes.includes(insutype)).flatMap(({ psnType, insutype, ages, retiredOn }) =>
    ages.flatMap((age) => (retiredOn.length === 0 ? [undefined] : retiredOn).map((day) => ({ psnType, insutype, born: yearsBefore(on, age), retiredOn: day === undefined ? undefined : date(day) })))
  )
  const visits = [
    ...PLACES.flatMap((place) => VISITS.map((medType) => ({ place, medType, prescriber: undefined }))),
    ...PHARMACY_VISITS.flatMap((medType) => (byPrescriber ? PLACES : [undefined]).map((prescriber) => ({ place: PHARMACY, medType, prescriber })))
  ]
  return people.flatMap((person) => visits.map((visit) => ({ person, ...visit })))
}

const yearsBefore = (on: BusinessDate, years: number): BusinessDate => date(`${Number(on.slice(0, 4)) - years}-01-01`)

export const factsOf = ({ person, place, medType }: Combination, on: BusinessDate): StatedFacts => ({
  psnType: person.psnType,
  insutype: person.insutype,
  age: ageOn(person.born, on),
  retiredOn: person.retiredOn,
  level: place.level,
  kind: place.kind,
  medType,
  cvlservFlag: '0',
  psnIdetTypes: [],
  diseCodg: undefined,
  tags: [],
  offSite: undefined
})
