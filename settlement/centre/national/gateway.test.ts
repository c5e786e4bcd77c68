/** Who is let in, and what an envelope must say: each refusal names field, value and rule, and books nothing. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ELSEWHERE, EMPLOYEE, startNationalCentre, Vendor, type NationalCentre } from '../../../test/support/national-centre.ts'
import { gatewaySignature } from './gateway/signature.ts'

let centre: NationalCentre
let vendor: Vendor
const ASK = { data: { mdtrt_cert_type: '02', mdtrt_cert_no: EMPLOYEE.certno, psn_cert_type: '01' } }
beforeAll(async () => {
  centre = await startNationalCentre()
  vendor = new Vendor(centre)
  await vendor.signIn()
})
afterAll(() => centre.stop())

describe('the signature', () => {
  it('is base64 of HmacSHA1 over the sorted pairs, with literal values', () => {
    const headers = { _api_name: '1101', _api_version: '1.0.0', _api_timestamp: '1773536400000', _api_access_key: 'demo-access-key' }
    // printf '%s' '_api_access_key=demo-access-key&_api_name=1101&_api_timestamp=1773536400000&_api_version=1.0.0' \
    //   | openssl dgst -sha1 -hmac demo-secret -binary | base64
    expect(gatewaySignature('demo-secret', headers)).toBe('4yuRvs3me5GiEDHnY54pLMxnC4Q=')
  })
})

describe('the gateway', () => {
  const refused = async (headers: Readonly<Record<string, string>>) => {
    const response = await vendor.send('1101', ASK, { headers })
    return [response.status, await response.json()]
  }

  it.each(['_api_name', '_api_version', '_api_timestamp', '_api_access_key', '_api_signature'])('refuses a call without %s', async (name) => {
    const [status, body] = await refused({ [name]: '' })
    expect(status).toBe(401)
    expect(body).toEqual({ code: 401, message: `missing headers 缺少请求头: ${name}` })
  })

  it('refuses a time more than 30 minutes away, an unknown key and a wrong signature', async () => {
    const late = String(centre.clock.now().epochMs - 30 * 60_000 - 1)
    expect(await refused({ _api_timestamp: late })).toEqual([401, { code: 401, message: expect.stringContaining('within 30 min') }])
    expect(await refused({ _api_timestamp: 'now' })).toEqual([401, { code: 401, message: expect.stringContaining('13 digits') }])
    expect(await refused({ _api_access_key: 'nobody' })).toEqual([401, { code: 401, message: expect.stringContaining('unknown') }])
    expect(await refused({ _api_signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' })).toEqual([401, { code: 401, message: expect.stringContaining('_api_signature') }])
    expect(await refused({ _api_version: '2.0.0' })).toEqual([401, { code: 401, message: expect.stringContaining('_api_signature') }])
  })

  it.each(['/', '/national', '/national/1101', '/fsi/api/hsecfc/fsiService/1101'])('takes calls at %s', async (path) => {
    expect((await vendor.call('1101', ASK, { path })).infcode).toBe(0)
  })

  it('an access key opens its own institution only', async () => {
    const answer = await vendor.call('1101', ASK, {
      envelope: { fixmedins_code: ELSEWHERE.code, mdtrtarea_admvs: '500100', msgid: `${ELSEWHERE.code}202603150900000001` }
    })
    expect(answer.err_msg).toContain('the access key belongs to H99999900001')
  })

  it.each(['GET', 'PUT', 'DELETE'])('says in its own form that %s is no way to send a transaction', async (method) => {
    const response = await fetch(`${centre.address}/fsi/api/hsecfc/fsiService/1101`, { method, headers: vendor.headers('1101'), ...(method === 'PUT' ? { body: '{}' } : {}) })
    expect([response.status, response.headers.get('allow'), await response.json()]).toEqual([405, 'POST', { code: 405, message: `${method}: a transaction is sent by POST 请用POST方法` }])
  })

  it('what is no JSON object or too large is a 4xx, and is no call', async () => {
    const post = (body: string | Buffer<ArrayBuffer>) => fetch(`${centre.address}/national`, { method: 'POST', headers: vendor.headers('1101'), body })
    for (const body of ['', 'hello', '[]', '7', '{"infno":', `{"a":${'['.repeat(50)}${']'.repeat(50)}}`, '{"a":["B\\ud800"]}']) expect((await post(body)).status).toBe(400)
    // "测" in GBK: read as UTF-8 it would be another name.
    const gbk = Buffer.concat([Buffer.from('{"infno":"1101","opter_name":"'), Uint8Array.of(0xb2, 0xe2), Buffer.from('"}')])
    const notUtf8 = await post(gbk)
    expect([notUtf8.status, await notUtf8.json()]).toEqual([400, { code: 400, message: 'body: must be a JSON object in UTF-8, its texts of whole characters 请求须为JSON对象，文本须为完整字符' }])
    expect((await post(`\uFEFF${JSON.stringify(vendor.envelope('1101', ASK))}`)).status).toBe(200)
    const large = await post(`{"a":"${'x'.repeat(1_100_000)}"}`)
    expect([large.status, await large.json()]).toEqual([413, { code: 413, message: 'body: at most 1048576 bytes 报文过大' }])
  })

  it('is only open without a signature where that is said', async () => {
    const open = await startNationalCentre({ unsigned: true })
    const stranger = new Vendor(open)
    const bare = Object.fromEntries(['_api_name', '_api_version', '_api_timestamp', '_api_access_key', '_api_signature'].map((name) => [name, '']))
    const answer = await stranger.call('9001', {}, { headers: bare })
    await open.stop()
    expect(answer.infcode).toBe(0)
  })
})

describe('the envelope', () => {
  it.each([
    ['infno', '', 'infno "": must not be empty'],
    ['infno', '2104', 'infno "2104": not in this sandbox'],
    ['msgid', '', 'msgid "": must not be empty'],
    ['msgid', 'H9999990000120260315090000', 'msgid "H9999990000120260315090000": must be fixmedins_code (12) + yyyyMMddHHmmss (14) + serial'],
    ['msgid', 'H50010000001202603150900000001', 'msgid "H50010000001202603150900000001": must be fixmedins_code'],
    ['msgid', 'H99999900001202602310900000001', 'msgid "H99999900001202602310900000001": must be fixmedins_code (12) + yyyyMMddHHmmss'],
    ['mdtrtarea_admvs', '430100', 'mdtrtarea_admvs "430100": H99999900001 lies in 999999'],
    ['mdtrtarea_admvs', '99', 'mdtrtarea_admvs "99": must be the 6 digits'],
    ['recer_sys_code', '', 'recer_sys_code "": must not be empty'],
    ['recer_sys_code', 'CARESETTLE1', 'recer_sys_code "CARESETTLE1": at most 10 characters'],
    ['infver', 'V9', 'infver "V9": must be 1.0.0 or V1.0'],
    ['opter_type', '4', 'opter_type "4": must be 1 clerk'],
    ['opter', '', 'opter "": must not be empty'],
    ['opter_name', undefined, 'opter_name is missing'],
    ['inf_time', '2026/03/15 09:00:00', 'inf_time "2026/03/15 09:00:00": must be yyyy-MM-dd HH:mm:ss'],
    ['inf_time', '2026-02-31 09:00:00', 'inf_time "2026-02-31 09:00:00": must be yyyy-MM-dd HH:mm:ss'],
    ['inf_time', '2026-03-13 08:00:00', "inf_time \"2026-03-13 08:00:00\": must be within 1440 min of the centre's clock"],
    ['fixmedins_name', '', 'fixmedins_name "": must not be empty'],
    ['sign_no', 'no such number', 'sign_no "no such number": is no open sign-in of today'],
    ['cainfo', 'x'.repeat(1025), 'at most 1024 characters'],
    ['dev_no', null, 'dev_no "null": null is no value'],
    ['input', [], 'input "[]": must be a JSON object'],
    ['input', { data: { mdtrt_cert_no: 'x'.repeat(40_000) } }, 'at most 40000 characters']
  ])('%s %j is refused', async (field, value, message) => {
    const answer = await vendor.call('1101', ASK, { envelope: { [field]: value } })
    expect(answer.infcode).toBe(-1)
    expect(answer.err_msg).toContain(message)
    expect(Array.from(answer.err_msg).length).toBeLessThanOrEqual(200)
    expect(answer.output).toEqual({})
  })

  it('of an answer has the ids and times of 1.4', async () => {
    const answer = await vendor.call('1101', ASK)
    expect(answer.infcode).toBe(0)
    expect(answer.inf_refmsgid).toMatch(/^99999920260315\d{16}$/)
    expect(answer.refmsg_time).toBe('20260315090000000')
    expect(answer.respond_time).toMatch(/^\d{17}$/)
    expect([answer.err_msg, answer.warn_msg]).toEqual(['', ''])
  })

  it('of the institution must come from today’s sign-in, which 9002 ends', async () => {
    const fresh = await startNationalCentre()
    const clerk = new Vendor(fresh)
    expect((await clerk.call('1101', ASK)).err_msg).toContain('nobody of this institution has signed in today: 9001 first')
    await clerk.signIn()
    expect((await clerk.call('1101', ASK)).infcode).toBe(0)
    fresh.clock.forward(86_400)
    expect((await clerk.call('1101', ASK)).err_msg).toContain('is no open sign-in of today')
    await clerk.signIn()
    expect((await clerk.call('9002', { signOut: { sign_no: clerk.signNo, opter_no: '0001' } })).infcode).toBe(0)
    expect((await clerk.call('1101', ASK)).infcode).toBe(-1)
    await fresh.stop()
  })
})

describe('another province', () => {
  it('has other rules by its data: sign_no, insuplc_admdvs, infver, reversible', async () => {
    const chongqing = new Vendor(centre, ELSEWHERE)
    const versioned = { envelope: { infver: '1.0.0' } }
    expect((await chongqing.call('1101', ASK, versioned)).err_msg).toContain('infver "1.0.0": must be V1.0')
    expect((await chongqing.call('1101', ASK)).err_msg).toContain('sign_no "": must be sent')
    await chongqing.signIn()
    expect((await chongqing.call('1101', ASK, { envelope: { enctype: 'PLAIN' } })).infcode).toBe(0)
    expect((await chongqing.call('1101', ASK, { envelope: { enctype: 'x'.repeat(11) } })).err_msg).toContain('enctype')
    const check = { data: { psn_no: 'P0001', insutype: '310', fixmedins_code: ELSEWHERE.code, med_type: '11', begntime: '2026-03-15 09:00:00' } }
    expect((await chongqing.call('2001', check)).err_msg).toContain('insuplc_admdvs "": must be sent with a psn_no')
    expect((await chongqing.call('2001', check, { insuplc: '999999' })).infcode).toBe(0)
    const reversal = (oinfno: string) => ({ data: { psn_no: 'P0001', omsgid: `${ELSEWHERE.code}202603150900009999`, oinfno } })
    expect((await chongqing.call('2601', reversal('2304'))).err_msg).toContain('500000-chongqing reverses 2102, 2103, 2207, 2208, 2305, 2401')
    expect((await chongqing.call('2601', reversal('2208'))).err_msg).toContain('no such call has been received')
  })
})
