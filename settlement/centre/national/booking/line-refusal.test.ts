/** What is wrong with a charge is said in the words of its sender, however far inside it was found. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import { EMPLOYEE, PHARMACY, startNationalCentre, Vendor, type NationalCentre } from '../../../../test/support/national-centre.ts'
import { CONSULTATION, CT, drugLine, feeLines, preSettlement, registration, visitInfo, type Charge } from '../../../../test/support/national-visit.ts'

let centre: NationalCentre
let hospital: Vendor
beforeEach(async () => {
  centre = await startNationalCentre()
  hospital = new Vendor(centre)
  await hospital.signIn()
})
afterEach(() => centre.stop())

const opened = async (): Promise<string> => {
  const { mdtrt_id } = await hospital.done('2201', registration('MZ1'))
  await hospital.done('2203', visitInfo(mdtrt_id, 'P0001'))
  return mdtrt_id
}

const RETURNED: Charge = { ...CT, cnt: '-1', amount: '-180.00' }

it('a return of what the bill does not buy is told by the number of its line, in whole sentences', async () => {
  const mdtrt_id = await opened()
  await hospital.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B1', [CONSULTATION, RETURNED], 901) })
  const { err_msg } = await hospital.call('2206', { data: preSettlement(mdtrt_id, { psn_no: 'P0001', total: '-165.00' }) })
  expect(err_msg).toBe('feedetl_sn 902 cnt "-1": must not return more of an item than this bill buys, and its det_item_fee_sumamt is -180.00; cancel the original settlement instead 退回多于本单购买，请撤销原结算')
})

it('in a sale it is told by its place in drugdetail', async () => {
  const pharmacy = new Vendor(centre, PHARMACY)
  await pharmacy.signIn()
  const druginfo = {
    psn_no: 'P0001', mdtrt_cert_type: '02', mdtrt_cert_no: EMPLOYEE.certno, begntime: '2026-03-15 09:00:00', medfee_sumamt: '-165.00', insutype: '310',
    acct_used_flag: '1', med_type: '41'
  }
  const { err_msg } = await pharmacy.call('2101', { druginfo, drugdetail: [drugLine(CONSULTATION, '1'), drugLine(RETURNED, '2')] })
  expect(err_msg).toContain('drugdetail[1].cnt "-1": must not return more of an item than this bill buys')
})

it.each([
  ['a quantity', { pric: '0', cnt: '200000000', det_item_fee_sumamt: '0' }, 'feedetail[1].cnt "200000000": must be a quantity'],
  ['a price', { pric: '2000000000', cnt: '0.0001', det_item_fee_sumamt: '200000.00' }, 'feedetail[1].pric "2000000000": must be a unit price'],
  ['an amount', { pric: '1000000000.01', cnt: '1', det_item_fee_sumamt: '1000000000.01' }, 'feedetail[1].det_item_fee_sumamt "1000000000.01": must be an amount'],
  ['a name', { med_list_codg: 'UNLISTED', medins_list_codg: 'OWN\nCODE' }, 'feedetail[1].medins_list_codg "OWN\nCODE": must not contain control characters']
])('%s that no claim holds is told under the name that it was sent by', async (_, changes, message) => {
  const [first, second] = feeLines(await opened(), 'P0001', 'B1', [CT, CONSULTATION])
  const { err_msg } = await hospital.call('2204', { feedetail: [first, { ...second, ...changes }] })
  expect(err_msg).toContain(message)
})

it('charges that together are more than a bill holds are told by their amount', async () => {
  const [line] = feeLines(await opened(), 'P0001', 'B1', [CT])
  const large = { ...line, pric: '600000000', cnt: '1', det_item_fee_sumamt: '600000000.00' }
  const { err_msg } = await hospital.call('2204', { feedetail: [large, { ...large, feedetl_sn: '2' }] })
  expect(err_msg).toBe('det_item_fee_sumamt "2 lines": must add up to at most 1000000000.00')
})
