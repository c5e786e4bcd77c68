import { expect, it } from 'vitest'
import { momentOf, systemEntropy } from './system.ts'

it('half past four in the afternoon of 2026-03-14 UTC is already the 15th in China', () => {
  expect(momentOf(Date.UTC(2026, 2, 14, 16, 30, 15))).toEqual({ cardTime: '20260315003015', today: '2026-03-15' })
})

it('randomness has the length asked for', () => {
  expect(systemEntropy.bytes(8)).toHaveLength(8)
})
