import { beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../base/result.ts'
import { EVIDENCE, SALE_AMOUNTS, sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import { CENTRE_DOWN, NETWORK_DOWN, UNDER_ANOTHER_NUMBER } from '../../test/support/model-centre.ts'
import { syncBench, type Bench } from '../../test/support/sync-bench.ts'
import type { Verdict } from '../batch/batch.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { writeLedger } from '../ledger/write-ledger.ts'
import { fen } from '../money/fen.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { memorySyncStore } from '../store/memory/memory-sync-store.ts'
import { unconfirmed } from './unconfirmed.ts'

let bench: Bench

const kinds = (): string[] => bench.centre.entries.map(({ fact }) => fact.kind)
const waiting = () => value(unconfirmed(bench.ledger, bench.store))
const batches = (): string[] => bench.centre.asked.filter((question) => question.startsWith('batch'))
const refusedIf =
  (isRefused: (sequence: number) => boolean, refusal: Extract<Verdict, { kind: 'refused' }>['refusal']) =>
  (before: (entry: Parameters<Bench['centre']['judge']>[0]) => Verdict): Bench['centre']['judge'] =>
  (entry) =>
    isRefused(entry.sequence) ? { kind: 'refused', refusal } : before(entry)
const refuse = (sequence: number, refusal: Extract<Verdict, { kind: 'refused' }>['refusal']): void => {
  bench.centre.judge = refusedIf((each) => each === sequence, refusal)(bench.centre.judge)
}

beforeEach(() => {
  bench = syncBench()
})

describe('a terminal and its centre', () => {
  it('confirms every settlement, and tells the centre of the confirmations too', async () => {
    bench.settle(1)
    bench.settle(2)
    expect(waiting()).toEqual({ count: 2, since: '20230915094000' })
    expect((await bench.pass()).kind).toBe('idle')
    expect(waiting()).toEqual({ count: 0, since: undefined })
    expect(kinds()).toEqual(['hold', 'posting', 'hold', 'posting', 'confirmation', 'confirmation'])
    expect(value(bench.ledger.settlement(sale(1).settlementId))).toMatchObject({ provisional: false, confirmation: { fact: { setlId: 'S2' } } })
  })

  it('sends batches of at most so many facts, each naming the one before', async () => {
    for (let number = 1; number <= 5; number += 1) bench.settle(number)
    await bench.pass()
    expect(bench.centre.batches.slice(0, 3).map(({ entries }) => entries.length)).toEqual([4, 4, 4])
    expect(bench.centre.entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1))
  })

  it('cuts a batch before it has too many bytes', async () => {
    bench = syncBench({ facts: 100, bytes: 2_000 })
    for (let number = 1; number <= 4; number += 1) bench.settle(number)
    await bench.pass()
    expect(bench.centre.batches.length).toBeGreaterThan(2)
    expect(Math.max(...[1, 2, 3].map((number) => bench.store.body(number)?.length ?? 0))).toBeLessThan(2_500)
  })

  it('stops at a fact that no batch can hold', async () => {
    bench = syncBench({ bytes: 500 })
    bench.settle(1)
    expect(await bench.pass()).toMatchObject({ kind: 'stopped', reason: { kind: 'fact-too-large', sequence: 1 } })
  })

  it('lets a settlement wait for company, but not long; and a confirmation longer', async () => {
    await bench.pass('due')
    bench.settle(1)
    expect((await bench.pass('due')).kind).toBe('idle')
    expect(bench.store.lastBatch()).toBeUndefined()
    bench.wait(5_000)
    await bench.pass('due')
    expect(bench.store.lastBatch()).toMatchObject({ number: 1, count: 2 })
    bench.wait(60_000)
    await bench.pass('due')
    expect(bench.store.lastBatch()?.number).toBe(1)
    bench.wait(60_000)
    await bench.pass('due')
    expect(bench.store.lastBatch()).toMatchObject({ number: 2, count: 1 })
  })

  it('sends a fact of the future at once: its clock was put back since', async () => {
    bench.settle(1)
    bench.wait(-3_600_000)
    await bench.pass('due')
    expect(bench.store.lastBatch()).toMatchObject({ number: 1, count: 2 })
  })

  it('sends a hold whose settlement still runs, and its posting with the next batch', async () => {
    value(bench.ledger.hold(sale(1)))
    await bench.pass()
    expect(kinds()).toEqual(['hold'])
    value(bench.ledger.post({ settlementId: sale(1).settlementId, evidence: { source: 'transaction-log', tac: undefined, mac2: undefined, serialAfter: 42, balanceAfter: undefined }, postedAt: '20230915094100' }))
    await bench.pass()
    expect(kinds()).toEqual(['hold', 'posting', 'confirmation'])
  })

  describe('that has breath while the centre judges', () => {
    interface SlowCentre {
      readonly uploads: readonly number[]
      /** The request that came first has left the till. */
      leave(): void
      /** To the first that it has; `second`: to the one behind it. */
      answer(second?: 'second'): void
    }

    /** Takes and answers when it is let. */
    function slowCentre(): SlowCentre {
      const { link } = bench.centre
      const leaves: (() => void)[] = []
      const waits: (() => void)[] = []
      const uploads: number[] = []
      const upload = async (batch: Parameters<typeof link.upload>[0], sent: () => void): ReturnType<typeof link.upload> => {
        uploads.push(batch.number)
        leaves.push(sent)
        await new Promise<void>((resolve) => waits.push(resolve))
        return link.upload(batch, () => undefined)
      }
      Object.defineProperty(bench.centre, 'link', { value: { ...link, upload } })
      bench.restart(() => Promise.resolve())
      return { uploads, leave: () => leaves.shift()?.(), answer: (second) => waits.splice(second === undefined ? 0 : 1, 1)[0]?.() }
    }
    const turns = async (): Promise<void> => {
      for (let turn = 0; turn < 200; turn += 1) await Promise.resolve()
    }

    const settleSix = (): void => {
      for (let number = 1; number <= 6; number += 1) bench.settle(number)
    }
    const finish = async (slow: SlowCentre): Promise<void> => {
      while (bench.store.unanswered().batches > 0) {
        slow.leave()
        slow.answer()
        await turns()
      }
    }
    const twoUnderWay = async () => {
      settleSix()
      const slow = slowCentre()
      const passed = bench.pass()
      await turns()
      slow.leave()
      await turns()
      return { slow, passed }
    }
    const isAllThereOnce = (): void => {
      expect(bench.centre.entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1))
      expect(waiting().count).toBe(0)
    }

    it('makes the next batch meanwhile, and sends it when this one has left: not before, and no third one', async () => {
      settleSix()
      const slow = slowCentre()
      const passed = bench.pass()
      await turns()
      expect(bench.store.lastBatch()).toMatchObject({ number: 2, first: 5, count: 4 })
      expect(slow.uploads).toEqual([1])
      slow.leave()
      await turns()
      slow.leave()
      await turns()
      expect([slow.uploads, bench.store.answeredTo()]).toEqual([[1, 2], 0])
      await finish(slow)
      expect((await passed).kind).toBe('idle')
      isAllThereOnce()
    })

    it('sends the next batch before the answer to this one is written down, also when this one was never seen to leave', async () => {
      settleSix()
      const slow = slowCentre()
      bench.restart(() => (slow.uploads.length < 2 ? Promise.resolve() : new Promise(() => undefined)))
      void bench.pass()
      await turns()
      slow.answer()
      await turns()
      expect([slow.uploads, bench.store.answeredTo()]).toEqual([[1, 2], 0])
    })

    it.each([
      ['and sends it with the answer, before that is written down', true, [1, 2, 3]],
      ['and keeps it while the next one was not seen to leave', false, [1, 2]]
    ] as const)('has the batch after the next one made by then, %s', async (_, hasLeft, uploads) => {
      settleSix()
      const slow = slowCentre()
      let isWritten = true
      bench.restart(() => (isWritten ? Promise.resolve() : new Promise(() => undefined)))
      void bench.pass()
      await turns()
      slow.leave()
      await turns()
      expect([slow.uploads, bench.store.lastBatch()?.number]).toEqual([[1, 2], 3])
      if (hasLeft) slow.leave()
      await turns()
      isWritten = false
      slow.answer()
      await turns()
      expect([slow.uploads, bench.store.answeredTo()]).toEqual([uploads, 0])
    })

    it.each([
      ['that came to the centre before the one that it follows', undefined],
      ['for which the centre had no room beside the one before it', { kind: 'too-many', retryAfterMs: 1_000 }]
    ] as const)('sends a batch once more %s, and asks nothing for it', async (_, failure) => {
      const { slow, passed } = await twoUnderWay()
      if (failure !== undefined) bench.centre.outages.push({ kind: 'before', on: 'batch 2', failure })
      slow.answer('second')
      await turns()
      slow.answer()
      await turns()
      expect(slow.uploads.slice(0, 3)).toEqual([1, 2, 2])
      await finish(slow)
      expect((await passed).kind).toBe('idle')
      isAllThereOnce()
      expect(bench.centre.asked.filter((question) => question === 'standing')).toHaveLength(1)
      expect(bench.sync.health.failures).toBe(0)
    })

    it('waits as it is told when the centre has no room for a batch at its own turn', async () => {
      const { slow, passed } = await twoUnderWay()
      const failure = { kind: 'too-many', retryAfterMs: 1_000 } as const
      bench.centre.outages.push({ kind: 'before', on: 'batch 1', failure })
      slow.answer()
      await turns()
      expect(await passed).toMatchObject({ kind: 'waiting', failure })
    })

    it('leaves aside what was sent after a batch that came to nothing', async () => {
      const { slow, passed } = await twoUnderWay()
      bench.centre.outages.push({ kind: 'before', on: 'batch 1', failure: NETWORK_DOWN })
      slow.answer()
      await turns()
      expect(await passed).toMatchObject({ kind: 'waiting', failure: NETWORK_DOWN })
      bench.wait(60_000)
      const again = bench.pass()
      await turns()
      expect(slow.uploads).toEqual([1, 2, 1])
      await finish(slow)
      expect((await again).kind).toBe('idle')
      isAllThereOnce()
    })

    it('makes none of facts that do not fill it', async () => {
      for (let number = 1; number <= 3; number += 1) bench.settle(number)
      slowCentre()
      void bench.pass()
      await turns()
      expect(bench.store.lastBatch()).toMatchObject({ number: 1, count: 4 })
    })
  })

  it('passes the points at which a tester kills it in their order', async () => {
    bench.settle(1)
    await bench.pass()
    expect(bench.reached.slice(0, 4)).toEqual(['sync-made', 'sync-sent', 'sync-answered', 'sync-applied'])
  })

  it('measures how far it is', async () => {
    for (let number = 1; number <= 4; number += 1) bench.settle(number)
    while (bench.store.answeredTo() < 1) await bench.sync.step('all')
    bench.wait(2_000)
    expect(value(bench.sync.status())).toMatchObject({ progress: { sent: 4, total: 10, elapsedMs: 2_000 }, unmade: 6 })
    await bench.pass()
    expect(value(bench.sync.status())).toMatchObject({ progress: undefined, unmade: 0, queue: { batches: 0, facts: 0, bytes: 0 } })
  })
})

describe('a hold that nobody has closed', () => {
  const inDoubt = (): string[] => value(bench.ledger.openHolds()).map(({ fact }) => fact.settlementId)
  const questions = (): string[] => bench.centre.asked.filter((question) => question.startsWith('hold'))
  const TEN_MINUTES_MS = 600_000
  const { settlementId } = sale(1)

  beforeEach(() => {
    value(bench.ledger.hold(sale(1, { heldAt: bench.now() })))
  })

  it('is released when another settlement is booked under its serial: its debit never happened, and its visit is free again', async () => {
    bench.centre.used.set(1, '20230915093000')
    bench.wait(60_000)
    await bench.pass()
    expect(inDoubt()).toEqual([])
    expect(value(bench.ledger.log(1, 1))).toMatchObject([
      { fact: { kind: 'release', settlementId, hold: 1, proof: 'serial-used-elsewhere: booked 20230915093000', releasedAt: '20230915094100' } }
    ])
    value(bench.ledger.hold(sale(1, { settlementId: 'P9999990000120260301000099', heldAt: bench.now() })))
  })

  it('tells who drives it which hold it was', async () => {
    bench.centre.used.set(1, '20230915093000')
    bench.wait(60_000)
    for (;;) {
      const stepped = await bench.sync.step('all')
      if (stepped.kind !== 'worked') throw new Error(`${stepped.kind}, and nothing was released`)
      if (stepped.released === undefined) continue
      expect(stepped.released).toMatchObject({ hold: { settlementId }, proof: 'serial-used-elsewhere: booked 20230915093000' })
      return
    }
  })

  it('and of whose serial the centre knows nothing waits for its card, and is asked about again in ten minutes', async () => {
    bench.wait(60_000)
    await bench.pass()
    expect([inDoubt(), questions()]).toEqual([[settlementId], ['hold 1']])
    bench.wait(TEN_MINUTES_MS - 1)
    await bench.pass()
    expect(questions()).toEqual(['hold 1'])
    bench.wait(1)
    await bench.pass()
    expect(questions()).toEqual(['hold 1', 'hold 1'])
    bench.sync.hurry()
    await bench.pass()
    expect(questions()).toHaveLength(3)
  })

  it('is not asked about while its settlement may be under way, nor before it was sent', async () => {
    bench.wait(59_999)
    await bench.pass()
    expect(questions()).toEqual([])
    bench.restart()
    bench.wait(1)
    value(bench.ledger.hold(sale(2, { heldAt: '20230915094000' })))
    await bench.pass('due')
    expect(questions()).toEqual(['hold 1'])
  })

  it('stays as it is at a centre that does not know the question, and everything else goes on', async () => {
    bench.wait(60_000)
    bench.centre.outages.push({ kind: 'before', on: 'hold', failure: { kind: 'refused', reason: 'not-found', message: '' } })
    bench.settle(2)
    expect((await bench.pass()).kind).toBe('idle')
    expect([inDoubt(), waiting().count]).toEqual([[settlementId], 0])
    expect(bench.sync.health.state).toBe('up')
  })

  it('is not closed by an answer about another one', async () => {
    bench.wait(60_000)
    const { link } = bench.centre
    Object.defineProperty(bench.centre, 'link', { value: { ...link, heldSerial: () => Promise.resolve(ok({ sequence: 2, usedAt: '20230915093000' })) } })
    bench.restart()
    expect(await bench.pass()).toMatchObject({ kind: 'waiting', failure: { kind: 'centre-down', cause: 'asked for hold 1, told about 2' } })
    expect(inDoubt()).toEqual([settlementId])
  })

  it('of which the answer is lost is asked about again', async () => {
    bench.centre.used.set(1, '20230915093000')
    bench.wait(60_000)
    bench.centre.outages.push({ kind: 'after', on: 'hold', failure: NETWORK_DOWN })
    expect(await bench.pass()).toMatchObject({ kind: 'waiting', failure: NETWORK_DOWN })
    expect(inDoubt()).toEqual([settlementId])
    bench.wait(TEN_MINUTES_MS)
    await bench.pass()
    expect(inDoubt()).toEqual([])
  })

  it('and whose card has come while the centre was asked keeps what the card has proved', async () => {
    bench.wait(60_000)
    const { link } = bench.centre
    const heldSerial = (sequence: number) => {
      value(bench.ledger.post({ settlementId, evidence: EVIDENCE, postedAt: bench.now() }))
      return Promise.resolve(ok({ sequence, usedAt: '20230915093000' }))
    }
    Object.defineProperty(bench.centre, 'link', { value: { ...link, heldSerial } })
    bench.restart()
    expect((await bench.pass()).kind).toBe('idle')
    expect(value(bench.ledger.settlement(settlementId))).toMatchObject({ provisional: false })
  })
})

describe('when the link fails', () => {
  it('a lost reply is asked for again with the same bytes, and booked once', async () => {
    bench.settle(1)
    bench.centre.outages.push({ kind: 'after', on: 'batch', failure: NETWORK_DOWN })
    expect(await bench.pass()).toMatchObject({ kind: 'waiting', failure: NETWORK_DOWN })
    const body = bench.store.body(1)
    expect(waiting().count).toBe(1)
    bench.wait(60_000)
    await bench.pass()
    expect(batches().slice(0, 2)).toEqual(['batch 1', 'batch 1'])
    expect(bench.store.body(1)).toEqual(body)
    expect(bench.centre.batches.filter(({ number }) => number === 1)).toHaveLength(1)
    expect(waiting().count).toBe(0)
  })

  it('waits longer each time, asks nothing before, and only where the centre stands before it sends again', async () => {
    bench.settle(1)
    const waits: number[] = []
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      bench.centre.outages.push({ kind: 'before', failure: NETWORK_DOWN })
      const outcome = await bench.pass()
      if (outcome.kind !== 'waiting') throw new Error(outcome.kind)
      const asked = bench.centre.asked.length
      let waited = 0
      while (bench.centre.asked.length === asked && waited < 100) {
        bench.wait(500)
        waited += 0.5
        bench.centre.outages.push({ kind: 'before', failure: NETWORK_DOWN })
        await bench.sync.step('due')
        if (bench.centre.asked.length === asked) bench.centre.outages.length = 0
      }
      waits.push(waited)
      if (attempt < 3) bench.sync.hurry()
    }
    expect(waits).toEqual([1, 4, 16])
    expect(new Set(bench.centre.asked)).toEqual(new Set(['standing']))
  })

  it('asks at once when a clock that was two days ahead has been set right', async () => {
    bench.settle(1)
    const twoDaysMs = 2 * 24 * 3_600_000
    bench.wait(twoDaysMs)
    bench.centre.outages.push({ kind: 'before', failure: { kind: 'clock-skew', centreTime: '20230915094000' } })
    expect(await bench.pass()).toMatchObject({ kind: 'waiting' })
    bench.wait(-twoDaysMs)
    expect((await bench.pass()).kind).toBe('idle')
    expect(waiting().count).toBe(0)
  })

  it('tells network down from centre down, how often it tried, and when it heard last', async () => {
    await bench.pass()
    expect(bench.sync.health).toMatchObject({ state: 'up', failures: 0, lastContact: '20230915094000' })
    bench.settle(1)
    bench.wait(10_000)
    bench.centre.outages.push({ kind: 'before', failure: CENTRE_DOWN })
    await bench.pass()
    expect(bench.sync.health).toMatchObject({ state: 'centre-down', failures: 1, lastContact: '20230915094000' })
    bench.wait(60_000)
    bench.centre.outages.push({ kind: 'before', failure: NETWORK_DOWN })
    await bench.pass()
    expect(bench.sync.health).toMatchObject({ state: 'network-down', failures: 2 })
    bench.wait(60_000)
    await bench.pass()
    expect(bench.sync.health).toMatchObject({ state: 'up', failures: 0 })
  })

  it('makes full batches meanwhile, and small ones only for somebody who answers', async () => {
    bench.centre.outages.push({ kind: 'before', failure: NETWORK_DOWN })
    await bench.pass()
    for (let number = 1; number <= 3; number += 1) bench.settle(number)
    await bench.pass()
    expect(bench.store.unanswered()).toMatchObject({ batches: 1, facts: 4 })
    bench.wait(60_000)
    await bench.pass()
    expect(bench.centre.batches.map(({ entries }) => entries.length).slice(0, 2)).toEqual([4, 2 + 2])
  })

  it('comes again when the centre says, however long that is within bounds', async () => {
    bench.centre.outages.push({ kind: 'before', failure: { kind: 'too-many', retryAfterMs: 90_000 } })
    await bench.pass()
    bench.wait(89_000)
    expect((await bench.pass()).kind).toBe('waiting')
    bench.wait(2_000)
    expect((await bench.pass()).kind).toBe('idle')
  })

  it('a person need not wait', async () => {
    bench.settle(1)
    bench.centre.outages.push({ kind: 'before', failure: NETWORK_DOWN })
    await bench.pass()
    bench.sync.hurry()
    await bench.pass()
    expect(waiting().count).toBe(0)
  })

  it('goes on after a restart where it stood', async () => {
    bench.settle(1)
    bench.centre.outages.push({ kind: 'after', on: 'batch', failure: NETWORK_DOWN })
    await bench.pass()
    bench.settle(2)
    bench.restart()
    await bench.pass()
    expect(kinds()).toEqual(['hold', 'posting', 'hold', 'posting', 'confirmation', 'confirmation'])
    expect(waiting().count).toBe(0)
  })
})

describe('when one of the two was put back from an older copy', () => {
  it('an older centre gets the batches after its own once more, and what was confirmed stays as it was', async () => {
    for (let number = 1; number <= 4; number += 1) bench.settle(number)
    await bench.pass()
    const head = value(bench.ledger.head())
    const before = bench.centre.entries.length
    bench.centre.batches = bench.centre.batches.slice(0, 1)
    bench.restart()
    expect((await bench.pass()).kind).toBe('idle')
    expect(bench.centre.entries).toHaveLength(before)
    expect(value(bench.ledger.head())).toEqual(head)
    expect(bench.store.parkedCounts()).toEqual({ waiting: 0, reversed: 0 })
  })

  it('an older centre that now books under another number has its new word parked, and the first stands', async () => {
    bench.settle(1)
    await bench.pass()
    bench.centre.batches = []
    bench.centre.judge = UNDER_ANOTHER_NUMBER
    bench.restart()
    await bench.pass()
    expect(bench.store.parked(2)).toMatchObject({ state: 'open', verdict: { kind: 'answer-differs', setlId: 'S-NEW' } })
    expect(value(bench.ledger.settlement(sale(1).settlementId))).toMatchObject({ confirmation: { fact: { setlId: 'S2' } } })
  })

  it('an older centre is asked for its new word until it is heard, also when the first answer is lost', async () => {
    bench.settle(1)
    await bench.pass()
    bench.centre.batches = []
    bench.centre.judge = UNDER_ANOTHER_NUMBER
    bench.centre.outages.push({ kind: 'after', on: 'batch', failure: NETWORK_DOWN })
    bench.restart()
    expect(await bench.pass()).toMatchObject({ kind: 'waiting' })
    expect([bench.store.answeredTo(), bench.store.parked(2)]).toEqual([0, undefined])
    bench.restart()
    await bench.pass()
    expect(bench.store.answeredTo()).toBe(2)
    expect(bench.store.parked(2)).toMatchObject({ state: 'open', verdict: { kind: 'answer-differs', setlId: 'S-NEW' } })
  })

  it('an older ledger stops, and says what is missing', async () => {
    bench.settle(1)
    await bench.pass()
    const older = syncBench()
    older.settle(1)
    older.centre.batches = bench.centre.batches
    expect(await older.pass()).toEqual({ kind: 'stopped', reason: { kind: 'centre-ahead', centre: 2, here: 0 } })
    expect(older.store.lastBatch()).toBeUndefined()
    expect(await older.pass()).toMatchObject({ kind: 'stopped' })
  })

  it('an older ledger is one until the centre says otherwise, also while the centre is away', async () => {
    for (let number = 1; number <= 3; number += 1) bench.settle(number)
    await bench.pass()
    const older = syncBench()
    expect(older.sync.older).toBeUndefined()
    older.centre.batches = bench.centre.batches
    await older.pass()
    expect(older.sync.older).toEqual({ kind: 'centre-ahead', centre: 3, here: 0 })
    older.centre.outages.push({ kind: 'before', failure: NETWORK_DOWN })
    older.sync.hurry()
    expect(await older.pass()).toMatchObject({ kind: 'waiting' })
    expect(older.sync.older).toEqual({ kind: 'centre-ahead', centre: 3, here: 0 })
    older.centre.batches = []
    older.sync.hurry()
    await older.pass()
    expect(older.sync.older).toBeUndefined()
  })

  const PROOF = { isOwn: () => true, decompress: (body: Uint8Array) => body }

  /** It has settled something else than its centre has of it, and has heard that the centre is ahead. */
  async function goneOn(): Promise<Bench> {
    bench.settle(1)
    await bench.pass()
    const older = syncBench()
    older.settle(2)
    older.centre.batches = bench.centre.batches
    await older.pass()
    return older
  }

  it('an older ledger that has gone on by itself is another history, once fetching has shown it', async () => {
    const older = await goneOn()
    expect(older.sync.older).toMatchObject({ kind: 'centre-ahead', here: 0 })
    expect(await older.sync.restore(PROOF)).toEqual({ ok: false, error: { kind: 'histories-differ', batch: 1 } })
    for (const again of ['as it stands', 'hurried']) {
      if (again === 'hurried') older.sync.hurry()
      expect(await older.pass()).toEqual({ kind: 'stopped', reason: { kind: 'histories-differ', batch: 1 } })
      expect(older.sync.older).toBeUndefined()
    }
  })

  it('an older ledger and one that has parted are known by the next start, also without the centre', async () => {
    const older = await goneOn()
    older.restart()
    expect([older.sync.older, older.sync.lostBatches]).toEqual([{ kind: 'centre-ahead', centre: 2, here: 0 }, 2])
    await older.sync.restore(PROOF)
    older.restart()
    expect(older.sync.older).toBeUndefined()
    expect(await older.pass()).toEqual({ kind: 'stopped', reason: { kind: 'histories-differ', batch: 1 } })
  })

  it('a ledger with its facts back makes no batch of its own before the lost ones are made again', async () => {
    for (let number = 1; number <= 3; number += 1) bench.settle(number)
    await bench.pass()
    const older = syncBench({ facts: 2 })
    older.centre.batches = bench.centre.batches
    await older.pass()
    expect(await older.sync.restore(PROOF)).toMatchObject({ ok: true })
    older.restart()
    older.centre.outages.push({ kind: 'before', failure: NETWORK_DOWN })
    expect(await older.pass()).toMatchObject({ kind: 'waiting' })
    expect(await older.pass()).toMatchObject({ kind: 'waiting' })
    expect(older.store.lastBatch()).toBeUndefined()
    older.wait(60_000)
    expect((await older.pass()).kind).toBe('idle')
    expect([older.store.apart(), older.store.batch(1)?.hash]).toEqual([undefined, bench.store.batch(1)?.hash])
  })

  it('an older ledger has nothing judged once more: the verdict would be a fact of its own', async () => {
    bench.settle(1)
    refuse(2, { kind: 'card-unknown' })
    await bench.pass()
    const longer = syncBench()
    longer.settle(1)
    await longer.pass()
    longer.settle(2)
    await longer.pass()
    bench.centre.batches = longer.centre.batches
    bench.restart()
    expect(await bench.pass()).toEqual({ kind: 'stopped', reason: { kind: 'centre-ahead', centre: 4, here: 1 } })
    expect(await bench.sync.retry(2)).toMatchObject({ ok: false, error: { kind: 'stopped', reason: { kind: 'centre-ahead' } } })
    expect(bench.centre.asked.filter((question) => question.startsWith('retry'))).toEqual([])
  })

  describe('a ledger that has its facts and has lost batches', () => {
    /** As a disk leaves it that did not keep what it had acknowledged: the facts are there, and the batches up to `kept`. */
    const lostBehind = (kept: number): Bench => {
      const store = memorySyncStore()
      for (let number = 1; number <= kept; number += 1) {
        const { bytes: _, answeredAt = '', ...row } = bench.store.batch(number) ?? expect.fail(`no batch ${number}`)
        value(store.transaction(() => ok(store.addBatch({ ...row, body: bench.store.body(number) ?? expect.fail() }))))
        value(store.transaction(() => ok(store.answerBatch(number, answeredAt))))
      }
      const left = syncBench({}, { ledger: bench.ledger, store })
      left.centre.batches = bench.centre.batches
      return left
    }
    const keptAsked = (of: Bench): string[] => of.centre.asked.filter((question) => question.startsWith('kept'))
    const bodies = (of: Bench) => [1, 2, 3].map((number) => of.store.body(number))

    it.each([0, 1, 2])('makes them again to the byte, hears their answers again and goes on: %i are left of three', async (kept) => {
      for (let number = 1; number <= 3; number += 1) bench.settle(number)
      await bench.pass()
      const left = lostBehind(kept)
      left.settle(4)
      expect((await left.pass()).kind).toBe('idle')
      expect(bodies(left)).toEqual(bodies(bench))
      expect(keptAsked(left)).toEqual([1, 2, 3].slice(kept).map((number) => `kept ${number}`))
      expect(left.store.answeredTo()).toBe(left.store.lastBatch()?.number)
      expect(value(bench.ledger.settlement(sale(4).settlementId))).toMatchObject({ provisional: false })
      expect(left.store.parkedCounts()).toEqual({ waiting: 0, reversed: 0 })
    })

    it('keeps the verdicts: what was refused is parked once more', async () => {
      bench.settle(1)
      refuse(2, { kind: 'card-unknown' })
      await bench.pass()
      const left = lostBehind(0)
      await left.pass()
      expect(left.store.parked(2)).toMatchObject({ state: 'open', verdict: { kind: 'refused', refusal: { kind: 'card-unknown' } } })
    })

    it('goes on where it was when the centre does not answer for a while', async () => {
      for (let number = 1; number <= 3; number += 1) bench.settle(number)
      await bench.pass()
      const left = lostBehind(0)
      left.centre.outages.push({ kind: 'before', on: 'kept 2', failure: NETWORK_DOWN })
      expect(await left.pass()).toMatchObject({ kind: 'waiting' })
      left.wait(120_000)
      expect((await left.pass()).kind).toBe('idle')
      expect(keptAsked(left)).toEqual(['kept 1', 'kept 2', 'kept 2', 'kept 3'])
    })

    it('makes no other batch of their facts meanwhile', async () => {
      for (let number = 1; number <= 2; number += 1) bench.settle(number)
      await bench.pass()
      const left = lostBehind(0)
      left.centre.outages.push({ kind: 'before', on: 'kept 1', failure: NETWORK_DOWN })
      await left.pass()
      expect(await left.pass('full')).toMatchObject({ kind: 'waiting' })
      expect(left.store.lastBatch()).toBeUndefined()
      left.wait(120_000)
      expect((await left.pass()).kind).toBe('idle')
      expect(bodies(left)).toEqual(bodies(bench))
    })

    it('stops where the centre’s word for one of them does not come to it', async () => {
      bench.settle(1)
      await bench.pass()
      const left = lostBehind(0)
      left.centre.batches = bench.centre.batches.map((batch) => ({ ...batch, head: { ...batch.head, madeAt: '20230915094001' } }))
      expect(await left.pass()).toEqual({ kind: 'stopped', reason: { kind: 'histories-differ', batch: 1 } })
      expect(left.store.lastBatch()).toBeUndefined()
    })

    it('stops at a centre that does not know the question', async () => {
      bench.settle(1)
      await bench.pass()
      const left = lostBehind(0)
      left.centre.outages.push({ kind: 'before', on: 'kept', failure: { kind: 'refused', reason: 'not-found', message: '' } })
      expect(await left.pass()).toEqual({ kind: 'stopped', reason: { kind: 'centre-ahead', centre: 2, here: 0 } })
    })
  })

  it('another history under the same name stops', async () => {
    bench.settle(1)
    await bench.pass()
    const other = syncBench()
    other.settle(2)
    await other.pass()
    other.centre.batches = bench.centre.batches
    other.restart()
    expect(await other.pass()).toMatchObject({ kind: 'stopped', reason: { kind: 'histories-differ' } })
  })

  it('a person who has mended it goes on from there', async () => {
    bench.settle(1)
    bench.centre.outages.push({ kind: 'before', failure: { kind: 'refused', reason: 'terminal-unknown', message: '' } })
    expect(await bench.pass()).toMatchObject({ kind: 'stopped', reason: { kind: 'refused', reason: 'terminal-unknown' } })
    bench.sync.hurry()
    expect((await bench.pass()).kind).toBe('idle')
  })
})

describe('an answer that does not fit', () => {
  const answers = {
    'of another batch': { number: 7 },
    'with another hash': { hash: 'f'.repeat(64) },
    'with a verdict too few': { verdicts: [] },
    'about a fact of another batch': { verdicts: [1, 9].map((sequence) => ({ sequence, verdict: { kind: 'noted' } as const })) },
    'with two verdicts for one fact': { verdicts: [1, 1].map((sequence) => ({ sequence, verdict: { kind: 'noted' } as const })) },
    'that only notes a posting': { verdicts: [1, 2].map((sequence) => ({ sequence, verdict: { kind: 'noted' } as const })) },
    'that books a hold': {
      verdicts: [1, 2].map((sequence) => ({ sequence, verdict: { kind: 'accepted', setlId: 'S', setlTime: '20261126101500' } as const }))
    }
  }

  it.each(Object.entries(answers))('%s stops, and nothing of it is written', async (_, change) => {
    bench.settle(1)
    const { link } = bench.centre
    const upload = link.upload.bind(link)
    Object.defineProperty(bench.centre, 'link', {
      value: {
        ...link,
        upload: async (...asked: Parameters<typeof upload>) => {
          const answer = await upload(...asked)
          return answer.ok ? { ok: true, value: { ...answer.value, ...change } } : answer
        }
      }
    })
    bench.restart()
    expect(await bench.pass()).toMatchObject({ kind: 'stopped', reason: { kind: 'answer-wrong' } })
    expect(value(bench.ledger.head()).sequence).toBe(2)
    expect(bench.store.answeredTo()).toBe(0)
    expect(bench.store.parkedCounts().waiting).toBe(0)
  })
})

describe('an answer to many', () => {
  const confirmations = () => value(bench.ledger.log(0, 1_000)).filter(({ fact }) => fact.kind === 'confirmation').length

  it('is written slice by slice, and to its end when it was left by half', async () => {
    bench = syncBench({ facts: 300 })
    for (let number = 1; number <= 150; number += 1) bench.settle(number)
    bench.restart(() => (confirmations() > 0 ? new Promise(() => undefined) : Promise.resolve()))
    void bench.pass()
    for (let turn = 0; turn < 500; turn += 1) await Promise.resolve()
    expect([confirmations(), bench.store.answeredTo()]).toEqual([64, 0])
    bench.restart()
    expect((await bench.pass()).kind).toBe('idle')
    expect(confirmations()).toBe(150)
    expect(waiting().count).toBe(0)
  })

  it('is written two milliseconds at a time where each of them takes one', async () => {
    const ledger = writeLedger(memoryStore())
    const confirmAll: Ledger['confirmAll'] = (requests, isEnough) =>
      ledger.confirmAll(requests, () => {
        bench.wait(1)
        return isEnough()
      })
    const slow: Ledger = { ...ledger, confirmAll }
    bench = syncBench({ facts: 300 }, { ledger: slow, store: memorySyncStore() })
    for (let number = 1; number <= 10; number += 1) bench.settle(number)
    const after: number[] = []
    bench.restart(() => {
      if (confirmations() > 0) after.push(confirmations())
      return Promise.resolve()
    })
    expect((await bench.pass('all')).kind).toBe('idle')
    expect(after.slice(0, 5)).toEqual([2, 4, 6, 8, 10])
    expect(waiting().count).toBe(0)
  })
})

describe('amounts of record', () => {
  it('become an adjusting entry', async () => {
    bench.settle(1)
    const amounts = { ...SALE_AMOUNTS, funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(10500) }, fundPaid: fen(10500), personal: fen(31500), cash: fen(11500) }
    bench.centre.judge = (entry) =>
      entry.fact.kind === 'posting'
        ? { kind: 'accepted', setlId: 'S1', setlTime: '20261126101500', ofRecord: { amounts, counters: { hifp_pay: fen(10500) }, reason: 'counters-differ' } }
        : { kind: 'noted' }
    await bench.pass()
    expect(value(bench.ledger.settlement(sale(1).settlementId))).toMatchObject({ effective: { amounts: { fundPaid: 10500, cash: 11500 } } })
    expect(waiting().count).toBe(0)
  })

  it('that do not add up are not recorded: sending stops', async () => {
    bench.settle(1)
    bench.centre.judge = (entry) =>
      entry.fact.kind === 'posting'
        ? { kind: 'accepted', setlId: 'S1', setlTime: '20261126101500', ofRecord: { amounts: { ...SALE_AMOUNTS, cash: fen(1) }, counters: {}, reason: 'counters-differ' } }
        : { kind: 'noted' }
    expect(await bench.pass()).toMatchObject({ kind: 'stopped', reason: { kind: 'not-recorded', sequence: 2 } })
  })
})

describe('an entry that the centre refuses', () => {
  it('is parked with its reason, and the others go on', async () => {
    bench.settle(1)
    bench.settle(2)
    refuse(2, { kind: 'person-unknown' })
    await bench.pass()
    expect(bench.store.parkedWaiting(0, 10)).toMatchObject([
      { sequence: 2, kind: 'posting', id: sale(1).settlementId, state: 'open', since: bench.now(), verdict: { kind: 'refused', refusal: { kind: 'person-unknown' } } }
    ])
    expect(waiting()).toEqual({ count: 1, since: '20230915094000' })
    bench.settle(3)
    await bench.pass()
    expect(waiting().count).toBe(1)
  })

  it('between two that are booked is parked, and they are confirmed', async () => {
    bench = syncBench({ facts: 10 })
    for (const number of [1, 2, 3]) bench.settle(number)
    refuse(4, { kind: 'card-unknown' })
    await bench.pass()
    expect(bench.store.parkedWaiting(0, 10)).toMatchObject([{ sequence: 4, id: sale(2).settlementId, verdict: { kind: 'refused', refusal: { kind: 'card-unknown' } } }])
    expect([1, 2, 3].map((number) => value(bench.ledger.settlement(sale(number).settlementId))?.provisional)).toEqual([false, true, false])
  })

  it('is judged again when a person asks, and resolved when the centre takes it', async () => {
    bench.settle(1)
    const judge = bench.centre.judge
    refuse(2, { kind: 'person-unknown' })
    await bench.pass()
    expect(value(await bench.sync.retry(2))).toMatchObject({ state: 'open', retries: 1 })
    bench.centre.judge = judge
    expect(value(await bench.sync.retry(2))).toMatchObject({ state: 'resolved', retries: 2 })
    expect(waiting().count).toBe(0)
    expect(await bench.sync.retry(2)).toEqual({ ok: false, error: { kind: 'no-longer-parked', sequence: 2, state: 'resolved' } })
    expect(await bench.sync.retry(1)).toEqual({ ok: false, error: { kind: 'not-parked', sequence: 1 } })
  })

  it('is handed over with a note, and still counts', async () => {
    bench.settle(1)
    refuse(2, { kind: 'tac-wrong' })
    await bench.pass()
    expect(bench.sync.handOver(2, '  ')).toEqual({ ok: false, error: { kind: 'note-missing' } })
    expect(value(bench.sync.handOver(2, '已交医保办 '))).toMatchObject({ state: 'handed-over', note: '已交医保办' })
    expect(waiting().count).toBe(1)
    expect(bench.store.parkedWaiting(0, 10)).toHaveLength(1)
  })

  it('and was taken back here needs nothing more: the centre knows of neither', async () => {
    bench.settle(1)
    bench.settle(2)
    refuse(2, { kind: 'card-lost', since: '20230901000000' })
    await bench.pass()
    bench.correct(1)
    expect(waiting().count).toBe(2)
    const correction = value(bench.ledger.head()).sequence
    refuse(correction, { kind: 'target-not-booked', settlementId: sale(1).settlementId })
    await bench.pass()
    expect(bench.store.parked(2)?.state).toBe('reversed')
    expect(bench.store.parked(correction)?.state).toBe('reversed')
    expect(waiting()).toEqual({ count: 0, since: undefined })
    expect(await bench.sync.retry(2)).toMatchObject({ ok: false, error: { kind: 'no-longer-parked', state: 'reversed' } })
    bench.wait(1_000)
    bench.settle(3)
    expect(waiting()).toEqual({ count: 1, since: bench.now() })
  })

  it('keeps what people did about it when the same answer comes again', async () => {
    bench.settle(1)
    refuse(2, { kind: 'tac-wrong' })
    await bench.pass()
    value(bench.sync.handOver(2, '已交医保办'))
    bench.centre.batches = []
    bench.restart()
    await bench.pass()
    expect(bench.store.parked(2)).toMatchObject({ state: 'handed-over', note: '已交医保办' })
  })

  it('a late reply to what was taken back meanwhile is written down, and both are confirmed', async () => {
    bench.settle(1)
    bench.centre.outages.push({ kind: 'after', on: 'batch', failure: NETWORK_DOWN })
    await bench.pass()
    bench.correct(1)
    bench.wait(60_000)
    await bench.pass()
    expect(value(bench.ledger.settlement(sale(1).settlementId))).toMatchObject({
      confirmation: { fact: { setlId: 'S2' } },
      correctionConfirmation: { fact: { setlId: 'S3' } }
    })
    expect(waiting().count).toBe(0)
  })
})

describe('what the centre gives out', () => {
  beforeEach(() => {
    bench.centre.lists.set('lost-cards', { version: '1', document: '{"version":"1"}' })
  })

  it('is fetched when somebody answers, with when it was fetched, and asked for again by its tag', async () => {
    await bench.pass()
    expect(bench.store.download('lost-cards')).toEqual({
      kind: 'lost-cards', version: '1', etag: '"1"', document: '{"version":"1"}', fetchedAt: '20230915094000', checkedAt: '20230915094000'
    })
    bench.wait(60_000)
    await bench.pass()
    expect(bench.store.download('lost-cards')).toMatchObject({ fetchedAt: '20230915094000', checkedAt: '20230915094100' })
    bench.centre.lists.set('lost-cards', { version: '2', document: '{"version":"2"}' })
    bench.wait(60_000)
    await bench.pass()
    expect(bench.store.download('lost-cards')).toMatchObject({ version: '2', fetchedAt: '20230915094200' })
  })

  it('that it does not give out is no end of the link, and not asked for without end', async () => {
    expect((await bench.pass()).kind).toBe('idle')
    expect(bench.sync.health.state).toBe('up')
    expect(bench.centre.asked.filter((question) => question === 'catalogue')).toHaveLength(1)
  })

  it('goes on while sending is stopped', async () => {
    await bench.pass()
    bench.settle(1)
    bench.centre.outages.push({ kind: 'before', on: 'batch', failure: { kind: 'refused', reason: 'chain-broken', message: '' } })
    expect((await bench.pass()).kind).toBe('stopped')
    bench.wait(60_000)
    await bench.pass()
    expect(bench.store.download('lost-cards')?.checkedAt).toBe('20230915094100')
  })

  it.each([
    ['nothing to send', false],
    ['sending stopped', true]
  ])('that did not come is asked for again by itself: %s', async (_, isStopped) => {
    await bench.pass()
    if (isStopped) {
      bench.settle(1)
      bench.centre.outages.push({ kind: 'before', on: 'batch', failure: { kind: 'refused', reason: 'chain-broken', message: '' } })
      expect((await bench.pass()).kind).toBe('stopped')
    }
    bench.wait(60_000)
    bench.centre.outages.push({ kind: 'before', failure: NETWORK_DOWN })
    expect(await bench.pass()).toMatchObject({ kind: 'waiting', failure: NETWORK_DOWN })
    expect(bench.sync.health.state).toBe('network-down')
    bench.wait(60_000)
    await bench.pass()
    expect(bench.sync.health.state).toBe('up')
    expect(bench.store.download('lost-cards')?.checkedAt).toBe('20230915094200')
  })
})
