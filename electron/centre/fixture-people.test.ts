/** A counter reads people.json, its centre the register: of every person that is delivered they are to say the same. */

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import type { Result } from '../../base/result.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import { closedFunds } from '../../settlement/eligibility/closed-funds.ts'
import { readIssuer } from '../host/files/delivered.ts'
import { entitlementOf, toldStatus, type ToldInsurance } from '../host/told-person.ts'
import { systemEntropy } from '../host/system.ts'
import { fixtureKnown } from './fixture-known.ts'
import { fixturePeople } from './fixture-people.ts'

function got<Value>(result: Result<Value, unknown>): Value {
  invariant(result.ok, JSON.stringify(result))
  return result.value
}

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures')
const ON = date('2026-11-28')
const PHARMACY = '41'

const known = got(fixtureKnown(FIXTURES, ON))
const register = got(await fixturePeople({ fixtures: FIXTURES, issuer: got(readIssuer(FIXTURES)), entropy: systemEntropy, today: ON }))
/** Funds that are there for some people only: people.json does not name them. */
const FOR_SOME: ReadonlySet<string> = new Set(['320100', '350100', '610100'])

describe('people.json and the register of the centre', () => {
  it.each([...known.keys()])('say the same of %s', (certno) => {
    const [file, seeded] = [known.get(certno), register.find(({ person }) => person.certno === certno)]
    invariant(file !== undefined && seeded !== undefined, `${certno} is not in both`)
    const { insurance, otherInsurances, entitlements, filings } = seeded
    const stated = { psn_insu_stas: file.insurance.psn_insu_stas, psn_insu_date: file.insurance.psn_insu_date ?? '', paus_insu_date: file.insurance.paus_insu_date }
    const booked: ToldInsurance = { insuplc_admdvs: insurance.insuplc_admdvs, psn_insu_stas: insurance.psn_insu_stas as ToldInsurance['psn_insu_stas'], psn_insu_date: insurance.psn_insu_date, paus_insu_date: insurance.paus_insu_date ?? undefined }
    expect([booked.psn_insu_date, booked.paus_insu_date, insurance.cvlserv_flag]).toEqual([stated.psn_insu_date, stated.paus_insu_date, file.cvlserv_flag])
    expect(otherInsurances.map(({ insutype, psn_insu_stas }) => [insutype, psn_insu_stas])).toEqual(file.also_insured.map(({ insutype, psn_insu_stas }) => [insutype, psn_insu_stas]))
    expect(toldStatus(booked, ON)).toBe(stated.psn_insu_stas)
    const rows = entitlements.map(({ med_type, enddate, ...row }) => entitlementOf({ ...row, med_type: med_type ?? undefined, enddate: enddate ?? undefined }))
    const closed = [...closedFunds(rows, PHARMACY, ON)].filter(([fund]) => !FOR_SOME.has(fund))
    const supplement = entitlements.filter(({ fund_pay_type }) => fund_pay_type === '320100')
    expect(supplement.map(({ trt_enjymnt_flag }) => trt_enjymnt_flag), 'open to civil servants').toEqual([file.cvlserv_flag])
    expect(closed).toEqual([...closedFunds(file.entitlements.map(entitlementOf), PHARMACY, ON)])
    expect(filings.map(({ code }) => code)).toEqual(file.filings.filter(({ biz_appy_type }) => biz_appy_type === '01').map(({ dise_codg }) => dise_codg))
  })

  it('speak of somebody whose insurance is suspended, and of somebody who does not enjoy a fund', () => {
    const standing = register.map(({ person, insurance, entitlements }) => [person.certno, insurance.psn_insu_stas, insurance.paus_insu_date, entitlements.find(({ fund_pay_type }) => fund_pay_type === '310102')?.trt_chk_rslt])
    expect(standing).toContainEqual(['000000199210101143', '2', '2026-11-08', ''])
    expect(standing).toContainEqual(['000000199312241710', '1', null, '未办理门诊统筹备案(测试)'])
  })

  it('speak of a civil servant, and of an employee whose insurance as a resident has ended', () => {
    const insured = register.flatMap(({ person, insurance, otherInsurances }) => [insurance, ...otherInsurances].map((row) => [person.certno, row.insutype, row.psn_insu_stas, row.cvlserv_flag]))
    expect(insured.filter(([, , , civilServant]) => civilServant === '1')).toEqual([['000000198707071694', '310', '1', '1']])
    expect(insured.filter(([certno]) => certno === '000000197012010807')).toEqual([['000000197012010807', '310', '1', '0'], ['000000197012010807', '390', '4', '0']])
  })
})
