import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { EVIDENCE, loadBack, loadEvidence, sale, SALE_AMOUNTS } from '../../test/contract/ledger-fixture.ts'
import type { Result } from '../../base/result.ts'
import { decodeReport, encodeReport } from '../close/canonical-report.ts'
import type { CentreAnswer } from '../close/centre-answer.ts'
import { readDay, type Day } from '../close/day.ts'
import type { CloseNotes, ParkedEntry, ReportKey } from '../close/ports.ts'
import { reportOf } from '../close/report.ts'
import { reportCsv, type CsvLine } from '../close/report-csv.ts'
import type { CloseReport } from '../close/report-schema.ts'
import type { Resolution } from '../close/resolution.ts'
import type { RecordRow } from '../close/rows.ts'
import { fen } from '../money/fen.ts'
import type { Hold } from '../ledger/fact.ts'
import { extend } from '../ledger/chain.ts'
import { encodeFact } from '../ledger/fact-encoding.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { writeLedger } from '../ledger/write-ledger.ts'
import { memoryCloseNotes } from '../store/memory/memory-close-notes.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { openLedger } from '../store/sqlite/open-ledger.ts'
import { verifyLedger } from '../verifier/verify-ledger.ts'
import { askAboutDay, countDrawer, decide, reopenDay, signDay, type ClosePorts } from './close-day.ts'

const folder = mkdtempSync(join(tmpdir(), 'close-day-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const KEY: ReportKey = {
  source: 'terminal',
  publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  sign: (bytes) => sign(null, bytes, privateKey).toString('hex')
}
const HEAD = { institution: { code: 'P99999900001', name: '测试药店' }, terminal: 'P99999900001-01', day: '2023-09-15', closedAt: '20230915180000' }

function must<Value, Refusal>(result: Result<Value, Refusal>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A counter, its centre's rows and what the centre was asked to do. */
class Counter {
  readonly ledger: Ledger
  readonly notes: CloseNotes
  readonly parked: ParkedEntry[] = []
  readonly asked: string[] = []
  record: RecordRow[] | 'not-connected' | 'not-reached' = 'not-connected'

  constructor(ledger: Ledger, notes: CloseNotes) {
    this.ledger = ledger
    this.notes = notes
  }

  get ports(): ClosePorts {
    const { record } = this
    return {
      ledger: this.ledger,
      notes: this.notes,
      parked: { waiting: () => ({ ok: true, value: this.parked }), isReversed: () => false },
      canReverse: true,
      centre:
        record === 'not-connected'
          ? undefined
          : { rows: async () => (record === 'not-reached' ? { ok: false, error: { kind: 'not-reached', reason: 'network-down', detail: 'no route to host' } } : { ok: true, value: record }) },
      actions: {
        upload: () => void this.asked.push('upload'),
        retry: async (sequence) => {
          this.asked.push(`retry ${sequence}`)
          return { ok: true, value: undefined }
        },
        reverse: async ({ id }, reason) => {
          this.asked.push(`reverse ${id}: ${reason}`)
          return { ok: true, value: undefined }
        }
      }
    }
  }

  hold(number: number, time: string, changes: Partial<Hold> = {}): Hold {
    const one = sale(number, { heldAt: `20230915${time}`, ...changes })
    must(this.ledger.hold(one))
    return one
  }

  sell(number: number, time: string, changes: Partial<Hold> = {}): Hold {
    const one = this.hold(number, time, changes)
    must(this.ledger.post({ settlementId: one.settlementId, evidence: EVIDENCE, postedAt: one.heldAt }))
    return one
  }

  refund(number: number, time: string): void {
    must(this.ledger.correct({ correctionId: `R${number}`, settlementId: idOf(number), reason: '药品退回', correctedAt: `20230915${time}` }))
  }

  /** What the centre has to say of the posting, or of the correction. */
  confirm(number: number, target: 'posting' | 'correction', ofRecord?: { fundPaid: number; cash: number }): void {
    const state = must(this.ledger.settlement(idOf(number)))
    const sequence = target === 'posting' ? state?.posting.sequence : state?.correction?.sequence
    must(
      this.ledger.confirm({
        id: idOf(number),
        target: sequence ?? 0,
        setlId: `${target === 'posting' ? 'S' : 'T'}${number}`,
        setlTime: '20230915120000',
        ofRecord: ofRecord === undefined ? undefined : { amounts: ofRecordAmounts(ofRecord), counters: { act_pay_dedc: fen(15000) }, reason: 'counters-differ' },
        confirmedAt: '20230915120001'
      })
    )
  }

  async answer(): Promise<CentreAnswer> {
    return must(await askAboutDay(this.ports, '2023-09-15'))
  }

  async day(): Promise<Day> {
    return must(readDay(this.ports, await this.answer()))
  }

  async report(): Promise<CloseReport> {
    return reportOf(await this.day(), { ...HEAD, signer: null })
  }

  count(counted: number, float = 20000, collected = 0): void {
    must(countDrawer(this.ports, { float: fen(float), counted: fen(counted), collected: fen(collected) }, '20230915175000'))
  }

  async decide(item: string, resolution: Resolution, person = '', note = '') {
    return decide(this.ports, await this.day(), { item, resolution, by: '一号窗口', person, note, at: '20230915175500' })
  }

  async sign(closedAt = HEAD.closedAt) {
    return signDay(this.ports, { head: { ...HEAD, closedAt }, answer: await this.answer(), seen: undefined, key: KEY })
  }
}

const idOf = (number: number): string => sale(number).settlementId

/** Who pays is another; the bill is the same. */
const ofRecordAmounts = ({ fundPaid, cash }: { fundPaid: number; cash: number }): typeof SALE_AMOUNTS => ({
  ...SALE_AMOUNTS,
  funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(fundPaid) },
  fundPaid: fen(fundPaid),
  personal: fen(42000 - fundPaid),
  account: fen(42000 - fundPaid - cash),
  cash: fen(cash)
})

const recordRow = (number: number, changes: Partial<RecordRow> = {}): RecordRow => ({
  id: idOf(number),
  setlId: `S${number}`,
  setlTime: '20230915120000',
  insuranceType: '310',
  clearingType: '41',
  sums: { total: fen(42000), fundPaid: fen(17500), account: fen(20000), cash: fen(4500) },
  reverses: undefined,
  reversedBy: undefined,
  posting: undefined,
  ...changes
})

const refundRow = (number: number): RecordRow =>
  recordRow(number, { id: `R${number}`, setlId: `T${number}`, reverses: `S${number}`, sums: { total: fen(-42000), fundPaid: fen(-17500), account: fen(-20000), cash: fen(-4500) } })

/**
 * 09:00 a sale of 420.00: fund 175.00, card 200.00, cash 45.00       confirmed
 * 09:30 the same, refunded at 10:15: 200.00 owed to the card          confirmed, the refund too
 * 10:00 the same; the centre books fund 170.00, cash 50.00            adjusted
 * 11:00 the same; the centre refuses it                               parked
 * 11:30 the same, and the card was pulled                             in doubt
 */
function fullDay(counter: Counter): void {
  counter.sell(1, '090000')
  counter.sell(2, '093000')
  counter.sell(3, '100000')
  counter.refund(2, '101500')
  counter.sell(4, '110000')
  counter.hold(5, '113000')
  counter.confirm(1, 'posting')
  counter.confirm(2, 'posting')
  counter.confirm(2, 'correction')
  counter.confirm(3, 'posting', { fundPaid: 17000, cash: 5000 })
  const parked = must(counter.ledger.settlement(idOf(4)))?.posting.sequence ?? 0
  counter.parked.push({ sequence: parked, id: idOf(4), reason: 'card-lost', since: '20230915120000', handedOver: undefined })
  const third = recordRow(3, { sums: { total: fen(42000), fundPaid: fen(17000), account: fen(20000), cash: fen(5000) } })
  counter.record = [recordRow(1), recordRow(2, { reversedBy: 'T2' }), third, refundRow(2)]
}

const rowsText = ({ rows }: CloseReport): string[] => rows.map(({ row, till, ledger, cards, centre }) => [row, till, ledger, cards, centre].map((cell) => cell ?? '-').join(' '))
const itemsText = ({ items }: CloseReport): string[] => items.map(({ item, code, amount, resolution }) => `${item} | ${code} | ${amount ?? '-'} | ${resolution?.resolution ?? 'open'}`)

let files = 0
const STORES = {
  memory: () => new Counter(writeLedger(memoryStore()), memoryCloseNotes()),
  sqlite: () => {
    const ledger = must(openLedger({ path: join(folder, `ledger-${(files += 1)}.db`), create: true }))
    return new Counter(ledger, ledger.closeNotes)
  }
}

describe.each(Object.entries(STORES))('a day on %s', (_, open) => {
  let counter: Counter
  beforeEach(() => {
    counter = open()
    return () => counter.ledger.close()
  })

  it('stands in four books, to the fen', async () => {
    fullDay(counter)
    const report = await counter.report()
    expect(rowsText(report)).toEqual([
      // till, ledger, cards, centre
      'total 1260.00 1260.00 - 840.00',
      'fund-paid 525.00 520.00 - 345.00',
      'fund:hifp_pay 525.00 520.00 - -',
      'account 600.00 600.00 - 400.00',
      'cash 135.00 140.00 - 95.00',
      'debited - 800.00 800.00 -',
      'loaded - 0.00 0.00 -',
      'settlements 4 4 4 3',
      'refunds 1 1 - 1',
      'loads 0 0 0 -'
    ])
    expect(report.groups).toEqual([
      {
        insutype: '310',
        clr_type: '41',
        ledger: { count: 5, medfee_sumamt: '1260.00', fund_pay_sumamt: '520.00', acct_pay: '600.00', psn_cash_pay: '140.00' },
        centre: { count: 4, medfee_sumamt: '840.00', fund_pay_sumamt: '345.00', acct_pay: '400.00', psn_cash_pay: '95.00' }
      }
    ])
    expect(report.entries).toEqual([
      { account: 'fund:hifp_pay', amount: '520.00' },
      { account: 'personal-account', amount: '600.00' },
      { account: 'cash', amount: '140.00' },
      { account: 'revenue', amount: '-1260.00' }
    ])
    expect(report.period).toMatchObject({ after: 0, to: 14, settlements: 4, refunds: 1, adjustments: 1, loads: 0, from: '20230915090000', until: '20230915110000' })
  })

  it('is cut by fund, by class and by hour', async () => {
    fullDay(counter)
    expect((await counter.report()).charts).toEqual({
      by_fund: [{ fund: 'hifp_pay', amount: '520.00' }, { fund: 'account', amount: '600.00' }, { fund: 'cash', amount: '140.00' }],
      // The claim names no class of its lines: 20.00 of each sale are wholly own pay.
      by_class: [{ chrgitm_lv: '01', amount: '1200.00' }, { chrgitm_lv: '03', amount: '60.00' }],
      by_hour: [
        { hour: '09', settlements: 2, total: '840.00' },
        { hour: '10', settlements: 1, total: '0.00' },
        { hour: '11', settlements: 1, total: '420.00' }
      ]
    })
  })

  it('takes the class of a line from the claim that was computed', async () => {
    const claim = new TextEncoder().encode(JSON.stringify({ lines: [{ feedetl_sn: '1', chrgitm_lv: '02' }, { chrgitm_lv: '03' }] }))
    counter.sell(1, '090000', { claim })
    expect((await counter.report()).charts.by_class).toEqual([{ chrgitm_lv: '02', amount: '400.00' }, { chrgitm_lv: '03', amount: '20.00' }])
  })

  it('names everything that is open, and what stands by itself', async () => {
    fullDay(counter)
    counter.count(33000)
    expect(itemsText(await counter.report())).toEqual([
      'parked:9 | card-lost | 420.00 | open',
      'in-doubt:P99999900001000005 | debit | 200.00 | open',
      'owed-to-card:P99999900001000002 | owed-to-card | 200.00 | carry-over',
      'adjusted:P99999900001000003 | counters-differ | 5.00 | open',
      'drawer | short | -5.00 | open'
    ])
  })

  it('says since when a card is owed something: since it was refunded', async () => {
    fullDay(counter)
    expect((await counter.report()).items.filter(({ kind }) => kind === 'owed-to-card').map(({ since }) => since)).toEqual(['20230915101500'])
  })

  it('is not closed while the drawer is not counted or an item has no resolution', async () => {
    fullDay(counter)
    const refused = await counter.sign()
    expect(refused).toMatchObject({ ok: false, error: { kind: 'hindered', hindrances: [{ kind: 'drawer-not-counted' }, { kind: 'items-open' }] } })
    expect(must(counter.ledger.closes(10))).toEqual([])
  })

  it('is closed when each has one, signed, as a fact of the chain, and the report says who chose what and why', async () => {
    fullDay(counter)
    counter.count(33000)
    must(await counter.decide('parked:9', 'hand-to-person', '医保科张某', '与参保地核对挂失时间'))
    must(await counter.decide('in-doubt:P99999900001000005', 'carry-over'))
    must(await counter.decide('adjusted:P99999900001000003', 'hand-to-person', '收费组长', '通知患者补交5.00元'))
    must(await counter.decide('drawer', 'book-difference', '', '找零差错'))
    const close = must(await counter.sign())
    const { fact } = close
    expect(fact.day).toBe('2023-09-15')
    expect(verify(null, fact.report, createPublicKey({ key: Buffer.from(KEY.publicKey, 'base64'), format: 'der', type: 'spki' }), Buffer.from(fact.signature, 'hex'))).toBe(true)
    const report = decodeReport(fact.report)
    expect(report?.drawer).toEqual({ float: '200.00', cash_in: '180.00', cash_refunded: '45.00', collected: '0.00', expected: '335.00', counted: '330.00', difference: '-5.00' })
    expect(report?.items.find(({ item }) => item === 'parked:9')?.resolution).toEqual({
      resolution: 'hand-to-person', standing: false, by: '一号窗口', person: '医保科张某', note: '与参保地核对挂失时间', at: '20230915175500'
    })
    expect(report?.signer).toEqual({ algorithm: 'Ed25519', key: 'terminal', public_key: KEY.publicKey })
    expect(encodeReport(report ?? expect.fail('no report'))).toEqual(fact.report)
    expect(must(counter.ledger.lastClose())?.sequence).toBe(close.sequence)
  })

  it('has nothing to close when it was closed, and what comes after belongs to the next', async () => {
    counter.sell(1, '090000')
    counter.count(24500)
    must(await counter.sign())
    expect(await counter.sign()).toMatchObject({ ok: false, error: { kind: 'hindered', hindrances: [{ kind: 'nothing-to-close' }] } })
    counter.sell(2, '181000')
    expect((await counter.report()).period).toMatchObject({ after: 3, to: 5, settlements: 1 })
    // The drawer of the next period is counted anew.
    expect((await counter.day()).drawer).toBeUndefined()
  })

  it('is opened again with a reason, and the close in its place says what has changed', async () => {
    counter.sell(1, '090000')
    counter.count(24400)
    must(await counter.decide('drawer', 'book-difference', '', '短款1.00元'))
    const first = must(await counter.sign())
    expect(reopenDay(counter.ledger, undefined, '  ', '20230915181500')).toEqual({ ok: false, error: { kind: 'reason-invalid', length: 0, lengthMax: 200 } })
    must(reopenDay(counter.ledger, first.sequence, '重新清点', '20230915181500'))
    counter.sell(2, '182000')
    counter.count(29000)
    const second = decodeReport(must(await counter.sign('20230915190000')).fact.report)
    expect(second?.period).toMatchObject({ after: 0, settlements: 2 })
    expect(second?.reopened).toMatchObject({ close: first.sequence, reason: '重新清点', reopened_at: '20230915181500' })
    expect(second?.reopened?.changes).toEqual(
      expect.arrayContaining([
        { field: 'period.settlements', before: '1', after: '2' },
        { field: 'rows.cash.ledger', before: '45.00', after: '90.00' },
        { field: 'drawer.counted', before: '244.00', after: '290.00' },
        { field: 'drawer.difference', before: '-1.00', after: '0.00' },
        { field: 'items.drawer', before: '-1.00 book-difference 短款1.00元', after: null }
      ])
    )
    expect(second?.reopened?.changes.some(({ field }) => field === 'day')).toBe(false)
  })

  it('only the last close is opened again', async () => {
    counter.sell(1, '090000')
    counter.count(24500)
    const first = must(await counter.sign())
    counter.sell(2, '181000')
    counter.count(4500, 0)
    const second = must(await counter.sign('20230915200000'))
    expect(reopenDay(counter.ledger, first.sequence, '看错', '20230915201000')).toEqual({ ok: false, error: { kind: 'not-the-last', close: first.sequence, last: second.sequence } })
    expect(reopenDay(counter.ledger, 999, '看错', '20230915201000')).toEqual({ ok: false, error: { kind: 'close-unknown', close: 999 } })
    must(reopenDay(counter.ledger, second.sequence, '看错', '20230915201000'))
    expect(reopenDay(counter.ledger, second.sequence, '又看错', '20230915202000')).toMatchObject({ ok: false, error: { kind: 'already-reopened' } })
  })

  it('a ledger that has gone on since it was looked at refuses the signature', async () => {
    counter.sell(1, '090000')
    counter.count(24500)
    const seen = (await counter.day()).revision
    counter.sell(2, '181000')
    const answer = await counter.answer()
    expect(signDay(counter.ports, { head: HEAD, answer, seen, key: KEY })).toEqual({ ok: false, error: { kind: 'day-changed', seen, now: seen + 2 } })
  })

  it('another count makes the explained difference another one', async () => {
    counter.sell(1, '090000')
    counter.count(24400)
    must(await counter.decide('drawer', 'book-difference', '', '短款1.00元'))
    counter.count(24300)
    expect(itemsText(await counter.report())).toContain('drawer | short | -2.00 | open')
  })

  it('a count below nothing is refused', () => {
    expect(countDrawer(counter.ports, { float: fen(0), counted: fen(-1), collected: fen(0) }, '20230915175000')).toEqual({ ok: false, error: { kind: 'amount-negative', field: 'counted' } })
    expect(countDrawer(counter.ports, { float: fen(-1), counted: fen(0), collected: fen(0) }, '20230915175000')).toEqual({ ok: false, error: { kind: 'amount-negative', field: 'float' } })
  })
})

describe('with and without a centre', () => {
  let counter: Counter
  beforeEach(() => {
    counter = STORES.memory()
  })

  it('a till without one closes, and says that none is connected', async () => {
    counter.sell(1, '090000')
    counter.count(24500)
    const report = decodeReport(must(await counter.sign()).fact.report)
    expect(report?.centre).toEqual({ kind: 'not-connected' })
    expect(report?.items.map(({ item, resolution }) => [item, resolution?.resolution, resolution?.standing])).toEqual([['centre-not-asked', 'carry-over', true]])
    expect(report?.rows.every(({ centre }) => centre === null)).toBe(true)
    expect(report?.unconfirmed).toEqual({ count: 1, since: '20230915090000' })
  })

  it('offline, the report says why the centre was not reached and names every entry that it has not', async () => {
    counter.record = 'not-reached'
    counter.sell(1, '090000')
    counter.sell(2, '093000')
    counter.refund(2, '100000')
    counter.count(24500)
    const report = decodeReport(must(await counter.sign()).fact.report)
    expect(report?.centre).toEqual({ kind: 'not-reached', reason: 'network-down', detail: 'no route to host' })
    const unsynced = report?.items.find(({ kind }) => kind === 'unsynced')
    expect(unsynced?.resolution).toMatchObject({ resolution: 'upload-again', standing: true })
    expect(unsynced?.entries).toEqual([
      { sequence: 2, what: 'settlement', id: idOf(1), since: '20230915090000' },
      { sequence: 4, what: 'settlement', id: idOf(2), since: '20230915093000' },
      { sequence: 5, what: 'refund', id: idOf(2), since: '20230915100000' }
    ])
  })

  it('a confirmed settlement that the centre does not show is for a person', async () => {
    counter.sell(1, '090000')
    counter.confirm(1, 'posting')
    counter.record = []
    expect(itemsText(await counter.report())).toEqual([`local-only:${idOf(1)} | settlement | 420.00 | open`])
    expect(await counter.decide(`local-only:${idOf(1)}`, 'upload-again')).toEqual({
      ok: false,
      error: { kind: 'resolution-not-offered', item: `local-only:${idOf(1)}`, resolution: 'upload-again', offered: ['hand-to-person'] }
    })
  })

  it('amounts of record that differ from confirmed ones are for a person, of unconfirmed ones come with the confirmation', async () => {
    counter.sell(1, '090000')
    counter.record = [recordRow(1, { sums: { total: fen(42000), fundPaid: fen(17400), account: fen(20000), cash: fen(4600) } })]
    const item = `amounts-differ:${idOf(1)}`
    const [differs] = (await counter.report()).items.filter(({ kind }) => kind === 'amounts-differ')
    expect(differs?.facts).toEqual({ setl_id: 'S1', 'local.fundPaid': '175.00', 'local.cash': '45.00', 'record.fundPaid': '174.00', 'record.cash': '46.00' })
    expect(differs?.resolution).toMatchObject({ resolution: 'take-centre-amount', standing: true })
    must(await counter.decide(item, 'take-centre-amount'))
    expect(counter.asked).toEqual(['upload'])
    counter.confirm(1, 'posting')
    expect((await counter.day()).items.find((one) => one.item === item)?.offer.resolutions).toEqual(['hand-to-person'])
  })

  it('a refund that was made at the centre is for a person', async () => {
    counter.sell(1, '090000')
    counter.confirm(1, 'posting')
    counter.record = [recordRow(1, { reversedBy: 'T1' }), refundRow(1)]
    expect(itemsText(await counter.report())).toEqual(['refund-pair-incomplete:R1 | refund-here | -420.00 | open'])
  })

  it('what only the centre has may be taken back by its message number, never by itself', async () => {
    counter.sell(1, '090000')
    counter.confirm(1, 'posting')
    counter.record = [recordRow(1), recordRow(9)]
    const item = `centre-only:${idOf(9)}`
    expect(itemsText(await counter.report())).toEqual([`${item} | settlement | 420.00 | open`])
    expect(await counter.decide(item, 'reverse-at-centre')).toMatchObject({ ok: false, error: { kind: 'text-invalid', field: 'note' } })
    must(await counter.decide(item, 'reverse-at-centre', '', '患者未取药'))
    expect(counter.asked).toEqual([`reverse ${idOf(9)}: 患者未取药`])
    counter.record = [recordRow(1), recordRow(9, { reversedBy: 'S9R' }), { ...refundRow(9), id: 'S9R', setlId: 'S9R' }]
    const report = await counter.report()
    expect(report.settled).toEqual([{ item, resolution: 'reverse-at-centre', by: '一号窗口', person: '', note: '患者未取药', at: '20230915175500' }])
    expect([itemsText(report), report.centre]).toMatchObject([[], { matched: 1, unmatched: 0 }])
    expect(report.rows.filter(({ row }) => row === 'total' || row === 'settlements' || row === 'refunds')).toMatchObject([
      { row: 'total', ledger: '420.00', centre: '420.00' },
      { row: 'settlements', ledger: 1, centre: 1 },
      { row: 'refunds', ledger: 0, centre: 0 }
    ])
  })

  it('what was taken back there already, by whomever, is not offered to be taken back once more', async () => {
    counter.sell(1, '090000')
    counter.confirm(1, 'posting')
    counter.record = [recordRow(1), recordRow(9, { reversedBy: 'T9' }), refundRow(9)]
    expect((await counter.day()).items.map(({ item, offer }) => [item, offer.resolutions])).toEqual([
      [`centre-only:${idOf(9)}`, ['hand-to-person']],
      ['centre-only:R9', ['hand-to-person']]
    ])
  })

  it('rows of a settlement that another close compared are no difference', async () => {
    counter.sell(1, '090000')
    counter.count(24500)
    must(await counter.sign())
    counter.confirm(1, 'posting')
    counter.sell(2, '181000')
    counter.confirm(2, 'posting')
    counter.record = [recordRow(1), recordRow(2)]
    const report = await counter.report()
    expect(report.centre).toEqual({ kind: 'answered', from: '2023-09-15', to: '2023-09-15', matched: 1, unmatched: 0 })
    expect(report.items).toEqual([])
  })

  it('a parked entry is judged again when that is decided', async () => {
    fullDay(counter)
    must(await counter.decide('parked:9', 'upload-again'))
    expect(counter.asked).toEqual(['retry 9'])
  })

  it('says of a parked load, and of a parked refund, what it comes to', async () => {
    counter.sell(2, '093000')
    counter.refund(2, '101500')
    must(counter.ledger.holdLoad(loadBack(2, 20000)))
    must(counter.ledger.postLoad({ loadId: 'L2', evidence: loadEvidence(20000), postedAt: '20230917090002' }))
    const refused = { reason: 'load-not-signed', since: '20230917120000', handedOver: undefined }
    counter.parked.push({ ...refused, sequence: 3, id: idOf(2) }, { ...refused, sequence: 5, id: 'L2' }, { ...refused, sequence: 6, id: '' })
    const parked = (await counter.report()).items.filter(({ kind }) => kind === 'parked')
    expect(parked.map(({ item, amount }) => [item, amount])).toEqual([
      ['parked:3', '420.00'],
      ['parked:5', '200.00'],
      ['parked:6', null]
    ])
  })

  it('a person who takes something over has a name, and a note says what about', async () => {
    fullDay(counter)
    const item = 'in-doubt:P99999900001000005'
    expect(await counter.decide(item, 'hand-to-person', '', '核实')).toMatchObject({ ok: false, error: { kind: 'text-invalid', field: 'person' } })
    expect(await counter.decide(item, 'hand-to-person', '张某', '')).toMatchObject({ ok: false, error: { kind: 'text-invalid', field: 'note' } })
    expect(await counter.decide(item, 'hand-to-person', '张某', '第一行\n第二行')).toMatchObject({ ok: false, error: { kind: 'text-invalid', field: 'note' } })
    expect(await counter.decide('in-doubt:nobody', 'carry-over')).toEqual({ ok: false, error: { kind: 'item-unknown', item: 'in-doubt:nobody' } })
  })
})

describe('a posting that the centre has and this ledger lost', () => {
  const POSTED = { evidence: EVIDENCE, postedAt: '20230915090000' }

  /** The hold is there; the posting was durable long enough to be uploaded, and the file is an older copy. */
  function restored(counter: Counter, changes: Partial<NonNullable<RecordRow['posting']>> = {}): void {
    const hold = counter.hold(1, '090000')
    const head = must(counter.ledger.head())
    const next = extend(head, encodeFact({ kind: 'posting', settlementId: hold.settlementId, hold: head.sequence, ...POSTED }))
    counter.record = [recordRow(1, { posting: { sequence: next.sequence, hash: Buffer.from(next.hash).toString('hex'), ...POSTED, ...changes } })]
  }

  it('is written again, byte for byte, when the chain proves it', async () => {
    const counter = STORES.memory()
    restored(counter)
    const item = `centre-only:${idOf(1)}`
    expect(itemsText(await counter.report())).toContain(`${item} | held-here | 420.00 | open`)
    must(await counter.decide(item, 'book-locally'))
    expect(must(counter.ledger.settlement(idOf(1)))?.posting.fact.evidence).toEqual(EVIDENCE)
    expect((await counter.report()).centre).toMatchObject({ matched: 1, unmatched: 0 })
  })

  it('is not written when the ledger has gone on behind the hold', async () => {
    const counter = STORES.memory()
    restored(counter)
    counter.sell(2, '093000')
    expect(await counter.decide(`centre-only:${idOf(1)}`, 'book-locally')).toEqual({
      ok: false,
      error: { kind: 'chain-went-on', settlementId: idOf(1), sequence: 2, head: 3 }
    })
  })

  it('is not written when the hash is not that of the next link', async () => {
    const counter = STORES.memory()
    restored(counter, { evidence: { ...EVIDENCE, tac: 'ffffffff' } })
    expect(await counter.decide(`centre-only:${idOf(1)}`, 'book-locally')).toMatchObject({ ok: false, error: { kind: 'chain-went-on' } })
    expect(must(counter.ledger.openHolds())).toHaveLength(1)
  })
})

describe('the report as CSV', () => {
  it('begins with a byte order mark, has five columns in every line, and gives no formula to a spreadsheet', async () => {
    const counter = STORES.memory()
    fullDay(counter)
    counter.count(33000)
    must(await counter.decide('in-doubt:P99999900001000005', 'hand-to-person', '=cmd', '+1,"2"'))
    must(await counter.decide('drawer', 'book-difference', '', '@SUM(A1)'))
    const csv = reportCsv(await counter.report(), NAMED)
    expect(csv.startsWith('\uFEFFsection,item,column,value,note,名称,name\r\n')).toBe(true)
    const rows = csv.slice(1).split('\r\n')
    expect(rows.at(-1)).toBe('')
    expect(rows).toContain(`rows,cash,ledger,140.00,,'=rows,"rows ""name"""`)
    expect(rows).toContain(`drawer,drawer,difference,-5.00,,'=drawer,"drawer ""name"""`)
    expect(rows).toContain(`head,institution,P99999900001,测试药店,,'=head,"head ""name"""`)
    expect(rows).toContain(`items,in-doubt:P99999900001000005,resolution,hand-to-person,"一号窗口: =cmd: +1,""2""",'=items,"items ""name"""`)
    expect(rows).toContain(`items,parked:9,parked,420.00,card-lost,'=items,"items ""name"""`)
    expect(rows).toContain(`entries,revenue,amount,-1260.00,,'=entries,"entries ""name"""`)
    const cells = rows.flatMap((row) => row.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g) ?? [])
    expect(cells.filter((cell) => /^"?[=+@]/.test(cell))).toEqual([])
    expect(rows.slice(0, -1).map(fieldCount)).toEqual(rows.slice(0, -1).map(() => 7))
  })

  it.each([
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+1', "'+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-1+1', "'-1+1"],
    ['-5.00', '-5.00'],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['第一行\n第二行', '"第一行\n第二行"']
  ])('writes a name %j so that nobody computes it', async (name, written) => {
    const counter = STORES.memory()
    counter.sell(1, '090000')
    const csv = reportCsv({ ...(await counter.report()), institution: { code: 'P99999900001', name } }, NAMED)
    expect(csv).toContain(`head,institution,P99999900001,${written},,'=head,"head ""name"""\r\n`)
  })
})

const NAMED = ({ section }: CsvLine): { readonly zh: string; readonly en: string } => ({ zh: `=${section}`, en: `${section} "name"` })

/** RFC 4180, read the slow way. */
function fieldCount(row: string): number {
  let [count, quoted] = [1, false]
  for (const character of row) {
    if (character === '"') quoted = !quoted
    if (character === ',' && !quoted) count += 1
  }
  return count
}

describe('the chain', () => {
  let made = 0

  /** A day closed, and then, as somebody who can write the file and its chain, the report or the signature changed. */
  async function tampered(change: (close: { report: Uint8Array; signature: string }) => { report: Uint8Array; signature: string }): Promise<string[]> {
    const path = join(folder, `tampered-${(made += 1)}.db`)
    const ledger = must(openLedger({ path, create: true }))
    const counter = new Counter(ledger, ledger.closeNotes)
    counter.sell(1, '090000')
    counter.count(24500)
    const { fact } = must(await counter.sign())
    must(reopenDay(ledger, undefined, '重新清点', '20230915181500'))
    const { to } = must(ledger.openPeriod())
    must(ledger.closeDay({ day: fact.day, closedAt: '20230915190000', upTo: to, ...change({ report: fact.report, signature: fact.signature }) }))
    ledger.close()
    return must(verifyLedger(path)).findings.map((finding) => (finding.kind === 'out-of-order' ? `${finding.sequence}: ${finding.rule}` : finding.kind))
  }

  const edited = (report: Uint8Array, from: string, to: string): Uint8Array => new TextEncoder().encode(new TextDecoder().decode(report).replace(from, to))

  it('is sound with a report as it was signed', async () => {
    expect(await tampered((close) => close)).toEqual([])
  })

  it('tells of a report that is not what was signed, though every hash is right', async () => {
    expect(await tampered(({ report, signature }) => ({ signature, report: edited(report, '"counted":"245.00"', '"counted":"254.00"') }))).toEqual(['5: is a close whose report is not what was signed'])
  })

  it('tells of a signature that is none, or of another', async () => {
    expect(await tampered(({ report }) => ({ report, signature: '00'.repeat(64) }))).toEqual(['5: is a close whose report is not what was signed'])
    expect(await tampered(({ report }) => ({ report, signature: 'signed' }))).toEqual(['5: is a close whose report is not what was signed'])
  })

  it('tells of a report that names no key', async () => {
    expect(await tampered(({ report, signature }) => ({ signature, report: edited(report, KEY.publicKey, '') }))).toEqual(['5: is a close that names no key'])
  })

  it('covers report and signature: a byte of the file that is changed is found', async () => {
    const path = join(folder, 'changed.db')
    const ledger = must(openLedger({ path, create: true }))
    const counter = new Counter(ledger, ledger.closeNotes)
    counter.sell(1, '090000')
    counter.count(24500)
    const { sequence } = must(await counter.sign())
    ledger.close()
    expect(must(verifyLedger(path))).toMatchObject({ sound: true, closes: 1 })
    const database = new Database(path)
    const trigger = database.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'fact_stays'").pluck().get() ?? ''
    database.exec('DROP TRIGGER fact_stays')
    const content = database.prepare<[number], Buffer>('SELECT content FROM fact WHERE sequence = ?').pluck().get(sequence) ?? Buffer.alloc(0)
    database.prepare('UPDATE fact SET content = ? WHERE sequence = ?').run(Buffer.from(content.toString('latin1').replace('"245.00"', '"254.00"'), 'latin1'), sequence)
    database.exec(trigger)
    database.close()
    expect(must(verifyLedger(path)).findings).toContainEqual({ kind: 'hash', sequence })
  })
})
