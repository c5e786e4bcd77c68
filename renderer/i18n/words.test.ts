import { describe, expect, it } from 'vitest'
import { sourceFiles } from '../../test/architecture/source-files.ts'
import { callers } from './callers.ts'
import { common } from './common.ts'
import { eligibility } from './eligibility.ts'
import { inDoubt } from './in-doubt.ts'
import { outpatient } from './outpatient.ts'
import { pharmacy } from './pharmacy.ts'
import { pin } from './pin.ts'
import { reader } from './reader.ts'
import { records } from './records.ts'
import { result } from './result.ts'
import { load } from './load.ts'
import { close } from './close.ts'
import { sync } from './sync.ts'
import { statement } from './statement.ts'
import type { Words } from './words.ts'

const NAMESPACES: Readonly<Record<string, Words>> = { callers, common, eligibility, inDoubt, outpatient, pharmacy, pin, reader, records, result, statement, sync, close, load }

describe.each(Object.entries(NAMESPACES))('%s', (_, words) => {
  const chinese = words['zh-CN']
  const english = words.en

  it('says the same things in both languages', () => {
    // One of something has words of its own in English only.
    expect(Object.keys(english).filter((key) => !key.endsWith('_one'))).toEqual(Object.keys(chinese))
  })

  it('puts the same values into both', () => {
    const values = (text: string | undefined): string[] => [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted()
    expect(Object.keys(chinese).filter((key) => values(chinese[key]).join() !== values(english[key]).join())).toEqual([])
  })

  it('leaves nothing empty, and no Chinese in the English', () => {
    expect(Object.entries(chinese).filter(([, text]) => text.trim() === '')).toEqual([])
    expect(Object.entries(english).filter(([key, text]) => text.trim() === '' || (/\p{Script=Han}/u.test(text) && key !== 'languageOther'))).toEqual([])
  })
})

/** One try that is left has words of its own. */
const NEVER_ONE = ['tries']

describe.each(Object.entries(NAMESPACES))('a count in the English of %s', (_, { en }) => {
  it('stands for one as well as for many, or has other words for one: never "1 lines"', () => {
    const ofMany = Object.entries(en ?? {}).filter(([key, text]) => /\{\{(n|count)\}\} [a-z]+s\b/.test(text) && !key.endsWith('_other'))
    expect(ofMany.map(([key]) => key).filter((key) => !NEVER_ONE.includes(key))).toEqual([])
  })
})

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

/** Words that stand in a component itself, between tags or in what is read aloud. */
const SENTENCE = /(?:>\s*|(?:title|placeholder|alt|aria-label|aria-description)=")(?![^<{"]*=>)([A-Z][a-z]+(?: [a-z]+)+)[^<{"]*[<"]/

function ownWords(text: string): string | undefined {
  const code = withoutComments(text)
  return /\p{Script=Han}+/u.exec(code)?.[0] ?? SENTENCE.exec(code)?.[1]
}

describe('a component', () => {
  const components = sourceFiles().filter(({ path }) => path.startsWith('renderer/') && path.endsWith('.tsx') && !path.endsWith('.test.tsx'))

  it('has no words of its own', () => {
    expect(components.length).toBeGreaterThan(20)
    expect(components.map(({ path, text }) => [path, ownWords(text)]).filter(([, words]) => words !== undefined)).toEqual([])
  })

  it.each([
    ['<p>请插卡</p>', '请插卡'],
    ['<p>Put the card in</p>', 'Put the card in'],
    ['<input placeholder="Type a code" />', 'Type a code'],
    ['<p>{t(\'insert-card\')}</p>', undefined],
    ['/** A comment may say what it likes. 请 */', undefined]
  ])('is caught with %s', (text, words) => {
    expect(ownWords(text)).toBe(words)
  })
})
