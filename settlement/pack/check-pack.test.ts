import { describe, expect, it } from 'vitest'
import { date } from '../calendar/business-date.ts'
import { parsePolicy } from '../policy/parse-policy.ts'
import { parseRules } from '../rules/parse-rules.ts'
import { checkPack, type Surroundings } from './check-pack.ts'
import type { Manifest } from './manifest.ts'
import type { MemberOf, PackMembers } from './read-members.ts'

const SOURCE = { source: 'test region', certainty: 'fictitious' }

function member<Document>(path: string, json: unknown, parse: (json: unknown) => { ok: true; value: Document } | { ok: false; error: unknown }): MemberOf<Document> {
  const document = parse(json)
  if (!document.ok) throw new Error(JSON.stringify(document.error))
  return { path, document: document.value, json }
}
const policy = (path: string, change: object = {}) =>
  member(path, { region: '999999', version: path, effective: { from: '2026-01-01', to: null }, bands: [{ pays: 'hifp_pay', ratio: [{ ratio: '0.5' }] }], ...change }, parsePolicy)
const rules = (path: string, change: object = {}) =>
  member(path, { id: 'city', region: '999999', name: { zh: '测', en: 'test' }, version: '1', effective: { from: '2026-01-01' }, ...change }, parseRules)

const MANIFEST: Manifest = { format: 'caresettle-pack-1', id: 'mine', version: '2', issued: '2026-01-01', effective: '2026-02-01', publisher: 'x', members: [] }
const ALONE: Surroundings = { delivered: { policies: [], rules: [] }, others: [], earlier: [], knowsCode: undefined }
const national = rules('national.json', { id: 'national', region: '000000' }).document

const said = (members: Partial<PackMembers>, around: Partial<Surroundings> = {}): string[] =>
  checkPack(MANIFEST, { policies: [], rules: [], catalogue: undefined, ...members }, { ...ALONE, ...around }).map(
    ({ kind, member: path, value, bound }) => `${kind} | ${path} | ${value} | ${bound}`
  )

describe('policies', () => {
  it('of other days, other places and other insurances go together', () => {
    const policies = [
      policy('a', { effective: { from: '2025-01-01', to: '2025-12-31' } }),
      policy('b'),
      policy('c', { region: '370300' }),
      policy('d', { insutype: ['390'] })
    ]
    expect(said({ policies })).toEqual([])
  })

  it('of the same days do not', () => {
    expect(said({ policies: [policy('a', { effective: { from: '2025-01-01', to: '2026-01-01' }, insutype: ['310', '390'] }), policy('b')] })).toEqual([
      'overlapping-policies | b | region 999999, insurance 310, 2026-01-01 to 2026-01-01 | must not rule what a rules'
    ])
  })

  it('nor with those of another pack, from the day on which this one begins', () => {
    const other = { id: 'other', version: '7', period: { from: date('2020-01-01'), to: null }, policies: [policy('x').document], rules: [] }
    expect(said({ policies: [policy('a')] }, { others: [other] })).toEqual([
      'overlapping-policies | a | region 999999, insurance 310, 2026-01-01 to further notice | must not rule what the pack other 7 rules'
    ])
    const until = { ...other, period: { from: date('2020-01-01'), to: date('2026-01-31') } }
    expect(said({ policies: [policy('a')] }, { others: [until] })).toEqual([])
  })
})

describe('a version', () => {
  const layer = (version: string, ...policies: readonly MemberOf<ReturnType<typeof policy>['document']>[]) =>
    ({ id: 'mine', version, period: { from: date('2020-01-01'), to: null }, policies: policies.map(({ document }) => document), rules: [] })

  it('is of one document: not of two in a pack, though they rule other days or people', () => {
    expect(said({ policies: [policy('a', { version: '7', insutype: ['390'] }), policy('b', { version: '7' })] })).toEqual([
      'same-version | b | region 999999, version 7 | must not be that of another document, a: give this one a version of its own'
    ])
    expect(said({ policies: [policy('a', { version: '7', region: '370300' }), policy('b', { version: '7' })] })).toEqual([])
    expect(said({ rules: [rules('a', { effective: { from: '2026-01-01', to: '2026-06-30' } }), rules('b', { effective: { from: '2026-07-01' } })] })).toEqual([
      'same-version | b | rules city, version 1 | must not be that of another document, a: give this one a version of its own'
    ])
  })

  it('may come again with the same contents, not with others', () => {
    const changed = policy('a', { bands: [{ pays: 'hifp_pay', ratio: [{ ratio: '0.6' }] }] })
    expect(said({ policies: [policy('a')] }, { earlier: [layer('1', policy('a'))], delivered: { policies: [policy('a').document], rules: [] } })).toEqual([])
    expect(said({ policies: [changed] }, { earlier: [layer('1', policy('a'))] })).toEqual([
      'same-version | a | region 999999, version a | must not be that of another document, the pack mine 1: give this one a version of its own'
    ])
    expect(said({ policies: [changed] }, { delivered: { policies: [policy('a').document], rules: [] } })).toEqual([
      'same-version | a | region 999999, version a | must not be that of another document, what the terminal was delivered with: give this one a version of its own'
    ])
  })
})

describe('rules', () => {
  it('on what the terminal was delivered with', () => {
    expect(said({ rules: [rules('a', { based_on: 'national' })] }, { delivered: { policies: [], rules: [national] } })).toEqual([])
  })

  it('without their base', () => {
    expect(said({ rules: [rules('a', { based_on: 'province' })] }, { delivered: { policies: [], rules: [national] } })).toEqual([
      'invalid-rules | a |  | city 1 based_on: "province" is refused: must name a document that is there: national'
    ])
  })

  it('in a circle', () => {
    const found = said({ rules: [rules('a', { based_on: 'b' }), rules('b', { id: 'b', based_on: 'city' })] })
    expect(found).toHaveLength(2)
    expect(found[0]).toMatch(/^invalid-rules \| a \|.*city 1 based_on: "b" is refused: must not form a circle: /)
    expect(found[1]).toMatch(/^invalid-rules \| b \|.*b 1 based_on: "city" is refused: must not form a circle: /)
  })

  it('of one id for the same days', () => {
    expect(said({ rules: [rules('a'), rules('b', { version: '2' })] })).toEqual([
      'invalid-rules | b |  | city 2 effective: "2026-02-01 to further notice" is refused: must not overlap version 1, 2026-02-01 to further notice'
    ])
  })

  it('of one region under two names: nobody could tell which holds', () => {
    expect(said({ rules: [rules('a'), rules('b', { id: 'b' })] })).toEqual([
      'invalid-rules | a |  | on 2026-02-01: several rules cover 2026-02-01: city 1, b 1',
      'invalid-rules | b |  | on 2026-02-01: several rules cover 2026-02-01: city 1, b 1'
    ])
  })

  it('that name a group nobody defines', () => {
    expect(said({ rules: [rules('a', { based_on: 'national', item_rules: [{ rule: 'sex', sex: 'male', items: ['nobody'], ...SOURCE }] })] }, { delivered: { policies: [], rules: [national] } })[0]).toContain('nobody')
  })

  it('that take from below what another document needs: said of the pack', () => {
    const province = rules('p', { id: 'province', region: '370000', based_on: 'national', removes: ['seven-days'] }).document
    const withRow = rules('n', { id: 'national', region: '000000', supply: [{ id: 'seven-days', days: 7, ...SOURCE }] }).document
    const delivered = { policies: [], rules: [withRow, province] }
    expect(said({ rules: [rules('a', { id: 'national', region: '000000', version: '2' })] }, { delivered })).toEqual([
      'invalid-rules |  |  | province 1 removes[0]: "seven-days" is refused: must be the id of a row of a document below'
    ])
  })

  it('with a code that the catalogue does not hold', () => {
    const named = rules('a', { groups: { odd: { codes: ['XA02', 'XZZZ'], ...SOURCE } } })
    const knowsCode = (prefix: string): boolean => 'XA02BC01'.startsWith(prefix)
    expect(said({ rules: [named] })).toEqual([])
    expect(said({ rules: [named] }, { knowsCode })).toEqual(['unknown-code | a | groups.odd.codes[1] "XZZZ" | must be, or begin, a code of the installed catalogue'])
    const catalogue = { items: [], codes: 1, broken: 0, problems: [], knowsCode: (prefix: string) => 'XZZZ1'.startsWith(prefix) }
    expect(said({ rules: [named], catalogue }, { knowsCode })).toEqual(['unknown-code | a | groups.odd.codes[0] "XA02" | must be, or begin, a code of the catalogue of this pack'])
  })
})
