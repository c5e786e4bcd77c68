import { describe, expect, it } from 'vitest'
import { CLEARING_TABLE, CLEARING_TYPES, clearingType, clearingTypeName } from './clearing.ts'

describe('the clearing class of a visit', () => {
  it.each([
    ['11', '11', 'an ordinary outpatient visit'],
    ['12', '12', 'a registration'],
    ['13', '13', 'an emergency'],
    ['1301', '13', 'an emergency rescue'],
    ['14', '14', 'chronic or special disease'],
    ['140104', '14', 'chronic disease as some places write it'],
    ['18', '18', 'a special drug'],
    ['2101', '21', 'a stay'],
    ['28', '21', 'day surgery'],
    ['41', '41', 'a pharmacy'],
    ['51', '11', 'maternity, outpatient: not the deferred class of the same number'],
    ['52', '21', 'maternity, inpatient'],
    ['71', '21', 'a bed at home'],
    ['9901', '15', 'the two diseases'],
    ['9903', '11', 'an accident'],
    ['9904', '18', 'a serious illness, special drug'],
    ['99', '99', 'other'],
    ['88', '99', 'what no list holds'],
    ['', '99', 'nothing stated'],
    ['toString', '99', 'a word that every object knows']
  ])('of med_type "%s" is %s: %s', (medType, expected) => {
    expect(clearingType(medType)).toBe(expected)
  })

  it('follows the table of a place', () => {
    expect(clearingType('41', { ...CLEARING_TABLE, '41': '9950' })).toBe('9950')
  })

  it('has a name, or is shown as its code', () => {
    expect(clearingTypeName('41')).toEqual({ zh: '药店购药', en: 'pharmacy' })
    expect(clearingTypeName('9950')).toEqual({ zh: '9950', en: '9950' })
  })

  it('is one that is named, whatever the table gives', () => {
    expect(Object.values(CLEARING_TABLE).filter((code) => !Object.hasOwn(CLEARING_TYPES, code))).toEqual([])
  })
})
