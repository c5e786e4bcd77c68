import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { date } from '../../../settlement/calendar/business-date.ts'
import { writeLedger } from '../../../settlement/ledger/write-ledger.ts'
import { fen } from '../../../settlement/money/fen.ts'
import { parsePolicy } from '../../../settlement/policy/parse-policy.ts'
import { memoryStore } from '../../../settlement/store/memory/memory-store.ts'
import { parseCatalogue } from '../../../settlement/catalogue/parse-catalogue.ts'
import { parseVisit } from '../../../settlement/visit/parse-visit.ts'
import { cardData as card } from '../../../test/support/card-data.ts'
import type { ToldEntitlement, ToldInsurance } from '../told-person.ts'
import { BillDesk } from '../desk/bill-desk.ts'
import { Bill, type BillRules, type Payer } from './bill.ts'

const fixture = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url), 'utf8'))

function parsed<Value>(result: { readonly ok: boolean; readonly value?: Value }): Value {
  if (!result.ok || result.value === undefined) throw new Error(JSON.stringify(result))
  return result.value
}

const RULES: BillRules = {
  ledger: writeLedger(memoryStore()),
  catalogue: parsed(parseCatalogue(fixture('catalogue/demo.json'))),
  policies: [parsed(parsePolicy(fixture('regions/999999-test.json')))]
}

const payer = (account: Payer['account'], of = card()): Payer => ({ card: of, account, today: date('2026-03-15') })

function openDemo(change: object = {}): Bill {
  const visit = parsed(parseVisit({ ...(fixture('visits/outpatient-demo.json') as object), ...change }))
  return parsed(Bill.open(RULES, visit, { source: 'queue', file: 'a.json' }))
}

function sums(bill: Bill) {
  const { outcome } = bill.view()
  if (outcome.state !== 'computed') throw new Error(JSON.stringify(outcome))
  return outcome.sums
}

describe('a bill on the screen', () => {
  it('shows prices and amounts before anybody is there, and no split', () => {
    const view = openDemo().view()
    expect(view.outcome).toEqual({ state: 'no-card' })
    expect(view.lines[5]).toMatchObject({ line: '6', chargeClass: '02', price: '25.39', quantity: '4', amount: '101.56', prePay: null })
  })

  it('is computed with the card that is there, without the account while its balance is not known', () => {
    const bill = openDemo()
    bill.setPayer(payer({ state: 'after-pin' }))
    expect(sums(bill)).toMatchObject({
      accountKnown: false,
      total: '818.47',
      ownPay: '208.00',
      deductible: { ofYear: '400.00', usedBefore: '0.00', paid: '400.00', left: '0.00' },
      fundPaid: '97.10',
      account: '0.00',
      cash: '721.37',
      accountAfter: null
    })
  })

  it('takes from the account once the PIN has shown its balance', () => {
    const bill = openDemo()
    bill.setPayer(payer({ state: 'on-card', balance: fen(10_000) }))
    expect(sums(bill)).toMatchObject({ accountKnown: true, accountBefore: '100.00', account: '100.00', accountAfter: '0.00', cash: '621.37' })
    bill.useAccount('0')
    expect(sums(bill)).toMatchObject({ account: '0.00', accountAfter: '100.00', cash: '721.37' })
  })

  describe('when the centre has told of the funds of people who were here before', () => {
    const closed = { fund_pay_type: '310102', trt_enjymnt_flag: '0', trt_chk_rslt: '欠费', begndate: '2024-02-01' } as const
    /** The visit is of 2024-03-01. */
    function openTold(rows: readonly ToldEntitlement[], change: object = {}, insurances?: readonly ToldInsurance[]): Bill {
      const rules: BillRules = { ...RULES, told: (certno, insutype) => (certno === '000000199001010018' && insutype === '310' ? { entitlements: rows, insurances, used: undefined } : undefined) }
      const visit = parsed(parseVisit({ ...(fixture('visits/outpatient-demo.json') as object), ...change }))
      return parsed(Bill.open(rules, visit, { source: 'queue', file: 'a.json' }))
    }
    const paid = (bill: Bill) => [sums(bill).fundPaid, sums(bill).cash, sums(bill).closedFunds]

    it('a fund that is not the person’s pays nothing, and the centre’s own words say why', () => {
      const bill = openTold([closed])
      bill.setPayer(payer({ state: 'after-pin' }))
      expect(paid(bill)).toEqual(['0.00', '818.47', [{ fund: 'hifp_pay', name: { zh: '基本医疗保险统筹基金', en: 'basic pooled fund' }, why: '欠费' }]])
    })

    it.each([
      ['another kind of visit', { ...closed, med_type: '14' }],
      ['a time that is over', { ...closed, enddate: '2024-02-29 23:59:59' }],
      ['a fund that nobody has here', { ...closed, fund_pay_type: '610100' }]
    ])('what is closed for %s closes nothing', (_, row) => {
      const bill = openTold([row])
      bill.setPayer(payer({ state: 'after-pin' }))
      expect(paid(bill)).toEqual(['97.10', '721.37', []])
    })

    it('is the card’s matter, and not the bill’s: the next card pays as its own holder', () => {
      const bill = openTold([closed])
      bill.setPayer(payer({ state: 'after-pin' }))
      expect(bill.visit.entitlements).toBeUndefined()
      bill.setLine('12', { quantity: '2' })
      expect(sums(bill).fundPaid).toBe('0.00')
      const other = card()
      bill.setPayer(payer({ state: 'after-pin' }, { ...other, holder: { ...other.holder, socialSecurityNumber: '000000198207307090' } }))
      expect(paid(bill)).toEqual(['97.10', '741.37', []])
    })

    it('a bill that is no other for it stays the one that was agreed', () => {
      let rows: readonly ToldEntitlement[] = []
      const rules: BillRules = { ...RULES, told: () => ({ entitlements: rows, insurances: undefined, used: undefined }) }
      let tellings = 0
      const desk = new BillDesk({ rules, payer: () => payer({ state: 'after-pin' }), changed: () => (tellings += 1), sell: undefined, queue: undefined as never, till: undefined as never, terminal: undefined as never, clock: undefined as never })
      const opened = parsed(desk.open(Bill.open(rules, parsed(parseVisit(fixture('visits/outpatient-demo.json'))), { source: 'queue' })))
      const tellingsBefore = tellings
      rows = [{ ...closed, fund_pay_type: '610100' }]
      desk.payerKnownBetter()
      expect([desk.view, tellings]).toEqual([opened, tellingsBefore])
      rows = [closed]
      desk.payerKnownBetter()
      expect([desk.view?.revision, tellings]).toEqual([opened.revision + 1, tellingsBefore + 1])
      expect(desk.at(opened.revision)).toMatchObject({ ok: false, error: { kind: 'bill-stale' } })
    })

    const suspended = { insuplc_admdvs: '999999', psn_insu_stas: '2', psn_insu_date: '2015-01-01', paus_insu_date: '2024-02-15' } as const
    const sentence = { '0': '未参保', '2': '暂停参保', '4': '参保已终止' } as const
    const stands = (bill: Bill) => [sums(bill).fundPaid, sums(bill).notInForce?.zh]

    it.each([
      ['suspended since before the visit', [suspended], ['0.00', sentence[2]]],
      ['suspended after it', [{ ...suspended, paus_insu_date: '2024-03-02' }], ['97.10', undefined]],
      ['ended', [{ ...suspended, psn_insu_stas: '4' }], ['0.00', sentence[4]]],
      ['one that began after it', [{ ...suspended, psn_insu_stas: '1', psn_insu_date: '2024-03-02' }], ['0.00', sentence[0]]],
      ['in another pool alone', [{ ...suspended, psn_insu_stas: '1', insuplc_admdvs: '990100' }], ['0.00', sentence[0]]],
      ['in order', [{ ...suspended, psn_insu_stas: '1', paus_insu_date: undefined }], ['97.10', undefined]]
    ] as const)('an insurance that is %s stands so on the bill', (_, insurances, expected) => {
      const bill = openTold([], {}, insurances)
      bill.setPayer(payer({ state: 'after-pin' }))
      expect(stands(bill)).toEqual(expected)
    })

    it.each([
      ['leaves it open', { insured: { psn_idet_type: ['110'] } }, [suspended], ['0.00', sentence[2]]],
      ['says that the insurance has ended', { insured: { psn_insu_stas: '4' } }, [{ ...suspended, psn_insu_stas: '1' }], ['0.00', sentence[4]]],
      ['says itself what the centre answered', { entitlements: [] }, [suspended], ['97.10', undefined]]
    ] as const)('of a visit that %s', (_, change, insurances, expected) => {
      const bill = openTold([], change, insurances)
      bill.setPayer(payer({ state: 'after-pin' }))
      expect(stands(bill)).toEqual(expected)
    })

    it('a visit that says itself what the centre answered is believed', () => {
      const bill = openTold([closed], { entitlements: [{ fund_pay_type: '310102', trt_enjymnt_flag: '1' }] })
      bill.setPayer(payer({ state: 'after-pin' }))
      expect(paid(bill)).toEqual(['97.10', '721.37', []])
    })
  })

  it('answers an edit with the lines that changed and nothing else', () => {
    const bill = openDemo()
    bill.setPayer(payer({ state: 'after-pin' }))
    const { revision } = bill
    const change = parsed(bill.setLine('12', { quantity: '2' }) ?? { ok: false })
    expect(change.revision).toBe(revision + 1)
    expect(change.changed).toHaveLength(1)
    expect(change.changed[0]).toMatchObject({ line: '12', amount: '40.00', ownPay: '40.00', reasons: [{ zh: '丙类，全自费' }] })
    expect(sums(bill)).toMatchObject({ total: '838.47', cash: '741.37' })
  })

  it('says of each line why part of it is the own', () => {
    const bill = openDemo()
    bill.setPayer(payer({ state: 'after-pin' }))
    const reasons = Object.fromEntries(bill.view().lines.map(({ line, reasons: of }) => [line, of.map(({ en }) => en)]))
    expect(reasons).toMatchObject({
      1: [],
      4: ['over ceiling 20.00'],
      6: ['pre-pay 10 %'],
      9: ['over ceiling 5.00', 'pre-pay 10 %'],
      11: ['restricted, not approved'],
      12: ['class C: own pay']
    })
  })

  it('removes and adds lines, the new one under a number nobody had', () => {
    const bill = openDemo()
    bill.setPayer(payer({ state: 'after-pin' }))
    expect(bill.removeLine('12')?.removed).toEqual(['12'])
    expect(parsed(bill.addLine('ZA04CAB0099010199999', '1')).changed).toMatchObject([{ line: '12', name: '板蓝根颗粒(测试)', amount: '15.80' }])
    expect(bill.removeLine('77')).toBeUndefined()
  })

  it('is refused for a patient who is not the holder, keeps its lines, and recovers with the right card', () => {
    const bill = openDemo({ patient: { psn_name: '测试二' } })
    bill.setPayer(payer({ state: 'after-pin' }))
    expect(bill.view().outcome).toMatchObject({ state: 'refused', refusal: { kind: 'other-person' } })
    expect(bill.view().lines).toHaveLength(12)
    bill.setPayer(payer({ state: 'after-pin' }, card('测试二')))
    expect(sums(bill).total).toBe('818.47')
  })

  it('is refused for a card of another region, also when a line is edited then', () => {
    const bill = openDemo()
    bill.setPayer(payer({ state: 'after-pin' }, card('测试十', '990100')))
    expect(parsed(bill.setLine('12', { quantity: '3' }) ?? { ok: false }).outcome).toMatchObject({
      state: 'refused',
      refusal: { kind: 'other-region' }
    })
  })

  it('refuses a quantity that is none and keeps the revision', () => {
    const bill = openDemo()
    bill.setPayer(payer({ state: 'after-pin' }))
    const { revision } = bill
    expect(bill.setLine('12', { quantity: 'two' })).toMatchObject({ ok: false, error: { kind: 'claim' } })
    expect(bill.revision).toBe(revision)
  })

  it('the four sums of an e-invoice add up to the bill', () => {
    const bill = openDemo()
    bill.setPayer(payer({ state: 'after-pin' }))
    expect(sums(bill).invoice).toEqual({ selfCare: '57.76', ownExpense: '222.00', inScope: '538.71', selfPay: '441.61' })
  })
})
