import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsedPolicy, region } from '../../test/worked-examples/bill.ts'
import { calculate } from '../calculation/calculate.ts'
import { fen } from '../money/fen.ts'
import { compilePolicy } from '../policy/compile-policy.ts'
import { calculationToWire } from '../wire/calculation-to-wire.ts'
import { describeProblem } from '../wire/input-problem.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { parseCatalogue } from '../catalogue/parse-catalogue.ts'
import { composeClaim, composeStatedClaim, type ClaimParts } from './compose-claim.ts'
import { parseVisit } from './parse-visit.ts'
import type { InsuredPerson, Visit, VisitInput } from './visit-schema.ts'

const fixture = (path: string) => JSON.parse(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8'))

function catalogueOf(json: unknown): Catalogue {
  const catalogue = parseCatalogue(json)
  if (!catalogue.ok) throw new Error(catalogue.error.map(describeProblem).join('\n'))
  return catalogue.value
}

function visitOf(json: unknown): Visit {
  const visit = parseVisit(json)
  if (!visit.ok) throw new Error(visit.error.map(describeProblem).join('\n'))
  return visit.value
}

const CATALOGUE = catalogueOf(fixture('catalogue/demo.json'))
const VISIT: VisitInput = {
  ipt_otp_no: '1',
  fixmedins_code: 'H99999900001',
  begntime: '2024-03-01',
  lines: [{ med_list_codg: 'XC09CAL095A001010199999', cnt: '4' }]
}

const partsOf = (visit: VisitInput, person: InsuredPerson): ClaimParts => ({
  visit: visitOf(visit),
  person,
  account: { currentYear: fen(20_000), pastYears: fen(0), mutualAid: [] },
  counters: { act_pay_dedc: fen(10_000) },
  catalogue: CATALOGUE
})
const compose = (visit: VisitInput, person: InsuredPerson = { psn_type: '11' }) => composeClaim(partsOf(visit, person))

const stated = (visit: VisitInput): string => {
  const composed = composeStatedClaim(partsOf(visit, { psn_type: '11' }))
  return composed.ok ? JSON.stringify(composed.value.stated) : ''
}

describe('a claim composed of a visit', () => {
  it('takes from the catalogue what the line leaves out', () => {
    const claim = compose(VISIT)
    expect(claim.ok && claim.value.lines[0]).toMatchObject({
      chargeClass: '02',
      price: 25_390_000,
      prePay: 1000,
      amount: 10_156,
      medChrgitmType: '09'
    })
  })

  it("keeps what the line says itself, the hospital's own price among it", () => {
    const lines = [
      { med_list_codg: 'XC09CAL095A001010199999', cnt: '1', pric: '20.00', chrgitm_lv: '01' as const, selfpay_prop: '0' }
    ]
    const claim = compose({ ...VISIT, lines })
    expect(claim.ok && claim.value.lines[0]).toMatchObject({ chargeClass: '01', amount: 2000, prePay: 0 })
  })

  it('carries balances and counters', () => {
    const claim = compose(VISIT)
    expect(claim.ok && [claim.value.account.currentYear, claim.value.accumulators]).toEqual([
      20_000,
      { act_pay_dedc: 10_000 }
    ])
  })

  it('carries what a sale adds: filing, entitlements, closed funds, prescription, packs, returns', () => {
    const sale: VisitInput = {
      ...VISIT,
      off_site: 'referral',
      entitlements: [
        { fund_pay_type: '310102', trt_enjymnt_flag: '0' },
        { fund_pay_type: '330100', trt_enjymnt_flag: '1' }
      ],
      fund_closed: 'in-arrears',
      rx: { rxno: 'RX-1', kind: 'paper', rx_circ_flag: '1', rxfixmedins_code: 'H99999900001', issued_on: '2024-02-29' },
      lines: [
        {
          med_list_codg: 'XC09CAL095A001010199999',
          cnt: '4',
          rxno: 'RX-1',
          rx_circ_flag: '1',
          prd_days: '28',
          sin_dos_dscr: '1',
          used_frqu_dscr: 'qd',
          drug_trac_info: [{ drug_trac_codg: '81099900000000000001', trdn_flag: '0' }]
        },
        { med_list_codg: 'XC09CAL095A001010199999', cnt: '-1', return_of: '1' }
      ]
    }
    const claim = compose(sale)
    expect(claim.ok && claim.value).toMatchObject({
      facts: { offSite: 'referral' },
      closedFunds: ['310102'],
      fundClosed: 'in-arrears',
      prescription: { number: 'RX-1', kind: 'paper', institution: 'H99999900001', issuedOn: '2024-02-29' },
      lines: [
        { prescriptionNo: 'RX-1', days: '28', packs: [{ traceCode: '81099900000000000001', isSplit: false }], returnOf: undefined },
        { amount: -2539, packs: [], returnOf: '1' }
      ]
    })
    expect(JSON.parse(stated(sale))).toMatchObject({ off_site: sale.off_site, rx: sale.rx, entitlements: sale.entitlements, lines: sale.lines })
  })

  it('is written without a sale as it was before there were any', () => {
    expect(stated(VISIT)).toBe(
      '{"psn_type":"11","mdtrt_id":"1","fixmedins_code":"H99999900001","institution":{"kind":"hospital"},"med_type":"11","begntime":"2024-03-01","acct_used_flag":"1","account":{"current_year":"200.00","past_years":"0.00","mutual_aid":[]},"accumulators":{"act_pay_dedc":"100.00"},"lines":[{"cnt":"4","hosp_appr_flag":"0","med_list_codg":"XC09CAL095A001010199999","chrgitm_lv":"02","pric":"25.39","name":"缬沙坦胶囊(测试)","selfpay_prop":"0.10","med_chrgitm_type":"09"}]}'
    )
  })

  it('is refused for a code that neither catalogue nor line explains, naming it', () => {
    const refused = compose({ ...VISIT, lines: [...VISIT.lines, { med_list_codg: 'NOWHERE-1', cnt: '1', pric: '1.00' }] })
    expect(!refused.ok && refused.error.kind === 'bad-input' && refused.error.problems.map(describeProblem)).toEqual([
      'lines[1].med_list_codg: "NOWHERE-1" is refused: must be a code of the catalogue, or the line must carry its class chrgitm_lv'
    ])
  })

  it('is refused for another person than the holder, without telling the number', () => {
    const refused = compose(
      { ...VISIT, patient: { certno: '99999919780504001x', psn_name: '测试一' } },
      { psn_type: '11', certno: '999999197805040028' }
    )
    expect(refused).toEqual({ ok: false, error: { kind: 'other-person', field: 'certno' } })
  })

  it('accepts the holder, the check letter in either case, and whoever is not known on one side', () => {
    const patient = { certno: '99999919780504001x' }
    expect(compose({ ...VISIT, patient }, { psn_type: '11', certno: '99999919780504001X' }).ok).toBe(true)
    expect(compose({ ...VISIT, patient }).ok).toBe(true)
  })
})

describe('a visit is refused', () => {
  it('for an unknown field, a negative price, a code that is none', () => {
    const refused = (change: object) => {
      const parsed = parseVisit({ ...VISIT, ...change })
      return parsed.ok ? '' : parsed.error.map(describeProblem).join()
    }
    expect(refused({ doctor: 'x' })).toContain('doctor: "x" is refused: unknown field')
    expect(refused({ lines: [{ med_list_codg: 'A', cnt: '1', pric: '-1' }] })).toContain('lines[0].pric: "-1" is refused')
    expect(refused({ fixmedins_code: '1' })).toContain('fixmedins_code: "1" is refused')
  })
})

describe('the catalogue', () => {
  it('knows a code once', () => {
    const item = { med_list_codg: 'A', name: 'a', chrgitm_lv: '01', med_chrgitm_type: '09' }
    expect(parseCatalogue({ items: [item, item] })).toMatchObject({ ok: false, error: [{ path: 'items[1].med_list_codg' }] })
  })
})

describe('the fixture visits', () => {
  const names = readdirSync(new URL('../../fixtures/visits/', import.meta.url))
  const policy = compilePolicy(parsedPolicy(region('999999-test')))

  it.each(names)('%s settles in the test region', (name) => {
    const visit = visitOf(fixture(`visits/${name}`))
    const claim = compose(fixture(`visits/${name}`), { ...visit.insured, psn_type: visit.insured?.psn_type ?? '11' })
    expect(claim.ok && calculate(policy, claim.value).ok).toBe(true)
  })

  it('the demonstration shows every class, a ceiling and both kinds of restricted line', () => {
    const claim = compose(fixture('visits/outpatient-demo.json'))
    const settled = claim.ok && calculate(policy, claim.value)
    const wire = settled && settled.ok ? calculationToWire(settled.value) : undefined
    expect(new Set(wire?.lines.map(({ chrgitm_lv }) => chrgitm_lv))).toEqual(new Set(['01', '02', '03']))
    expect(wire).toMatchObject({
      medfee_sumamt: '818.47',
      fulamt_ownpay_amt: '208.00',
      overlmt_selfpay: '14.00',
      preselfpay_amt: '57.76',
      inscp_scp_amt: '538.71',
      act_pay_dedc: '300.00',
      fund_pay_sumamt: '167.10',
      acct_pay: '200.00',
      psn_cash_pay: '451.37',
      balc: '0.00'
    })
  })
})

describe('what the catalogue says', () => {
  const priced = (on: string, level: 1 | 3, insutype: '310' | '390' = '310') => {
    const lines = [{ med_list_codg: 'XC08CAA042A001010199999', cnt: '1' }, { med_list_codg: 'XC08CAA042A015010199999', cnt: '1' }]
    const claim = compose({ ...VISIT, begntime: on, institution: { level, kind: 'hospital' }, lines }, { psn_type: '11', insutype })
    return claim.ok && [claim.value.lines[0]?.ceiling, claim.value.lines[1]?.prePay]
  }

  it('is that of the day of the fee: ceiling by the level of the place, share by the insurance', () => {
    expect([priced('2026-06-30', 1), priced('2026-07-01', 1)]).toEqual([[9_000_000, 1000], [8_000_000, 1000]])
    expect([priced('2025-12-31', 3), priced('2026-07-01', 3, '390')]).toEqual([[10_000_000, 500], [9_000_000, 2000]])
  })

  it('of an item that left the insurance catalogue is own pay from the day after its last one', () => {
    const classOn = (begntime: string) => {
      const claim = compose({ ...VISIT, begntime, lines: [{ med_list_codg: 'XA10BGB014A001010199999', cnt: '1' }] })
      return claim.ok && claim.value.lines[0]?.chargeClass
    }
    expect([classOn('2025-12-31 23:59:59'), classOn('2026-01-01')]).toEqual(['02', '03'])
  })
})
