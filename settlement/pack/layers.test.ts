import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../policy/parse-policy.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { parseRules } from '../rules/parse-rules.ts'
import type { RuleDocument } from '../rules/rules-schema.ts'
import { date } from '../calendar/business-date.ts'
import { layerPolicies, layerRules, periodsOfVersions, type Layer } from './layers.ts'
import { daysWithout } from './period.ts'

function policy(region: string, version: string, from: string, to: string | null, insutype = ['310']): Policy {
  const parsed = parsePolicy({ region, version, insutype, effective: { from, to }, bands: [{ pays: 'hifp_pay', ratio: [{ ratio: '0.5' }] }] })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

function rules(id: string, region: string, version: string, from: string, based_on: string | null = null): RuleDocument {
  const parsed = parseRules({ id, region, version, name: { zh: '测', en: 'test' }, effective: { from }, based_on })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const layer = (from: string, to: string | null, documents: Partial<Layer>): Layer => ({
  id: 'pack',
  version: '1',
  period: { from: date(from), to: to === null ? null : date(to) },
  policies: [],
  rules: [],
  ...documents
})

const shown = (documents: readonly (Policy | RuleDocument)[]): string[] =>
  documents.map(({ region, version, effective, ...rest }) => `${region} ${version} ${effective.from}..${effective.to ?? ''}${'bands' in rest ? ` ${rest.insutype.join('+')}` : ''}`)

describe('versions of a pack', () => {
  it('are used one after the other, each from its own first day', () => {
    expect(periodsOfVersions([{ effective: '2026-01-01' }, { effective: '2026-03-01' }])).toEqual([
      { from: '2026-01-01', to: '2026-02-28' },
      { from: '2026-03-01', to: null }
    ])
  })

  it('are never used when a later one begins no later', () => {
    expect(periodsOfVersions([{ effective: '2026-01-01' }, { effective: '2026-01-01' }])).toEqual([
      undefined,
      { from: '2026-01-01', to: null }
    ])
  })
})

describe('policies of a pack', () => {
  const delivered = [policy('999999', 'old', '2020-01-01', null, ['310', '390']), policy('370300', 'other', '2020-01-01', null)]

  it('take the place of the delivered ones from the first day of the pack, and those serve the days before', () => {
    const layers = [layer('2026-03-01', null, { policies: [policy('999999', 'new', '2026-01-01', null, ['310', '390'])] })]
    expect(shown(layerPolicies(delivered, layers))).toEqual([
      '999999 new 2026-03-01.. 310+390',
      '999999 old 2020-01-01..2026-02-28 310+390',
      '370300 other 2020-01-01.. 310'
    ])
  })

  it('leave the insurance types alone that they say nothing of', () => {
    const layers = [layer('2026-03-01', null, { policies: [policy('999999', 'new', '2026-01-01', null, ['310'])] })]
    expect(shown(layerPolicies(delivered, layers))).toEqual([
      '999999 new 2026-03-01.. 310',
      '999999 old 2020-01-01..2026-02-28 310',
      '999999 old 2020-01-01.. 390',
      '370300 other 2020-01-01.. 310'
    ])
  })

  it('end with their version: a day after it is the next version\'s, or nobody\'s when it says so', () => {
    const layers = [
      layer('2026-01-01', '2026-01-31', { policies: [policy('999999', 'one', '2026-01-01', null, ['310', '390'])] }),
      layer('2026-02-01', null, { version: '2', policies: [policy('999999', 'two', '2026-01-01', '2026-12-31', ['310', '390'])] })
    ]
    expect(shown(layerPolicies(delivered.slice(0, 1), layers))).toEqual([
      '999999 one 2026-01-01..2026-01-31 310+390',
      '999999 two 2026-02-01..2026-12-31 310+390',
      '999999 old 2020-01-01..2025-12-31 310+390'
    ])
  })

  it('what nothing was taken from is the document itself', () => {
    expect(layerPolicies(delivered, [])[0]).toBe(delivered[0])
  })
})

describe('rules of a pack', () => {
  const delivered = [rules('national', '000000', '1', '2020-01-01'), rules('test', '999999', '1', '2020-01-01', 'national')]

  it('take the place of the document of the same id', () => {
    const layers = [layer('2026-03-01', null, { rules: [rules('national', '000000', '2', '2026-01-01')] })]
    expect(shown(layerRules(delivered, layers))).toEqual(['000000 2 2026-03-01..', '000000 1 2020-01-01..2026-02-28', '999999 1 2020-01-01..'])
  })

  it('take the place of another document of the region, unless they are based on it', () => {
    const instead = [layer('2026-03-01', null, { rules: [rules('mine', '999999', '9', '2026-01-01', 'national')] })]
    expect(shown(layerRules(delivered, instead))).toEqual(['999999 9 2026-03-01..', '000000 1 2020-01-01..', '999999 1 2020-01-01..2026-02-28'])
    const onTop = [layer('2026-03-01', null, { rules: [rules('mine', '999999', '9', '2026-01-01', 'test')] })]
    expect(shown(layerRules(delivered, onTop))).toEqual(['999999 9 2026-03-01..', '000000 1 2020-01-01..', '999999 1 2020-01-01..'])
  })
})

it.each([
  ['nothing in common', '2027-01-01', null, ['2026-01-01..2026-12-31']],
  ['the end', '2026-12-31', null, ['2026-01-01..2026-12-30']],
  ['the beginning', '2025-01-01', '2026-02-28', ['2026-03-01..2026-12-31']],
  ['the middle', '2026-03-01', '2026-03-01', ['2026-01-01..2026-02-28', '2026-03-02..2026-12-31']],
  ['all', '2026-01-01', '2026-12-31', []]
])('days without %s', (_, from, to, left) => {
  const year = { from: date('2026-01-01'), to: date('2026-12-31') }
  expect(daysWithout(year, { from: date(from), to: to === null ? null : date(to) }).map((period) => `${period.from}..${period.to ?? ''}`)).toEqual(left)
})
