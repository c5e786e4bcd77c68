import { expect, it } from 'vitest'
import { insuranceTypeName, personTypeName, visitTypeName } from './code-names.ts'

it('the codes of a card and a visit have the names that a counter says', () => {
  expect(insuranceTypeName('310').zh).toBe('职工基本医疗保险')
  expect(personTypeName('12')).toEqual({ zh: '退休', en: 'retired' })
  expect(visitTypeName('11').zh).toBe('普通门诊')
})

it('a code with digits of the place is called as the national part of it', () => {
  expect(visitTypeName('140900').zh).toBe('门诊慢特病')
  expect(personTypeName('1101').zh).toBe('在职')
  expect(personTypeName('1404').zh).toBe('大学生')
})

it('a code nobody named stays itself', () => {
  expect(insuranceTypeName('888')).toEqual({ zh: '888', en: '888' })
})
