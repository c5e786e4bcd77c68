/** 3202: every row of the file is answered for, and what its sender lacks is told with the msgid that finds or reverses it. */

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { HOSPITAL, startNationalCentre, Vendor, type NationalCentre } from '../../../../test/support/national-centre.ts'
import { CT, openVisit, settlementOf } from '../../../../test/support/national-visit.ts'

let centre: NationalCentre
let vendor: Vendor
beforeEach(async () => {
  centre = await startNationalCentre()
  vendor = new Vendor(centre)
  await vendor.signIn()
})
afterEach(() => centre.stop())

type FileRow = readonly [setlId: string, mdtrtId: string, total: string, fund: string, account: string, flag: string]

const sent = async (rows: readonly FileRow[], changes: object = {}) => {
  const text = rows.map(([setlId, mdtrtId, ...rest]) => [setlId, mdtrtId, 'P0001', ...rest].join('\t')).join('\n')
  const zip = zipSync({ 'details.txt': strToU8(text) })
  const { file_qury_no } = await vendor.done('9101', { fsUploadIn: { in: [...zip], filename: 'details.zip', fixmedins_code: HOSPITAL.code } })
  const sums = { medfee_sumamt: '0', fund_pay_sumamt: '0', acct_pay: '0', cash_payamt: '0', fixmedins_setl_cnt: '2' }
  const group = { setl_optins: '999999', clr_type: '11', stmt_begndate: '2026-03-15', stmt_enddate: '2026-03-15' }
  return vendor.call('3202', { data: { file_qury_no, ...group, ...sums, refd_setl_flag: '1', ...changes } })
}

/** setl_id, msgid, stmt_rslt, refd_setl_flag, total */
const compared = async (rows: readonly FileRow[], changes: object = {}) => {
  const { output } = await sent(rows, changes)
  const fetched = await vendor.send('9102', { fsDownloadIn: { file_qury_no: output.file_qury_no, filename: output.filename, fixmedins_code: 'plc' } })
  const [text] = Object.values(unzipSync(new Uint8Array(await fetched.arrayBuffer())))
  const lines = strFromU8(text ?? new Uint8Array()).split('\n').filter((line) => line !== '')
  return lines.map((line) => line.split('\t')).map(([, , setlId, msgid, result, flag, , total]) => [setlId, msgid, result, flag, total])
}

/** A settlement and its cancel. */
const refundedPair = async () => {
  const visit = await openVisit(vendor, 'MZ1', [CT])
  const [settling, cancelling] = [vendor.nextMsgid(), vendor.nextMsgid()]
  const { setlinfo } = await vendor.done('2207', settlementOf(visit), { msgid: settling })
  const { setl_id } = setlinfo
  const cancel = await vendor.done('2208', { data: { setl_id, mdtrt_id: visit.mdtrt_id, psn_no: 'P0001' } }, { msgid: cancelling })
  const first: FileRow = [setl_id, visit.mdtrt_id, '900.00', '318.50', '581.50', '0']
  const second: FileRow = [cancel.setlinfo.setl_id, visit.mdtrt_id, '-900.00', '-318.50', '-581.50', '1']
  return { first, second, settling, cancelling }
}

it.each(['0', '1'])('both rows of a refund are found, whether or not refunded pairs are counted (%s)', async (flag) => {
  const { first, second, settling, cancelling } = await refundedPair()
  expect(await compared([first, second], { refd_setl_flag: flag })).toEqual([
    [first[0], settling, '0', '0', '900.00'],
    [second[0], cancelling, '0', '1', '-900.00']
  ])
})

it('without refunded pairs, a pair that the file leaves out too is not told', async () => {
  const { settling, cancelling } = await refundedPair()
  expect(await compared([], { refd_setl_flag: '0' })).toEqual([])
  const told = new Set(await compared([], { refd_setl_flag: '1' }))
  expect(told).toEqual(new Set([['null', settling, '1', '0', '900.00'], ['null', cancelling, '1', '1', '-900.00']]))
})

it.each(['0', '1'])('a cancel whose answer was lost is told, its settlement being in the file (%s)', async (flag) => {
  const { first, settling, cancelling } = await refundedPair()
  expect(await compared([first], { refd_setl_flag: flag, medfee_sumamt: '900.00', fund_pay_sumamt: '318.50', acct_pay: '581.50' })).toEqual([
    [first[0], settling, '0', '0', '900.00'],
    ['null', cancelling, '1', '1', '-900.00']
  ])
})

it('a row is equal only as the row of that visit, and as the refund that it is', async () => {
  const visit = await openVisit(vendor, 'MZ1', [CT])
  const msgid = vendor.nextMsgid()
  const { setlinfo } = await vendor.done('2207', settlementOf(visit), { msgid })
  const row: FileRow = [setlinfo.setl_id, visit.mdtrt_id, '900.00', '318.50', '581.50', '0']
  const result = async (changed: FileRow) => (await compared([changed])).map(([, , outcome]) => outcome)
  expect(await result(row)).toEqual(['0'])
  expect(await result([row[0], 'another', '900.00', '318.50', '581.50', '0'])).toEqual(['1'])
  expect(await result([row[0], row[1], '900.00', '318.50', '581.50', '1'])).toEqual(['1'])
})

it('what only the centre has is reversed where 2601 takes it, and else written down', async () => {
  const { first } = await refundedPair()
  const memos = async (rows: readonly FileRow[]) => {
    const { output } = await sent(rows)
    const fetched = await vendor.send('9102', { fsDownloadIn: { file_qury_no: output.file_qury_no, filename: output.filename, fixmedins_code: 'plc' } })
    const [text] = Object.values(unzipSync(new Uint8Array(await fetched.arrayBuffer())))
    return strFromU8(text ?? new Uint8Array()).split('\n').filter((line) => line !== '').map((line) => line.split('\t')[6])
  }
  expect(await memos([first])).toEqual(['一致', '中心有、机构无：请补记'])
  await vendor.done('2207', settlementOf(await openVisit(vendor, 'MZ2', [CT])))
  expect(new Set(await memos([]))).toEqual(new Set(['中心有、机构无：请补记', '中心有、机构无：可用msgid冲正，或补记']))
})

it('refd_setl_flag of a row is 0 or 1', async () => {
  const { first } = await refundedPair()
  const { infcode, err_msg } = await sent([[first[0], first[1], '900.00', '318.50', '581.50', '7']])
  expect([infcode, err_msg]).toEqual([-1, 'file line 1 refd_setl_flag "7": must be 0 or 1 须为0或1'])
})

it('a row has seven columns, and an eighth that is empty is none', async () => {
  const { first } = await refundedPair()
  const row = [first[0], first[1], '900.00', '318.50', '581.50', '0'] as const
  expect((await sent([[...row, ''] as unknown as FileRow])).infcode).toBe(0)
  const { infcode, err_msg } = await sent([[...row, '1'] as unknown as FileRow])
  expect([infcode, err_msg]).toEqual([-1, 'file line 1 columns "8": must be 7: setl_id mdtrt_id psn_no medfee_sumamt fund_pay_sumamt acct_pay refd_setl_flag 列数不符'])
})

it('a clearing class that nothing is cleared under does not come to "equal"', async () => {
  const none = { medfee_sumamt: '0', fund_pay_sumamt: '0', acct_pay: '0', fixmedins_setl_cnt: '0', fixmedins_refd_setl_flag: '1' }
  const totals = (changes: object) => vendor.call('3201', { data: { insutype: '310', clr_type: '41', stmt_begndate: '2026-03-15', stmt_enddate: '2026-03-15', ...none, ...changes } })
  expect((await totals({})).infcode).toBe(0)
  expect((await totals({ clr_type: '4l' })).err_msg).toBe('clr_type "4l": must be one of 须为 11 12 13 14 15 18 21 41 51 99')
  expect((await totals({ fixmedins_setl_cnt: '-1' })).err_msg).toBe('fixmedins_setl_cnt "-1": must not be below zero 不能为负数')
})

it('warns of sums that the file does not come to', async () => {
  const { first } = await refundedPair()
  const right = { medfee_sumamt: '900.00', fund_pay_sumamt: '318.50', acct_pay: '581.50' }
  expect((await sent([first], right)).warn_msg).toBe('')
  expect((await sent([first], { ...right, acct_pay: '581.49' })).warn_msg).toBe('acct_pay 581.49: the rows of the file come to 581.50 与对账文件合计不符')
})

it('does not warn of a sum that the call leaves out', async () => {
  const { first } = await refundedPair()
  const { infcode, warn_msg } = await sent([first], { medfee_sumamt: '900.00', fund_pay_sumamt: '318.50', acct_pay: undefined })
  expect([infcode, warn_msg]).toEqual([0, ''])
})

it('a file of rows that no sum can hold is compared row by row', async () => {
  const large: FileRow = ['none of ours', 'M1', '9000000000.00', '0', '0', '0']
  const { infcode, warn_msg } = await sent([large, large])
  expect([infcode, warn_msg]).toEqual([0, 'medfee_sumamt 0: the rows of the file come to more than this centre counts 与对账文件合计不符'])
})
