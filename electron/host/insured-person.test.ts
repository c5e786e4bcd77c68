import { expect, it } from 'vitest'
import type { CardIdentity } from '../../card/session/identity.ts'
import type { Holder } from '../../card/session/holder.ts'
import type { MedicalInsurance } from '../../card/session/medical.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import { insuredPerson, samePoolingArea } from './insured-person.ts'

const ON = date('2026-03-15')

const person = (medical: Partial<MedicalInsurance>, holder: Partial<Holder> = {}, version = '2.00') =>
  insuredPerson(
    {
      identity: { region: '999999', version } as CardIdentity,
      holder: { socialSecurityNumber: '000000199001010018', name: '测试一', birthDate: '1990-01-01', ...holder } as Holder,
      medical: { insuranceType: '310', personClass: '11', insuredRegion: '999999', ...medical } as MedicalInsurance
    },
    ON
  )

it.each([
  ['an employed person', { personClass: '11' }, '11'],
  ['a retired person living elsewhere', { personClass: '22' }, '12'],
  ['a retired cadre', { personClass: '31' }, '13'],
  ['an employee of another class', { personClass: '91' }, '99'],
  ['a resident of 36', { insuranceType: '390', personClass: '91' }, '15']
])('%s is read from the card', (_, medical, personType) => {
  const read = person(medical)
  expect(read.ok && read.value.person.psn_type).toBe(personType)
})

it('a resident is a child until the day before the 18th birthday, elderly from the 60th', () => {
  const types = ['2008-03-16', '2008-03-15', '1966-03-16', '1966-03-15'].map((birthDate) => {
    const read = person({ insuranceType: '390' }, { birthDate })
    return read.ok && read.value.person.psn_type
  })
  expect(types).toEqual(['14', '15', '15', '16'])
})

it('a first-generation card without an insurance type is an employee of its issuing region', () => {
  const read = person({ insuranceType: undefined, insuredRegion: undefined }, {}, '1.00')
  expect(read.ok && [read.value.person.insutype, read.value.insuredRegion]).toEqual(['310', '999999'])
})

it.each([
  ['social security number', person({}, { socialSecurityNumber: undefined })],
  ['birth date', person({}, { birthDate: '1990-02-30' })],
  ['insurance type', person({ insuranceType: undefined })],
  ['person class', person({ personClass: undefined })]
])('a card without a usable %s is refused by name', (item, read) => {
  expect(read).toEqual({ ok: false, error: { kind: 'card-data-missing', item } })
})

it('districts of one city pool together, cities of one province do not, a municipality does', () => {
  expect([
    samePoolingArea('370900', '370902'),
    samePoolingArea('370900', '371000'),
    samePoolingArea('310000', '310115')
  ]).toEqual([true, false, true])
})
