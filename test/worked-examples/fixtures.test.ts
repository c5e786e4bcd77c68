/** The shipped documents: they parse, carry their sources, and are what the published schemas describe. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { policySchema } from '../../settlement/policy/policy-schema.ts'
import { parsePolicy } from '../../settlement/policy/parse-policy.ts'
import { visitSchema } from '../../settlement/visit/visit-schema.ts'
import { claimSchema } from '../../settlement/wire/claim-schema.ts'
import { region, settleWire } from './bill.ts'
import { rows } from './table.ts'

const folder = (name: string) => new URL(`../../fixtures/${name}/`, import.meta.url)
const documents = (name: string) =>
  readdirSync(folder(name)).map((file) => ({ file, json: JSON.parse(readFileSync(new URL(file, folder(name)), 'utf8')) }))

describe('fixture regions', () => {
  it.each(documents('regions'))('$file parses and every row says where it comes from', ({ file, json }) => {
    const parsed = parsePolicy(json)
    expect(parsed.ok ? [] : parsed.error).toEqual([])
    expect(file.startsWith(json.region)).toBe(true)
    expect(rowsWithoutSource(json, '')).toEqual([])
  })

  it('are each named by region and version, which is how a ledger and a centre find them again', () => {
    const names = documents('regions').map(({ json }) => `${json.region} ${json.version}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })
})

/** A row is an object that holds a value of a parameter: an amount, a ratio, tiers. */
function rowsWithoutSource(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  const isRow =
    ['amount', 'ratio', 'tiers', 'selfpay_prop'].some((key) => key in value) &&
    !('above' in value) &&
    !('pays' in value) &&
    !('count' in value)
  const missing = isRow && !('source' in value && 'certainty' in value) ? [path] : []
  return [...missing, ...Object.entries(value).flatMap(([key, inner]) => rowsWithoutSource(inner, `${path}/${key}`))]
}

const EXPECTED = `
claim                   | policy                | D      | F        | N        | A      | C
all-classes-mutual-aid  | 999999-test           | 0.00   | 119.98   | 87.58    | 80.00  | 7.58
big-illness             | 999999-test           | 600.00 | 10600.00 | 9400.00  | 0.00   | 9400.00
luzhou-pharmacy-retired | 510500-luzhou-2023    | 150.00 | 175.00   | 245.00   | 0.00   | 245.00
off-site-referral       | 999999-test           | 400.00 | 600.00   | 800.00   | 0.00   | 800.00
shanghai-account-first  | 310000-shanghai-2023  | 500.00 | 140.00   | 860.00   | 300.00 | 560.00
suspended               | 999999-test           | 0.00   | 0.00     | 100.00   | 30.00  | 70.00
taian-cap-reached       | 370900-taian-2024     | 0.00   | 100.00   | 900.00   | 0.00   | 900.00
yangzhou-in-service     | 321000-yangzhou-2023  | 600.00 | 585.00   | 915.00   | 915.00 | 0.00
zaozhuang-pharmacy-basic-level | 370400-zaozhuang-2024 | 200.00 | 85.00 | 235.00 | 0.00   | 235.00
zhenjiang-community     | 321100-zhenjiang-2023 | 800.00 | 6480.00  | 1520.00  | 1020.00| 500.00
zibo-chronic            | 370300-zibo-2024      | 1000.00| 350.00   | 1150.00  | 0.00   | 1150.00
`

describe('fixture claims', () => {
  it.each(rows(EXPECTED))('$claim settles under $policy', (row) => {
    const claim = JSON.parse(readFileSync(new URL(`${row.claim}.json`, folder('claims')), 'utf8'))
    const result = settleWire(region(row.policy ?? ''), claim)
    const { D, F, N, A, C } = row
    expect({
      D: result.act_pay_dedc,
      F: result.fund_pay_sumamt,
      N: result.psn_part_amt,
      A: result.acct_pay,
      C: result.psn_cash_pay
    }).toEqual({ D, F, N, A, C })
  })

  it('all stand in the table', () => {
    expect(rows(EXPECTED).map(({ claim }) => `${claim}.json`)).toEqual(readdirSync(folder('claims')).toSorted())
  })
})

describe('the published schemas', () => {
  it.each([
    ['policy', policySchema],
    ['claim', claimSchema],
    ['visit', visitSchema]
  ] as const)('%s: no field is left to guess', (_, schema) => {
    const published = z.toJSONSchema(schema, { io: 'input' })
    expect(JSON.parse(JSON.stringify(published))).toHaveProperty('additionalProperties', false)
    const examples: unknown[] = published.examples ?? []
    expect(examples.map((example) => schema.safeParse(example).success)).toEqual([true])
    expect(undescribed(published, '').filter((path) => !FREE.test(path))).toEqual([])
  })
})

/** What a writer would otherwise have to try out. */
const STATED = [
  [policySchema, 'a field that is a list holds if one of its values matches (tags: all). For OR across fields write two rows.'],
  [policySchema, 'Under account-first the account pays the account-segment whatever this list says.'],
  [policySchema, 'in this order: own-pay, over-ceiling, pre-self-pay, off-site-pre-pay, uncovered, co-pay, deductible, account-segment.'],
  [policySchema, 'Expense counters count the whole segment'],
  [policySchema, "a claim's accumulators must already be of this year"],
  [policySchema, '12 registration'],
  [claimSchema, '12 registration'],
  [visitSchema, '12 registration'],
  [claimSchema, 'A name that the policy does not know is refused by the command line.'],
  [claimSchema, 'in-scope sum is negative is refused'],
  [claimSchema, 'not where `age` is given instead'],
  [claimSchema, 'pric x cnt is at most 1000000000.00']
] as const

it.each(STATED)('a published schema says what (%#)', (schema, phrase) => {
  const texts: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('description' in value && typeof value.description === 'string') texts.push(value.description)
    Object.values(value).forEach(collect)
  }
  collect(z.toJSONSchema(schema, { io: 'input' }))
  expect(texts.some((text) => text.includes(phrase))).toBe(true)
})

/** Names and departments explain themselves. */
const FREE = /(_name|dept_code|zh|en)$/

function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const properties: object =
    'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? schema.properties : {}
  const here = Object.entries(properties)
    .filter(([, field]) => !('description' in field) && !('$ref' in field))
    .map(([name]) => `${path}/${name}`)
  return [...here, ...Object.entries(schema).flatMap(([key, inner]) => undescribed(inner, `${path}/${key}`))]
}
