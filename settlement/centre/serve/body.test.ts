import { expect, test } from 'vitest'
import { depthOf } from './body.ts'

test.each([
  ['""', 0],
  ['{"a":[{"b":1}]}', 3],
  ['[[],[],[[]]]', 3],
  ['"[[[["', 0],
  [String.raw`"\"[["`, 0],
  [String.raw`"\\"[[`, 2],
  ['{"a":1}\n{"a":[1]}\n', 2],
  [']]]][', 0],
  [`"${'x'.repeat(100)}[",[]`, 1],
  [String.raw`"${'x'.repeat(100)}\"[[",[[]]`, 2],
  [String.raw`"${'x'.repeat(100)}\\"[[`, 2],
  [`"${'x'.repeat(100)}[[[`, 0],
  [`"${String.raw`\"`.repeat(100)}[[[",[]`, 1]
])('%s is nested %i deep', (text, depth) => {
  expect(depthOf(Buffer.from(text))).toBe(depth)
})
