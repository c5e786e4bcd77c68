import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok, refuse, type Result } from '../../base/result.ts'
import { EVIDENCE, sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { writeLedger } from '../ledger/write-ledger.ts'
import { fen } from '../money/fen.ts'
import type { LoadDevice, LoadIntent, LoadOffer, LoadOutcome, LoadResolution } from '../payment/load-device.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { openLedger } from '../store/sqlite/open-ledger.ts'
import { loadCard, LOAD_STEPS, type LoadPorts, type LoadRequest } from './load-card.ts'
import type { LoadAsk, LoadSigner, SignerFailure } from './load-signer.ts'
import { recoverLoads } from './recover-loads.ts'
import { refundSettlement } from './refund-settlement.ts'

const folder = mkdtempSync(join(tmpdir(), 'caresettle-load-'))
afterAll(() => rmSync(folder, { recursive: true }))

let ledgers = 0
const open = {
  memory: () => writeLedger(memoryStore()),
  SQLite: () => value(openLedger({ path: join(folder, `${(ledgers += 1)}.db`), create: true }))
} as const

const TIME = '20230916101500'
const CENTRE_TIME = '20230916101502'
const { settlementId, intent: debit } = sale(1)
const REQUEST: LoadRequest = { due: { kind: 'refund', settlementId }, cardId: debit.cardId, time: TIME }

/** A card that remembers: what it was asked, and what it will answer. */
class StubCard implements LoadDevice {
  readonly asked: string[] = []
  outcome: LoadOutcome = { kind: 'loaded', evidence: { source: 'credit-answer', tac: 'A1B2C3D4', serialAfter: 27, balanceAfter: fen(50_000) } }
  resolution: LoadResolution = { kind: 'unresolved', reason: 'pin-needed' }

  initialise({ amount }: { readonly amount: LoadOffer['amount'] }): Promise<Result<LoadOffer, never>> {
    this.asked.push(`initialise ${amount}`)
    return Promise.resolve(
      ok({ cardId: debit.cardId, balance: fen(30_000), amount, loadSerial: 26, keyVersion: 1, random: '0A0B0C0D', mac1: '89E37B8F', terminalNo: '999999000001' })
    )
  }

  credit({ amount, mac2 }: LoadIntent): Promise<LoadOutcome> {
    this.asked.push(`credit ${amount} ${mac2}`)
    return Promise.resolve(this.outcome)
  }

  resolve({ amount }: LoadIntent): Promise<LoadResolution> {
    this.asked.push(`resolve ${amount}`)
    return Promise.resolve(this.resolution)
  }
}

class StubCentre implements LoadSigner {
  terminal: string | undefined = 'P99999900001-01'
  readonly asked: string[] = []
  failure: SignerFailure | undefined

  sign({ loadId, purpose, offer }: LoadAsk) {
    this.asked.push(`sign ${loadId} ${purpose.kind} ${offer.amount}`)
    return Promise.resolve(this.failure === undefined ? ok({ time: CENTRE_TIME, mac2: '85A28E4A', setlId: 'L1' }) : refuse(this.failure))
  }

  voidLoad(loadId: string) {
    this.asked.push(`void ${loadId}`)
    return Promise.resolve(ok(null))
  }

  credits() {
    return Promise.resolve(ok([]))
  }
}

describe.each(['memory', 'SQLite'] as const)('a load with a ledger on %s', (driver) => {
  let ledger: Ledger
  let card: StubCard
  let centre: StubCentre
  let reached: string[]
  const refusedByCentre = new Set<string>()

  beforeEach(() => {
    ledger = open[driver]()
    card = new StubCard()
    centre = new StubCentre()
    reached = []
    refusedByCentre.clear()
  })
  afterEach(() => ledger.close())

  const ports = (): LoadPorts => ({ ledger, device: card, signer: centre, isNeverBooked: (id) => refusedByCentre.has(id), reached: (step) => reached.push(step) })
  const load = (changes: Partial<LoadRequest> = {}) => loadCard(ports(), { ...REQUEST, ...changes })
  const kindOf = async (loading: ReturnType<typeof load>): Promise<string> => {
    const done = await loading
    return done.ok ? 'loaded' : 'refusal' in done.error ? `${done.error.kind}: ${done.error.refusal.kind}` : done.error.kind
  }

  function settleAndRefund({ confirmed = true } = {}): void {
    value(ledger.hold(sale(1)))
    value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
    const { correction } = value(refundSettlement(ledger, { settlementId, reason: '退药', time: '20230916100000' }))
    if (confirmed) confirm(correction.sequence)
  }

  const confirm = (target: number): void =>
    void value(ledger.confirm({ id: settlementId, target, setlId: `S${target}`, setlTime: '20230916100500', ofRecord: undefined, confirmedAt: '20230916100501' }))

  const owed = () => value(ledger.owedToCard(settlementId))

  it('goes card, centre, ledger, card, ledger, and leaves nothing owed', async () => {
    settleAndRefund()
    const { posting, intent, purpose } = value(await load())
    expect(card.asked).toEqual(['initialise 20000', 'credit 20000 85A28E4A'])
    expect(centre.asked).toEqual([`sign ${settlementId}-L1 refund 20000`])
    expect(reached).toEqual([...LOAD_STEPS])
    expect(posting.fact).toMatchObject({ loadId: `${settlementId}-L1`, evidence: { tac: 'A1B2C3D4' }, postedAt: TIME })
    expect(intent).toEqual({
      cardId: debit.cardId, serialBefore: 26, balanceBefore: 30_000, amount: 20_000, terminalNo: '999999000001', time: CENTRE_TIME, mac2: '85A28E4A'
    })
    expect(purpose).toEqual({ kind: 'refund', settlementId })
    expect(owed()).toEqual({ owed: 0, held: 0, loaded: 20_000 })
    expect(await kindOf(load())).toBe('nothing-owed')
  })

  it.each<[string, () => void, Partial<LoadRequest>, string]>([
    ['a settlement that nobody knows', settleAndRefund, { due: { kind: 'refund', settlementId: 'P9' } }, 'settlement-unknown'],
    ['another card', settleAndRefund, { cardId: '9999990000000002' }, 'card-differs'],
    ['a refund that the centre has not booked', () => settleAndRefund({ confirmed: false }), {}, 'correction-not-confirmed'],
    [
      'a refund of what the centre had refused, and never books',
      () => {
        settleAndRefund({ confirmed: false })
        refusedByCentre.add(settlementId)
      },
      {},
      'never-booked'
    ],
    ['a settlement that nobody took back', () => void (value(ledger.hold(sale(1))) && value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: TIME }))), {}, 'nothing-owed']
  ])('%s is refused before the card is asked', async (_, prepare, changes, kind) => {
    prepare()
    expect(await kindOf(load(changes))).toBe(kind)
    expect([card.asked, centre.asked]).toEqual([[], []])
  })

  it('what the centre booked with a smaller account is owed without a refund', async () => {
    value(ledger.hold(sale(1)))
    const posted = value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
    const { amounts, counters } = sale(1)
    const ofRecord = { amounts: { ...amounts, account: fen(12_000), cash: fen(12_500) }, counters, reason: 'counters-differ' }
    value(ledger.confirm({ id: settlementId, target: posted.recorded.sequence, setlId: 'S1', setlTime: TIME, ofRecord, confirmedAt: TIME }))
    card.outcome = { kind: 'loaded', evidence: { source: 'credit-answer', tac: 'A1B2C3D4', serialAfter: 27, balanceAfter: fen(38_000) } }
    expect(await kindOf(load())).toBe('loaded')
    expect(centre.asked).toEqual([`sign ${settlementId}-L1 refund 8000`])
  })

  it('a centre that does not sign leaves no trace, and the next attempt has the same number', async () => {
    settleAndRefund()
    const before = value(ledger.head()).sequence
    centre.failure = { kind: 'network-down', cause: 'timeout' }
    expect(await kindOf(load())).toBe('signer: network-down')
    centre.failure = { kind: 'refused', reason: 'load-open', message: 'x' }
    expect(await kindOf(load())).toBe('signer: refused')
    expect(value(ledger.head()).sequence).toBe(before)
    centre.failure = undefined
    expect(await kindOf(load())).toBe('loaded')
    expect(new Set(centre.asked)).toEqual(new Set([`sign ${settlementId}-L1 refund 20000`]))
    expect(card.asked.filter((what) => what.startsWith('credit'))).toHaveLength(1)
  })

  it("the card's own refusal releases the load, tells the centre, and the next has another number", async () => {
    settleAndRefund()
    card.outcome = { kind: 'not-loaded', refusal: { kind: 'load-not-authentic' } }
    expect(await kindOf(load())).toBe('device: load-not-authentic')
    expect(centre.asked).toEqual([`sign ${settlementId}-L1 refund 20000`, `void ${settlementId}-L1`])
    expect(owed()).toEqual({ owed: 20_000, held: 0, loaded: 0 })
    await load()
    expect(centre.asked.slice(2, 4)).toEqual([`void ${settlementId}-L1`, `sign ${settlementId}-L2 refund 20000`])
  })

  describe('an unknown outcome', () => {
    beforeEach(async () => {
      settleAndRefund()
      card.outcome = { kind: 'unknown', cause: 'card-removed' }
      expect(await kindOf(load())).toBe('in-doubt')
    })

    it('is in doubt: nothing more is loaded onto that card', async () => {
      expect(owed()).toEqual({ owed: 0, held: 20_000, loaded: 0 })
      expect(await kindOf(load())).toBe('load-in-doubt')
      expect(card.asked.filter((what) => what.startsWith('credit'))).toHaveLength(1)
    })

    const recovered = async () => value(await recoverLoads(ledger, card, '20230917080000')).map(({ kind }) => kind)

    it('is posted when the card proves it', async () => {
      card.resolution = { kind: 'loaded', evidence: { source: 'transaction-prove', tac: 'A1B2C3D4', serialAfter: 27, balanceAfter: fen(50_000) } }
      expect(await recovered()).toEqual(['load-posted'])
      expect(owed()).toEqual({ owed: 0, held: 0, loaded: 20_000 })
      expect(await recovered()).toEqual([])
    })

    it('is released when the card proves that there was none, and may be loaded again', async () => {
      card.resolution = { kind: 'not-loaded', proof: 'load-serial-unchanged' }
      expect(await recovered()).toEqual(['load-released'])
      expect(owed()).toEqual({ owed: 20_000, held: 0, loaded: 0 })
      expect(value(ledger.load(`${settlementId}-L1`))?.closing?.fact).toMatchObject({ kind: 'load-release', proof: 'load-serial-unchanged' })
    })

    it('stays when the card proves nothing, or contradicts itself', async () => {
      expect(await recovered()).toEqual(['load-in-doubt'])
      card.resolution = { kind: 'loaded', evidence: { source: 'transaction-prove', tac: 'A1B2C3D4', serialAfter: 27, balanceAfter: fen(49_999) } }
      expect(await recovered()).toEqual(['load-not-recorded'])
      expect(owed()).toEqual({ owed: 0, held: 20_000, loaded: 0 })
    })
  })

  describe('a credit of the centre', () => {
    const due = { kind: 'credit', creditId: 'C1', amount: fen(30_000) } as const

    it('is loaded once, under a number that names the terminal', async () => {
      card.outcome = { kind: 'loaded', evidence: { source: 'credit-answer', tac: 'A1B2C3D4', serialAfter: 27, balanceAfter: fen(60_000) } }
      expect(await kindOf(load({ due }))).toBe('loaded')
      expect(centre.asked).toEqual(['sign C1-P99999900001-01-L1 credit 30000'])
      expect(await kindOf(load({ due }))).toBe('credit-loaded')
    })

    it('needs a centre', async () => {
      centre.terminal = undefined
      expect(await kindOf(load({ due }))).toBe('signer: not-connected')
      expect(card.asked).toEqual([])
    })
  })
})
