import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SETTLEMENT_ROW } from '../../../test/support/loads.ts'
import { enrolledAt, testCentre, type TestCentre } from '../../../test/support/test-centre.ts'
import type { CentreClient } from '../../../test/support/centre-client.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { EntitlementRow } from '../store/schema.ts'

const HOSPITAL = { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', kind: 'hospital', level: 2, region: '999999' }

let centre: TestCentre
let terminal: CentreClient

beforeEach(async () => {
  centre = await testCentre()
  await insertRows(centre.ports.database.db, 'institution', [HOSPITAL, { ...HOSPITAL, fixmedins_code: 'H99999900002' }])
  terminal = await enrolledAt(centre, HOSPITAL.fixmedins_code)
})
afterEach(() => centre.close())

const certnoOf = (number: number): string => `00000019900101${String(number).padStart(4, '0')}`
const POOL = { insutype: '310', fund_pay_type: '310102', med_type: null, begndate: '2015-01-01', enddate: null, trt_enjymnt_flag: '1', trt_chk_rslt: '' } as const

/** Somebody who was here, with those entitlements. */
async function visitor(number: number, rows: readonly Partial<EntitlementRow>[], visit: { readonly at?: string; readonly time?: string } = {}): Promise<void> {
  const { db } = centre.ports.database
  const psn_no = `P${number}`
  await insertRows(db, 'person', [{ psn_no, certno: certnoOf(number), psn_cert_type: '01', psn_name: `测试${number}`, gend: '1', naty: '01', brdy: '1990-01-01' }])
  await insertRows(db, 'entitlement', rows.map((row) => ({ ...POOL, ...row, psn_no })))
  const settled = { setl_id: `S${number}`, medins_setl_id: `M${number}`, visit_no: `V${number}`, psn_no, card_ref: null, card_serial: null, card_signed: null }
  await insertRows(db, 'settlement', [{ ...SETTLEMENT_ROW, ...settled, institution: visit.at ?? HOSPITAL.fixmedins_code, setl_time: visit.time ?? '20261120093000' }])
}

async function listed(): Promise<{ readonly entitlements: readonly object[]; readonly people: readonly object[] }> {
  const { entitlements, people } = JSON.parse((await terminal.get('/v1/entitlements')).body)
  return { entitlements, people }
}

describe('the people of an institution, as its terminals are told of them', () => {
  it('are told by the number alone where every fund is theirs for good', async () => {
    await visitor(1, [{}, { fund_pay_type: '330100' }])
    expect(await listed()).toEqual({ entitlements: [], people: [{ certno: certnoOf(1), entitlements: [] }] })
  })

  it('share what is said of many of them', async () => {
    const notACivilServant = { fund_pay_type: '320100', trt_enjymnt_flag: '0', trt_chk_rslt: '非公务员' } as const
    await visitor(1, [{}, notACivilServant])
    await visitor(2, [{ trt_enjymnt_flag: '0', trt_chk_rslt: '欠费', begndate: '2026-03-01' }, notACivilServant])
    expect(await listed()).toEqual({
      entitlements: [
        { insutype: '310', fund_pay_type: '320100', begndate: '2015-01-01', trt_enjymnt_flag: '0', trt_chk_rslt: '非公务员' },
        { insutype: '310', fund_pay_type: '310102', begndate: '2026-03-01', trt_enjymnt_flag: '0', trt_chk_rslt: '欠费' }
      ],
      people: [
        { certno: certnoOf(1), entitlements: [0] },
        { certno: certnoOf(2), entitlements: [1, 0] }
      ]
    })
  })

  it('of a fund that was suspended for a while are told the longer entitlement too: the two are read together', async () => {
    await visitor(1, [{}, { begndate: '2026-03-01', enddate: '2026-03-10', trt_enjymnt_flag: '0' }])
    expect(await listed()).toEqual({
      entitlements: [
        { insutype: '310', fund_pay_type: '310102', begndate: '2015-01-01', trt_enjymnt_flag: '1' },
        { insutype: '310', fund_pay_type: '310102', begndate: '2026-03-01', enddate: '2026-03-10', trt_enjymnt_flag: '0' }
      ],
      people: [{ certno: certnoOf(1), entitlements: [0, 1] }]
    })
  })

  it.each([
    ['only for a kind of visit', { med_type: '14' }],
    ['that ends', { enddate: '2026-12-31' }],
    ['that began within the year', { begndate: '2025-11-25' }]
  ] as const)('are told a yes %s', async (_, row) => {
    await visitor(1, [row])
    expect(await listed()).toEqual({
      entitlements: [{ insutype: '310', fund_pay_type: '310102', begndate: '2015-01-01', ...row, trt_enjymnt_flag: '1' }],
      people: [{ certno: certnoOf(1), entitlements: [0] }]
    })
  })

  it('are those of the last 366 days, and nobody who was elsewhere', async () => {
    await visitor(1, [], { time: '20251125000000' })
    await visitor(2, [], { time: '20251124235959' })
    await visitor(3, [], { at: 'H99999900002' })
    expect((await listed()).people).toEqual([{ certno: certnoOf(1), entitlements: [] }])
  })

  it('are all there when they are more than are asked for at once', async () => {
    const { db } = centre.ports.database
    const many = Array.from({ length: 4_500 }, (_, index) => index + 1)
    await insertRows(db, 'person', many.map((number) => ({ psn_no: `P${number}`, certno: certnoOf(number), psn_cert_type: '01', psn_name: '测试', gend: '1', naty: '01', brdy: '1990-01-01' })))
    await insertRows(db, 'entitlement', many.map((number) => ({ ...POOL, psn_no: `P${number}`, trt_enjymnt_flag: number % 2 === 0 ? '0' as const : '1' as const })))
    await insertRows(db, 'settlement', many.map((number) => ({ ...SETTLEMENT_ROW, setl_id: `S${number}`, medins_setl_id: `M${number}`, visit_no: `V${number}`, psn_no: `P${number}`, card_ref: null, card_serial: null, card_signed: null, institution: HOSPITAL.fixmedins_code })))
    const { entitlements, people } = await listed()
    expect(entitlements).toEqual([{ insutype: '310', fund_pay_type: '310102', begndate: '2015-01-01', trt_enjymnt_flag: '0' }])
    expect(new Set(people.map((person) => JSON.stringify(person)))).toEqual(new Set(many.map((number) => JSON.stringify({ certno: certnoOf(number), entitlements: number % 2 === 0 ? [0] : [] }))))
  })
})
