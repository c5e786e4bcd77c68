/** Lost replies, repeated calls and reversals, over real HTTP on both databases: nothing is booked twice, nothing is lost. */

import { unzipSync, strFromU8, zipSync, strToU8 } from 'fflate'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startNationalCentre, Vendor, type NationalCentre } from '../../../test/support/national-centre.ts'
import { CT, openVisit, preSettlement, settlementOf, type OpenVisit } from '../../../test/support/national-visit.ts'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'
import { readCounters } from '../record/counters-text.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let centre: NationalCentre
  let vendor: Vendor
  let visit: OpenVisit
  beforeEach(async () => {
    centre = await startNationalCentre(dialect === 'sqlite' ? {} : { url: await postgres.url() })
    vendor = new Vendor(centre)
    await vendor.signIn()
    visit = await openVisit(vendor, 'MZ001', [CT])
  })
  afterEach(() => centre.stop())

  const booked = () => centre.database.db.selectFrom('settlement').selectAll().orderBy('setl_time').orderBy('total', 'desc').execute()
  const balance = async () => (await centre.database.db.selectFrom('insurance').where('psn_no', '=', 'P0001').select('balc').executeTakeFirstOrThrow()).balc
  const counters = async () =>
    readCounters((await centre.database.db.selectFrom('accumulator').where('psn_no', '=', 'P0001').select('counters').executeTakeFirst())?.counters ?? '{}')
  /** 855.00 in scope less 400.00, 70 % of 455.00: the pool pays 318.50, the account 581.50. */
  const SETTLED = { balance: 217_850, pool: 31_850, deductible: 40_000 }

  it('a repeated msgid is refused, is not answered again, and books nothing', async () => {
    const msgid = vendor.nextMsgid()
    const first = await vendor.done('2207', settlementOf(visit), { msgid })
    const again = await vendor.call('2207', settlementOf(visit), { msgid })
    expect(again.infcode).toBe(-1)
    expect(again.err_msg).toContain(`msgid ${msgid}: came before (2207, carried out 已受理) and is not answered again; find out by 3202 or reverse by 2601`)
    expect(again.output).toEqual({})
    expect((await booked()).map(({ setl_id }) => setl_id)).toEqual([first.setlinfo.setl_id])
    expect(await balance()).toBe(SETTLED.balance)
  })

  it('a repeated msgid of anything but a settlement is sent to no 3202, which would not tell of it', async () => {
    const msgid = vendor.nextMsgid()
    await vendor.call('2202', { data: { psn_no: 'P0001', mdtrt_id: visit.mdtrt_id, ipt_otp_no: 'MZ1' } }, { msgid })
    const again = await vendor.call('2202', { data: { psn_no: 'P0001', mdtrt_id: visit.mdtrt_id, ipt_otp_no: 'MZ1' } }, { msgid })
    expect(again.err_msg).toBe(`msgid ${msgid}: came before (2202, refused 已拒绝) and is not answered again; send it under a new msgid 报文ID重复，不重复处理也不重复应答`)
  })

  it('the same settlement sent twice at once books once, whether under one msgid or two', async () => {
    const msgid = vendor.nextMsgid()
    const answers = await Promise.all([
      vendor.call('2207', settlementOf(visit), { msgid }),
      vendor.call('2207', settlementOf(visit), { msgid }),
      vendor.call('2207', settlementOf(visit)),
      vendor.call('2207', settlementOf(visit))
    ])
    expect(answers.filter(({ infcode }) => infcode === 0)).toHaveLength(1)
    expect(await booked()).toHaveLength(1)
    expect(await balance()).toBe(SETTLED.balance)
    expect(await counters()).toMatchObject({ act_pay_dedc: SETTLED.deductible, hifp_pay: SETTLED.pool })
  })

  it('drop-before closes the connection and carries out nothing: the very same call may come again', async () => {
    const msgid = vendor.nextMsgid()
    await expect(vendor.send('2207', settlementOf(visit), { msgid, fault: 'drop-before' })).rejects.toThrow('fetch failed')
    expect(await booked()).toEqual([])
    await vendor.done('2207', settlementOf(visit), { msgid })
    expect(await booked()).toHaveLength(1)
  })

  it('while an answer has not left it counts as lost, for the centre may die there; and no longer when it has arrived', async () => {
    const waiting = vendor.send('2207', settlementOf(visit), { fault: 'delay=1500' })
    await expect.poll(booked).toHaveLength(1)
    const withdrawal = { data: { mdtrt_id: visit.mdtrt_id, chrg_bchno: '0000', psn_no: 'P0001' } }
    expect((await vendor.call('2205', withdrawal)).err_msg).toContain('did not arrive')
    await waiting
    expect((await vendor.call('2205', withdrawal)).err_msg).not.toContain('did not arrive')
  })

  it('drop-after books and does not answer; 2601 takes it back, as often as it is sent', async () => {
    const msgid = vendor.nextMsgid()
    await expect(vendor.send('2207', settlementOf(visit), { msgid, fault: 'drop-after' })).rejects.toThrow('fetch failed')
    expect(await booked()).toHaveLength(1)
    const held = await vendor.call('2207', settlementOf(visit))
    expect(held.err_msg).toContain('is settled already as')
    const withdrawn = await vendor.call('2205', { data: { mdtrt_id: visit.mdtrt_id, chrg_bchno: '0000', psn_no: 'P0001' } })
    expect(withdrawn.err_msg).toContain(`the answer to 2207, msgid ${msgid}, did not arrive`)

    const reversal = { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2207' } }
    expect((await vendor.call('2601', reversal)).infcode).toBe(0)
    expect((await vendor.call('2601', reversal)).infcode).toBe(0)
    expect((await booked()).map(({ total }) => total)).toEqual([90_000, -90_000])
    expect(await balance()).toBe(276_000)
    expect(await counters()).toMatchObject({ act_pay_dedc: 0, hifp_pay: 0 })
    const settled = await vendor.done('2207', settlementOf(visit))
    expect(settled.setlinfo.act_pay_dedc).toBe('400.00')
    expect(await balance()).toBe(SETTLED.balance)
  })

  it('another batch of the visit waits until the lost settlement is resolved', async () => {
    const msgid = vendor.nextMsgid()
    await expect(vendor.send('2207', settlementOf(visit), { msgid, fault: 'drop-after' })).rejects.toThrow('fetch failed')
    const { feeLines, CONSULTATION, sumsOf } = await import('../../../test/support/national-visit.ts')
    const { result } = await vendor.done('2204', { feedetail: feeLines(visit.mdtrt_id, 'P0001', 'B2', [CONSULTATION], 50) })
    const second = { data: { ...preSettlement(visit.mdtrt_id, { psn_no: 'P0001', total: '15.00', batch: 'B2' }), ...sumsOf(result) } }
    const refused = await vendor.call('2207', second)
    expect(refused.err_msg).toContain('did not arrive: find it by 3202 or reverse it by 2601 first')
    await vendor.done('2601', { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2207' } })
    expect((await vendor.call('2207', second)).infcode).toBe(0)
  })

  it('drop-after is found again by 3202: the row that only the centre has carries the msgid', async () => {
    const msgid = vendor.nextMsgid()
    await expect(vendor.send('2207', settlementOf(visit), { msgid, fault: 'drop-after' })).rejects.toThrow('fetch failed')
    const known = await vendor.done('2207', settlementOf(await openVisit(vendor, 'MZ002', [CT])))
    const { setl_id, mdtrt_id, medfee_sumamt, fund_pay_sumamt, acct_pay } = known.setlinfo
    const line = [setl_id, mdtrt_id, 'P0001', medfee_sumamt, fund_pay_sumamt, acct_pay, '0'].join('\t')
    const zip = zipSync({ 'details.txt': strToU8(`${line}\n`) })
    const { file_qury_no } = await vendor.done('9101', { fsUploadIn: { in: [...zip], filename: 'details.zip', fixmedins_code: 'H99999900001' } })
    const asked = {
      setl_optins: '999999', file_qury_no, stmt_begndate: '2026-03-15', stmt_enddate: '2026-03-15', medfee_sumamt, fund_pay_sumamt,
      acct_pay, cash_payamt: '0.00', fixmedins_setl_cnt: '1', clr_type: '11', refd_setl_flag: '1', fixmedins_refd_setl_flag: '1'
    }
    const result = await vendor.done('3202', { data: asked })
    const fetched = await vendor.send('9102', { fsDownloadIn: { file_qury_no: result.file_qury_no, filename: result.filename, fixmedins_code: 'plc' } })
    const [text] = Object.values(unzipSync(new Uint8Array(await fetched.arrayBuffer())))
    expect(strFromU8(text ?? new Uint8Array())).toBe(
      `P0001\t${mdtrt_id}\t${setl_id}\t${known.setlinfo.medins_setl_id}\t0\t0\t一致\t900.00\t${fund_pay_sumamt}\t${acct_pay}\n` +
        `P0001\tnull\tnull\t${msgid}\t1\t0\t中心有、机构无：可用msgid冲正，或补记\t900.00\t318.50\t581.50\n`
    )
    // Known now: the visit waits no longer.
    const { feeLines, CONSULTATION, sumsOf } = await import('../../../test/support/national-visit.ts')
    const { result: fees } = await vendor.done('2204', { feedetail: feeLines(visit.mdtrt_id, 'P0001', 'B2', [CONSULTATION], 50) })
    const second = { data: { ...preSettlement(visit.mdtrt_id, { psn_no: 'P0001', total: '15.00', batch: 'B2' }), ...sumsOf(fees) } }
    expect((await vendor.call('2207', second)).infcode).toBe(0)
  })

  it('2601 of a call that never came bars it from coming later', async () => {
    const msgid = vendor.nextMsgid()
    const reversed = await vendor.call('2601', { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2207' } })
    expect(reversed.infcode).toBe(0)
    expect(reversed.warn_msg).toContain('had not been received and is barred')
    const late = await vendor.call('2207', settlementOf(visit), { msgid })
    expect(late.err_msg).toContain('barred by 2601')
    expect(await booked()).toEqual([])
  })

  it('a call that arrives after its reversal does not count any more', async () => {
    const msgid = vendor.nextMsgid()
    const late = vendor.call('2207', settlementOf(visit), { msgid, fault: 'delay-before=500' })
    await vendor.done('2601', { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2207' } })
    expect((await late).err_msg).toContain('barred by 2601')
    expect(await booked()).toEqual([])
    expect(await balance()).toBe(276_000)
  })

  it('2601 takes back only what the province lists, of the person and the kind that it names', async () => {
    const msgid = vendor.nextMsgid()
    await vendor.done('2207', settlementOf(visit), { msgid })
    const wrong = [
      [{ psn_no: 'P0001', omsgid: msgid, oinfno: '2208' }, 'oinfno "2208": 430000-hunan reverses 2102, 2207, 2304, 2401'],
      [{ psn_no: 'P0001', omsgid: msgid, oinfno: '2102' }, 'oinfno "2102": omsgid was a 2207'],
      [{ psn_no: 'P0002', omsgid: msgid, oinfno: '2207' }, 'psn_no "P0002": is not the person of omsgid'],
      [{ psn_no: 'P0001', omsgid: 'X', oinfno: '2207' }, 'omsgid "X": must be a msgid of this institution']
    ] as const
    for (const [data, message] of wrong) expect((await vendor.call('2601', { data })).err_msg).toContain(message)
    expect(await booked()).toHaveLength(1)
  })

  it('what was cancelled is not reversed as well', async () => {
    const msgid = vendor.nextMsgid()
    const { setlinfo } = await vendor.done('2207', settlementOf(visit), { msgid })
    await vendor.done('2208', { data: { setl_id: setlinfo.setl_id, mdtrt_id: visit.mdtrt_id, psn_no: 'P0001' } })
    const refused = await vendor.call('2601', { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2207' } })
    expect(refused.err_msg).toContain('was cancelled as')
    expect(await balance()).toBe(276_000)
    const twice = await vendor.call('2208', { data: { setl_id: setlinfo.setl_id, mdtrt_id: visit.mdtrt_id, psn_no: 'P0001' } })
    expect(twice.err_msg).toContain('was cancelled as')
    expect(await balance()).toBe(276_000)
  })

  it('a reversal and the call that it reverses may arrive together: the money moves at most there and back', async () => {
    const msgid = vendor.nextMsgid()
    const reversal = { data: { psn_no: 'P0001', omsgid: msgid, oinfno: '2207' } }
    await Promise.all([vendor.call('2207', settlementOf(visit), { msgid }), vendor.call('2601', reversal)])
    expect((await vendor.call('2601', reversal)).infcode).toBe(0)
    expect(await balance()).toBe(276_000)
    expect((await booked()).reduce((sum, { total }) => sum + total, 0)).toBe(0)
  })

  it('minus-one carries out nothing, minus-one-after everything', async () => {
    const refused = await vendor.call('2207', settlementOf(visit), { fault: 'minus-one' })
    expect([refused.infcode, (await booked()).length]).toEqual([-1, 0])
    const lied = await vendor.call('2207', settlementOf(visit), { fault: 'minus-one-after' })
    expect([lied.infcode, (await booked()).length]).toEqual([-1, 1])
  })

  it('a late answer is the same answer; a sender who hangs up has lost it', async () => {
    const begun = Date.now()
    const late = await vendor.call('2206', { data: preSettlement(visit.mdtrt_id, { psn_no: 'P0001', total: '900.00' }) }, { fault: 'delay=300' })
    expect(late.infcode).toBe(0)
    expect(Date.now() - begun).toBeGreaterThanOrEqual(300)
    const msgid = vendor.nextMsgid()
    const impatient = fetch(`${centre.address}/national`, {
      method: 'POST',
      headers: { ...vendor.headers('2207'), 'x-caresettle-fault': 'delay=2000' },
      body: JSON.stringify(vendor.envelope('2207', settlementOf(visit), { msgid })),
      signal: AbortSignal.timeout(700)
    })
    await expect(impatient).rejects.toThrow('aborted')
    await expect
      .poll(async () => (await centre.database.db.selectFrom('national_message').where('msgid', '=', msgid).select('answer').executeTakeFirst())?.answer, { timeout: 10_000 })
      .toBe('lost')
  })

  it('faults can be planned for the next calls of a transaction, by whoever has the token', async () => {
    const planText = (token: string, body: string) =>
      fetch(`${centre.address}/sandbox/faults`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body })
    const plan = (token: string, order: unknown) => planText(token, JSON.stringify(order))
    expect((await plan('wrong', { fault: 'drop-before' })).status).toBe(401)
    expect((await plan(centre.adminToken, { fault: 'explode' })).status).toBe(400)
    const tooLong = await plan(centre.adminToken, { fault: 'delay=120001' })
    expect([tooLong.status, await tooLong.text()]).toEqual([400, expect.stringContaining('delay=MS, delay-before=MS (at most 120000), drop-before')])
    const unknown = await plan(centre.adminToken, { infno: '7777', fault: 'minus-one' })
    expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('infno: \\"7777\\" is refused: must be one that the sandbox answers, or \\"*\\" for all: 1101, 1301, ')])
    const noJson = await planText(centre.adminToken, 'xx')
    expect([noJson.status, await noJson.text()]).toEqual([400, expect.stringContaining('body: is no JSON')])
    expect((await plan(centre.adminToken, { infno: '2207', fault: 'minus-one', calls: 2 })).status).toBe(200)
    const said: string[] = []
    for (let call = 0; call < 3; call++) said.push((await vendor.call('2207', settlementOf(visit))).err_msg)
    const onPurpose = 'infcode -1 as asked for by x-caresettle-fault or /sandbox/faults 按故障开关返回-1'
    expect(said).toEqual([onPurpose, onPurpose, ''])
  })
})
