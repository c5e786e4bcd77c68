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
