/** What another province's data changes: cancel window, reversible cancels, the meaning of stmt_rslt; and that data is checked. */

import { readFileSync } from 'node:fs'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ELSEWHERE, profiles, startNationalCentre, Vendor, type NationalCentre } from '../../../test/support/national-centre.ts'
import { CT, feeLines, preSettlement, registration, sumsOf, visitInfo } from '../../../test/support/national-visit.ts'
import { parseProfiles, profileFor } from './profile/profile.ts'
import { readCounters } from '../record/counters-text.ts'

const document = (name: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(`../../../fixtures/national/${name}.json`, import.meta.url), 'utf8'))

describe('a profile', () => {
  it('is chosen by the longest beginning of the division', () => {
    const named = (division: string) => profileFor(profiles(), division)?.profile
    expect([named('430100'), named('999999'), named('500100'), named('110000')]).toEqual(['430000-hunan', '430000-hunan', '500000-chongqing', undefined])
  })

  it('takes over what it does not change', () => {
    const [hunan, chongqing] = profiles()
    expect([hunan?.cancel_window, chongqing?.cancel_window]).toEqual(['always', 'same-month'])
    expect(chongqing?.clr_type).toEqual(hunan?.clr_type)
    const needed = (profile: typeof hunan) => profile?.nodes.get('2203')?.find(({ name }) => name === 'mdtrtinfo')?.fields.get('dise_name')?.needed
    expect([needed(hunan), needed(chongqing)]).toEqual([true, false])
    expect([hunan?.envelope.has('enctype'), chongqing?.envelope.has('enctype')]).toEqual([false, true])
  })

  it.each([
    ['an unknown part', { cancel_windows: 'always' }, 'cancel_windows'],
    ['a field rule that is none', { envelope: { msgid: 'thirty characters' } }, 'must be a field rule such as'],
    ['a window that is none', { cancel_window: 'sometimes' }, 'cancel_window'],
    ['a baseline that is not there', { based_on: 'nothing' }, 'based_on']
  ])('with %s is refused', (_what, changes, expected) => {
    const parsed = parseProfiles([document('baseline'), { ...document('500000-chongqing'), ...changes }])
    expect(JSON.stringify(parsed)).toContain(expected)
    expect(parsed.ok).toBe(false)
  })

  it('says of every part where it is from and how sure that is', () => {
    for (const { sources } of profiles()) expect(sources.length).toBeGreaterThan(5)
  })
})

describe('in Chongqing', () => {
  let centre: NationalCentre
  let vendor: Vendor
  const off = { insuplc: '999999' }
  beforeEach(async () => {
    centre = await startNationalCentre()
    vendor = new Vendor(centre, ELSEWHERE)
    await vendor.signIn()
  })
  afterEach(() => centre.stop())

  async function settled() {
    const { mdtrt_id } = await vendor.done('2201', registration('MZ1'), off)
    await vendor.done('2203', visitInfo(mdtrt_id, 'P0001'), off)
    const { result } = await vendor.done('2204', { feedetail: feeLines(mdtrt_id, 'P0001', 'B1', [CT]) }, off)
    const data = { ...preSettlement(mdtrt_id, { psn_no: 'P0001', total: '900.00' }), ...sumsOf(result) }
    const { setlinfo } = await vendor.done('2207', { data }, off)
    return { mdtrt_id, data, setlinfo, cancel: { data: { setl_id: setlinfo.setl_id, mdtrt_id, psn_no: 'P0001' } } }
  }
  const state = async () => ({
    balance: (await centre.database.db.selectFrom('insurance').where('psn_no', '=', 'P0001').select('balc').executeTakeFirstOrThrow()).balc,
    standing: (await centre.database.db.selectFrom('settlement').where('reverses', 'is', null).where('reversed_by', 'is', null).select('total').execute()).map(({ total }) => total),
    pool: readCounters((await centre.database.db.selectFrom('accumulator').select('counters').executeTakeFirstOrThrow()).counters)['hifp_pay']
  })
  const SETTLED = { balance: 217_850, standing: [90_000], pool: 31_850 }

  it('reversing a cancel lets the settlement stand again, and it can be cancelled again', async () => {
    const { cancel } = await settled()
    const msgid = vendor.nextMsgid()
    await expect(vendor.send('2208', cancel, { ...off, msgid, fault: 'drop-after' })).rejects.toThrow('fetch failed')
    expect(await state()).toEqual({ balance: 276_000, standing: [], pool: 0 })
    await vendor.done('2601', { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2208' } }, off)
    expect(await state()).toEqual(SETTLED)
    const { setlinfo } = await vendor.done('2208', cancel, off)
    // Spelt as in the other transactions here.
    expect(setlinfo).toMatchObject({ psn_cash_pay: '0.00', medfee_sumamt: '-900.00' })
    expect(await state()).toEqual({ balance: 276_000, standing: [], pool: 0 })
  })

  it('a cancel whose lines went elsewhere is not undone', async () => {
    const { cancel, data } = await settled()
    const msgid = vendor.nextMsgid()
    await vendor.done('2208', cancel, { ...off, msgid })
    await vendor.done('2207', { data }, off)
    const refused = await vendor.call('2601', { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2208' } }, off)
    expect(refused.err_msg).toContain('its lines were withdrawn or settled again meanwhile')
    expect(await state()).toEqual(SETTLED)
  })

  it('a settlement may be cancelled in its own month only', async () => {
    const { cancel } = await settled()
    centre.clock.forward(17 * 86_400)
    vendor.signNo = ''
    await vendor.signIn()
    expect((await vendor.call('2208', cancel, off)).err_msg).toContain('settled in 202603: may be cancelled in that month only')
    expect(await state()).toEqual(SETTLED)
  })

  it('stmt_rslt tells who has more, row by row and in sum', async () => {
    const { setlinfo, mdtrt_id } = await settled()
    const sums = { medfee_sumamt: '900.00', fund_pay_sumamt: '318.50', acct_pay: '581.50' }
    const period = { clr_type: '11', setl_optins: '999999', stmt_begndate: '2026-03-15', stmt_enddate: '2026-03-15', refd_setl_flag: '1' }
    const totals = async (count: string, changes: object = {}) =>
      (await vendor.done('3201', { data: { insutype: '310', ...period, ...sums, fixmedins_setl_cnt: count, ...changes } })).stmt_rslt
    expect([await totals('1'), await totals('0'), await totals('2'), await totals('1', { acct_pay: '0.00' })]).toEqual(['0', '1', '2', '3'])

    const rows = [
      [setlinfo.setl_id, mdtrt_id, 'P0001', '900.00', '318.50', '581.49', '0'],
      ['ours only', 'M9', 'P0001', '1.00', '0.00', '0.00', '0']
    ]
    const upload = { in: Buffer.from(zipSync({ 'a.txt': strToU8(rows.map((row) => row.join('\t')).join('\n')) })).toString('base64'), filename: 'a.zip', fixmedins_code: ELSEWHERE.code }
    const { file_qury_no } = await vendor.done('9101', { fsUploadIn: upload })
    const result = await vendor.done('3202', { data: { file_qury_no, ...period, ...sums, cash_payamt: '0.00', fixmedins_setl_cnt: '2' } })
    const fetched = await vendor.send('9102', { fsDownloadIn: { file_qury_no: result.file_qury_no, filename: result.filename, fixmedins_code: ELSEWHERE.code } })
    const [text] = Object.values(unzipSync(new Uint8Array(await fetched.arrayBuffer())))
    const answered = strFromU8(text ?? new Uint8Array()).trimEnd().split('\n').map((line) => line.split('\t'))
    expect(answered.map((row) => [row[2], row[4], row[9]])).toEqual([
      [setlinfo.setl_id, '3', '581.50'],
      ['ours only', '2', '0.00']
    ])
  })

  it('a file that cannot be read is refused by name', async () => {
    const reconciled = async (content: Uint8Array) => {
      const { file_qury_no } = await vendor.done('9101', { fsUploadIn: { in: [...content], filename: 'a.zip', fixmedins_code: ELSEWHERE.code } })
      const data = { file_qury_no, stmt_begndate: '2026-03-15', stmt_enddate: '2026-03-15', medfee_sumamt: '0', fund_pay_sumamt: '0', acct_pay: '0', cash_payamt: '0', fixmedins_setl_cnt: '0' }
      return (await vendor.call('3202', { data })).err_msg
    }
    expect(await reconciled(strToU8('PK no zip'))).toContain('cannot be read as ZIP')
    expect(await reconciled(zipSync({ 'a.txt': strToU8('a'), 'b.txt': strToU8('b') }))).toContain('must hold one text file')
    expect(await reconciled(Uint8Array.of(0xff, 0xfe, 0x41))).toContain('must be UTF-8')
    expect(await reconciled(strToU8('one\ttwo\n'))).toContain('file line 1 columns "2": must be 7')
    expect(await reconciled(strToU8('S1\tM1\tP1\t9.999\t0\t0\t0\n'))).toContain('file line 1 medfee_sumamt "9.999": must be an amount')
  })
})
