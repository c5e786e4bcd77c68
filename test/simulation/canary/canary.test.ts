/** The code moves on; a planted bug whose place is gone would make every run look good. */

import { expect, test } from 'vitest'
import { CANARIES, registerCanary } from './canary.ts'
import { movedText, planted, plantedFiles, type Plant } from './plant.ts'

test.each(CANARIES.map((plant) => [plant.name, plant] as const))('%s: its place is where it was', (_, plant) => {
  const files = plantedFiles(plant)
  expect(files.ok ? '' : movedText(files.error)).toBe('')
})

test('there are twelve at least, each with a name of its own, a rule that should see it, and what it would have cost', () => {
  expect(CANARIES.length).toBeGreaterThanOrEqual(12)
  expect(new Set(CANARIES.map(({ name }) => name)).size).toBe(CANARIES.length)
  expect(CANARIES.filter(({ rules, cost, mistake, edits }) => rules.length === 0 || cost === '' || mistake === '' || edits.length === 0)).toEqual([])
})

const PLANT: Plant = {
  name: 'sample',
  mistake: 'plus for minus',
  cost: 'twice the amount',
  edits: [{ file: 'sum.ts', text: 'one - other', replacement: 'one + other' }],
  rules: ['card-balance'],
  faults: []
}

test('the text is replaced, and nothing else', () => {
  expect(planted(PLANT, 'sum.ts', 'const left = one - other // one -\n')).toEqual({ ok: true, value: 'const left = one + other // one -\n' })
  expect(planted(PLANT, 'other.ts', 'one - other')).toEqual({ ok: true, value: 'one - other' })
})

test.each([
  ['gone', 'const left = one -other\n', 0],
  ['there twice', 'one - other, one - other', 2]
])('a text that is %s is refused loudly', (_, source, found) => {
  const moved = plantedFiles(PLANT, () => source)
  expect(moved.ok ? '' : movedText(moved.error)).toBe(`canary sample: the code has moved: plant it anew; its text stands ${found} times in sum.ts, once is needed`)
})

test('an unknown name is refused with those that there are', () => {
  expect(() => registerCanary('no-such-canary')).toThrow(/^--canary no-such-canary: must be one of posted-before-debit, /)
})
