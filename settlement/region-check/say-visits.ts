/** Places and visits in few words: what holds for every visit or every place is not spelled out. */

import { offSiteName } from './off-site-name.ts'
import { visitTypeName } from '../wire/code-names.ts'
import type { InstitutionKind } from '../wire/fields.ts'
import type { Words } from './finding.ts'
import { groupedBy, unique } from './grouped.ts'
import type { Language } from './say-people.ts'
import { OTHER_DISEASE, type TriedPlace, type TriedVisit } from './visits.ts'

const KINDS: Readonly<Record<InstitutionKind, Words>> = {
  community: { zh: '社区', en: 'community centre' },
  hospital: { zh: '医院', en: 'hospital' },
  pharmacy: { zh: '药店', en: 'pharmacy' },
  clinic: { zh: '诊所', en: 'clinic' },
  other: { zh: '其他机构', en: 'other place' }
}

/** Empty: everywhere. `asked`: whatever was tried. */
export function sayVisits(visits: readonly TriedVisit[], asked: readonly TriedVisit[], language: Language): string {
  if (visits.length === asked.length) return ''
  const stated = [...groupedBy(visits, statedOf)].map(([state, members]) => ({
    state,
    text: sayWhere(members, asked.filter((visit) => statedOf(visit) === state), language)
  }))
  const states = unique(asked.map(statedOf)).length
  return [...groupedBy(stated, ({ text }) => text)]
    .map(([where, members]) => {
      const what = members.length === states ? '' : members.map(({ state }) => sayStated(state, language)).join(language === 'zh' ? '、' : ', ')
      return [where, what].filter((text) => text !== '').join(language === 'zh' ? '，' : ', ')
    })
    .join(language === 'zh' ? '；' : '; ')
}

/** What the claim states beside place and visit: disease, tags, care elsewhere. */
const statedOf = ({ disease, tags, offSite }: TriedVisit): string => JSON.stringify([disease ?? null, tags, offSite ?? null])

function sayStated(state: string, language: Language): string {
  const [disease, tags, offSite] = JSON.parse(state) as [string | null, readonly string[], TriedVisit['offSite'] | null]
  const words = [
    ...(disease === null ? [] : disease === OTHER_DISEASE ? [language === 'zh' ? '其他病种' : 'another disease'] : [`${language === 'zh' ? '病种' : 'disease'} ${disease}`]),
    ...(tags.length === 0 ? [] : [`${language === 'zh' ? '标记' : 'tags'} ${tags.join('+')}`]),
    ...(offSite === null || offSite === undefined ? [] : [offSiteName(offSite)[language]])
  ]
  return words.length > 0 ? words.join(' ') : language === 'zh' ? '无附加信息' : 'with nothing else stated'
}

function sayWhere(visits: readonly TriedVisit[], asked: readonly TriedVisit[], language: Language): string {
  if (visits.length === asked.length) return ''
  const all = groupedBy(asked, placeOf)
  const failing = unique(visits.map(({ medType }) => medType))
  // Wherever such a visit occurs.
  if (visits.length === asked.filter(({ medType }) => failing.includes(medType)).length) return namesOf(failing, language)
  const places = [...groupedBy(visits, placeOf)].map(([place, members]) => {
    const types = unique(members.map(({ medType }) => medType))
    const isEvery = types.length === unique((all.get(place) ?? []).map(({ medType }) => medType)).length
    return { place, text: isEvery ? '' : ` (${namesOf(types, language)})` }
  })
  const comma = language === 'zh' ? '、' : ', '
  return [...groupedBy(places, ({ text }) => text)]
    .map(([text, members]) => `${sayTogether(members.map(({ place }) => place), language).join(comma)}${text}`)
    .join(language === 'zh' ? '；' : '; ')
}

const namesOf = (types: readonly string[], language: Language): string =>
  types.map((type) => visitTypeName(type)[language]).join(language === 'zh' ? '、' : ', ')

/** Places as text, so that equal ones are one. */
const placeOf = ({ place, prescriber }: TriedVisit): string => [place, ...(prescriber === undefined ? [] : [prescriber])].map(({ kind, level }) => `${kind}/${level}`).join(' ')

/** A pharmacy that follows the prescription is like whoever wrote it: where all of these are named, it is said once. */
function sayTogether(places: readonly string[], language: Language): readonly string[] {
  const following = places.filter((place) => place.includes(' '))
  if (following.length < 2 || !following.every((place) => places.includes(place.split(' ')[1] ?? ''))) return places.map((place) => sayPlaces(place, language))
  const others = places.filter((place) => !following.includes(place)).map((place) => sayPlaces(place, language))
  return [...others, language === 'zh' ? '药店（凭这些机构的处方）' : 'pharmacy (with their prescriptions)']
}

function sayPlaces(places: string, language: Language): string {
  const [at = '', prescriber] = places.split(' ').map((text) => {
    const [kind = 'other', level = '0'] = text.split('/')
    return sayPlace({ kind: kind as InstitutionKind, level: Number(level) }, language)
  })
  if (prescriber === undefined) return at
  return language === 'zh' ? `${at}（处方来自${prescriber}）` : `${at} (prescription: ${prescriber})`
}

export function sayPlace({ kind, level }: Pick<TriedPlace, 'kind' | 'level'>, language: Language): string {
  const name = KINDS[kind][language]
  if (kind === 'pharmacy') return name
  if (level === 0) return language === 'zh' ? `未定级${name}` : `${name} without a level`
  return kind === 'hospital' || kind === 'other' ? (language === 'zh' ? `${name}${level}级` : `${name} of level ${level}`) : name
}
