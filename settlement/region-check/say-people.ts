/** People in few words: whose types share the same ages and days are said at once, and what holds for all of a type is left out. */

import { dayBefore } from '../pack/period.ts'
import { personTypeName } from '../wire/code-names.ts'
import type { Words } from './finding.ts'
import { groupedBy, unique } from './grouped.ts'
import type { AgeSpan, RetiredSpan, TriedPerson } from './people.ts'

export type Language = 'zh' | 'en'

const EVERYBODY: Words = { zh: '所有人', en: 'everybody' }

/** "retired (aged 44), in service". `all`: whoever was asked about. */
export function sayPeople(people: readonly TriedPerson[], all: readonly TriedPerson[], language: Language): string {
  const comma = language === 'zh' ? '、' : ', '
  const types = unique(people.map(({ psnType }) => psnType)).map((type) => {
    const isOfType = ({ psnType }: TriedPerson): boolean => psnType === type
    return { type, text: sayOfType(people.filter(isOfType), all.filter(isOfType), language) }
  })
  const typesInAll = unique(all.map(({ psnType }) => psnType)).length
  return [...groupedBy(types, ({ text }) => text)]
    .map(([text, members]) => {
      const who = members.length === typesInAll ? EVERYBODY[language] : members.map(({ type }) => personTypeName(type)[language]).join(comma)
      return text === '' ? who : language === 'zh' ? `${who}（${text}）` : `${who} (${text})`
    })
    .join(comma)
}

/** The dimensions in which people of a type differ, each with the words for some of its values. */
const DIMENSIONS: readonly {
  readonly key: (person: TriedPerson) => string
  readonly say: (people: readonly TriedPerson[], language: Language) => string
}[] = [
  { key: ({ age }) => String(age.from), say: (people, language) => agesOf(people).map((span) => sayAge(span, language)).join(', ') },
  { key: ({ retired }) => retired?.from ?? '', say: (people, language) => retirementsOf(people).map((span) => sayRetired(span, language)).join(', ') },
  { key: ({ isCivilServant }) => String(isCivilServant), say: (people, language) => unique(people.map(({ isCivilServant }) => sayService(isCivilServant, language))).join(', ') },
  { key: ({ identity }) => identity ?? '', say: (people, language) => unique(people.map(({ identity }) => sayIdentity(identity, language))).join(', ') }
]

/** Empty: all of the type. */
function sayOfType(people: readonly TriedPerson[], all: readonly TriedPerson[], language: Language): string {
  if (people.length === all.length) return ''
  const counts = DIMENSIONS.map(({ key }) => unique(people.map(key)).length)
  const between = language === 'zh' ? '，' : ', '
  const sayOne = (members: readonly TriedPerson[]): string =>
    DIMENSIONS.filter(({ key }) => unique(members.map(key)).length < unique(all.map(key)).length)
      .map(({ say }) => say(members, language))
      .join(between)
  // Every combination of what occurs: one description for all of them.
  if (counts.reduce((product, count) => product * count, 1) === people.length) return sayOne(people)
  return people.map((person) => sayOne([person])).join(language === 'zh' ? '；' : '; ')
}

function agesOf(people: readonly TriedPerson[]): readonly AgeSpan[] {
  const spans = [...groupedBy(people, ({ age }) => age.from).values()].flatMap(([first]) => (first === undefined ? [] : [first.age])).toSorted((left, right) => left.from - right.from)
  return spans.reduce<readonly AgeSpan[]>((joined, span) => {
    const last = joined.at(-1)
    return last?.below === span.from ? [...joined.slice(0, -1), { from: last.from, below: span.below }] : [...joined, span]
  }, [])
}

function sayAge({ from, below }: AgeSpan, language: Language): string {
  if (below === undefined) return language === 'zh' ? `${from} 岁及以上` : `from ${from}`
  if (from === 0) return language === 'zh' ? `${below} 岁以下` : `below ${below}`
  const last = below - 1
  const ages = from === last ? String(from) : language === 'zh' ? `${from} 至 ${last}` : `${from} to ${last}`
  return language === 'zh' ? `${ages} 岁` : `aged ${ages}`
}

function retirementsOf(people: readonly TriedPerson[]): readonly RetiredSpan[] {
  const spans = [...groupedBy(people, ({ retired }) => retired?.from).values()].flatMap(([first]) => (first?.retired === undefined ? [] : [first.retired]))
  return spans
    .toSorted((left, right) => ((left.from ?? '') < (right.from ?? '') ? -1 : 1))
    .reduce<readonly RetiredSpan[]>((joined, span) => {
      const last = joined.at(-1)
      return last?.before !== undefined && last.before === span.from ? [...joined.slice(0, -1), { from: last.from, before: span.before }] : [...joined, span]
    }, [])
}

function sayRetired({ from, before }: RetiredSpan, language: Language): string {
  if (from === undefined) return language === 'zh' ? `${before ?? ''} 前退休` : `retired before ${before ?? ''}`
  if (before === undefined) return language === 'zh' ? `${from} 起退休` : `retired from ${from} on`
  return language === 'zh' ? `${from} 至 ${dayBefore(before)} 退休` : `retired from ${from} to ${dayBefore(before)}`
}

const sayService = (isCivilServant: boolean, language: Language): string =>
  isCivilServant ? (language === 'zh' ? '公务员' : 'civil servants') : language === 'zh' ? '非公务员' : 'not civil servants'

const sayIdentity = (identity: string | undefined, language: Language): string =>
  identity === undefined ? (language === 'zh' ? '无身份类别' : 'without identity type') : `${language === 'zh' ? '身份类别' : 'identity type'} ${identity}`
