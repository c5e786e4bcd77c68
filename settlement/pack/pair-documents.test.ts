import { expect, it } from 'vitest'
import { parsePolicy } from '../policy/parse-policy.ts'
import { parseRules } from '../rules/parse-rules.ts'
import { pairDocuments } from './pair-documents.ts'

function policy(path: string, change: object) {
  const json = { region: '999999', ...change }
  const document = parsePolicy(json)
  if (!document.ok) throw new Error(JSON.stringify(document.error))
  return { path, document: document.value, json }
}
function rules(path: string, id: string) {
  const json = { id, region: '999999', name: { zh: '测', en: 'test' }, version: path, effective: { from: '2026-01-01' } }
  const document = parseRules(json)
  if (!document.ok) throw new Error(JSON.stringify(document.error))
  return { path, document: document.value, json }
}
const paired = (before: Parameters<typeof pairDocuments>[0], after: Parameters<typeof pairDocuments>[0]): string[] =>
  pairDocuments(before, after).map((pair) => `${pair.before?.path ?? '-'} ${pair.after?.path ?? '-'}`)

it('documents are one by what they rule, whatever their files are called', () => {
  const before = { policies: [policy('a', { insutype: ['310'] }), policy('b', { insutype: ['390', '310'], region: '370300' })], rules: [rules('r', 'city')] }
  const after = { policies: [policy('b', { insutype: ['390'] }), policy('x', { insutype: ['310', '390'], region: '370300' }), policy('y', { insutype: ['310'], version: '2' })], rules: [rules('s', 'city'), rules('t', 'town')] }
  expect(paired(before, after)).toEqual(['a y', 'b x', '- b', 'r s', '- t'])
})

it('of several for one place those of one version belong together, the others in the order of their days', () => {
  const of = (path: string, version: string, from: string) => policy(path, { version, effective: { from } })
  const before = { policies: [of('late', '2', '2026-01-01'), of('early', '1', '2025-01-01')], rules: [] }
  const after = { policies: [of('moved', '2', '2024-01-01'), of('newer', '4', '2027-01-01'), of('new', '3', '2026-06-01')], rules: [] }
  expect(paired(before, after)).toEqual(['late moved', 'early new', '- newer'])
})
