import { expect, it } from 'vitest'
import { MalformedContent } from '../../ledger/canonical.ts'
import { sumOfWords } from './amount-words.ts'

/** Ten amounts of 1 to 10 fen, and ten of 256 to 265. */
const ONE = Array.from({ length: 10 }, (_, index) => [0, 0, 0, index + 1]).flat()
const OTHER = Array.from({ length: 10 }, (_, index) => [0, 0, 1, index]).flat()
const COMMA = 0x2c

it('sums the words of each column, and counts the postings', () => {
  const { count, cells } = sumOfWords(Uint8Array.from([...ONE, COMMA, ...OTHER]))
  expect([count, cells.total, cells.own_pay, cells.hifp_pay, cells.cash, cells.maf_pay]).toEqual([2, 257, 259, 267, 275, 0])
})

it('takes a key without words, and words that are cut short, for a damaged ledger and not for a fault of the program', () => {
  for (const words of [null, new Uint8Array(), Uint8Array.from(ONE.slice(1)), Uint8Array.from([...ONE, COMMA])]) {
    expect(() => sumOfWords(words)).toThrow(MalformedContent)
  }
})
