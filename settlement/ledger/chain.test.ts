import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sale } from '../../test/contract/ledger-fixture.ts'
import { extend, GENESIS } from './chain.ts'
import { decodeFact } from './fact-decoding.ts'
import { encodeFact } from './fact-encoding.ts'

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
    '010101', // version 1
    '02010772656c65617365', // "release"
    '0201025331', // "S1"
    '0102012c', // hold 300
    '020106e69caae689a3', // proof
    '02010e3230323330393135303933303035' // time
  ]
  expect(Buffer.from(content).toString('hex')).toBe(parts.join(''))
})

test('a hold is read back as it was written, and counters in any order make the same bytes', () => {
  const fact = { kind: 'hold', ...sale(7) } as const
  expect(decodeFact(encodeFact(fact))).toEqual(fact)
  const { act_pay_dedc = sale(7).amounts.cash, hifp_pay = sale(7).amounts.cash } = fact.counters
  const reordered = { ...fact, counters: { hifp_pay, act_pay_dedc } }
  expect(encodeFact(reordered)).toEqual(encodeFact(fact))
})

test('a content of another version or kind is refused', () => {
  const content = encodeFact({ kind: 'release', settlementId: 'S1', hold: 1, proof: '', releasedAt: '20230915093005' })
  const other = content.slice()
  other[2] = 2
  expect(() => decodeFact(other)).toThrow('encoding version 2 is unknown')
})
