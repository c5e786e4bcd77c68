import { expect, it } from 'vitest'
import { cells, clip, table } from './columns.ts'

it('a Chinese character is two cells wide, also outside the first plane', () => {
  expect([cells('测试'), cells('ab'), cells('𠮷'), cells('（元）')]).toEqual([4, 2, 2, 6])
})

it('columns line up under mixed text', () => {
  expect(table([['自费', '6.00'], ['own', '12.50']], ['left', 'right'])).toEqual(['自费   6.00', 'own   12.50'])
})

it('a control character neither moves the cursor nor forges a line', () => {
  expect(table([['\u001b[2J测试\nforged', '1']], ['left', 'left'])).toEqual(['·[2J测试·forged  1'])
})

it('what does not fit ends in an ellipsis', () => {
  expect(clip('阿莫西林胶囊', 7)).toBe('阿莫西…')
  expect(clip('short', 7)).toBe('short')
})
