/** The rule documents that the terminal is delivered with. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { date } from '../calendar/business-date.ts'
import { BUILT_IN } from '../eligibility/built-in-rules.ts'
import { checkTogether } from './check-together.ts'
import { chooseRules } from './choose-rules.ts'
import { parseRules } from './parse-rules.ts'
import type { Source } from './rule-row.ts'
import { SECTION_NAMES, type RuleDocument } from './rules-schema.ts'

const files = readdirSync('fixtures/rules').filter((name) => name.endsWith('.json'))
const read = (name: string): ReturnType<typeof parseRules> => parseRules(JSON.parse(readFileSync(`fixtures/rules/${name}`, 'utf8')))
const documents = files.flatMap((name): RuleDocument[] => {
  const parsed = read(name)
  return parsed.ok ? [parsed.value] : []
})

describe('the delivered rules', () => {
  it.each(files)('%s can be read', (name) => {
    const parsed = read(name)
    expect(parsed.ok ? [] : parsed.error).toEqual([])
  })

  it('fit together', () => {
    expect(checkTogether(documents)).toEqual([])
  })

  it('name a source for every row and group', () => {
    const rows = documents.flatMap((document): { source: Source }[] => [...SECTION_NAMES.flatMap((section): { source: Source }[] => document[section]), ...Object.values(document.groups)])
    expect(rows.length).toBeGreaterThan(80)
    expect(rows.filter(({ source: { zh, en } }) => zh.trim() === '' || en.trim() === '')).toEqual([])
  })

  it('name it in the language of the reader', () => {
    const sources = documents.flatMap((document) => [...SECTION_NAMES.flatMap((section): { source: Source }[] => document[section]), ...Object.values(document.groups)].map(({ source }) => source))
    expect(sources.filter(({ en }) => /\p{Script=Han}/u.test(en))).toEqual([])
    expect(sources.filter(({ zh }) => !/\p{Script=Han}/u.test(zh))).toEqual([])
  })

  it('name it in words of a counter, by no field of an interface', () => {
    const sources = documents.flatMap((document) => [...SECTION_NAMES.flatMap((section): { source: Source }[] => document[section]), ...Object.values(document.groups)].map(({ source }) => source))
    const named = [...sources, ...Object.values(BUILT_IN).map(({ source }) => source)]
    expect(named.filter(({ zh, en }) => /[a-z]_[a-z]|[a-z][A-Z]/.test(`${zh} ${en}`))).toEqual([])
  })

  it('hold in every place there is, from the day when codes were first asked for', () => {
    const national = documents.find(({ id }) => id === 'national')
    expect(national?.region).toBe('000000')
    const chosen = chooseRules(documents, { region: '659099', date: date('2025-07-01') })
    expect(chosen.ok && chosen.value.identity.id).toBe('national')
    expect(chooseRules(documents, { region: '659099', date: date('2025-06-30') }).ok).toBe(false)
  })

  it('use every mechanism in the test region', () => {
    const chosen = chooseRules(documents, { region: '999999', date: date('2026-03-10') })
    const unused = chosen.ok ? SECTION_NAMES.filter((section) => chosen.value.sections[section].length === 0) : ['no rules']
    expect(unused).toEqual([])
  })
})
