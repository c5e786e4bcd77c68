import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dispensing, packs } from '../../test/contract/dispensing-fixture.ts'
import { EVIDENCE, loadEvidence, sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import { holdOf, payFrom, settleOn, type BuyersCard } from '../../test/support/sale-on-card.ts'
import { date } from '../calendar/business-date.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { writeLedger } from '../ledger/write-ledger.ts'
import { fen } from '../money/fen.ts'
import { parseQuantity, type Quantity } from '../money/price.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { openLedger } from '../store/sqlite/open-ledger.ts'
import { verifyLedger } from '../verifier/verify-ledger.ts'
import { parseVisit } from '../visit/parse-visit.ts'
import type { VisitInput } from '../visit/visit-schema.ts'
import { returnPacks, type ReturnRequest } from './return-packs.ts'
import { nextVisitNo, returnable } from './returnable.ts'

const PERSON = '000000199001010018'
const YEAR = { personNo: PERSON, insuranceType: '310', policyYear: 2023 }
const TIME = '20230916100000'

/** Three packs of 100.00, for 30 days, and something of 20.00 that no fund pays. */
const SALE: VisitInput = {
  ipt_otp_no: 'XS0001',
  fixmedins_code: 'P99999900001',
  institution: { kind: 'pharmacy' },
  med_type: '41',
  begntime: '2023-09-15 09:20:00',
  rx: { rxno: 'CF0001', kind: 'paper' },
  insured: { psn_type: '12', psn_idet_type: ['110'] },
  lines: [
    { med_list_codg: 'XA01BCD0000001', name: '测试药品甲', chrgitm_lv: '01', pric: '100.00', cnt: '3', rxno: 'CF0001', prd_days: '30', drug_trac_info: packs('A', 'B', 'C') },
    { med_list_codg: 'XA01BCD0000002', name: '测试药品丙', chrgitm_lv: '03', pric: '20.00', cnt: '1' }
  ]
}

const quantity = (text: string): Quantity => parseQuantity(text) ?? (0 as Quantity)

const folder = mkdtempSync(join(tmpdir(), 'caresettle-return-'))
afterAll(() => rmSync(folder, { recursive: true }))

let path = ''
let ledgers = 0
const open = {
  memory: () => writeLedger(memoryStore()),
  SQLite: () => {
    path = join(folder, `${(ledgers += 1)}.db`)
    return value(openLedger({ path, create: true }))
  }
} as const

let ledger: Ledger
let card: BuyersCard
const begin = (driver: keyof typeof open): void => {
  ledger = open[driver]()
  card = { personNo: PERSON, cardId: '999999D15600000500000001E3D8C079', balance: fen(50_000), serial: 5 }
}

const sell = (visit: VisitInput = SALE, settlementId = 'S1') => settleOn(ledger, card, value(parseVisit(visit)), settlementId, '20230915093000')
const bringBack = (line: string, count: string, codes: readonly string[], change: Partial<ReturnRequest> = {}) =>
  returnPacks(ledger, { settlementId: 'S1', packs: [{ line, quantity: quantity(count), codes }], reason: '退一盒', time: TIME, ...change })
/** The bill in the sale's place, settled. */
const settleAnew = (returned: ReturnType<typeof bringBack>, settlementId = 'S2') => {
  const { bill } = value(returned)
  if (bill === undefined) throw new Error('nothing is to be settled anew')
  return settleOn(ledger, card, bill, settlementId, TIME)
}
const suppliesOf = () => value(ledger.suppliesOf(PERSON, date('2023-01-01'))).map(({ settlementId, quantity: left, days }) => [settlementId, left, days])
const codesSold = () => [...value(ledger.soldCodes(['A', 'B', 'C'])).keys()]
const dayTotal = (day: string) =>
  value(ledger.dayTotals(day, day)).map(({ settlements, corrections, amounts }) => [settlements, corrections, amounts.total, amounts.fundPaid, amounts.account])

describe.each(['memory', 'SQLite'] as const)('single packs that come back, in a ledger on %s', (driver) => {
  beforeEach(() => begin(driver))
  afterEach(() => {
    ledger.close()
    if (driver === 'SQLite') expect(value(verifyLedger(path)).findings).toEqual([])
  })

  it('the sale: 320.00, deductible 150.00, fund 105.00, and 215.00 of 500.00 from the card', () => {
    expect(sell().amounts).toMatchObject({ total: 32_000, ownPay: 2000, inScope: 30_000, deductible: 15_000, fundPaid: 10_500, account: 21_500, cash: 0 })
    expect(card.balance).toBe(28_500)
  })

  it('one of three: the sale is taken back whole, and two are settled anew', () => {
    sell()
    const returned = bringBack('1', '1', ['B'])
    expect(value(returned)).toMatchObject({
      correction: { fact: { settlementId: 'S1', reason: '退一盒', correctedAt: TIME } },
      due: { cash: 0, fund: 10_500, atCentre: 0, owedToCard: 21_500 }
    })
    expect(settleAnew(returned).amounts).toMatchObject({ total: 22_000, ownPay: 2000, inScope: 20_000, deductible: 15_000, fundPaid: 3500, account: 18_500, cash: 0 })
    expect(value(ledger.counters(YEAR))).toMatchObject({ act_pay_dedc: 15_000, hifp_pay: 3500 })
    expect(suppliesOf()).toEqual([['S2', 20_000, 20]])
    expect(codesSold()).toEqual(['A', 'C'])
    expect(dayTotal('2023-09-15')).toEqual([[1, 0, 32_000, 10_500, 21_500]])
    expect(dayTotal('2023-09-16')).toEqual([[1, 1, 22_000 - 32_000, 3500 - 10_500, 18_500 - 21_500]])
    expect(value(ledger.placeUse(PERSON, 'P99999900001', date('2023-09-16')))).toEqual({ today: 20_000, thisMonth: 20_000, salesToday: 1 })
    expect(value(ledger.owing(card.cardId)).map(({ hold, owed }) => [hold.fact.settlementId, owed.owed])).toEqual([['S1', 21_500]])
  })

  it('what the card was charged and is owed comes to the two packs, to the fen', () => {
    sell()
    settleAnew(bringBack('1', '1', ['B']))
    expect(card.balance).toBe(50_000 - 21_500 - 18_500)
    const intent = { cardId: card.cardId, serialBefore: 3, balanceBefore: card.balance, amount: fen(21_500), terminalNo: '999999000001', time: TIME, mac2: '0a0b0c0d' }
    value(ledger.holdLoad({ loadId: 'L1', purpose: { kind: 'refund', settlementId: 'S1' }, intent, heldAt: TIME }))
    card.balance = fen(card.balance + 21_500)
    value(ledger.postLoad({ loadId: 'L1', evidence: { ...loadEvidence(0), balanceAfter: card.balance }, postedAt: TIME }))
    expect(card.balance).toBe(50_000 - 18_500)
    expect(value(ledger.owing(card.cardId))).toEqual([])
  })

  it.each([
    ['open', undefined, []],
    ['closed', [{ fund_pay_type: '310102', trt_enjymnt_flag: '0' }], [{ fund_pay_type: '310102', trt_enjymnt_flag: '0' }]]
  ] as const)('a fund that was %s at the sale is so on the new bill, whatever the centre has told since', (_, stated, expected) => {
    sell({ ...SALE, ...(stated !== undefined && { entitlements: [...stated] }) })
    expect(value(bringBack('1', '1', ['B'])).bill?.entitlements).toEqual(expected)
  })

  it('the new bill is the old one with a negative line, of the same day and prescription, for the same person', () => {
    sell()
    const { bill } = value(bringBack('1', '1', ['B']))
    expect(bill).toMatchObject({
      ipt_otp_no: 'XS0001-R1',
      fixmedins_code: 'P99999900001',
      institution: { kind: 'pharmacy' },
      med_type: '41',
      begntime: '2023-09-15 09:20:00',
      rx: { rxno: 'CF0001', kind: 'paper' },
      patient: { certno: PERSON },
      insured: { psn_type: '12', psn_idet_type: ['110'] }
    })
    expect(bill?.lines).toHaveLength(3)
    expect(bill?.lines[2]).toEqual({
      feedetl_sn: '3',
      return_of: '1',
      med_list_codg: 'XA01BCD0000001',
      name: '测试药品甲',
      chrgitm_lv: '01',
      pric: '100.00',
      cnt: '-1',
      det_item_fee_sumamt: '-100.00',
      hosp_appr_flag: '0',
      rxno: 'CF0001',
      drug_trac_info: [{ drug_trac_codg: 'B', trdn_flag: '0' }]
    })
  })

  it('a pack that came back is sold to somebody else, one that did not is not', () => {
    sell()
    settleAnew(bringBack('1', '1', ['B']))
    value(ledger.hold(dispensing(7, [{ drug_trac_info: packs('B') }])))
    expect(ledger.hold(dispensing(8, [{ drug_trac_info: packs('A') }]))).toMatchObject({ ok: false, error: { kind: 'trace-code-sold', settlementId: 'S2' } })
  })

  it('a second return is of the new bill, and the packs of the first do not come back again', () => {
    sell()
    settleAnew(bringBack('1', '1', ['B']))
    expect(bringBack('1', '1', ['A'])).toEqual({ ok: false, error: { kind: 'settled-anew', settlementId: 'S1', by: 'S2' } })
    expect(bringBack('1', '1', ['B'], { settlementId: 'S2' })).toEqual({ ok: false, error: { kind: 'code-returned', line: '1', code: 'B' } })
    expect(bringBack('1', '3', ['A', 'B', 'C'], { settlementId: 'S2' })).toMatchObject({ ok: false, error: { kind: 'code-returned' } })
    expect(settleAnew(bringBack('1', '1', ['A'], { settlementId: 'S2', time: '20230917100000' }), 'S3')).toMatchObject({
      visit: { visitNo: 'XS0001-R2' },
      amounts: { total: 12_000, inScope: 10_000, deductible: 10_000, fundPaid: 0, account: 10_000, cash: 2000 }
    })
    expect(suppliesOf()).toEqual([['S3', 10_000, 10]])
    expect(codesSold()).toEqual(['C'])
    expect(value(ledger.counters(YEAR))).toMatchObject({ act_pay_dedc: 10_000 })
  })

  it('everything that came back is a refund: there is nothing to settle anew', () => {
    sell({ ...SALE, lines: SALE.lines.slice(0, 1) })
    const returned = value(bringBack('1', '3', ['A', 'B', 'C']))
    expect(returned.bill).toBeUndefined()
    const { correctionId } = returned.correction.fact
    expect(bringBack('1', '3', ['A', 'B', 'C'])).toEqual({ ok: false, error: { kind: 'already-refunded', settlementId: 'S1', correctionId } })
    expect(codesSold()).toEqual([])
  })

  it('packs that come back one by one give back the line to the fen, whatever their price', () => {
    sell({ ...SALE, lines: [{ ...SALE.lines[0], med_list_codg: 'X', pric: '0.335', cnt: '3' }] })
    const amounts = ['S1', 'S2', 'S3'].flatMap((settlementId, index) => {
      const returned = bringBack('1', '1', [['A'], ['B'], ['C']][index] ?? [], { settlementId, time: `2023091${6 + index}100000` })
      if (value(returned).bill !== undefined) settleAnew(returned, `S${index + 2}`)
      return value(returned).bill?.lines.at(-1)?.det_item_fee_sumamt ?? []
    })
    // 1.005 is 1.01; two are 0.67, one is 0.34, none is nothing.
    expect(amounts).toEqual(['-0.34', '-0.33'])
  })

  describe('a kill', () => {
    it('after the correction leaves the card owed everything; the same call makes the same bill, and corrects nothing twice', () => {
      sell()
      const first = value(bringBack('1', '1', ['B']))
      const head = value(ledger.head()).sequence
      expect(value(ledger.owing(card.cardId)).map(({ owed }) => owed.owed)).toEqual([21_500])
      const again = value(bringBack('1', '1', ['B'], { time: '20230920080000' }))
      expect(again).toEqual(first)
      expect(value(ledger.head()).sequence).toBe(head)
      expect(value(returnable(ledger, 'S1'))).toMatchObject({ visitNo: 'XS0001-R1', lines: [{ line: '1', left: 30_000 }, { line: '2', left: 10_000 }] })
    })

    it('between the hold of the new bill and its posting: nothing more is returned until the card has told', () => {
      sell()
      const { bill } = value(bringBack('1', '1', ['B']))
      if (bill === undefined) throw new Error('nothing is to be settled anew')
      const hold = holdOf(ledger, card, bill, 'S2', TIME)
      value(ledger.hold(hold))
      expect(bringBack('1', '1', ['B'])).toEqual({ ok: false, error: { kind: 'return-in-doubt', settlementId: 'S1', by: 'S2' } })
      payFrom(ledger, card, hold)
      expect(bringBack('1', '1', ['B'])).toMatchObject({ ok: false, error: { kind: 'settled-anew', by: 'S2' } })
    })

    it('before the debit: the new bill is released and made again', () => {
      sell()
      const { bill } = value(bringBack('1', '1', ['B']))
      if (bill === undefined) throw new Error('nothing is to be settled anew')
      value(ledger.hold(holdOf(ledger, card, bill, 'S2', TIME)))
      value(ledger.release({ settlementId: 'S2', proof: 'serial unchanged', releasedAt: TIME }))
      expect(settleAnew(bringBack('1', '1', ['B']), 'S3').visit.visitNo).toBe('XS0001-R1')
      expect(codesSold()).toEqual(['A', 'C'])
    })
  })
})

describe('a return that cannot be', () => {
  beforeEach(() => begin('memory'))

  it.each([
    ['nothing', [], { kind: 'nothing-returned' }],
    ['a line that is not there', [{ line: '9', quantity: quantity('1'), codes: [] }], { kind: 'line-unknown', line: '9' }],
    ['a line twice', ['A', 'B'].map((code) => ({ line: '1', quantity: quantity('1'), codes: [code] })), { kind: 'line-unknown', line: '1' }],
    ['more than was sold', [{ line: '2', quantity: quantity('2'), codes: [] }], { kind: 'more-than-left', line: '2', left: 10_000, asked: 20_000 }],
    ['no quantity', [{ line: '2', quantity: quantity('0'), codes: [] }], { kind: 'more-than-left', line: '2', left: 10_000, asked: 0 }],
    ['a pack of another sale', [{ line: '1', quantity: quantity('1'), codes: ['X'] }], { kind: 'code-not-of-line', line: '1', code: 'X' }],
    ['a pack that was not scanned', [{ line: '1', quantity: quantity('2'), codes: ['A'] }], { kind: 'codes-missing', line: '1', wanted: 2, given: 1 }],
    ['one pack scanned twice', [{ line: '1', quantity: quantity('2'), codes: ['A', 'A'] }], { kind: 'codes-missing', line: '1', wanted: 2, given: 1 }]
  ] as const)('refuses %s, and takes nothing back', (_, asked, refusal) => {
    sell()
    const head = value(ledger.head()).sequence
    expect(returnPacks(ledger, { settlementId: 'S1', packs: asked, reason: '退一盒', time: TIME })).toEqual({ ok: false, error: refusal })
    expect(value(ledger.head()).sequence).toBe(head)
  })

  it('refuses what was never settled, is in doubt, was not charged, or has no claim', () => {
    expect(bringBack('1', '1', [])).toEqual({ ok: false, error: { kind: 'settlement-unknown', settlementId: 'S1' } })
    const { settlementId } = sale(1)
    value(ledger.hold(sale(1)))
    expect(bringBack('1', '1', [], { settlementId })).toEqual({ ok: false, error: { kind: 'settlement-in-doubt', settlementId } })
    value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: TIME }))
    expect(bringBack('1', '1', [], { settlementId })).toEqual({ ok: false, error: { kind: 'claim-missing', settlementId } })
    value(ledger.hold(sale(2)))
    value(ledger.release({ settlementId: sale(2).settlementId, proof: 'serial unchanged', releasedAt: TIME }))
    expect(bringBack('1', '1', [], { settlementId: sale(2).settlementId })).toMatchObject({ ok: false, error: { kind: 'settlement-released' } })
  })

  it('refuses a reason that says nothing, before anything is taken back', () => {
    sell()
    expect(bringBack('1', '1', ['B'], { reason: ' ' })).toMatchObject({ ok: false, error: { kind: 'reason-invalid' } })
    expect(codesSold()).toEqual(['A', 'B', 'C'])
  })

  it('a visit that happens to have the number of the new bill is in the way before anything is taken back', () => {
    sell()
    sell({ ...SALE, ipt_otp_no: 'XS0001-R1', lines: SALE.lines.slice(1) }, 'S9')
    expect(bringBack('1', '1', ['B'])).toEqual({ ok: false, error: { kind: 'settled-anew', settlementId: 'S1', by: 'S9' } })
    expect(codesSold()).toEqual(['A', 'B', 'C'])
  })
})

it.each([
  ['V1', 'V1-R1'],
  ['V1-R1', 'V1-R2'],
  ['V1-R9', 'V1-R10'],
  ['12345678901234567890123456789A', '45678901234567890123456789A-R1'],
  ['45678901234567890123456789A-R1', '45678901234567890123456789A-R2']
])('after %s comes %s', (visitNo, next) => {
  expect(nextVisitNo(visitNo)).toBe(next)
})
