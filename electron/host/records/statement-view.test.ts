import { beforeAll, describe, expect, it } from 'vitest'
import { fixtureVisit, counterWith, pinOf } from '../../../test/support/counter.ts'
import { EVIDENCE, sale } from '../../../test/contract/ledger-fixture.ts'
import { value } from '../../../test/contract/ledger-store.contract.ts'
import { recoverHolds } from '../../../settlement/case/recover-holds.ts'
import { refundSettlement } from '../../../settlement/case/refund-settlement.ts'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import { writeLedger } from '../../../settlement/ledger/write-ledger.ts'
import { fen } from '../../../settlement/money/fen.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { memoryStore } from '../../../settlement/store/memory/memory-store.ts'
import { recoverVisits, serveVisit } from '../counter.ts'
import { inDoubtViews, resolutionView } from './in-doubt-view.ts'
import { recordRow } from './record-row.ts'
import { recordedVisit } from './recorded-visit.ts'
import { statementView, type Records } from './statement-view.ts'

const PIN = '246810'

interface Books extends Records {
  readonly ledger: Ledger
}

/** The demonstration visit settled on the card of a person in service: 818.47, of which the fund pays 97.10. */
async function settled(): Promise<{ books: Books; settlementId: string; policies: readonly Policy[] }> {
  const ledger = writeLedger(memoryStore())
  const { counter } = await counterWith('in-service-32k', ledger)
  const visit = fixtureVisit('outpatient-demo', { dise_name: '测试病', patient: { psn_name: '测试一' } })
  const served = value(await serveVisit(counter, visit, pinOf(PIN)))
  const { policies } = counter
  return { books: { ledger, policies }, settlementId: served.settled.posting.fact.settlementId, policies }
}

describe('the statement of a settled visit', () => {
  let books: Books
  let settlementId: string
  beforeAll(async () => {
    ;({ books, settlementId } = await settled())
  })

  it('says who was treated where, with numbers that only their owner recognises', () => {
    expect(value(statementView(books, settlementId, 0))).toMatchObject({
      settlementId: 'H99999900001202603150930150001',
      state: 'settled',
      settledAt: '2026-03-15 09:30:15',
      institution: { code: 'H99999900001', name: '测试第一医院' },
      terminalNo: '999999000001',
      visit: {
        visitNo: 'MZ2024030100001',
        begins: '2024-03-01 09:20:00',
        visitType: { code: '11', name: { zh: '普通门诊' } },
        department: '内科',
        doctor: '测试医生',
        patient: '测试一',
        disease: '测试病'
      },
      holder: { name: '测试一', cardNumber: '*****5674', personClass: { zh: '在职' }, insutypeName: { zh: '职工基本医疗保险' } },
      policy: { region: '999999', name: { zh: '测试区' } },
      printed: 0,
      sale: null,
      refund: null
    })
    const { personNo } = value(recordedVisit(books.ledger, settlementId)).hold.fact
    expect(personNo).toHaveLength(18)
    const text = JSON.stringify(value(statementView(books, settlementId, 0)))
    for (const number of [personNo, 'A12345674']) expect(text).not.toContain(number)
  })

  it('has every line with its price and what of it is whose', () => {
    const { lines, sums } = value(statementView(books, settlementId, 0))
    expect(lines).toHaveLength(12)
    expect(lines[5]).toEqual({
      line: '6',
      code: 'XC09CAL095A001010199999',
      name: '缬沙坦胶囊(测试)',
      chargeClass: '02',
      price: '25.39',
      quantity: '4',
      amount: '101.56',
      ownPay: '0.00',
      overCeiling: '0.00',
      prePay: '10.16',
      inScope: '91.40',
      sale: null
    })
    expect(sums).toMatchObject({ total: '818.47', fundPaid: '97.10', account: '721.37', cash: '0.00' })
  })

  it('prints the four sums of an e-invoice, which add up to the total and to what the person pays', () => {
    const { invoice, sums } = value(statementView(books, settlementId, 0))
    // 57.76 + 222.00 + 538.71 = 818.47; 57.76 + 222.00 + 441.61 = 721.37; 441.61 = 538.71 less the 97.10 of the fund.
    expect(invoice).toEqual({ selfCare: '57.76', ownExpense: '222.00', inScope: '538.71', selfPay: '441.61' })
    expect([sums.total, sums.personal, sums.ownPay, sums.overCeiling]).toEqual(['818.47', '721.37', '208.00', '14.00'])
  })

  it("carries the card's proof, its balance, and the end of the chain", () => {
    const statement = value(statementView(books, settlementId, 2))
    expect(statement.balance).toEqual({ before: '2760.00', after: '2038.63' })
    expect(statement.proof).toMatchObject({ serialBefore: 5, serialAfter: 6 })
    expect(statement.proof?.tac).toMatch(/^[0-9A-F]{8}$/)
    expect(statement.ledger.sequence).toBe(2)
    expect(statement.ledger.hash).toMatch(/^[0-9a-f]{16}$/)
    expect(statement.printed).toBe(2)
  })

  it('of a refunded settlement says what was given back and what the card is still owed', async () => {
    const { books: refunded, settlementId: id } = await settled()
    value(refundSettlement(refunded.ledger, { settlementId: id, reason: '退药', time: '20260316100000' }))
    expect(value(statementView(refunded, id, 1))).toMatchObject({
      state: 'refunded',
      ledger: { sequence: 3 },
      refund: { at: '2026-03-16 10:00:00', reason: '退药', cash: '0.00', fund: '97.10', owedToCard: '721.37' }
    })
    expect(recordRow(value(recordedVisit(refunded.ledger, id)))).toEqual({
      settlementId: id,
      state: 'refunded',
      settledAt: '2026-03-15 09:30:15',
      name: '测试一',
      maskedCard: '*****5674',
      visitNo: 'MZ2024030100001',
      total: '818.47',
      fundPaid: '97.10',
      account: '721.37',
      cash: '0.00',
      owedToCard: '721.37',
      loadedToCard: '0.00',
      confirmation: 'provisional',
      isSale: false
    })
  })

  it('says what the centre booked, and what an adjustment leaves to do', async () => {
    const { books: adjusted, settlementId: id } = await settled()
    const { ledger } = adjusted
    expect(value(statementView(adjusted, id, 0)).confirmation).toEqual({ state: 'provisional' })
    const { amounts, counters } = value(recordedVisit(ledger, id)).hold.fact
    const ofRecord = {
      amounts: {
        ...amounts,
        funds: { ...amounts.funds, hifp_pay: fen(amounts.funds.hifp_pay + 2137) },
        fundPaid: fen(amounts.fundPaid + 2137),
        personal: fen(amounts.personal - 2137),
        account: fen(amounts.account - 2137)
      },
      counters,
      reason: 'counters-differ'
    }
    const told = { id, target: 2, setlId: 'T1', setlTime: '20260316020000', confirmedAt: '20260316080000' }
    value(ledger.confirm({ ...told, ofRecord }))
    expect(value(statementView(adjusted, id, 0)).confirmation).toEqual({
      state: 'adjusted',
      setlId: 'T1',
      setlTime: '2026-03-16 02:00:00',
      reason: { zh: '医保中心的年度累计不同：期间在别处就诊过', en: "the year's counters stand elsewhere: other places were visited meanwhile" },
      stated: { fundPaid: '97.10', account: '721.37', cash: '0.00' },
      booked: { fundPaid: '118.47', account: '700.00', cash: '0.00' },
      due: { cash: '0.00', cashDirection: 'none', toCard: '21.37' }
    })
    expect(recordRow(value(recordedVisit(ledger, id)))).toMatchObject({ owedToCard: '21.37', confirmation: 'adjusted' })
  })
})

describe('a settlement in doubt', () => {
  async function inDoubt() {
    const ledger = writeLedger(memoryStore())
    const { counter, reader } = await counterWith('in-service-32k', ledger)
    reader.faults.arm({ effect: 'lose-answer', instruction: 0x2c, occurrence: 1 })
    const served = await serveVisit(counter, fixtureVisit('outpatient-demo'), pinOf(PIN))
    expect(served.ok ? 'settled' : served.error.kind).toBe('settle')
    return { ledger, counter, settlementId: 'H99999900001202603150930150001' }
  }

  it('says what happened and what to do, and names the card by its end', async () => {
    const { ledger } = await inDoubt()
    const [view, ...others] = value(inDoubtViews(ledger))
    expect(others).toEqual([])
    expect(view).toMatchObject({
      settlementId: 'H99999900001202603150930150001',
      since: '2026-03-15 09:30:15',
      name: '测试一',
      maskedCard: '*****5674',
      visitNo: 'MZ2024030100001',
      total: '818.47',
      account: '721.37',
      cash: '0.00',
      needsPin: false
    })
    expect(view?.refusal.what.zh).toBe('结算号H99999900001202603150930150001自2026-03-15 09:30:15起存疑：卡上账户可能已扣721.37元')
    expect(view?.refusal.mend?.zh).toBe('请把同一张卡插回本机，由持卡人输入密码核实')
  })

  it('has a statement without proof, and no refund is possible', async () => {
    const { ledger, counter, settlementId } = await inDoubt()
    const books = { ledger, policies: counter.policies }
    expect(value(statementView(books, settlementId, 0))).toMatchObject({
      state: 'in-doubt',
      proof: null,
      balance: { before: '2760.00', after: null },
      ledger: { sequence: 1 },
      refund: null
    })
  })

  it('resolves itself when its card comes back, and says so', async () => {
    const { ledger, counter } = await inDoubt()
    const recoveries = value(await recoverVisits(counter, pinOf(PIN)))
    expect(recoveries.map((recovery) => resolutionView(ledger, recovery))).toMatchObject([
      { outcome: 'posted', name: '测试一', visitNo: 'MZ2024030100001', total: '818.47', account: '721.37', cash: '0.00', text: { zh: '卡已扣款（依据：卡内交易认证），现已补记' } }
    ])
    expect(value(inDoubtViews(ledger))).toEqual([])
  })

  it('that needs the PIN says so after the card was asked without it', async () => {
    const { ledger } = await inDoubt()
    const device = { initialise: never, debit: never, resolve: () => Promise.resolve({ kind: 'unresolved', reason: 'pin-needed' } as const) }
    const recoveries = value(await recoverHolds(ledger, device, '20260315100000'))
    expect(value(inDoubtViews(ledger, recoveries))).toMatchObject([
      { needsPin: true, refusal: { mend: { zh: '请把同一张卡插回本机，由持卡人输入密码核实' } } }
    ])
    expect(recoveries.map((recovery) => resolutionView(ledger, recovery))[0]?.text.zh).toBe('仍存疑：需要持卡人输入密码才能查卡内明细；请把同一张卡插回本机，由持卡人输入密码核实')
  })
})

describe('a hold of an older program, or with anything else beside its amounts', () => {
  const policies: readonly Policy[] = []
  const bookOf = (result: string): Books => {
    const ledger = writeLedger(memoryStore())
    value(ledger.hold(sale(1, { result: new TextEncoder().encode(result) })))
    value(ledger.post({ settlementId: sale(1).settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
    return { ledger, policies }
  }

  it.each([
    ['nothing, as what was restored has', ''],
    ['no JSON', 'provisional result 1'],
    ['JSON of something else', '[1,2]'],
    ['a document without person and visit', JSON.stringify({ insutype: '310', psn_type: '11', med_type: '41', begntime: '2023-09-15', lines: [], personal: [] })]
  ])('still opens: %s', (_, result) => {
    const books = bookOf(result)
    const statement = value(statementView(books, sale(1).settlementId, 0))
    expect(statement).toMatchObject({
      visit: { visitNo: 'V000001', department: '' },
      holder: { name: '', cardNumber: '' },
      policy: { region: 'luzhou-employee', name: { zh: 'luzhou-employee' } },
      sums: { total: '420.00' },
      invoice: { selfCare: '0.00', ownExpense: '20.00', inScope: '400.00', selfPay: '225.00' },
      balance: { before: '500.00', after: '300.00' }
    })
    expect(statement.lines.map(({ chargeClass, price }) => [chargeClass, price])).toEqual([['01', ''], ['03', '']])
    // The end of the card's code, where no number was kept.
    expect(recordRow(value(recordedVisit(books.ledger, sale(1).settlementId))).maskedCard).toBe('*****0001')
  })

  it('a settlement that nobody made, or that was released, is none', () => {
    const { ledger } = bookOf('{}')
    expect(statementView({ ledger, policies }, 'X', 0)).toEqual({ ok: false, error: { kind: 'settlement-unknown', settlementId: 'X' } })
    value(ledger.hold(sale(2)))
    value(ledger.release({ settlementId: sale(2).settlementId, proof: 'serial-unchanged', releasedAt: '20230915093005' }))
    expect(statementView({ ledger, policies }, sale(2).settlementId, 0)).toMatchObject({ error: { kind: 'settlement-released' } })
  })
})

const never = (): Promise<never> => Promise.reject(new Error('not asked'))
