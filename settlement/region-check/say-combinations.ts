/**
 * Combinations of person, place and visit in few words, and in none too many: whom several share the same places with is said
 * at once, and what holds for every visit or every place is not spelled out.
 *
 *   retired: hospital, level 3 (emergency); pharmacy | in service, residents: everywhere
 */

import { personTypeName, visitTypeName } from '../wire/code-names.ts'
import type { InstitutionKind } from '../wire/fields.ts'
import type { Words } from './finding.ts'
import type { Combination, TriedPerson, TriedPlace } from './people.ts'

type Language = 'zh' | 'en'

const KINDS: Readonly<Record<InstitutionKind, Words>> = {
  community: { zh: '社区', en: 'community centre' },
  hospital: { zh: '医院', en: 'hospital' },
  pharmacy: { zh: '药店', en: 'pharmacy' },
  clinic: { zh: '诊所', en: 'clinic' },
  other: { zh: '其他机构', en: 'other place' }
}

const EVERYWHERE: Words = { zh: '各处', en: 'everywhere' }
const EVERYBODY: Words = { zh: '所有人', en: 'everybody' }

export const sayCombinations = (failed: readonly Combination[], tried: readonly Combination[]): Words => ({
  zh: say(failed, tried, 'zh'),
  en: say(failed, tried, 'en')
})

function say(failed: readonly Combination[], tried: readonly Combination[], language: Language): string {
  const people = grouped(failed, ({ person }) => person, (combinations) => sayPlaces(combinations, tried, language))
  return people
    .map(({ members, text }) => {
      const everybody = members.length === unique(tried.map(({ person }) => person)).length
      const names = everybody ? EVERYBODY[language] : sayPeople(members, tried, language)
      return text === EVERYWHERE[language] ? names : `${names}${language === 'zh' ? '：' : ': '}${text}`
    })
    .join(language === 'zh' ? '；' : '; ')
}

function sayPeople(people: readonly TriedPerson[], tried: readonly Combination[], language: Language): string {
  const all = unique(tried.map(({ person }) => person))
  return unique(people.map(({ psnType }) => psnType))
    .map((type) => {
      const name = personTypeName(type)[language]
      const members = people.filter(({ psnType }) => psnType === type)
      return members.length === all.filter(({ psnType }) => psnType === type).length ? name : members.map((person) => sayPerson(name, person, language)).join(', ')
    })
    .join(language === 'zh' ? '、' : ', ')
}

const sayPerson = (name: string, { born, retiredOn }: TriedPerson, language: Language): string => {
  const bornIn = language === 'zh' ? `${born.slice(0, 4)} 年生` : `born in ${born.slice(0, 4)}`
  const retired = retiredOn === undefined ? '' : language === 'zh' ? `，${retiredOn} 退休` : `, retired on ${retiredOn}`
  return `${name} (${bornIn}${retired})`
}

function sayPlaces(failed: readonly Combination[], tried: readonly Combination[], language: Language): string {
  const isEverything = failed.length === tried.filter(({ person }) => person === failed[0]?.person).length
  if (isEverything) return EVERYWHERE[language]
  const places = grouped(failed, placeOf, (combinations) => {
    const visits = unique(combinations.map(({ medType }) => medType))
    const all = unique(tried.filter((combination) => placeOf(combination) === placeOf(combinations[0])).map(({ medType }) => medType))
    return visits.length === all.length ? '' : ` (${visits.map((visit) => visitTypeName(visit)[language]).join(', ')})`
  })
  return places.map(({ members, text }) => `${members.map((place) => sayPlace(place, language)).join(language === 'zh' ? '、' : ', ')}${text}`).join(language === 'zh' ? '；' : '; ')
}

/** Places as text, so that equal ones are one. */
const placeOf = (combination: Combination | undefined): string => {
  if (combination === undefined) return ''
  const { place, prescriber } = combination
  return [place, ...(prescriber === undefined ? [] : [prescriber])].map(({ kind, level }: TriedPlace) => `${kind}/${level}`).join(' ')
}

function sayPlace(place: string, language: Language): string {
  const [at = '', prescriber] = place.split(' ').map((text) => {
    const [kind = 'other', level = '0'] = text.split('/')
    const name = KINDS[kind as InstitutionKind][language]
    return kind === 'hospital' ? `${name}${language === 'zh' ? `${level}级` : ` of level ${level}`}` : name
  })
  if (prescriber === undefined) return at
  return language === 'zh' ? `${at}（处方来自${prescriber}）` : `${at} (prescription of a ${prescriber})`
}

const unique = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)]

/** What belongs together, and of what is said the same of: the members that share it. */
function grouped<Item, Member>(items: readonly Item[], memberOf: (item: Item) => Member, sayOf: (items: readonly Item[]) => string): readonly { readonly members: readonly Member[]; readonly text: string }[] {
  const byMember = new Map<Member, Item[]>()
  for (const item of items) byMember.set(memberOf(item), [...(byMember.get(memberOf(item)) ?? []), item])
  const byText = new Map<string, Member[]>()
  for (const [member, own] of byMember) byText.set(sayOf(own), [...(byText.get(sayOf(own)) ?? []), member])
  return [...byText].map(([text, members]) => ({ members, text }))
}
