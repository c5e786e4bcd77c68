import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sale } from '../../test/contract/ledger-fixture.ts'
import { extend, GENESIS } from './chain.ts'
import { fen } from '../money/fen.ts'
import { decodeContent, decodeFact } from './fact-decoding.ts'
import { encodeFact, encodeFactInEncoding1 } from './fact-encoding.ts'
import type { Fact } from './fact.ts'

test('a hash covers the hash before it, the number of the fact, and its content', () => {
  const content = Uint8Array.of(0xca, 0xfe)
  const first = extend(GENESIS, content)
  const expected = createHash('sha256').update(Buffer.from(`${'00'.repeat(32)}0000000000000001cafe`, 'hex')).digest('hex')
  expect(Buffer.from(first.hash).toString('hex')).toBe(expected)
  expect(first.sequence).toBe(1)
  const second = extend(first, content)
  expect(second.sequence).toBe(2)
  expect(second.hash).not.toEqual(first.hash)
})

test('the content of a release is these bytes', () => {
  const content = encodeFact({ kind: 'release', settlementId: 'S1', hold: 300, proof: '未扣', releasedAt: '20230915093005' })
  const parts = [
    '010102', // version 2
    '02010772656c65617365', // "release"
    '0201025331', // "S1"
    '0102012c', // hold 300
    '020106e69caae689a3', // proof
    '02010e3230323330393135303933303035' // time
  ]
  expect(Buffer.from(content).toString('hex')).toBe(parts.join(''))
})

test('in encoding 1 it differed by the version alone', () => {
  const release = { kind: 'release', settlementId: 'S1', hold: 300, proof: '未扣', releasedAt: '20230915093005' } as const
  const [first, second] = [encodeFactInEncoding1(release), encodeFact(release)]
  expect(hex(first)).toBe(hex(second).replace(/^010102/, '010101'))
  expect(decodeContent(first)).toEqual({ encoding: 1, fact: release, resultHash: undefined })
})

test('a hold is read back without its result, whose hash it covers; counters in any order make the same bytes', () => {
  const fact = { kind: 'hold', ...sale(7) } as const
  const expected = createHash('sha256').update('provisional result 7').digest('hex')
  const decoded = decodeContent(encodeFact(fact))
  expect(decoded.fact).toEqual({ ...fact, result: new Uint8Array(0) })
  expect(hex(decoded.resultHash ?? new Uint8Array(0))).toBe(expected)
  const { act_pay_dedc = sale(7).amounts.cash, hifp_pay = sale(7).amounts.cash } = fact.counters
  const reordered = { ...fact, counters: { hifp_pay, act_pay_dedc } }
  expect(encodeFact(reordered)).toEqual(encodeFact(fact))
})

test('who has a hold and the hash of its result makes the same bytes', () => {
  const fact = { kind: 'hold', ...sale(7) } as const
  const { resultHash } = decodeContent(encodeFact(fact))
  expect(encodeFact({ ...fact, result: new Uint8Array(0) }, resultHash)).toEqual(encodeFact(fact))
})

test('a hold of encoding 1 has its result inside, and neither claim nor codes', () => {
  const fact = { kind: 'hold', ...sale(7) } as const
  expect(decodeFact(encodeFactInEncoding1(fact))).toEqual({ ...fact, claim: new Uint8Array(0), medType: '', personType: '' })
})

const AT = '20230916100000'
const INTENT = {
  cardId: '9999990000000001', serialBefore: 7, balanceBefore: fen(30000), amount: fen(20000), terminalNo: '999999000001', time: AT, mac2: '01020304'
} as const
const LATER_FACTS: readonly Fact[] = [
  { kind: 'confirmation', id: 'S1', target: 2, setlId: 'T1', setlTime: AT, ofRecord: undefined, confirmedAt: AT },
  {
    kind: 'confirmation', id: 'S1', target: 2, setlId: 'T1', setlTime: AT, confirmedAt: AT,
    ofRecord: { amounts: sale(1).amounts, counters: { hifp_pay: fen(-5) }, reason: 'counters-differ' }
  },
  { kind: 'load-hold', loadId: 'L1', purpose: { kind: 'refund', settlementId: 'S1' }, intent: INTENT, heldAt: AT },
  { kind: 'load-hold', loadId: 'L2', purpose: { kind: 'credit', creditId: 'K1' }, intent: INTENT, heldAt: AT },
  { kind: 'load-posting', loadId: 'L1', hold: 4, evidence: { source: 'credit-answer', tac: 'A1B2C3D4', serialAfter: 8, balanceAfter: fen(50000) }, postedAt: AT },
  { kind: 'load-posting', loadId: 'L1', hold: 4, evidence: { source: 'transaction-log', tac: undefined, serialAfter: 8, balanceAfter: undefined }, postedAt: AT },
  { kind: 'load-release', loadId: 'L1', hold: 4, proof: '未圈存', releasedAt: AT },
  { kind: 'close', day: '2023-09-16', report: Uint8Array.of(123, 125), signature: 'cafe', closedAt: AT },
  { kind: 'reopen', day: '2023-09-16', close: 8, reason: '重数现金', reopenedAt: AT }
]

test.each(LATER_FACTS)('a $kind is read back as it was written, and was none in encoding 1', (fact) => {
  const content = encodeFact(fact)
  expect(decodeFact(content)).toEqual(fact)
  const older = content.slice()
  older[2] = 1
  expect(() => decodeFact(older)).toThrow(`"${fact.kind}" is no kind of fact`)
})

test('a content of another version or kind is refused', () => {
  const content = encodeFact({ kind: 'release', settlementId: 'S1', hold: 1, proof: '', releasedAt: '20230915093005' })
  const other = content.slice()
  other[2] = 3
  expect(() => decodeFact(other)).toThrow('encoding version 3 is unknown')
})

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
