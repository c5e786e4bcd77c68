import { describe, expect, it } from 'vitest'
import { fundEntitlement, type FundRow } from './fund-entitlement.ts'

const row = (enjoys: boolean, isNow = true, medType?: string): FundRow => ({ enjoys, isNow, medType })
const enjoys = (medType: string, ...rows: readonly FundRow[]): boolean => fundEntitlement(rows, medType).enjoys

describe('a fund', () => {
  it('is enjoyed where nothing is said of it', () => {
    expect(fundEntitlement([], '11')).toEqual({ enjoys: true, row: undefined })
  })

  it.each([
    ['a yes for today', [row(true)], true],
    ['a no for today', [row(false)], false],
    ['a yes for another time only', [row(true, false)], false],
    ['a no for another time only: what was suspended is open again', [row(false, false)], true],
    ['a suspension within a longer entitlement', [row(true), row(false)], false],
    ['a suspension that is over, within a longer entitlement', [row(true), row(false, false)], true],
    ['a suspension after the last entitlement, both over', [row(true, false), row(false, false)], false]
  ])('%s', (_, rows, expected) => {
    expect([enjoys('11', ...rows), enjoys('11', ...rows.toReversed())]).toEqual([expected, expected])
  })

  it('is looked up for the kind of visit: 14 speaks of 14 and 140104, before what is said of all visits', () => {
    const rows = [row(true), row(false, true, '14')]
    expect(['11', '14', '140104', '41'].map((medType) => enjoys(medType, ...rows))).toEqual([true, false, false, true])
    expect([enjoys('14', row(false), row(true, true, '14')), enjoys('140104', row(false, true, '14'), row(true, true, '140104'))]).toEqual([true, true])
    expect(enjoys('11', row(false, true, '14'))).toBe(true)
  })

  it('names the row that speaks', () => {
    const [all, chronic] = [row(true), row(false, true, '14')]
    expect(fundEntitlement([all, chronic], '14').row).toBe(chronic)
    expect(fundEntitlement([all, chronic], '11').row).toBe(all)
    expect(fundEntitlement([row(true, false)], '11').row).toBeUndefined()
  })
})
