import { expect, it } from 'vitest'
import { rulesWith, source } from '../../test/support/rules-with.ts'
import { factsAsked, isSame, type RuleFacts } from './rule-facts.ts'

const FACTS: RuleFacts = { psnType: '11', insutype: '310', age: 45, isCivilServant: false, level: 0, kind: 'pharmacy', medType: '41', disease: undefined }
const CIVIL_SERVANT: RuleFacts = { ...FACTS, isCivilServant: true }

it('the same rules serve people who differ in what no row asks for', () => {
  const rules = rulesWith()
  expect(rules.resolve(CIVIL_SERVANT)).toBe(rules.resolve(FACTS))
  const asking = rulesWith({ pooling: [{ when: { cvlserv_flag: '1' }, ...source }] })
  expect(asking.resolve(CIVIL_SERVANT)).not.toBe(asking.resolve(FACTS))
  expect(asking.resolve(CIVIL_SERVANT).sections.pooling.length).toBe(asking.resolve(FACTS).sections.pooling.length + 1)
})

it.each<[string, object, Partial<RuleFacts>]>([
  ['psn_type', { psn_type: ['15'] }, { psnType: '15' }],
  ['insutype', { insutype: ['390'] }, { insutype: '390' }],
  ['age', { age: { from: 60 } }, { age: 60 }],
  ['level', { level: [3] }, { level: 3 }],
  ['kind', { kind: ['hospital'] }, { kind: 'hospital' }],
  ['med_type', { med_type: ['11'] }, { medType: '11' }],
  ['dise_codg', { dise_codg: ['M039'] }, { disease: 'M03900' }]
])('a row that asks for %s tells people apart by it', (_, when, other) => {
  expect(isSame(FACTS, { ...FACTS, ...other }, factsAsked([undefined, {}]))).toBe(true)
  expect(isSame(FACTS, { ...FACTS, ...other }, factsAsked([undefined, when]))).toBe(false)
})
