/** What each transaction checks before it books, and what it answers: one rule a test, literal amounts. */

import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  EMPLOYEE, HOSPITAL, OFF_SITE, PHARMACY, RESIDENT, startNationalCentre, SUSPENDED, Vendor, type Answered, type NationalCentre
} from '../../../test/support/national-centre.ts'
import {
  CONSULTATION, COSMETIC, CT, drugLine, feeLines, OMEPRAZOLE, openVisit, preSettlement, registration, RESTRICTED, settlementOf, sumsOf, visitInfo, type Charge
} from '../../../test/support/national-visit.ts'

let centre: NationalCentre
let hospital: Vendor
beforeEach(async () => {
  centre = await startNationalCentre()
  hospital = new Vendor(centre)
  await hospital.signIn()
})
afterEach(() => centre.stop())

const message = async (infno: string, input: unknown, options = {}) => {
  const answer = await hospital.call(infno, input, options)
  expect(answer.infcode).toBe(-1)
  return answer.err_msg
}

describe('1101', () => {
  const ask = (changes: object) => ({ data: { mdtrt_cert_type: '02', mdtrt_cert_no: EMPLOYEE.certno, card_sn: '', psn_cert_type: '01', certno: '', psn_name: '', ...changes } })

  it('finds a person by e-certificate, identity card and social security card', async () => {
    const certificates = [{}, { mdtrt_cert_type: '01', mdtrt_cert_no: 'ecert:P0001' }, { mdtrt_cert_type: '03', mdtrt_cert_no: 'A1234567', card_sn: EMPLOYEE.card_sn }]
    for (const changes of certificates) expect((await hospital.done('1101', ask(changes))).baseinfo.psn_no).toBe('P0001')
  })

  it('names the field, the value and the rule of what is wrong', async () => {
    expect(await message('1101', ask({ mdtrt_cert_type: '07' }))).toContain('mdtrt_cert_type "07": must be one of')
    expect(await message('1101', ask({ mdtrt_cert_type: '03', card_sn: '' }))).toContain('card_sn "": must not be empty')
    expect(await message('1101', ask({ mdtrt_cert_no: '' }))).toContain('mdtrt_cert_no "": must not be empty')
    expect(await message('1101', ask({ mdtrt_cert_no: '000000190001010001' }))).toContain('mdtrt_cert_no "0***1": nobody is insured')
    expect(await message('1101', ask({ psn_cert_type: '88' }))).toContain('psn_cert_type "88"')
    expect(await message('1101', ask({ psn_name: '别人' }))).toContain('psn_name')
    expect(await message('1101', { wrong: {} })).toContain('input.data is missing')
  })

  it('refuses a card that was reported lost', async () => {
    await centre.database.db.updateTable('card').set({ lost: 'formal', lost_since: '20260314120000' }).where('psn_no', '=', 'P0001').execute()
    expect(await message('1101', ask({ mdtrt_cert_type: '03', mdtrt_cert_no: 'A1234567', card_sn: EMPLOYEE.card_sn }))).toContain('reported lost since 20260314120000')
  })
})

describe('2001', () => {
  const check = (psn_no: string, begntime = '2026-03-15 09:00:00') =>
    hospital.done('2001', { data: { psn_no, insutype: '310', fixmedins_code: HOSPITAL.code, med_type: '11', begntime } })
  const flags = (output: Answered) => output.trtinfo.map((row) => `${row['fund_pay_type']} ${row['trt_enjymnt_flag']}`)

  it('answers per fund: a suspended person keeps the account only', async () => {
    expect(flags(await check('P0001'))).toContain('310102 1')
    const suspended = await check(SUSPENDED.psn_no)
    expect(flags(suspended)).toEqual(expect.arrayContaining(['310102 0', '330100 0', '310200 1']))
    expect(suspended.trtinfo[0]?.['trt_chk_rslt']).toContain('psn_insu_stas 2')
  })

  it('goes by the day of service: before the pause the funds were open', async () => {
    expect(flags(await check(SUSPENDED.psn_no, '2026-01-31 10:00:00'))).toContain('310102 1')
  })
})

describe('a chronic disease', () => {
  const HYPERTENSION = { psn_no: 'P0001', kind: 'chronic-disease', code: 'M03900', name: '高血压(测试)', begndate: '2026-01-01', enddate: '2026-12-31', fixmedins_code: null } as const
  const file = (changes: object = {}) => centre.database.db.insertInto('filing').values({ ...HYPERTENSION, ...changes }).execute()
  const pool = async (dise_codg: string) => {
    const { trtinfo } = await hospital.done('2001', { data: { psn_no: 'P0001', insutype: '310', fixmedins_code: HOSPITAL.code, med_type: '140104', begntime: '2026-03-15 09:00:00', dise_codg } })
    return trtinfo.flatMap((row) => (row['fund_pay_type'] === '310102' ? [row['trt_enjymnt_flag'], row['trt_chk_rslt']] : []))
  }
  const chronicVisit = async (number: string, dise_codg: string): Promise<Answered & { readonly err_msg: string }> => {
    const { mdtrt_id } = await hospital.done('2201', registration(number))
    const { mdtrtinfo, diseinfo } = visitInfo(mdtrt_id, 'P0001', '14')
    await hospital.done('2203', { mdtrtinfo: { ...mdtrtinfo, dise_codg }, diseinfo })
    const { output, err_msg } = await hospital.call('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B1', [CT]) })
    return { ...output, err_msg }
  }

  beforeEach(() => centre.database.db.deleteFrom('filing').execute())

  it('without its filing opens no fund, and is not settled as one', async () => {
    expect(await pool('M03900')).toEqual(['0', '无有效门诊慢特病备案'])
    expect((await chronicVisit('MZ1', 'M03900')).err_msg).toContain('dise_codg "M03900": med_type 14 needs a chronic-disease filing (5301) that is valid on 2026-03-15 at this institution')
  })

  it('is of the disease, the days and the place that were filed', async () => {
    await file({ enddate: '2026-03-14' })
    await file({ code: 'M01600' })
    await file({ begndate: '2026-02-01', fixmedins_code: 'H99999999999' })
    expect(await pool('M03900')).toEqual(['0', '无有效门诊慢特病备案'])
    await file({ begndate: '2026-03-01', fixmedins_code: HOSPITAL.code })
    expect(await pool('M03900')).toEqual(['1', ''])
    expect((await chronicVisit('MZ1', 'M03900')).err_msg).toBe('')
  })

  it('is filed for every batch, also behind one whose disease is', async () => {
    await file()
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    const { mdtrtinfo, diseinfo } = visitInfo(mdtrt_id, 'P0001', '14')
    await hospital.done('2203', { mdtrtinfo: { ...mdtrtinfo, dise_codg: 'M03900' }, diseinfo })
    const batches = (codes: readonly string[]) =>
      ({ feedetail: codes.flatMap((dise_codg, index) => feeLines(mdtrt_id, 'P0001', `B${index}`, [CT], index + 1).map((line) => ({ ...line, dise_codg }))) })
    expect(await message('2204', batches(['M03900', 'M01600']))).toContain('dise_codg "M01600": med_type 14 needs a chronic-disease filing')
    await file({ code: 'M01600' })
    expect((await hospital.done('2204', batches(['M03900', 'M01600']))).result).toHaveLength(2)
    await centre.database.db.deleteFrom('filing').where('code', '=', 'M01600').execute()
    expect(await message('2206', { data: preSettlement(mdtrt_id, { psn_no: 'P0001', total: '1800.00', med_type: '14' }) })).toContain('dise_codg "M01600"')
  })

  it('is the visit’s where a batch names none', async () => {
    await file({ code: 'M01600' })
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    const { mdtrtinfo, diseinfo } = visitInfo(mdtrt_id, 'P0001', '14')
    await hospital.done('2203', { mdtrtinfo: { ...mdtrtinfo, dise_codg: 'M03900' }, diseinfo })
    const [named] = feeLines(mdtrt_id, 'P0001', 'B1', [CT])
    const feedetail = [{ ...named, dise_codg: 'M01600' }, ...feeLines(mdtrt_id, 'P0001', 'B2', [CONSULTATION], 2)]
    expect(await message('2204', { feedetail })).toContain('dise_codg "M03900"')
  })
})

describe('2201 to 2203', () => {
  it.each([['21', 'is a stay in hospital'], ['2801', 'is a stay in hospital'], ['52', 'is a stay in hospital'], ['41', 'is for pharmacies'], ['11zz', 'must be one of']])('med_type %s is no outpatient visit of a hospital: it %s', async (medType, rule) => {
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    expect(await message('2203', visitInfo(mdtrt_id, 'P0001', medType))).toContain(`med_type "${medType}": ${rule}`)
  })

  it('a visit number is unique in the institution until its registration is cancelled', async () => {
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    expect(await message('2201', registration('MZ1'))).toContain(`ipt_otp_no "MZ1": is registered as mdtrt_id ${mdtrt_id}`)
    expect(await message('2202', { data: { psn_no: 'P0001', mdtrt_id, ipt_otp_no: 'MZ2' } })).toContain('ipt_otp_no "MZ2"')
    await hospital.done('2202', { data: { psn_no: 'P0001', mdtrt_id, ipt_otp_no: 'MZ1' } })
    await hospital.done('2201', registration('MZ1'))
    expect(await message('2203', visitInfo(mdtrt_id, 'P0001'))).toContain('was cancelled by 2202')
  })

  it.each(['dept_code', 'dept_name', 'caty', 'ipt_otp_no', 'psn_no'])('registration needs %s', async (field) => {
    const { data } = registration('MZ1')
    expect(await message('2201', { data: { ...data, [field]: '' } })).toContain(`${field} "": must not be empty`)
  })

  it('one visit has one med_type', async () => {
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    await hospital.done('2203', visitInfo(mdtrt_id, 'P0001', '13'))
    // Mistyped: nothing is charged yet.
    await hospital.done('2203', visitInfo(mdtrt_id, 'P0001', '11'))
    await hospital.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B1', [CT]) })
    await hospital.done('2203', visitInfo(mdtrt_id, 'P0001', '11'))
    expect(await message('2203', visitInfo(mdtrt_id, 'P0001', '14'))).toContain('med_type "14": the visit has med_type 11')
    expect(await message('2203', visitInfo(mdtrt_id, 'P0002'))).toContain('psn_no "P0002": is not the person')
    const { mdtrtinfo, diseinfo } = visitInfo(mdtrt_id, 'P0001')
    expect(await message('2203', { mdtrtinfo: { ...mdtrtinfo, dise_name: '' }, diseinfo })).toContain('dise_name "": must not be empty')
  })

  it('a diagnosis sent again with vali_flag 0 is void', async () => {
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    const { mdtrtinfo, diseinfo } = visitInfo(mdtrt_id, 'P0001')
    await hospital.done('2203', { mdtrtinfo, diseinfo: [...diseinfo, { ...diseinfo[0], diag_srt_no: '2' }] })
    await hospital.done('2203', { mdtrtinfo, diseinfo: [{ ...diseinfo[0], vali_flag: '0' }] })
    const { diagnoses } = await centre.database.db.selectFrom('national_visit').select('diagnoses').executeTakeFirstOrThrow()
    expect(JSON.parse(diagnoses).map(({ diag_srt_no }: { diag_srt_no: string }) => diag_srt_no)).toEqual(['2'])
  })
})

describe('2204 and 2205', () => {
  const upload = async (charges: readonly Charge[], change: (line: object, index: number) => object = (line) => line) => {
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    return { mdtrt_id, feedetail: feeLines(mdtrt_id, 'P0001', 'B1', charges).map(change) }
  }

  it('answers each line: ceiling first, then the pre-self-pay of the rest', async () => {
    const { feedetail } = await upload([OMEPRAZOLE, CT, COSMETIC])
    const { result } = await hospital.done('2204', { feedetail })
    expect(result[0]).toEqual({
      feedetl_sn: '1', det_item_fee_sumamt: '60.00', cnt: '5', pric: '12.00', pric_uplmt_amt: '10.00', selfpay_prop: '0.0000',
      fulamt_ownpay_amt: '0.00', overlmt_amt: '10.00', preselfpay_amt: '0.00', inscp_scp_amt: '50.00', chrgitm_lv: '01', med_chrgitm_type: '09',
      bas_medn_flag: '0', hi_nego_drug_flag: '0', chld_medc_flag: '0', list_sp_item_flag: '0', lmt_used_flag: '0', drt_reim_flag: '0', memo: ''
    })
    expect(result[1]).toMatchObject({ selfpay_prop: '0.0500', preselfpay_amt: '45.00', inscp_scp_amt: '855.00', pric_uplmt_amt: '0' })
    expect(result[2]).toMatchObject({ chrgitm_lv: '03', fulamt_ownpay_amt: '300.00', inscp_scp_amt: '0.00' })
  })

  it.each([
    ['0', '188.00', '0.00'],
    ['1', '0.00', '150.40'],
    ['2', '188.00', '0.00']
  ])('a restricted drug with hosp_appr_flag %s: own pay %s, in scope %s', async (approval, ownPay, inScope) => {
    const { feedetail } = await upload([{ ...RESTRICTED, approval }])
    const { result } = await hospital.done('2204', { feedetail })
    expect(result[0]).toMatchObject({ lmt_used_flag: '1', fulamt_ownpay_amt: ownPay, inscp_scp_amt: inScope })
  })

  it.each([
    ['0', '0.00'],
    ['1', '0.00'],
    ['2', '900.00']
  ])('an item without restriction with hosp_appr_flag %s: own pay %s', async (approval, ownPay) => {
    const { feedetail } = await upload([{ ...CT, approval }])
    const { result } = await hospital.done('2204', { feedetail })
    expect(result[0]).toMatchObject({ lmt_used_flag: '0', fulamt_ownpay_amt: ownPay })
  })

  it('what no catalogue lists is own pay, and the line says so', async () => {
    const { feedetail } = await upload([{ code: 'XUNLISTED', pric: '8.00', cnt: '1', amount: '8.00' }])
    const { result } = await hospital.done('2204', { feedetail })
    expect(result[0]).toMatchObject({ chrgitm_lv: '03', fulamt_ownpay_amt: '8.00', memo: 'XUNLISTED不在医保目录内，全自费' })
  })

  it.each([
    ['an amount 0.02 away from price x quantity', { det_item_fee_sumamt: '900.02' }, 'feedetail[0].det_item_fee_sumamt "900.02": must be within 0.01 of pric x cnt, 900.00'],
    ['an amount 0.012 away from it', { pric: '8.456', cnt: '3', det_item_fee_sumamt: '25.38' }, 'must be within 0.01 of pric x cnt, 25.368'],
    ['a day before the visit', { fee_ocur_time: '2026-03-14 23:59:59' }, 'feedetail[0].fee_ocur_time "2026-03-14 23:59:59": lies before the day of the visit, 2026-03-15'],
    ['a price below zero', { pric: '-180.00', cnt: '-5' }, 'feedetail[0].pric "-180.00"'],
    ['a return with a positive amount', { cnt: '-5' }, 'must have the sign of cnt'],
    ['no quantity', { cnt: '0' }, 'feedetail[0].cnt "0"'],
    ['an empty number', { cnt: '' }, 'feedetail[0].cnt "": an empty number is sent as "0"'],
    ['a number with five places', { cnt: '1.00001' }, 'must be a number N16,4'],
    ['a serial number with a letter', { feedetl_sn: 'A1' }, 'feedetail[0].feedetl_sn "A1": must be digits only, not 0, at most 15'],
    ['serial number 0', { feedetl_sn: '0' }, 'digits only'],
    ['a serial number of 16 digits', { feedetl_sn: '1234567890123456' }, 'digits only'],
    ['the word for every batch', { chrg_bchno: '0000' }, 'feedetail[0].chrg_bchno "0000"'],
    ['no doctor', { bilg_dr_codg: '' }, 'feedetail[0].bilg_dr_codg "": must not be empty'],
    ['no approval flag', { hosp_appr_flag: '' }, 'feedetail[0].hosp_appr_flag "": must not be empty'],
    ['a wrong time', { fee_ocur_time: '2026-02-30 10:00:00' }, 'fee_ocur_time "2026-02-30 10:00:00"']
  ])('refuses %s', async (_what, change, expected) => {
    const { feedetail } = await upload([CT], (line) => ({ ...line, ...change }))
    expect(await message('2204', { feedetail })).toContain(expected)
    expect(await centre.database.db.selectFrom('national_line').selectAll().execute()).toEqual([])
  })

  it('takes numbers as numbers too, and half a fen as the sender rounds it', async () => {
    const { feedetail } = await upload([CT], (line) => ({ ...line, cnt: 3, pric: 8.456, det_item_fee_sumamt: 25.36, med_list_codg: 'XJ01CAA040A001010199999' }))
    const { result } = await hospital.done('2204', { feedetail })
    expect(result[0]).toMatchObject({ det_item_fee_sumamt: '25.36', pric: '8.456', cnt: '3' })
  })

  it('a serial number is unique in the visit, a batch comes whole and is for one disease', async () => {
    const { mdtrt_id, feedetail } = await upload([CT, COSMETIC])
    const [first, second] = feedetail
    expect(await message('2204', { feedetail: [first, { ...second, feedetl_sn: '1' }] })).toContain('feedetail[1].feedetl_sn "1": must be unique')
    expect(await message('2204', { feedetail: [{ ...first, dise_codg: 'M1' }, { ...second, dise_codg: 'M2' }] })).toContain('one batch is for one disease')
    await hospital.done('2204', { feedetail })
    expect(await message('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B1', [CT], 9) })).toContain('was uploaded before')
    expect(await message('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B2', [CT], 2) })).toContain('must be unique in the visit')
    await hospital.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B2', [CT], 9) })
  })

  it('charges are withdrawn by batch or all together, and then may come again', async () => {
    const { mdtrt_id, feedetail } = await upload([CT])
    await hospital.done('2204', { feedetail })
    expect(await message('2205', { data: { mdtrt_id, chrg_bchno: 'B9', psn_no: 'P0001' } })).toContain('chrg_bchno "B9": no such batch')
    await hospital.done('2205', { data: { mdtrt_id, chrg_bchno: 'B1', psn_no: 'P0001' } })
    await hospital.done('2204', { feedetail })
    await hospital.done('2205', { data: { mdtrt_id, chrg_bchno: '0000', psn_no: 'P0001' } })
    expect(await centre.database.db.selectFrom('national_line').selectAll().execute()).toEqual([])
  })

  it('settled lines are not withdrawn, open ones beside them are', async () => {
    const visit = await openVisit(hospital, 'MZ9', [CT])
    const { setlinfo } = await hospital.done('2207', settlementOf(visit))
    await hospital.done('2204', { feedetail: feeLines(visit.mdtrt_id, 'P0001', 'B2', [CONSULTATION], 7) })
    expect(await message('2205', { data: { mdtrt_id: visit.mdtrt_id, chrg_bchno: 'B1', psn_no: 'P0001' } })).toContain(`is settled as ${setlinfo.setl_id}`)
    await hospital.done('2205', { data: { mdtrt_id: visit.mdtrt_id, chrg_bchno: '0000', psn_no: 'P0001' } })
    const left = await centre.database.db.selectFrom('national_line').select(['feedetl_sn', 'setl_id']).execute()
    expect(left).toEqual([{ feedetl_sn: '1', setl_id: setlinfo.setl_id }])
  })
})

describe('2206 and 2207', () => {
  it('the total and the four sums must be those of the lines', async () => {
    const visit = await openVisit(hospital, 'MZ1', [CT])
    const { data } = settlementOf(visit)
    expect(await message('2206', { data: { ...data, medfee_sumamt: '899.99' } })).toContain('medfee_sumamt "899.99": the details uploaded come to 900.00')
    expect(await message('2207', { data: { ...data, preselfpay_amt: '44.99' } })).toContain('preselfpay_amt "44.99": the lines come to 45.00')
    expect(await message('2207', { data: { ...data, inscp_scp_amt: '' } })).toContain('inscp_scp_amt "": an empty number is sent as "0"')
    expect(await message('2207', { data: { ...data, acct_used_flag: '' } })).toContain('acct_used_flag')
    expect(await message('2207', { data: { ...data, insutype: '390' } })).toContain('insutype "390": the visit was registered as 310')
    expect(await message('2207', { data: { ...data, med_type: '14' } })).toContain('the visit has med_type 11')
    expect(await message('2207', { data: { ...data, chrg_bchno: 'B2' } })).toContain('no details are uploaded')
    expect(await message('2207', { data: { ...data, mdtrt_id: 'none' } })).toContain('mdtrt_id "none": no visit of this institution')
    await hospital.done('2207', { data })
    expect(await message('2207', { data })).toContain('is settled already as')
  })

  it('every field of setlinfo is there, and the identities hold', async () => {
    const { setlinfo, setldetail, detlcutinfo } = await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ1', [OMEPRAZOLE, CT, COSMETIC])))
    expect(Object.keys(setlinfo).toSorted()).toEqual([
      'acct_mulaid_pay', 'acct_pay', 'act_pay_dedc', 'age', 'balc', 'brdy', 'certno', 'clr_optins', 'clr_type', 'clr_way', 'cvlserv_flag', 'cvlserv_pay',
      'fulamt_ownpay_amt', 'fund_pay_sumamt', 'gend', 'hifdm_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'hifp_pay', 'hosp_part_amt', 'inscp_scp_amt',
      'insutype', 'maf_pay', 'mdtrt_cert_type', 'mdtrt_id', 'med_type', 'medfee_sumamt', 'medins_setl_id', 'naty', 'oth_pay', 'overlmt_selfpay',
      'pool_prop_selfpay', 'preselfpay_amt', 'psn_cash_pay', 'psn_cert_type', 'psn_name', 'psn_no', 'psn_part_amt', 'psn_type', 'setl_id', 'setl_time'
    ])
    const fen = (name: string): number => Math.round(Number(setlinfo[name]) * 100)
    expect(fen('medfee_sumamt')).toBe(fen('fund_pay_sumamt') + fen('psn_part_amt') + fen('hosp_part_amt'))
    expect(fen('psn_part_amt')).toBe(fen('acct_pay') + fen('psn_cash_pay'))
    const funds = ['hifp_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'cvlserv_pay', 'maf_pay', 'oth_pay', 'hifdm_pay']
    expect(fen('fund_pay_sumamt')).toBe(funds.reduce((sum, name) => sum + fen(name), 0))
    const details: readonly Readonly<Record<string, string>>[] = setldetail
    const paid = details.filter(({ fund_pay_type }) => fund_pay_type !== '310200').reduce((sum, row) => sum + Math.round(Number(row['fund_payamt']) * 100), 0)
    expect(paid).toBe(fen('fund_pay_sumamt'))
    expect(sumsOf(detlcutinfo)).toEqual({ fulamt_ownpay_amt: '300.00', overlmt_selfpay: '10.00', preselfpay_amt: '45.00', inscp_scp_amt: '905.00' })
    expect(setlinfo.setl_id).toMatch(/^99999920260315\d{16}$/)
    expect(setlinfo.setl_time).toBe('2026-03-15 09:00:00')
  })

  it('the second visit of the year meets what is left of the deductible, whichever way the first came in', async () => {
    await centre.database.db.insertInto('accumulator').values({ psn_no: 'P0001', insutype: '310', year: 2026, counters: '{"act_pay_dedc":25000}' }).execute()
    const { setlinfo } = await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ1', [CT])))
    // 855.00 less the 150.00 that are left, 70 % of 705.00.
    expect(setlinfo).toMatchObject({ act_pay_dedc: '150.00', hifp_pay: '493.50', psn_part_amt: '406.50' })
    const second = await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ2', [CT])))
    expect(second.setlinfo).toMatchObject({ act_pay_dedc: '0.00', hifp_pay: '598.50' })
  })

  it('a long bill is answered without its lines, and says so', async () => {
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    const charges = Array.from({ length: 60 }, () => CONSULTATION)
    const first = await hospital.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B1', charges) })
    const second = await hospital.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B2', charges, 61) })
    const data = { ...preSettlement(mdtrt_id, { psn_no: 'P0001', total: '1800.00' }), ...sumsOf([...first.result, ...second.result]) }
    const answer = await hospital.call('2207', { data })
    expect([answer.infcode, answer.output.detlcutinfo, answer.output.setlinfo.inscp_scp_amt]).toEqual([0, undefined, '1800.00'])
    expect(answer.warn_msg).toContain('detlcutinfo is left out')
  })

  it('acct_used_flag 0 leaves the account alone; a resident without one pays cash', async () => {
    const { setlinfo } = await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ1', [CT]), { acct: '0' }))
    expect(setlinfo).toMatchObject({ acct_pay: '0.00', psn_cash_pay: '581.50', balc: '2760.00' })
    const resident = await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ2', [CT], RESIDENT, '390'), { insutype: '390' }))
    // 855.00 less 10.00, 50 % of 845.00 within the expense limit.
    expect(resident.setlinfo).toMatchObject({ act_pay_dedc: '10.00', hifp_pay: '422.50', acct_pay: '0.00', psn_cash_pay: '477.50', insutype: '390' })
    // Their pool has a limit of expense, and so no amount up to which it pays.
    expect(resident.setldetail.map((row) => [row['fund_pay_type'], row['crt_payb_lmt_amt'], row['fund_payamt']])).toEqual([['390102', '0', '422.50']])
  })

  it('whose insurance is suspended on the day is paid by the account only', async () => {
    const { setlinfo } = await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ1', [CT], SUSPENDED)))
    expect(setlinfo).toMatchObject({ fund_pay_sumamt: '0.00', acct_pay: '100.00', psn_cash_pay: '800.00', balc: '0.00' })
  })

  it('a registration fee alone is settled as 12 and leaves the visit’s med_type open', async () => {
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
    const { result } = await hospital.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B1', [CONSULTATION]) })
    const { setlinfo } = await hospital.done('2207', { data: { ...preSettlement(mdtrt_id, { psn_no: 'P0001', total: '15.00', med_type: '12' }), ...sumsOf(result) } })
    expect(setlinfo).toMatchObject({ med_type: '12', clr_type: '12' })
    await hospital.done('2203', visitInfo(mdtrt_id, 'P0001', '11'))
  })

  it('off-site, the insured place’s policy counts, and its division must be sent', async () => {
    expect(await message('2201', registration('MZ1', OFF_SITE))).toContain('insuplc_admdvs "": the person is insured in 321000 as 310')
    const off = { insuplc: '321000' }
    const { mdtrt_id } = await hospital.done('2201', registration('MZ1', OFF_SITE), off)
    const { data } = registration('MZ2', OFF_SITE)
    const old = await hospital.done('2201', { data: { ...data, begntime: '2023-05-04 09:00:00' } }, off)
    const { result } = await hospital.done('2204', { feedetail: feeLines(old.mdtrt_id, OFF_SITE.psn_no, 'B1', [CT]) }, off)
    const { setlinfo } = await hospital.done('2206', { data: { ...preSettlement(old.mdtrt_id, { psn_no: OFF_SITE.psn_no, total: '900.00' }), ...sumsOf(result) } }, off)
    // Yangzhou 2023: retired, level 2: 500 deductible, 75 % of 355.00.
    expect(setlinfo).toMatchObject({ act_pay_dedc: '500.00', hifp_pay: '266.25', clr_optins: '321000' })
    expect(mdtrt_id).not.toBe(old.mdtrt_id)
  })

  it('an off-site emergency says so in exp_content', async () => {
    const off = { insuplc: '321000' }
    const { data } = registration('MZ1', OFF_SITE)
    const { mdtrt_id } = await hospital.done('2201', { data: { ...data, begntime: '2023-05-04 09:00:00' } }, off)
    await hospital.done('2204', { feedetail: feeLines(mdtrt_id, OFF_SITE.psn_no, 'B1', [CT]) }, off)
    const asked = preSettlement(mdtrt_id, { psn_no: OFF_SITE.psn_no, total: '900.00', med_type: '13' })
    expect(await message('2206', { data: asked }, off)).toContain('med_type 13 off-site needs OTP_ER_REFL_FLAG 1 or 3')
    expect((await hospital.call('2206', { data: { ...asked, exp_content: '{"OTP_ER_REFL_FLAG":"1"}' } }, off)).infcode).toBe(0)
    expect(await message('2206', { data: { ...asked, exp_content: '{"OTP_ER_REFL_FLAG":"1","TRUM_FLAG":"1"}' } }, off)).toContain('REL_TTP_FLAG')
  })
})

describe('2208', () => {
  it('needs the settlement, its visit and its person, and frees the lines', async () => {
    const visit = await openVisit(hospital, 'MZ1', [CT])
    const { setlinfo } = await hospital.done('2207', settlementOf(visit))
    const data = { setl_id: setlinfo.setl_id, mdtrt_id: visit.mdtrt_id, psn_no: 'P0001' }
    expect(await message('2208', { data: { ...data, setl_id: 'none' } })).toContain('setl_id "none": no settlement')
    expect(await message('2208', { data: { ...data, psn_no: 'P0002' } })).toContain('psn_no "P0002"')
    expect(await message('2208', { data: { ...data, mdtrt_id: 'none' } })).toContain('mdtrt_id "none"')
    expect(await message('2103', { data })).toContain('was booked by 2207, 2103 cancels 2102')
    const cancelled = await hospital.done('2208', { data })
    expect(cancelled.setldetail.map((row) => row['fund_payamt'])).toEqual(['-318.50', '-581.50'])
    expect(await message('2208', { data })).toContain('was cancelled as')
    await hospital.done('2205', { data: { mdtrt_id: visit.mdtrt_id, chrg_bchno: '0000', psn_no: 'P0001' } })
  })
})

describe('a pharmacy', () => {
  it('pools as a visit by 2203A, and names who wrote the prescription', async () => {
    const { mdtrt_id } = await pharmacy.done('2201', registration('MZ1'))
    const { mdtrtinfo } = visitInfo(mdtrt_id, 'P0001', '41')
    const prescribed = (rxfixmedinsCode: string) => ({ mdtrtinfo: { ...mdtrtinfo, rxfixmedinsCode, rxfixmedinsName: '测试', rxIn: '', rxfilename: '', rxExpContent: '' } })
    expect((await pharmacy.call('2203A', prescribed('H99999999999'))).err_msg).toContain('rxfixmedinsCode "H99999999999": no such institution')
    await pharmacy.done('2203A', prescribed(HOSPITAL.code))
    const { prescriber, med_type } = await centre.database.db.selectFrom('national_visit').selectAll().executeTakeFirstOrThrow()
    expect([prescriber, med_type]).toEqual([HOSPITAL.code, '41'])
  })

  let pharmacy: Vendor
  beforeEach(async () => {
    pharmacy = new Vendor(centre, PHARMACY)
    await pharmacy.signIn()
  })
  const sale = (total: string, charges: readonly Charge[], changes: object = {}) => ({
    druginfo: {
      psn_no: 'P0001', mdtrt_cert_type: '02', mdtrt_cert_no: EMPLOYEE.certno, card_sn: '', psn_cert_type: '01', certno: EMPLOYEE.certno, psn_type: '11',
      psn_name: '测试一', begntime: '2026-03-15 09:00:00', medfee_sumamt: total, invono: 'INV1', insutype: '310', dise_codg: '', dise_name: '',
      acct_used_flag: '1', med_type: '41', exp_content: ''
    },
    drugdetail: charges.map((charge, index) => drugLine(charge, String(index + 1))),
    ...changes
  })

  it('settles in one call and cancels by 2103', async () => {
    const trial = await pharmacy.done('2101', sale('60.00', [OMEPRAZOLE]))
    expect(trial.setlinfo).not.toHaveProperty('setl_id')
    const { setlinfo, detlcutinfo } = await pharmacy.done('2102', sale('60.00', [OMEPRAZOLE]))
    // 50.00 in scope meet the deductible of 200.00; 10.00 over the ceiling.
    expect(setlinfo).toMatchObject({ medfee_sumamt: '60.00', act_pay_dedc: '50.00', hifp_pay: '0.00', acct_pay: '60.00', balc: '2700.00', clr_type: '41', med_type: '41' })
    expect(detlcutinfo).toHaveLength(1)
    const data = { setl_id: setlinfo.setl_id, mdtrt_id: setlinfo.mdtrt_id, psn_no: 'P0001' }
    const cancelled = await pharmacy.done('2103', { data })
    expect(cancelled.setlinfo).toMatchObject({ medfee_sumamt: '-60.00', acct_pay: '-60.00', psn_cash_pay: '0.00', balc: '2760.00' })
  })

  it('a sale whose answer was lost is reversed by its msgid', async () => {
    const msgid = pharmacy.nextMsgid()
    await expect(pharmacy.send('2102', sale('60.00', [OMEPRAZOLE]), { msgid, fault: 'drop-after' })).rejects.toThrow('fetch failed')
    await pharmacy.done('2601', { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2102' } })
    const { setlinfo } = await pharmacy.done('2102', sale('60.00', [OMEPRAZOLE]))
    expect(setlinfo).toMatchObject({ act_pay_dedc: '50.00', balc: '2700.00' })
  })

  it('warns of drugs that are sold without a code, and of those only', async () => {
    const warning = async (charges: readonly Charge[], changes: object = {}) => (await pharmacy.call('2102', sale('120.00', charges, changes))).warn_msg
    const first = { feedetl_sn: '1', drug_trac_codg: '81234567890123456789', trdn_flag: '0' }
    expect(await warning([OMEPRAZOLE, OMEPRAZOLE], { drug_trac_info: [first] })).toBe(
      'drug_trac_info: no code for feedetl_sn 2; since 2025-07-01 no fund pays for a drug without one 药品未上传追溯码'
    )
    const many = await pharmacy.call('2102', sale('420.00', Array.from({ length: 7 }, () => OMEPRAZOLE)))
    expect(many.warn_msg).toContain('feedetl_sn 1, 2, 3, 4, 5 and 2 more; since')
    const mask: Charge = { code: 'C999999', pric: '120.00', cnt: '1', amount: '120.00' }
    expect(await warning([mask])).toBe('')
  })

  it('a certificate is of the type that the register has for its number', async () => {
    const { druginfo, drugdetail } = sale('60.00', [OMEPRAZOLE])
    const answer = await pharmacy.call('2101', { druginfo: { ...druginfo, psn_cert_type: '08' }, drugdetail })
    expect(answer.err_msg).toBe('psn_cert_type "08": must be 01, of which this certno is 证件类型与证件号码不符')
    expect((await pharmacy.call('2101', { druginfo: { ...druginfo, psn_cert_type: '08', certno: '' }, drugdetail })).infcode).toBe(0)
  })

  it('refuses what does not add up', async () => {
    expect((await pharmacy.call('2102', sale('61.00', [OMEPRAZOLE]))).err_msg).toContain('medfee_sumamt "61.00": the details come to 60.00')
    expect((await pharmacy.call('2102', sale('60.00', []))).err_msg).toContain('input.drugdetail')
    const [line] = sale('60.00', [OMEPRAZOLE]).drugdetail
    expect((await pharmacy.call('2102', sale('60.00', [], { drugdetail: [{ ...line, rx_circ_flag: '' }] }))).err_msg).toContain('drugdetail[0].rx_circ_flag "": must not be empty')
  })

  it('takes trace codes under either spelling, and warns of one that was sold before', async () => {
    const code = '81234567890123456789'
    const traced = (node: string) => ({ [node]: [{ feedetl_sn: '1', drug_trac_codg: code, trdn_flag: '0' }] })
    const first = await pharmacy.call('2102', sale('60.00', [OMEPRAZOLE], traced('durg_trac_info')))
    expect([first.infcode, first.warn_msg]).toEqual([0, ''])
    const second = await pharmacy.call('2102', sale('60.00', [OMEPRAZOLE], traced('drug_trac_info')))
    expect(second.warn_msg).toContain(`drug_trac_codg ${code} was sold before`)
    const { setl_id, mdtrt_id } = second.output.setlinfo
    await pharmacy.done('2103', { data: { setl_id, mdtrt_id, psn_no: 'P0001' } })
    const stray = sale('60.00', [OMEPRAZOLE], { durg_trac_info: [{ feedetl_sn: '7', drug_trac_codg: code, trdn_flag: '0' }] })
    expect((await pharmacy.call('2102', stray)).err_msg).toContain('durg_trac_info[0].feedetl_sn "7": is no line of this sale')
  })
})

describe('3201', () => {
  const totals = (changes: object = {}) => ({
    data: {
      insutype: '310', clr_type: '11', setl_optins: '999999', stmt_begndate: '2026-03-15', stmt_enddate: '2026-03-15', medfee_sumamt: '900.00',
      fund_pay_sumamt: '318.50', acct_pay: '581.50', fixmedins_setl_cnt: '1', refd_setl_flag: '0', fixmedins_refd_setl_flag: '0', ...changes
    }
  })

  it('compares by the centre’s setl_time; a refunded pair counts both rows or none, a reversed one never', async () => {
    await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ1', [CT])))
    expect((await hospital.done('3201', totals())).stmtinfo.stmt_rslt).toBe('0')
    expect((await hospital.done('3201', totals({ acct_pay: '581.49' }))).stmt_rslt).toBe('1')
    expect((await hospital.done('3201', totals({ stmt_begndate: '2026-03-16', stmt_enddate: '2026-03-16' }))).stmt_rslt).toBe('1')
    expect(await message('3201', totals({ stmt_enddate: '2026-03-14' }))).toContain('must not lie before stmt_begndate')
    const second = await openVisit(hospital, 'MZ2', [CT])
    const { setlinfo } = await hospital.done('2207', settlementOf(second))
    await hospital.done('2208', { data: { setl_id: setlinfo.setl_id, mdtrt_id: second.mdtrt_id, psn_no: 'P0001' } })
    expect((await hospital.done('3201', totals())).stmt_rslt).toBe('0')
    expect((await hospital.done('3201', totals({ refd_setl_flag: '1', fixmedins_setl_cnt: '3' }))).stmt_rslt).toBe('0')
    const msgid = hospital.nextMsgid()
    await hospital.done('2207', settlementOf(second), { msgid })
    await hospital.done('2601', { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2207' } })
    const { stmt_rslt, stmt_rslt_dscr } = await hospital.done('3201', totals({ refd_setl_flag: '1', fixmedins_setl_cnt: '3' }))
    expect([stmt_rslt, stmt_rslt_dscr]).toEqual(['0', '平：中心 3 笔，总额 900.00，基金 318.50，账户 581.50'])
  })
})

describe('files and catalogues', () => {
  it('1301 gives a file with 97 columns, empties as null, fetched by 9102 with plc', async () => {
    const { file_qury_no, filename, data_cnt } = await hospital.done('1301', { data: { ver: '0' } })
    expect(data_cnt).toBe('66')
    const ask = { fsDownloadIn: { file_qury_no, filename, fixmedins_code: 'plc' } }
    const response = await hospital.send('9102', ask)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    const [[name, text] = []] = Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer())))
    expect(name).toBe(filename.replace('.zip', ''))
    const rows = strFromU8(text ?? new Uint8Array()).trimEnd().split('\n').map((line) => line.split('\t'))
    expect([rows.length, ...new Set(rows.map((row) => row.length))]).toEqual([66, 97])
    const restricted = rows.find(([code]) => code === RESTRICTED.code) ?? []
    expect([restricted[1], restricted[2], restricted[56], restricted[57], restricted[91]]).toEqual(['限制用药靶向片(测试)', 'null', '限定适应症,须经审批', '1', '乙'])
    const enveloped = await hospital.call('9102', ask, { headers: { accept: 'application/json' } })
    expect(Buffer.from(enveloped.output.in, 'base64').subarray(0, 2).toString()).toBe('PK')
    expect((await hospital.done('1301', { data: { ver: '1' } })).data_cnt).toBe('0')
    expect(await message('9102', { fsDownloadIn: { ...ask.fsDownloadIn, file_qury_no: 'none' } })).toContain('file_qury_no "none": no file')
    centre.clock.forward(2 * 86_400)
    await hospital.signIn()
    expect(await message('9102', ask)).toContain('could be fetched until 2026-03-16 23:59:59')
  })

  it('a file of one institution is not another’s', async () => {
    const { file_qury_no } = await hospital.done('9101', { fsUploadIn: { in: 'UEsDBA==', filename: 'a.zip', fixmedins_code: HOSPITAL.code } })
    const pharmacy = new Vendor(centre, PHARMACY)
    await pharmacy.signIn()
    const answer = await pharmacy.call('9102', { fsDownloadIn: { file_qury_no, filename: 'a.zip', fixmedins_code: PHARMACY.code } })
    expect(answer.err_msg).toContain('no file of this institution')
    expect(await message('9101', { fsUploadIn: { in: [1, 2, 999], filename: 'a', fixmedins_code: HOSPITAL.code } })).toContain('must be its bytes as a list of numbers, or base64')
  })

  it('1312, 1318 and 1319 give a page at a time', async () => {
    const page = { page_num: '2', page_size: '5', updt_time: '2020-01-01 00:00:00' }
    const { data, recordCounts, pages, lastPage } = await hospital.done('1312', { data: page })
    expect([data.length, recordCounts, pages, lastPage]).toEqual([5, '81', '17', false])
    const ceilings = await hospital.done('1318', { data: { ...page, page_num: '1', hilist_code: OMEPRAZOLE.code } })
    expect(ceilings.data.map((row) => [row['hilist_lmtpric_type'], row['hilist_pric_uplmt_amt']])).toEqual([['1', '10.00'], ['2', '10.00'], ['3', '10.00']])
    const ratios = await hospital.done('1319', { data: { ...page, page_num: '1', hilist_code: CT.code, selfpay_prop_psn_type: '310' } })
    expect(ratios.data).toMatchObject([{ selfpay_prop_type: '10', selfpay_prop: '0.05' }])
    expect(await message('1312', { data: { ...page, updt_time: '' } })).toContain('updt_time "": must not be empty')
    expect(await message('1312', { data: { ...page, page_num: '0' } })).toContain('page_num')
    expect(await hospital.done('1319', { data: { ...page, page_num: '900' } })).toMatchObject({ pageNum: '900', size: '0', startRow: '0', endRow: '0', data: [] })
  })

  it('1317 knows own codes from the charges that were uploaded with them', async () => {
    await openVisit(hospital, 'MZ1', [CT, CT])
    const { data } = await hospital.done('1317', { data: { page_num: '1', page_size: '10', updt_time: '2020-01-01 00:00:00' } })
    expect(data).toMatchObject([{ fixmedins_code: HOSPITAL.code, medins_list_codg: `OWN-${CT.code}`, med_list_codg: CT.code, begndate: '2026-03-15' }])
  })
})

describe('queries', () => {
  it('5206 cumulates by year, and a cancel takes back', async () => {
    const visit = await openVisit(hospital, 'MZ1', [CT])
    const { setlinfo } = await hospital.done('2207', settlementOf(visit))
    const codes = async () => Object.fromEntries((await hospital.done('5206', { data: { psn_no: 'P0001', cum_ym: '' } })).cuminfo.map(({ cum_type_code, cum }) => [cum_type_code, cum]))
    expect(await codes()).toEqual({ D310101: '318.50', C0000_BIZ11: '1', F0000_BIZ11: '900.00', D310201: '581.50' })
    await hospital.done('2208', { data: { setl_id: setlinfo.setl_id, mdtrt_id: visit.mdtrt_id, psn_no: 'P0001' } })
    expect(await codes()).toEqual({ D310101: '0.00' })
  })

  it('5301, 5201, 5203 and 5204 find what there is', async () => {
    expect((await hospital.done('5301', { data: { psn_no: 'P0001' } })).feedetail).toEqual([
      { opsp_dise_code: 'M03900', opsp_dise_name: '高血压(测试)', begndate: '2025-01-01', enddate: '' }
    ])
    const visit = await openVisit(hospital, 'MZ1', [CT])
    const { setlinfo } = await hospital.done('2207', settlementOf(visit))
    const named = { psn_no: 'P0001', setl_id: setlinfo.setl_id, mdtrt_id: visit.mdtrt_id }
    const found = await hospital.done('5203', { data: named })
    expect(found.setlinfo).toMatchObject({ setl_id: setlinfo.setl_id, psn_pay: '581.50', cash_payamt: '0.00', refd_setl_flag: '0', year: '2026' })
    expect((await hospital.done('5204', { data: named })).data).toMatchObject([{ feedetl_sn: '1', inscp_scp_amt: '855.00', setl_id: setlinfo.setl_id }])
    const cancelled = await hospital.done('2208', { data: named })
    expect((await hospital.done('5204', { data: named })).data).toMatchObject([{ feedetl_sn: '1', inscp_scp_amt: '855.00', setl_id: setlinfo.setl_id }])
    const back = { ...named, setl_id: cancelled.setlinfo.setl_id }
    expect((await hospital.done('5204', { data: back })).data).toMatchObject([{ det_item_fee_sumamt: '-900.00', overlmt_amt: '0.00', setl_id: back.setl_id }])
    expect((await hospital.done('5204', { data: { ...named, setl_id: 'none' } })).data).toEqual([])
    const visits = await hospital.done('5201', { data: { psn_no: 'P0001', begntime: '2026-03-15 00:00:00', endtime: '2026-03-15' } })
    expect(visits.mdtrtinfo.map(({ mdtrt_id }) => mdtrt_id)).toEqual([visit.mdtrt_id])
  })
})
