import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE, sale } from '../../../test/contract/ledger-fixture.ts'
import { value } from '../../../test/contract/ledger-store.contract.ts'
import { refundSettlement } from '../../../settlement/case/refund-settlement.ts'
import type { Ledger, LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { writeLedger } from '../../../settlement/ledger/write-ledger.ts'
import { memoryStore } from '../../../settlement/store/memory/memory-store.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { LOOKED_AT_MAX, searchRecords, type RecordsQuery, type Rest } from './search-records.ts'

const folder = mkdtempSync(join(tmpdir(), 'caresettle-search-'))
afterAll(() => rmSync(folder, { recursive: true }))

const open = {
  memory: () => writeLedger(memoryStore()),
  SQLite: () => value(openLedger({ path: join(folder, 'ledger.db'), create: true }))
} as const

const NAMES = ['测试一', '测试二', 'TEST Three'] as const

const documentOf = (number: number): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ psn_name: NAMES[number % 3], card_number: `A${String(number).padStart(8, '0')}` }))

/** The n-th visit of 2023-09: two a day, 1 and 2 on the first day. */
const dayOf = (number: number): string => String(Math.ceil(number / 2)).padStart(2, '0')
const hold = (number: number, time = `202309${dayOf(number)}090000`) =>
  sale(number, { heldAt: time, result: documentOf(number), intent: { ...sale(number).intent, time } })

function settle(ledger: Ledger, number: number, time?: string): void {
  const held = hold(number, time)
  value(ledger.hold(held))
  value(ledger.post({ settlementId: held.settlementId, evidence: EVIDENCE, postedAt: held.heldAt }))
}

const ALL: RecordsQuery = { from: '2023-09-01', to: '2023-09-30', text: '', state: 'all', after: null, limit: 50 }

const NO_REST: Rest = { now: () => 0, rest: () => Promise.resolve() }

async function visitsIn(ledger: LedgerReader, query: Partial<RecordsQuery>): Promise<string[]> {
  const page = value(await searchRecords(ledger, { ...ALL, ...query }, NO_REST))
  return page.rows.map(({ visitNo }) => visitNo.replace(/^V0*/, ''))
}

describe.each(['memory', 'SQLite'] as const)('records in a ledger on %s', (driver) => {
  let ledger: Ledger
  beforeAll(() => {
    ledger = open[driver]()
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) settle(ledger, number)
    value(ledger.hold(hold(9)))
    settle(ledger, 10)
    value(refundSettlement(ledger, { settlementId: hold(4).settlementId, reason: '退药', time: '20230910090000' }))
    value(ledger.hold(hold(11)))
    value(ledger.release({ settlementId: hold(11).settlementId, proof: 'serial-unchanged', releasedAt: '20230906091000' }))
  })
  afterAll(() => ledger.close())

  it('are newest first, those in doubt among them, released ones not', async () => {
    expect(await visitsIn(ledger, {})).toEqual(['10', '9', '8', '7', '6', '5', '4', '3', '2', '1'])
  })

  it('of a range of days, both ends included', async () => {
    expect(await visitsIn(ledger, { from: '2023-09-02', to: '2023-09-03' })).toEqual(['6', '5', '4', '3'])
    expect(await visitsIn(ledger, { from: '2023-09-05', to: '2023-09-05' })).toEqual(['10', '9'])
    expect(await visitsIn(ledger, { from: '2023-08-01', to: '2023-08-31' })).toEqual([])
    expect(await visitsIn(ledger, { from: '2023-10-01', to: '2023-10-31' })).toEqual([])
  })

  it.each([
    ['a part of a name', '试二', ['10', '7', '4', '1']],
    ['a name in another case', 'test', ['8', '5', '2']],
    ['a part of a card number', 'a00000007', ['7']],
    ['a settlement number', 'P99999900001000003', ['3']],
    ['a visit number', 'v000009', ['9']],
    ['blanks', '   ', ['10', '9', '8', '7', '6', '5', '4', '3', '2', '1']],
    ['nobody', '无此人', []]
  ])('with %s', async (_, text, visits) => {
    expect(await visitsIn(ledger, { text })).toEqual(visits)
  })

  it.each([
    ['settled', ['10', '8', '7', '6', '5', '3', '2', '1']],
    ['in-doubt', ['9']],
    ['refunded', ['4']],
    ['owed', ['4']]
  ] as const)('that are %s', async (state, visits) => {
    expect(await visitsIn(ledger, { state })).toEqual(visits)
  })

  it('come in pages that neither repeat nor miss one', async () => {
    const seen: string[] = []
    let after: number | null = null
    do {
      const page: { rows: readonly { visitNo: string }[]; next: number | null } = value(await searchRecords(ledger, { ...ALL, after, limit: 3 }, NO_REST))
      seen.push(...page.rows.map(({ visitNo }) => visitNo))
      after = page.next
    } while (after !== null)
    expect(seen).toHaveLength(10)
    expect(new Set(seen).size).toBe(10)
  })

  it('say what is owed to the card, whose number is masked', async () => {
    const page = value(await searchRecords(ledger, { ...ALL, state: 'owed' }, NO_REST))
    expect(page).toMatchObject({
      rows: [{ state: 'refunded', name: '测试二', maskedCard: '*****0004', account: '200.00', owedToCard: '200.00', settledAt: '2023-09-02 09:00:00' }],
      next: null
    })
  })
})

/** As many settlements as wanted, each made when it is read, with what a search reads of them. */
function longLedger(count: number): { readonly ledger: LedgerReader; readonly reads: () => number } {
  let reads = 0
  const numberAt = (sequence: number): number => Math.floor(sequence / 2)
  // A hundred a day from 2000 on.
  const timeOf = (number: number): string =>
    `${new Date(Date.UTC(2000, 0, 1 + Math.floor(number / 100))).toISOString().slice(0, 10).replaceAll('-', '')}090000`
  const ledger = {
    head: () => ({ ok: true, value: { sequence: 2 * count, hash: new Uint8Array(32) } }),
    openHolds: () => ({ ok: true, value: [] }),
    settlements: ({ before = Infinity }: { readonly before?: number }) => {
      reads += 1
      const number = Math.min(count, numberAt(before))
      if (number < 1) return { ok: true, value: [] }
      const fact = { kind: 'hold', ...hold(number, timeOf(number)) }
      return { ok: true, value: [{ hold: { sequence: 2 * number - 1, fact }, posting: { sequence: 2 * number }, correction: undefined, owed: NOTHING_OWED }] }
    }
  } as unknown as LedgerReader
  return { ledger, reads: () => reads }
}

const NOTHING_OWED = { owed: 0, held: 0, loaded: 0 }

describe('a million settlements', () => {
  const clock = (): Rest & { readonly rests: () => number } => {
    let [time, rests] = [0, 0]
    return { now: () => (time += 1), rest: () => Promise.resolve(void (rests += 1)), rests: () => rests }
  }

  it('cost one call a bounded number of reads, and it goes on where it stopped', async () => {
    const { ledger, reads } = longLedger(1_000_000)
    const query = { ...ALL, from: '1999-01-01', to: '2099-12-31', text: '无此人' }
    const first = value(await searchRecords(ledger, query, clock()))
    expect([first.rows, reads()]).toEqual([[], LOOKED_AT_MAX + 1])
    const second = value(await searchRecords(ledger, { ...query, after: first.next }, clock()))
    expect(second.next).toBe((first.next ?? 0) - 2 * LOOKED_AT_MAX)
  })

  it('are searched for a day long gone without reading what came after it', async () => {
    const { ledger, reads } = longLedger(1_000_000)
    const page = value(await searchRecords(ledger, { ...ALL, from: '2001-05-07', to: '2001-05-07', limit: 20 }, clock()))
    expect(page.rows.map(({ settledAt }) => settledAt)).toEqual(Array.from({ length: 20 }, () => '2001-05-07 09:00:00'))
    expect(reads()).toBeLessThan(60)
  })

  it('are searched in turns: after a few milliseconds everything else has its own', async () => {
    const { ledger } = longLedger(1_000_000)
    const turn = clock()
    await searchRecords(ledger, { ...ALL, from: '1999-01-01', to: '2099-12-31', text: '无此人' }, turn)
    expect(turn.rests()).toBeGreaterThan(LOOKED_AT_MAX / 6)
  })
})

it('a till whose clock was wrong for a moment still finds what lies before it', async () => {
  const ledger = open.memory()
  settle(ledger, 1)
  settle(ledger, 2)
  settle(ledger, 3, '20000101090000')
  settle(ledger, 4)
  expect(await visitsIn(ledger, {})).toEqual(['4', '2', '1'])
})
