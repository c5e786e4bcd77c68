/** Mistakes of a vendor that would go through unnoticed, were they not refused by name; refused, they leave no row behind. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EMPLOYEE, HOSPITAL, PHARMACY, startNationalCentre, Vendor, type NationalCentre } from '../../../test/support/national-centre.ts'
import {
  CONSULTATION, CT, drugLine, feeLines, OMEPRAZOLE, openVisit, preSettlement, registration, RESTRICTED, settlementOf, visitInfo
} from '../../../test/support/national-visit.ts'

let centre: NationalCentre
let hospital: Vendor
let pharmacy: Vendor
beforeEach(async () => {
  centre = await startNationalCentre()
  hospital = new Vendor(centre)
  pharmacy = new Vendor(centre, PHARMACY)
  await hospital.signIn()
  await pharmacy.signIn()
})
afterEach(() => centre.stop())

const TABLES = ['insurance', 'accumulator', 'settlement', 'national_visit', 'national_line', 'national_booking', 'national_trace_code', 'national_file'] as const
const record = () => Promise.all(TABLES.map((table) => centre.database.db.selectFrom(table).selectAll().execute()))

/** err_msg of a call that is refused and changes nothing but the message log. */
const refused = async (vendor: Vendor, infno: string, input: unknown): Promise<string> => {
  const before = await record()
  const { infcode, err_msg } = await vendor.call(infno, input)
  expect(infcode).toBe(-1)
  expect(await record()).toEqual(before)
  return err_msg
}

const registered = (changes: object = {}) => ({ data: { ...registration('MZ1').data, ...changes } })

const sale = (druginfo: object = {}, line: object = {}) => ({
  druginfo: {
    psn_no: 'P0001', mdtrt_cert_type: '02', mdtrt_cert_no: EMPLOYEE.certno, card_sn: '', psn_cert_type: '01', certno: EMPLOYEE.certno, psn_type: '11',
    psn_name: '测试一', begntime: '2026-03-15 09:00:00', medfee_sumamt: '60.00', invono: 'INV1', insutype: '310', dise_codg: '', dise_name: '',
    acct_used_flag: '1', med_type: '41', exp_content: '', ...druginfo
  },
  drugdetail: [{ ...drugLine(OMEPRAZOLE, '1'), ...line }]
})

describe('care lies behind the centre’s clock, 2026-03-15 09:00:00, or no more than 30 minutes ahead of it', () => {
  it('a visit cannot begin in the year whose deductible and limits are still untouched', async () => {
    expect(await refused(hospital, '2201', registered({ begntime: '2027-01-01 08:00:00' }))).toContain(
      'begntime "2027-01-01 08:00:00": lies more than 30 min ahead of the centre\'s clock'
    )
    expect(await refused(hospital, '2201', registered({ begntime: '2026-03-15 09:30:01' }))).toContain('ahead of the centre')
    const { mdtrt_id } = await hospital.done('2201', registered({ begntime: '2026-03-15 09:30:00' }))
    const { mdtrtinfo, diseinfo } = visitInfo(mdtrt_id, 'P0001')
    expect(await refused(hospital, '2203', { mdtrtinfo: { ...mdtrtinfo, begntime: '2026-03-16' }, diseinfo })).toContain('begntime "2026-03-16": lies')
  })

  it('nor can a charge arise tomorrow', async () => {
    const { mdtrt_id } = await hospital.done('2201', registered())
    const [first, second] = feeLines(mdtrt_id, 'P0001', 'B1', [CT, CONSULTATION])
    const feedetail = [first, { ...second, fee_ocur_time: '2026-03-16 09:00:00' }]
    expect(await refused(hospital, '2204', { feedetail })).toContain('feedetail[1].fee_ocur_time "2026-03-16 09:00:00": lies')
  })

  it('nor can a sale, or what is sold', async () => {
    expect(await refused(pharmacy, '2101', sale({ begntime: '2027-01-01' }))).toContain('begntime "2027-01-01": lies')
    expect(await refused(pharmacy, '2102', sale({ begntime: '2027-01-01' }))).toContain('begntime "2027-01-01": lies')
    expect(await refused(pharmacy, '2102', sale({}, { fee_ocur_time: '2026-03-15 10:00:00' }))).toContain('drugdetail[0].fee_ocur_time "2026-03-15 10:00:00": lies')
  })

  it('what was yesterday may be told today', async () => {
    const { mdtrt_id } = await hospital.done('2201', registered({ begntime: '2026-03-14 16:00:00' }))
    const [line] = feeLines(mdtrt_id, 'P0001', 'B1', [CT])
    expect((await hospital.done('2204', { feedetail: [{ ...line, fee_ocur_time: '2026-03-14 16:05:00' }] })).result).toHaveLength(1)
  })
})

describe('what a call says of the person and the bill', () => {
  it('psn_type agrees with the insurance by its first two digits', async () => {
    expect(await refused(hospital, '2201', registered({ psn_type: '12' }))).toContain('psn_type "12": the person is insured as 11')
    expect(await refused(pharmacy, '2102', sale({ psn_type: '1201' }))).toContain('psn_type "1201": the person is insured as 11')
    expect((await hospital.call('2201', registered({ psn_type: '1101' }))).infcode).toBe(0)
  })

  it('a quota is not settled as if it were the items', async () => {
    const visit = await openVisit(hospital, 'MZ1', [CT])
    const quota = { data: { ...settlementOf(visit).data, psn_setlway: '02' } }
    expect(await refused(hospital, '2207', quota)).toContain('psn_setlway "02": no policy of this centre has quotas')
    expect(await refused(hospital, '2206', { data: { ...preSettlement(visit.mdtrt_id, { psn_no: 'P0001', total: '900.00' }), psn_setlway: '02' } })).toContain('psn_setlway "02"')
  })

  it('a hospital does not sell as a pharmacy', async () => {
    expect(await refused(hospital, '2101', sale())).toContain(`fixmedins_code "${HOSPITAL.code}": is no pharmacy: 2101 is for pharmacies`)
    expect(await refused(hospital, '2102', sale())).toContain('is no pharmacy: 2102')
    expect((await pharmacy.call('2102', sale())).infcode).toBe(0)
  })
})

describe('2204', () => {
  /** As few fields as may be: the call fits into 40000 characters, its answer does not. */
  const shortLine = (mdtrt_id: string, serial: number) => ({
    mdtrt_id, psn_no: 'P0001', chrg_bchno: 'B1', feedetl_sn: String(serial), fee_ocur_time: '2026-03-15', med_list_codg: RESTRICTED.code, medins_list_codg: 'A',
    det_item_fee_sumamt: '188', cnt: '1', pric: '188', rx_circ_flag: '0', bilg_dept_codg: 'A', bilg_dept_name: 'A', bilg_dr_codg: 'A', bilg_dr_name: 'A',
    hosp_appr_flag: '0'
  })

  it('takes no batch whose lines do not fit into the answer', async () => {
    const { mdtrt_id } = await hospital.done('2201', registered())
    const feedetail = Array.from({ length: 95 }, (_, index) => shortLine(mdtrt_id, index + 1))
    expect(JSON.stringify({ feedetail }).length).toBeLessThan(40_000)
    expect(await refused(hospital, '2204', { feedetail })).toContain('input.feedetail "95 rows": the answer would have more than 40000 characters: split by chrg_bchno')
    const output = await hospital.done('2204', { feedetail: feedetail.slice(0, 60) })
    expect(output.result).toHaveLength(60)
    expect(JSON.stringify(output).length).toBeLessThan(40_000)
  })
})

it('a msgid is spent by a refusal for the form of a field too', async () => {
  const msgid = hospital.nextMsgid()
  expect((await hospital.call('2201', registered({ dept_code: '' }), { msgid })).err_msg).toContain('dept_code "": must not be empty')
  expect((await hospital.call('2201', registered(), { msgid })).err_msg).toContain(`msgid ${msgid}: came before (2201, refused`)
  expect((await hospital.call('2201', registered())).infcode).toBe(0)
})

describe('amounts that N16,2 has room for and no bill has', () => {
  it.each(['9007199254.75', '99999999999999.99', '-99999999999999.99'])('%s is refused wherever it stands', async (amount) => {
    const visit = await openVisit(hospital, 'MZ1', [CT])
    const tooLarge = 'is more than this centre counts, 9007199254.74'
    const [line] = feeLines(visit.mdtrt_id, 'P0001', 'B2', [CONSULTATION], 50)
    expect(await refused(hospital, '2204', { feedetail: [{ ...line, det_item_fee_sumamt: amount }] })).toContain(`feedetail[0].det_item_fee_sumamt "${amount}": ${tooLarge}`)
    expect(await refused(hospital, '2207', { data: { ...settlementOf(visit).data, inscp_scp_amt: amount } })).toContain(tooLarge)
    expect(await refused(pharmacy, '2102', sale({ medfee_sumamt: amount }))).toContain(`medfee_sumamt "${amount}": ${tooLarge}`)
    const totals = { insutype: '310', clr_type: '11', setl_optins: '999999', stmt_begndate: '2026-03-15', stmt_enddate: '2026-03-15', fund_pay_sumamt: '0', acct_pay: '0' }
    expect(
      await refused(hospital, '3201', { data: { ...totals, medfee_sumamt: amount, fixmedins_setl_cnt: '1', refd_setl_flag: '0', fixmedins_refd_setl_flag: '0' } })
    ).toContain(tooLarge)
  })

  it.each([
    [{ pric: '9999999999.999999' }, 'feedetail[0].pric "9999999999.999999": is more than this centre counts'],
    [{ cnt: '999999999999.9999' }, 'feedetail[0].cnt "999999999999.9999": is more than this centre counts'],
    [{ pric: '9000000000', cnt: '900000000000' }, 'must be within 0.01 of pric x cnt, which is more than this centre counts']
  ])('%j is refused by its name', async (changes, message) => {
    const { mdtrt_id } = await hospital.done('2201', registered())
    const [line] = feeLines(mdtrt_id, 'P0001', 'B1', [CT])
    expect(await refused(hospital, '2204', { feedetail: [{ ...line, ...changes }] })).toContain(message)
  })

  it('nor may lines be more together, whether in one call or in many', async () => {
    const { mdtrt_id } = await hospital.done('2201', registered())
    const large = { code: CT.code, pric: '1000000000', cnt: '1', amount: '1000000000.00' }
    const message = 'together are more than this centre counts, 9007199254.74'
    const ten = Array.from({ length: 10 }, () => large)
    expect(await refused(hospital, '2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B0', ten) })).toContain(message)
    for (const [index, charge] of ten.entries()) {
      const bought = index % 2 === 0 ? charge : { ...charge, cnt: '-1', amount: '-1000000000.00' }
      await hospital.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', `B${index + 1}`, [bought], index + 1) })
    }
    expect(await refused(hospital, '2206', { data: preSettlement(mdtrt_id, { psn_no: 'P0001', total: '0' }) })).toContain(message)
  })
})

describe('queries answer what they are asked for', () => {
  it('5201 by med_type and mdtrt_id', async () => {
    const [first, second] = [await openVisit(hospital, 'MZ1', [CT]), await openVisit(hospital, 'MZ2', [CT])]
    const ask = (changes: object) => ({ data: { psn_no: 'P0001', begntime: '2026-03-01', endtime: '2026-03-31', ...changes } })
    const found = async (changes: object) => (await hospital.done('5201', ask(changes))).mdtrtinfo.map(({ mdtrt_id }) => mdtrt_id)
    expect(await found({ mdtrt_id: second.mdtrt_id })).toEqual([second.mdtrt_id])
    expect(new Set(await found({ med_type: '11' }))).toEqual(new Set([first.mdtrt_id, second.mdtrt_id]))
    expect(await found({ med_type: '14' })).toEqual([])
    expect(await refused(hospital, '5201', ask({ endtime: '2026-02-28' }))).toContain('endtime "2026-02-28": must not lie before begntime')
  })

  it('1312 to 1319 by what the query names', async () => {
    const page = { page_num: '1', page_size: '100', updt_time: '2020-01-01' }
    const codes = async (infno: string, changes: object) => (await hospital.done(infno, { data: { ...page, ...changes } })).data.map((row) => row['hilist_code'])
    expect(new Set(await codes('1312', { lmt_used_flag: '1' }))).toEqual(
      new Set(['XB05AAR011B001010199999', 'XL01EBA075A001010199999', 'XL01FAL063B001010199999', RESTRICTED.code, 'ZA12AAY0107010199999'])
    )
    expect(await codes('1312', { hilist_code: CT.code, insu_admdvs: '999999', vali_flag: '1' })).toEqual([CT.code])
    expect(await codes('1312', { vali_flag: '0' })).toEqual(['XN05BAD019A001010199999'])
    expect(await codes('1312', { insu_admdvs: '430100' })).toEqual([])
    expect(await codes('1318', { hilist_code: OMEPRAZOLE.code, hilist_lmtpric_type: '2' })).toEqual([OMEPRAZOLE.code])
    await openVisit(hospital, 'MZ1', [CT])
    expect((await hospital.done('1317', { data: page })).data).toHaveLength(1)
    expect((await hospital.done('1317', { data: { ...page, fixmedins_code: PHARMACY.code } })).data).toEqual([])
  })

  it('1301 by whether the asker has the version of the centre', async () => {
    const count = async (ver: string) => (await hospital.done('1301', { data: { ver } })).data_cnt
    expect([await count(''), await count('0'), await count('1'), await count('9')]).toEqual(['66', '66', '0', '66'])
  })

  it('5203 says that a pharmacy has no class of hospital', async () => {
    const { setlinfo } = await pharmacy.done('2102', sale())
    const named = { psn_no: 'P0001', setl_id: setlinfo.setl_id, mdtrt_id: setlinfo.mdtrt_id }
    expect((await pharmacy.done('5203', { data: named })).setlinfo['hosp_lv']).toBe('11')
  })

  it('5206 does not give out a year as a month', async () => {
    await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ1', [CT])))
    const january = await hospital.call('5206', { data: { psn_no: 'P0001', cum_ym: '202601' } })
    expect(january.warn_msg).toBe('cum_ym 202601: cumulated here by year; the rows are of all of 2026 按年累计')
    expect(january.output.cuminfo).toContainEqual({ insutype: '310', year: '2026', cum_ym: '', cum_type_code: 'D310101', cum: '318.50' })
    expect((await hospital.done('5206', { data: { psn_no: 'P0001', cum_ym: '202512' } })).cuminfo).toEqual([])
    expect(await refused(hospital, '5206', { data: { psn_no: 'P0001', cum_ym: '202613' } })).toContain('cum_ym "202613": must be yyyyMM')
  })
})

it('one pack is not sold twice in one sale without a word', async () => {
  const [line] = sale().drugdetail
  const pack = { drug_trac_codg: '81234567890123456789', trdn_flag: '0' }
  const twice = (trdn_flag: string) => ({
    ...sale({ medfee_sumamt: '120.00' }),
    drugdetail: [line, { ...line, feedetl_sn: '2' }],
    durg_trac_info: [{ ...pack, feedetl_sn: '1', trdn_flag }, { ...pack, feedetl_sn: '2', trdn_flag }]
  })
  expect((await pharmacy.call('2102', twice('1'))).warn_msg).toBe('')
  expect((await pharmacy.call('2102', twice('0'))).warn_msg).toContain(`drug_trac_codg ${pack.drug_trac_codg} was sold before, or twice in this sale`)
})
