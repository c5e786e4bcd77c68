/** A report that leaves something out would call a blind run a thorough one. */

import { expect, test } from 'vitest'
import { AREAS, countingObserver, coverageOf, coverageReport } from './coverage.ts'
import { TOLD_AS } from './met/areas.ts'
import { KNOWN_GAPS } from './met/known-gaps.ts'

const NAMES = AREAS.flatMap(({ prefix, names }) => names.map((name) => `${prefix}${name}`))
const names = new Set(NAMES)

test('every name is listed, and those that are known never to come are names of the lists', () => {
  expect(AREAS.filter((area) => area.names.length === 0)).toEqual([])
  expect(NAMES.length).toBeGreaterThan(350)
  expect([...Object.keys(KNOWN_GAPS), ...Object.keys(TOLD_AS)].filter((name) => !names.has(name))).toEqual([])
})

test('what was met is counted, also under the name that a window gives it', () => {
  const [area] = coverageOf({ 'refusal:close-hindered': 2, 'refusal:hindered': 1 }).filter(({ title }) => title === 'refusals of a close')
  expect(area?.met).toEqual([{ name: 'hindered', times: 3 }])
})

test('the report says how much was met, how often, what never, and why not', () => {
  const lines = coverageReport({ 'state:link-up': 41, 'state:link-paused': 3 })
  const at = lines.indexOf('states of the link: 2 of 6')
  expect(lines[0]).toBe(`met 2 of ${NAMES.length} names`)
  expect(lines.slice(at, at + 4)).toEqual([
    'states of the link: 2 of 6',
    '  met    up 41, paused 3',
    '  never  network-down, centre-down, refused',
    '  none   not-connected (tills of this world are enrolled before the first day)'
  ])
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(240)
})

test('what stands on a screen, what the centre answers and how a process ends is counted', () => {
  const hits: string[] = []
  const observe = countingObserver((name) => void hits.push(name), () => 'expired')
  observe({ kind: 'window-event', terminal: 'hospital-1', event: { topic: 'card', panel: { state: 'no-card' } } })
  observe({ kind: 'window-event', terminal: 'hospital-1', event: { topic: 'in-doubt', inDoubt: [] } })
  observe({ kind: 'card-in', terminal: 'hospital-1', card: 'card-3' })
  observe({ kind: 'host-down', terminal: 'hospital-1', cause: 'killed' })
  observe({ kind: 'http-answered', exchange: 1, terminal: 'hospital-1', status: 409, body: bytes({ error: { kind: 'load-open', message: '' } }) })
  const batch = { kind: 'http-request', terminal: 'hospital-1', method: 'POST', path: '/v1/batches', headers: {}, body: undefined } as const
  observe({ ...batch, exchange: 7 })
  observe({ ...batch, exchange: 8 })
  observe({ ...batch, exchange: 9, terminal: 'pharmacy-1' })
  observe({ kind: 'http-heard', exchange: 7, terminal: 'hospital-1', status: 200, isForged: false })
  observe({ kind: 'http-heard', exchange: 8, terminal: 'hospital-1', status: undefined, isForged: false })
  observe({ ...batch, exchange: 10 })
  const verdicts = [
    { sequence: 1, verdict: { kind: 'noted' } },
    { sequence: 2, verdict: { kind: 'refused', refusal: { kind: 'person-unknown' } } }
  ]
  observe({ kind: 'http-answered', exchange: 2, terminal: 'hospital-1', status: 200, body: bytes({ number: 1, hash: 'a'.repeat(64), verdicts }) })
  observe({ kind: 'window-answer', terminal: 'hospital-1', call: 1, name: 'records.search', answer: { ok: true, value: { rows: [{ state: 'refunded', confirmation: 'parked' }] } } })
  const line = { sale: { verdict: { reasons: [{ kind: 'class-b' }, { kind: 'prescription-missing' }] } } }
  observe({ kind: 'window-answer', terminal: 'pharmacy-1', call: 2, name: 'sale.scan', answer: { ok: true, value: { outcome: { kind: 'line-added' }, change: { changed: [line], sale: { person: [{ kind: 'in-arrears' }] } } } } })
  const sums = { closedFunds: [{ fund: 'hifp_pay' }], notInForce: { zh: '暂停参保', en: 'suspended' } }
  observe({ kind: 'window-answer', terminal: 'hospital-1', call: 3, name: 'terminal.state', answer: { ok: true, value: { bill: { outcome: { state: 'computed', sums } } } } })
  observe({ kind: 'window-answer', terminal: 'hospital-1', call: 4, name: 'bill.open-text', answer: { ok: true, value: { outcome: { state: 'computed', sums: { closedFunds: [], notInForce: null } } } } })
  expect(hits).toEqual([
    'state:panel-no-card',
    'card:expired',
    'state:host-killed',
    'centre-refusal:load-open',
    'state:batches-one',
    'state:batches-two',
    'state:batches-one',
    'state:batches-one',
    'verdict:noted',
    'verdict:refused',
    'verdict:person-unknown',
    'state:settlement-refunded',
    'state:confirmation-parked',
    'refusal:class-b',
    'refusal:prescription-missing',
    'refusal:in-arrears',
    'state:told-fund-closed',
    'state:told-not-in-force'
  ])
})

const bytes = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json))
