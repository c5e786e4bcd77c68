import { describe, expect, it } from 'vitest'
import { fieldProblem, fieldRule, isFieldRule } from './field-rule.ts'

const LISTS = { kind: { '11*': 'eleven', '9901': 'two diseases' } }
const problem = (rule: string, value: unknown, beside: Readonly<Record<string, unknown>> = {}): string | undefined =>
  fieldProblem(value === undefined ? beside : { ...beside, field: value }, 'field', fieldRule(rule), LISTS, '')?.rule

describe('a field rule', () => {
  it.each([
    ['C6', '123456', undefined],
    ['C6', '1234567', 'at most 6 characters'],
    ['C6', '一二三四五六', undefined],
    ['C6', 7, undefined],
    ['C6', '', undefined],
    ['C6', undefined, undefined],
    ['C6 Y', '', 'must not be empty'],
    ['C6 Y', undefined, 'must not be empty'],
    ['C6', null, 'null is no value'],
    ['C6', {}, 'must be text or a number'],
    ['C6', 'a\u0000b', 'control characters'],
    ['N16,2', '0', undefined],
    ['N16,2', '-12.30', undefined],
    ['N16,2', 12.3, undefined],
    ['N16,2', '12.300', undefined],
    ['N16,2', '12.345', 'must be a number N16,2'],
    ['N16,2', '1e3', 'must be a number'],
    ['N16,2', 1e21, 'must be text or a number of at most 15 digits'],
    ['C30', 2 ** 63, 'must be text or a number of at most 15 digits'],
    ['N16,2', '9007199254.74', undefined],
    ['N16,2', '9007199254.75', 'is more than this centre counts, 9007199254.74'],
    ['N16,2', '-99999999999999.99', 'is more than this centre counts'],
    ['N16,6', '9999999999.999999', undefined],
    ['N16,2', '123456789012345.00', 'must be a number'],
    ['N4,0', '-1', undefined],
    ['N4,0+ Y', '-1', 'must not be below zero'],
    ['N4,0+', '0', undefined],
    ['N4,2+', -0.5, 'must not be below zero'],
    ['N4,2+', '-0', undefined],
    ['N16,2', '', 'an empty number is sent as "0"'],
    ['N16,2 Y', undefined, 'must not be empty'],
    ['D', '2024-02-29', undefined],
    ['D', '2023-02-29', 'must be a day'],
    ['D', '2023-02-01 10:00:00', 'must be a day'],
    ['DT', '2023-02-01 23:59:59', undefined],
    ['DT', '2023-02-01', undefined],
    ['DT', '2023-02-01 24:00:00', 'must be a time of the calendar yyyy-MM-dd HH:mm:ss'],
    ['DT', '2023-02-30 10:00:00', 'must be a time of the calendar yyyy-MM-dd HH:mm:ss'],
    ['C6 =kind', '11', undefined],
    ['C6 =kind', '1101', undefined],
    ['C6 =kind', '99', 'must be one of 须为 11* 9901'],
    ['C6 =kind', '', undefined],
    ['any', { anything: true }, undefined]
  ])('%s of %j', (rule, value, expected) => {
    if (expected === undefined) expect(problem(rule, value)).toBeUndefined()
    else expect(problem(rule, value)).toContain(expected)
  })

  it('may hang on another field', () => {
    expect(problem('C32 if type=03', '', { type: '03' })).toContain('must not be empty')
    expect(problem('C32 if type=03', '', { type: '02' })).toBeUndefined()
  })

  it('knows its own writing', () => {
    expect(['C30 Y', 'N16,2', 'N4,0+ Y', 'DT Y', 'any', 'C6 Y =med_type'].every(isFieldRule)).toBe(true)
    expect(['', 'C', 'N16', 'C30+', 'X30', 'C30 y', 'C30 =A b'].some(isFieldRule)).toBe(false)
  })
})
