import { expect, test } from 'vitest'
import { Random } from './random.ts'
import { torn, tornLog } from './torn.ts'

const SECTOR = 512
const OLD = new Uint8Array(8 * SECTOR).fill(0xaa)
const NEW = new Uint8Array(8 * SECTOR).fill(0xbb)

const outcomes = (work: (random: Random) => Uint8Array): Uint8Array[] => Array.from({ length: 100 }, (_, seed) => work(new Random(`${seed}`)))

test('every byte that is left is the old or the new one', () => {
  for (const left of outcomes((random) => torn(OLD, NEW, random))) expect(left.every((byte) => byte === 0xaa || byte === 0xbb)).toBe(true)
})

test('all of it, nothing of it and some of it may have landed', () => {
  const counts = new Set(outcomes((random) => torn(OLD, NEW, random)).map((left) => left.filter((byte) => byte === 0xbb).length))
  expect(counts.has(0)).toBe(true)
  expect(counts.has(8 * SECTOR)).toBe(true)
  expect(counts.size).toBeGreaterThan(8)
})

test('a file that grew may have any length between', () => {
  const lengths = outcomes((random) => torn(OLD.subarray(0, SECTOR), NEW, random)).map(({ length }) => length)
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(SECTOR)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(8 * SECTOR)
  expect(new Set(lengths).size).toBeGreaterThan(20)
})

test('behind the old header of a log that began anew no frame is new', () => {
  const behindOld = outcomes((random) => tornLog(OLD, NEW, random)).filter((left) => left.subarray(0, 32).some((byte) => byte === 0xaa))
  expect(behindOld.length).toBeGreaterThan(10)
  expect(behindOld.every((left) => left.subarray(32).every((byte) => byte === 0xaa))).toBe(true)
})
