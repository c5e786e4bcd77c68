import { expect, it } from 'vitest'
import { diffJson } from './diff-json.ts'
import { sayDifference } from './say-difference.ts'

const said = (before: unknown, after: unknown): string[] => diffJson(before, after).map((difference) => sayDifference(difference).en)
const row = (psn: string, ratio: string) => ({ when: { psn_type: [psn] }, ratio })

it('the same is not different, whatever the order of the fields', () => {
  expect(said({ a: [1, { b: 2, c: 3 }] }, { a: [1, { c: 3, b: 2 }] })).toEqual([])
})

it('a value that changed is named with both', () => {
  expect(said({ bands: [{ ratio: [row('11', '0.60')] }] }, { bands: [{ ratio: [row('11', '0.65')] }] })).toEqual(['bands[0].ratio[0].ratio: 0.60 becomes 0.65'])
})

it('fields that came and went', () => {
  expect(said({ a: '1', b: '2' }, { b: '2', c: { d: 1 } })).toEqual(['a: no longer there: 1', 'c: new: {"d":1}'])
})

it('a row that was put in moves the others, and is the only difference', () => {
  expect(said([row('11', '0.60'), row('12', '0.70')], [row('13', '0.90'), row('11', '0.60'), row('12', '0.70')])).toEqual([
    '[0]: new: {"when":{"psn_type":["13"]},"ratio":"0.90"}'
  ])
  expect(said([1, 2, 3, 4], [1, 3, 5])).toEqual(['[1]: no longer there: 2', '[2]: 4 becomes 5'])
})

it('a row with an id is the same row wherever it stands', () => {
  expect(said([{ id: 'a', days: 7 }, { id: 'b', days: 15 }], [{ id: 'c', days: 1 }, { id: 'a', days: 3 }, { id: 'b', days: 15 }])).toEqual([
    '[0]: new: {"id":"c","days":1}',
    '[1].days: 7 becomes 3'
  ])
})

it('is said in Chinese too', () => {
  expect(sayDifference({ path: 'x', before: 1, after: 2 }).zh).toBe('x：1 改为 2')
  expect(sayDifference({ path: 'x', before: undefined, after: 2 }).zh).toBe('x：新增 2')
  expect(sayDifference({ path: 'x', before: 1, after: undefined }).zh).toBe('x：删除 1')
})
