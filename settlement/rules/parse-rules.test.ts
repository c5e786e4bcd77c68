import { describe, expect, it } from 'vitest'
import { describeProblem, type InputProblem } from '../wire/input-problem.ts'
import { checkTogether } from './check-together.ts'
import { chooseRules, describeRulesRefusal } from './choose-rules.ts'
import { codesNamed } from './codes-named.ts'
import { compileRules } from './compile-rules.ts'
import { date } from '../calendar/business-date.ts'
import { parseRules } from './parse-rules.ts'
import type { RuleDocument } from './rules-schema.ts'

const source = { source: 'notice 1', certainty: 'published' } as const

const document = (fields: object = {}): object => ({
  id: 'city',
  region: '999999',
  name: { zh: '测试区', en: 'Test region' },
  version: '1',
  effective: { from: '2026-01-01' },
  ...fields
})

function problemsOf(fields: object): readonly InputProblem[] {
  const result = parseRules(document(fields))
  return result.ok ? [] : result.error
}

function parsed(fields: object = {}): RuleDocument {
  const result = parseRules(document(fields))
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const sexRule = (fields: object = {}): object => ({ rule: 'sex', items: ['men'], sex: 'male', ...source, ...fields })
const men = { codes: ['XG04'], ...source }

describe('one document', () => {
  it('takes a small one, and fills in what it leaves out', () => {
    const { effective, based_on: base, item_rules: rules } = parsed({ groups: { men }, item_rules: [sexRule()] })
    expect({ effective, base, rules }).toEqual({
      effective: { from: '2026-01-01', to: null },
      base: null,
      rules: [{ rule: 'sex', items: ['men'], sex: 'male', effect: 'own-money', source: { zh: 'notice 1', en: 'notice 1' }, certainty: 'published' }]
    })
  })

  it.each([
    ['one text, which stands in both languages', 'notice 1', { zh: 'notice 1', en: 'notice 1' }],
    ['a text in each language', { zh: '通知一', en: 'notice 1' }, { zh: '通知一', en: 'notice 1' }]
  ])('takes a source that is %s', (_, written, read) => {
    const { groups, item_rules: rules } = parsed({ groups: { men: { ...men, source: written } }, item_rules: [sexRule({ source: written })] })
    expect([groups.men?.source, rules[0]?.source]).toEqual([read, read])
  })

  it.each([
    ['a rule without source', { groups: { men }, item_rules: [sexRule({ source: undefined })] }, 'item_rules[0].source', undefined, 'this field is required'],
    ['an empty source', { groups: { men }, item_rules: [sexRule({ source: '' })] }, 'item_rules[0].source', '', 'must not be empty'],
    ['a source that is neither text nor languages', { groups: { men }, item_rules: [sexRule({ source: 7 })] }, 'item_rules[0].source', 7, 'must be a text, or {"zh": ..., "en": ...}'],
    ['an empty source of one language', { groups: { men }, item_rules: [sexRule({ source: { zh: '', en: 'notice 1' } })] }, 'item_rules[0].source.zh', '', 'must not be empty'],
    ['a source in Chinese only', { groups: { men }, item_rules: [sexRule({ source: { zh: '通知一' } })] }, 'item_rules[0].source.en', undefined, 'this field is required'],
    ['a source in English only', { groups: { men }, item_rules: [sexRule({ source: { en: 'notice 1' } })] }, 'item_rules[0].source.zh', undefined, 'this field is required'],
    ['a source in a third language', { groups: { men }, item_rules: [sexRule({ source: { zh: '通知一', en: 'notice 1', fr: 'avis 1' } })] }, 'item_rules[0].source.fr', 'avis 1', 'unknown field; allowed here: zh, en'],
    ['a group without source', { groups: { men: { codes: ['XG04'], certainty: 'published' } } }, 'groups.men.source', undefined, 'this field is required'],
    ['a certainty that says nothing', { groups: { men }, item_rules: [sexRule({ certainty: 'not stated' })] }, 'item_rules[0].certainty', 'not stated', 'must be one of "published", "reproduced", "secondary", "inferred", "conflicting", "weak", "fictitious"'],
    ['a group that nobody defines', { groups: { men }, item_rules: [sexRule({ items: ['women'] })] }, 'item_rules[0].items[0]', 'women', 'must be a group that this document or one below it defines: men'],
    ['a group that a group names', { groups: { men: { groups: ['boys'], ...source } } }, 'groups.men.groups[0]', 'boys', 'must be a group that this document or one below it defines: men'],
    ['groups in a circle', { groups: { a: { groups: ['b'], ...source }, b: { groups: ['c'], ...source }, c: { groups: ['a'], ...source } } }, 'groups.a', 'a -> b -> c -> a', 'must not contain itself: groups must not form a circle'],
    ['a group that excepts itself', { groups: { a: { codes: ['X'], except: ['a'], ...source } } }, 'groups.a', 'a -> a', 'must not contain itself: groups must not form a circle'],
    ['a group of nothing', { groups: { a: source } }, 'groups.a', source, 'must name codes, atc, kinds, flags or groups'],
    ['a reason that eligibility does not know', { effects: [{ reason: 'too-expensive', effect: 'note', ...source }] }, 'effects[0].reason', 'too-expensive', 'must be a reason that eligibility knows, such as "duplicate-therapy"'],
    ['a document that is based on itself', { based_on: 'city' }, 'based_on', 'city', 'must not be the document itself'],
    ['a period that ends before it begins', { effective: { from: '2026-01-01', to: '2025-12-31' } }, 'effective.to', '2025-12-31', 'must not lie before "from", 2026-01-01'],
    ['a day that no calendar has', { effective: { from: '2026-02-30' } }, 'effective.from', '2026-02-30', 'must be a day of the calendar, "YYYY-MM-DD", from 1900 on'],
    ['a misspelt field', { groups: { men }, item_rules: [sexRule({ sexx: 'male' })] }, 'item_rules[0].sexx', 'male', expect.stringMatching(/^unknown field; allowed here: rule, sex, /)],
    ['a rule of no kind', { item_rules: [{ rule: 'gender', ...source }] }, 'item_rules[0].rule', 'gender', expect.stringMatching(/^must be one of "sex", "age"/)],
    ['an amount as a number', { place_limits: [{ of: 'day', amount: 500, ...source }] }, 'place_limits[0].amount', 500, 'must be a decimal string in quotes, such as "1500.00"'],
    ['a limit without amount', { place_limits: [{ of: 'day', ...source }] }, 'place_limits[0]', { of: 'day', ...source }, 'must give "sales" of sales-a-day, and "amount" of the others'],
    ['a waiting period in days and months', { waiting: [{ began: ['new'], days: 30, months: 1, ...source }] }, 'waiting[0]', { began: ['new'], days: 30, months: 1, ...source }, 'must give either days or months'],
    ['ages the wrong way round', { item_rules: [{ rule: 'age', from: 18, below: 14, ...source }] }, 'item_rules[0]', { rule: 'age', from: 18, below: 14, ...source }, 'must give "from", "below", or both, "from" the smaller'],
    ['two rows of one id', { supply: [{ id: 'a', days: 7, ...source }, { id: 'a', days: 8, ...source }] }, 'supply[1].id', 'a', 'must be unique in supply'],
    ['a row that can never apply', { arrears: [source, { when: { insutype: ['390'] }, ...source }] }, 'arrears[1]', { when: { insutype: ['390'] }, months: 0, effect: 'own-money', certainty: 'published', source: { zh: 'notice 1', en: 'notice 1' } }, 'can never apply: the row before it has no condition and always applies; put the general row last']
  ])('refuses %s', (_, fields, path, value, rule) => {
    expect(problemsOf(fields)).toContainEqual({ path, value, rule })
  })

  it('says all that is wrong at once, one line each', () => {
    const problems = problemsOf({ groups: { men }, item_rules: [{ rule: 'sex', sex: 'male' }], supply: [{ days: 7, certainty: 'published' }] })
    expect(problems.map(describeProblem)).toEqual([
      'item_rules[0].source: missing: this field is required',
      'item_rules[0].certainty: missing: must be one of "published", "reproduced", "secondary", "inferred", "conflicting", "weak", "fictitious"',
      'supply[0].source: missing: this field is required'
    ])
  })

  it.each([null, [], 'rules', 7])('is no %j', (json) => {
    expect(parseRules(json).ok).toBe(false)
  })

  it('tells the codes that it names', () => {
    expect(codesNamed(parsed({ groups: { men, women: { codes: ['XG03', 'ZD01'], ...source } } }))).toEqual([
      { code: 'XG04', path: 'groups.men.codes[0]' },
      { code: 'XG03', path: 'groups.women.codes[0]' },
      { code: 'ZD01', path: 'groups.women.codes[1]' }
    ])
  })
})

const supply = (days: number, fields: object = {}): object => ({ days, ...source, ...fields })
const country = (fields: object = {}): RuleDocument => parsed({ id: 'country', region: '000000', supply: [supply(7, { id: 'ordinary' }), supply(30, { id: 'rest' })], dispensing: [{ days: 90, ...source }], ...fields })
const city = (fields: object = {}): RuleDocument => parsed({ based_on: 'country', ...fields })

function daysOf(chain: readonly RuleDocument[]): { readonly supply: readonly unknown[]; readonly dispensing: readonly unknown[] } {
  const compiled = compileRules(chain)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error))
  const { sections } = compiled.value
  return { supply: sections.supply.map(({ row }) => row.days), dispensing: sections.dispensing.map(({ row }) => row.days) }
}

describe('documents that build on one another', () => {
  it('puts the rows of the more special one in front', () => {
    expect(daysOf([country(), city({ supply: [supply(15)], dispensing: [{ days: 30, ...source }] })])).toEqual({ supply: [15, 7, 30], dispensing: [30, 90] })
  })

  it('replaces a row by its id', () => {
    expect(daysOf([country(), city({ supply: [supply(15, { id: 'ordinary' })] })]).supply).toEqual([15, 30])
  })

  it('drops rows and whole sections', () => {
    expect(daysOf([country(), city({ removes: ['rest'], supply: [supply(15)] })]).supply).toEqual([15, 7])
    expect(daysOf([country({ early: [{ id: 'rest', tolerance_days: 3, ...source }] }), city({ removes: ['supply.rest'] })]).supply).toEqual([7])
    expect(daysOf([country(), city({ replaces: ['supply'], supply: [supply(15)] })]).supply).toEqual([15])
    expect(daysOf([country(), city({ replaces: ['dispensing'] })]).dispensing).toEqual([])
  })

  it('uses the groups of those below', () => {
    expect(daysOf([country({ groups: { men } }), city({ supply: [supply(1, { items: ['men'] })] })]).supply).toEqual([1, 7, 30])
  })

  it('says of each row where it stands and was published', () => {
    const compiled = compileRules([country(), city({ supply: [supply(15)] })])
    expect(compiled.ok && compiled.value.sections.supply.map(({ rule }) => rule)).toEqual([
      { pack: 'city 1', path: 'supply[0]', source: { zh: 'notice 1', en: 'notice 1' }, certainty: 'published' },
      { pack: 'country 1', path: 'supply[0]', source: { zh: 'notice 1', en: 'notice 1' }, certainty: 'published' },
      { pack: 'country 1', path: 'supply[1]', source: { zh: 'notice 1', en: 'notice 1' }, certainty: 'published' }
    ])
  })

  it.each([
    ['a base that is another', [country(), city({ based_on: 'province' })], 'based_on', 'province', 'must name a document that is there: country'],
    ['a base that is not there', [city()], 'based_on', 'country', 'must name a document that is there: there is none'],
    ['a group that no document below defines', [country(), city({ supply: [supply(1, { items: ['men'] })] })], 'supply[0].items[0]', 'men', 'must be a group that this document or one below it defines: there is none'],
    ['a circle through two documents', [country({ groups: { a: { groups: ['b'], ...source }, b: { codes: ['X'], ...source } } }), city({ groups: { b: { groups: ['a'], ...source } } })], 'groups.a', 'a -> b -> a', 'must not contain itself: groups must not form a circle'],
    ['a row to remove that is not there', [country(), city({ removes: ['nothing'] })], 'removes[0]', 'nothing', 'must be the id of a row of a document below'],
    ['a row to remove of which there are two', [country({ early: [{ id: 'rest', tolerance_days: 3, ...source }] }), city({ removes: ['rest'] })], 'removes[0]', 'rest', 'must say which: early.rest, supply.rest'],
    ['a fault of the document below', [country({ based_on: 'world' }), city()], 'country: based_on', 'world', 'must name a document that is there: there is none']
  ])('refuses %s', (_, chain, path, value, rule) => {
    const compiled = compileRules(chain)
    expect(compiled.ok ? [] : compiled.error).toContainEqual({ path, value, rule })
  })
})

const on = (day: string, region = '999999') => ({ region, date: date(day) })

describe('choosing', () => {
  const chosen = (documents: readonly RuleDocument[], query = on('2026-03-01')): unknown => {
    const result = chooseRules(documents, query)
    return result.ok ? result.value.identity.chain.map(({ id, version }) => `${id} ${version}`) : describeRulesRefusal(result.error)
  }

  it('takes the document of the place with what it is based on, whatever the order', () => {
    expect(chosen([city(), country()])).toEqual(['country 1', 'city 1'])
  })

  it.each([
    ['the first day', '2026-01-01', ['country 1', 'city 1']],
    ['the last day of the first version', '2026-06-30', ['country 1', 'city 1']],
    ['the first day of the second version', '2026-07-01', ['country 1', 'city 2']]
  ])('takes the version of the day: %s', (_, day, expected) => {
    const versions = [city({ effective: { from: '2026-01-01', to: '2026-06-30' } }), city({ version: '2', effective: { from: '2026-07-01' } })]
    expect(chosen([country(), ...versions], on(day))).toEqual(expected)
  })

  it('falls back to the city, the province, the country', () => {
    const province = parsed({ id: 'province', region: '990000' })
    expect(chosen([country(), province], on('2026-03-01', '999999'))).toEqual(['province 1'])
    expect(chosen([country()], on('2026-03-01', '110101'))).toEqual(['country 1'])
  })

  it.each([
    ['a place that nobody has rules for', [city()], on('2026-03-01', '110101'), 'no rules for region 110101; there are rules for: 999999'],
    ['a day before the rules', [country(), city()], on('2025-12-31'), 'the rules of 999999 do not cover 2025-12-31; periods: 2026-01-01 to further notice'],
    ['two versions of one day', [country(), city(), city({ version: '2' })], on('2026-03-01'), 'several rules cover 2026-03-01: city 1, city 2'],
    ['a base that is not there', [city()], on('2026-03-01'), 'the rules city 1 are based on "country", which is not there'],
    ['a base that does not cover the day', [country({ effective: { from: '2026-04-01' } }), city()], on('2026-03-01'), 'the rules city 1 are based on "country", of which no version covers 2026-03-01'],
    ['a circle', [country({ based_on: 'city' }), city()], on('2026-03-01'), 'rules are based on one another in a circle: city -> country -> city'],
    ['documents that contradict one another', [country(), city({ removes: ['nothing'] })], on('2026-03-01'), 'the rules city 1 contradict themselves: 1 problem']
  ])('refuses %s', (_, documents, query, sentence) => {
    expect(chosen(documents, query)).toBe(sentence)
  })
})

describe('documents together', () => {
  it('finds nothing wrong with what fits', () => {
    const later = city({ version: '2', effective: { from: '2026-07-01' } })
    expect(checkTogether([country(), city({ effective: { from: '2026-01-01', to: '2026-06-30' } }), later])).toEqual([])
  })

  it.each([
    ['versions that overlap by a day', [country(), city({ effective: { from: '2026-01-01', to: '2026-07-01' } }), city({ version: '2', effective: { from: '2026-07-01' } })], { version: '2', path: 'effective', value: '2026-07-01 to further notice', rule: 'must not overlap version 1, 2026-01-01 to 2026-07-01' }],
    ['a base that is not there', [city()], { version: '1', path: 'based_on', value: 'country', rule: 'must name a document that is there: there is none' }],
    ['a base that runs out', [country({ effective: { from: '2026-01-01', to: '2026-05-31' } }), city()], { version: '1', path: 'based_on', value: 'country', rule: 'must name a document that covers 2026-06-01: 2026-01-01 to 2026-05-31' }],
    ['a base that begins later', [country({ effective: { from: '2026-02-01' } }), city()], { version: '1', path: 'based_on', value: 'country', rule: 'must name a document that covers 2026-01-01: 2026-02-01 to further notice' }],
    ['a circle', [country({ based_on: 'city' }), city()], { version: '1', path: 'based_on', value: 'country', rule: 'must not form a circle: city -> country -> city' }],
    ['a group that goes with the next version of the base', [country({ effective: { from: '2026-01-01', to: '2026-06-30' }, groups: { men } }), country({ version: '2', effective: { from: '2026-07-01' } }), city({ supply: [supply(1, { items: ['men'] })] })], { version: '1', path: 'supply[0].items[0]', value: 'men', rule: 'must be a group that this document or one below it defines: there is none' }]
  ])('finds %s', (_, documents, problem) => {
    expect(checkTogether(documents)).toContainEqual({ id: 'city', ...problem })
  })
})
