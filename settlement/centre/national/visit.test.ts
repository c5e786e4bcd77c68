/** A whole visit through the national interface, as a hospital's software makes it, on both databases. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EMPLOYEE, startNationalCentre, Vendor, type NationalCentre } from '../../../test/support/national-centre.ts'
import {
  COSMETIC, CT, feeLines, OMEPRAZOLE, openVisit, preSettlement, registration, settlementOf, sumsOf, visitInfo
} from '../../../test/support/national-visit.ts'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe.each(['sqlite', 'postgres'] as const)('a visit on %s', (dialect) => {
  let centre: NationalCentre
  let vendor: Vendor
  beforeEach(async () => {
    centre = await startNationalCentre(dialect === 'sqlite' ? {} : { url: await postgres.url() })
    vendor = new Vendor(centre)
    await vendor.signIn()
  })
  afterEach(() => centre.stop())

  it('goes from 1101 to a settlement and back, to the fen', async () => {
    const known = await vendor.done('1101', { data: { mdtrt_cert_type: '02', mdtrt_cert_no: EMPLOYEE.certno, card_sn: '', begntime: '', psn_cert_type: '01', certno: '', psn_name: '' } })
    expect(known.baseinfo).toEqual({
      psn_no: 'P0001', psn_cert_type: '01', certno: EMPLOYEE.certno, psn_name: '测试一', gend: '1', naty: '01', brdy: '1990-01-01', age: '36.1'
    })
    expect(known.insuinfo).toEqual([
      {
        balc: '2760.00', insutype: '310', psn_type: '11', psn_insu_stas: '1', psn_insu_date: '2015-01-01', paus_insu_date: '',
        cvlserv_flag: '0', insuplc_admdvs: '999999', emp_name: '测试单位'
      }
    ])
    const { mdtrt_id } = await vendor.done('2201', registration('MZ001'))
    await vendor.done('2203', visitInfo(mdtrt_id, 'P0001'))
    const { result } = await vendor.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B1', [OMEPRAZOLE, CT, COSMETIC]) })
    expect(sumsOf(result)).toEqual({ fulamt_ownpay_amt: '300.00', overlmt_selfpay: '10.00', preselfpay_amt: '45.00', inscp_scp_amt: '905.00' })
    const asked = preSettlement(mdtrt_id, { psn_no: 'P0001', total: '1260.00', batch: 'B1' })
    const trial = await vendor.done('2206', { data: asked })
    // 905.00 in scope less the deductible of 400.00, 70 % of 505.00.
    expect(trial.setlinfo).toMatchObject({ act_pay_dedc: '400.00', hifp_pay: '353.50', fund_pay_sumamt: '353.50', psn_part_amt: '906.50', acct_pay: '906.50', psn_cash_pay: '0.00', balc: '1853.50' })
    expect(trial.setlinfo).not.toHaveProperty('setl_id')

    const settled = await vendor.done('2207', { data: { ...asked, invono: 'INV1', ...sumsOf(result) } })
    expect(settled.setlinfo).toMatchObject({ medfee_sumamt: '1260.00', hifp_pay: '353.50', pool_prop_selfpay: '0.7000', clr_type: '11', clr_optins: '999999' })
    expect(settled.setldetail.map((row) => [row['fund_pay_type'], row['crt_payb_lmt_amt'], row['fund_payamt']])).toEqual([
      ['310102', '4500.00', '353.50'],
      ['310200', '0', '906.50']
    ])

    const { setl_id } = settled.setlinfo
    const cancelled = await vendor.done('2208', { data: { setl_id, mdtrt_id, psn_no: 'P0001' } })
    expect(cancelled.setlinfo).toMatchObject({ medfee_sumamt: '-1260.00', act_pay_dedc: '-400.00', acct_pay: '-906.50', pdn_cash_pay: '0.00', balc: '2760.00' })
    const next = await openVisit(vendor, 'MZ002', [CT])
    const again = await vendor.done('2206', { data: preSettlement(next.mdtrt_id, { psn_no: 'P0001', total: next.total }) })
    expect(again.setlinfo.act_pay_dedc).toBe('400.00')
    expect(settlementOf(next).data.inscp_scp_amt).toBe('855.00')
  })

  it('is counted by 5206 beside what terminals have settled with the card of that person, and of nobody else', async () => {
    const { db } = centre.database
    const visit = await openVisit(vendor, 'MZ1', [CT])
    const { setlinfo } = await vendor.done('2207', settlementOf(visit))
    const row = await db.selectFrom('settlement').selectAll().where('setl_id', '=', setlinfo.setl_id).executeTakeFirstOrThrow()
    const cards = await db.selectFrom('card').select(['card_ref', 'psn_no']).where('psn_no', 'in', ['P0001', 'P0002']).orderBy('psn_no').execute()
    expect(cards.map(({ psn_no }) => psn_no)).toEqual(['P0001', 'P0002'])
    for (const [at, { card_ref, psn_no }] of cards.entries()) {
      await db.insertInto('settlement').values({ ...row, setl_id: `T${at}`, source: 'terminal', terminal: 'H99999900001-01', sequence: 2 * at + 2, medins_setl_id: `M${at}`, visit_no: `MZ-T${at}`, psn_no, card_ref, proof: 'tac', card_serial: 1, card_signed: null }).execute()
    }
    const { cuminfo } = await vendor.done('5206', { data: { psn_no: 'P0001', cum_ym: '' } })
    expect(cuminfo.filter(({ cum_type_code }) => String(cum_type_code).endsWith('_BIZ11')).map(({ cum }) => cum)).toEqual(['2', '1800.00'])
  })
})
