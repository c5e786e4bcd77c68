/** The rules of a day: which version, and from when on a terminal must know it. */

import { expect, it } from 'vitest'
import type { Hold } from '../auditor/fact.ts'
import { Findings } from '../auditor/failure.ts'
import { PolicyWatch } from '../auditor/policy-watch.ts'
import { Caps } from '../auditor/rules/caps.ts'

const version = (name: string, from: string, to: string | null) => ({ region: '999999', version: name, document: JSON.stringify({ version: name, effective: { from, to } }) })
const caps = new Caps([version('1', '2020-01-01', '2026-01-02'), version('2', '2026-01-03', null)], new Set(['999999']))

function said(serviceDay: string, policyVersion: string): readonly string[] {
  const findings = new Findings('gather')
  caps.checkVersion('hospital-1', { policyId: '999999', policyVersion, serviceDay, visitNo: 'MZ1' } as Hold, findings)
  return findings.failures.map(({ detail }) => detail)
}

it('a visit is worked out by the version that is in force on its day', () => {
  expect([said('2026-01-02', '1'), said('2026-01-03', '2')]).toEqual([[], []])
  expect(said('2026-01-03', '1')).toEqual(['hospital-1: visit MZ1 of 2026-01-03 was worked out by version 1 of the rules, in force is 2'])
  expect(said('2026-01-02', '2')).toHaveLength(1)
})

const TILL = 'hospital-1'

function heard(watch: PolicyWatch, { status = 200, isForged = false }: { readonly status?: number; readonly isForged?: boolean } = {}): void {
  watch.told({ kind: 'http-request', exchange: 7, terminal: TILL, path: '/v1/policies', body: undefined })
  watch.told({ kind: 'http-heard', exchange: 7, terminal: TILL, status, isForged })
}

it('a till is bound by new rules from the next card on, once it has heard of them', () => {
  const watch = new PolicyWatch()
  watch.told({ kind: 'policies-published' })
  heard(watch)
  expect(watch.isBound(TILL)).toBe(false)
  watch.told({ kind: 'card-in', terminal: TILL, card: 'card-1' })
  expect(watch.isBound(TILL)).toBe(true)
  watch.told({ kind: 'policies-published' })
  expect(watch.isBound(TILL)).toBe(false)
})

it.each([
  ['a forged answer', { isForged: true }],
  ['a fault of the centre', { status: 500 }]
])('%s binds nobody', (_, answer) => {
  const watch = new PolicyWatch()
  heard(watch, answer)
  watch.told({ kind: 'card-in', terminal: TILL, card: 'card-1' })
  expect(watch.isBound(TILL)).toBe(false)
})

it('a disk that could not take the rules, or has lost them, lets go', () => {
  const watch = new PolicyWatch()
  heard(watch)
  watch.told({ kind: 'card-in', terminal: TILL, card: 'card-1' })
  watch.told({ kind: 'lawful-loss', terminal: TILL })
  expect(watch.isBound(TILL)).toBe(false)
})
