import { beforeEach, describe, expect, it } from 'vitest'
import { sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import { NETWORK_DOWN, UNDER_ANOTHER_NUMBER, type ModelCentre } from '../../test/support/model-centre.ts'
import { syncBench, type Bench } from '../../test/support/sync-bench.ts'
import type { Verdict } from '../batch/batch.ts'
import { unconfirmed } from './unconfirmed.ts'

const TEN_MINUTES_MS = 600_000
type Refusal = Extract<Verdict, { readonly kind: 'refused' }>['refusal']

let bench: Bench
let books: ModelCentre['judge']

beforeEach(() => {
  bench = syncBench({ facts: 10 })
  books = bench.centre.judge
})

const refusing =
  (...refusals: readonly (readonly [sequence: number, refusal: Refusal])[]): ModelCentre['judge'] =>
  (entry) => {
    const refusal = refusals.find(([sequence]) => sequence === entry.sequence)?.[1]
    return refusal === undefined ? books(entry) : { kind: 'refused', refusal }
  }
const UNKNOWN: Refusal = { kind: 'person-unknown' }
const stateOf = (sequence: number): string | undefined => bench.store.parked(sequence)?.state
const asked = (word: string): string[] => bench.centre.asked.filter((question) => question.startsWith(word))
const waiting = (): number => value(unconfirmed(bench.ledger, bench.store)).count

/** The settlement is refused, judged again when a person asks, and booked. */
async function resolved(): Promise<void> {
  bench.settle(1)
  bench.centre.judge = refusing([2, UNKNOWN])
  await bench.pass()
  bench.centre.judge = books
  value(await bench.sync.retry(2))
  await bench.pass()
  expect(stateOf(2)).toBe('resolved')
}

/** What becomes of entries until nothing is left to do. */
async function outcomes(): Promise<string[]> {
  const said: string[] = []
  for (let step = await bench.sync.step('all'); step.kind === 'worked'; step = await bench.sync.step('all')) {
    said.push(...(step.applied?.accepted ?? []).map((sequence) => `accepted ${sequence}`), ...(step.applied?.parked ?? []).map((sequence) => `parked ${sequence}`))
  }
  return said
}

/** Confirmed, and then booked under another number by a centre that was put back. */
async function disputed(): Promise<void> {
  bench.settle(1)
  await bench.pass()
  bench.centre.batches = []
  bench.centre.judge = UNDER_ANOTHER_NUMBER
  putCentreBack()
  await bench.pass()
}

/** To a copy from between the batch and what a person asked. */
function putCentreBack(): void {
  bench.centre.judgedAgain.clear()
  bench.restart()
}

describe('a centre that was put back to before a person had a fact judged again', () => {
  beforeEach(resolved)

  it('has it judged once more by itself, and what it books again stays resolved', async () => {
    putCentreBack()
    expect((await bench.pass()).kind).toBe('idle')
    expect(bench.centre.judgedAgain.get(2)).toMatchObject({ kind: 'accepted', setlId: 'S2' })
    expect([stateOf(2), waiting()]).toEqual(['resolved', 0])
  })

  it('and does not book it again: the entry is open again, with the reason of now', async () => {
    bench.centre.judge = refusing([2, { kind: 'card-lost', since: '20230901000000' }])
    putCentreBack()
    await bench.pass()
    expect(bench.store.parked(2)).toMatchObject({ state: 'open', verdict: { kind: 'refused', refusal: { kind: 'card-lost' }, wasConfirmed: true } })
    expect(value(unconfirmed(bench.ledger, bench.store))).toEqual({ count: 1, since: '20230915094000' })
    bench.centre.judge = books
    expect(value(await bench.sync.retry(2))).toMatchObject({ state: 'resolved' })
  })

  it('says of each entry what has become of it, and nothing of one that is as it was', async () => {
    bench.centre.judge = refusing([2, UNKNOWN])
    putCentreBack()
    expect(await outcomes()).toEqual(['parked 2'])
    bench.centre.judge = books
    bench.centre.outages.push({ kind: 'after', on: 'retry', failure: NETWORK_DOWN })
    await bench.sync.retry(2)
    bench.wait(60_000)
    expect(await outcomes()).toEqual(['accepted 2'])
    putCentreBack()
    expect(await outcomes()).toEqual([])
    expect(bench.centre.judgedAgain.get(2)?.kind).toBe('accepted')
  })

  it('and books it with other amounts: its new word is parked, and the first stands', async () => {
    bench.centre.judge = (entry) => (entry.sequence === 2 ? { kind: 'accepted', setlId: 'S-NEW', setlTime: '20261127101500' } : books(entry))
    putCentreBack()
    await bench.pass()
    expect(bench.store.parked(2)).toMatchObject({ state: 'open', verdict: { kind: 'answer-differs', setlId: 'S-NEW' } })
    expect(value(bench.ledger.settlement(sale(1).settlementId))).toMatchObject({ confirmation: { fact: { setlId: 'S2' } } })
  })

  it('books it before what takes it back comes once more', async () => {
    bench.correct(1)
    await bench.pass()
    const correction = value(bench.ledger.head()).sequence - 1
    bench.centre.batches = bench.centre.batches.filter(({ entries }) => entries.every(({ sequence }) => sequence < correction))
    bench.centre.judge = (entry) =>
      entry.sequence === correction && bench.centre.judgedAgain.get(2)?.kind !== 'accepted'
        ? { kind: 'refused', refusal: { kind: 'target-not-booked', settlementId: sale(1).settlementId } }
        : books(entry)
    putCentreBack()
    await bench.pass()
    expect([stateOf(2), stateOf(correction)]).toEqual(['resolved', undefined])
    expect(bench.centre.entries.map(({ sequence }) => sequence)).toContain(correction)
  })

  it('is asked anew when the question or its answer is lost', async () => {
    for (const [kind, on] of [['before', 'unbooked'], ['after', 'unbooked'], ['before', 'retry'], ['after', 'retry']] as const) {
      bench.centre.outages.push({ kind, on, failure: NETWORK_DOWN })
      putCentreBack()
      expect(await bench.pass()).toMatchObject({ kind: 'waiting', failure: NETWORK_DOWN })
      bench.wait(60_000)
      expect((await bench.pass()).kind).toBe('idle')
      expect([on, kind, bench.centre.judgedAgain.get(2)?.kind]).toEqual([on, kind, 'accepted'])
    }
  })

  it('without the till hearing of it is found out in ten minutes', async () => {
    bench.wait(TEN_MINUTES_MS)
    await bench.pass()
    bench.centre.judgedAgain.clear()
    bench.wait(TEN_MINUTES_MS - 1)
    await bench.pass()
    expect(bench.centre.judgedAgain.size).toBe(0)
    bench.wait(1)
    await bench.pass()
    expect(bench.centre.judgedAgain.get(2)?.kind).toBe('accepted')
  })

  it('is put back to before its batch too, and refuses it anew when that comes: the entry is open', async () => {
    bench.centre.batches = []
    bench.centre.judge = refusing([2, UNKNOWN])
    putCentreBack()
    await bench.pass()
    expect([stateOf(2), bench.store.unanswered().batches]).toEqual(['open', 0])
  })
})

describe('what is booked there and waits here', () => {
  it('is heard of: somebody has had it judged and the answer was lost', async () => {
    bench.settle(1)
    bench.centre.judge = refusing([2, UNKNOWN])
    await bench.pass()
    bench.centre.judge = books
    bench.centre.outages.push({ kind: 'after', on: 'retry', failure: NETWORK_DOWN })
    expect(await bench.sync.retry(2)).toMatchObject({ ok: false, error: { kind: 'link' } })
    expect([stateOf(2), waiting()]).toEqual(['open', 1])
    bench.wait(60_000)
    await bench.pass()
    expect([stateOf(2), waiting()]).toEqual(['resolved', 0])
  })

  it('is heard of: a centre that was put back has booked what it refused before', async () => {
    bench.settle(1)
    bench.centre.judge = refusing([2, UNKNOWN])
    await bench.pass()
    bench.centre.judge = books
    bench.centre.batches = []
    putCentreBack()
    await bench.pass()
    expect([stateOf(2), waiting()]).toEqual(['resolved', 0])
  })

  it('is a dispute no more when a centre that was put back once more says the first word again', async () => {
    await disputed()
    expect(stateOf(2)).toBe('open')
    bench.centre.batches = []
    bench.centre.judge = books
    bench.restart()
    await bench.pass()
    expect(stateOf(2)).toBe('resolved')
  })

  it('stays a dispute where the two say different things of what is booked', async () => {
    await disputed()
    bench.wait(TEN_MINUTES_MS)
    await bench.pass()
    expect([stateOf(2), asked('retry')]).toEqual(['open', []])
  })
})

describe('asking what is not booked', () => {
  it('is left where everything was booked at first', async () => {
    bench.settle(1)
    await bench.pass()
    bench.wait(TEN_MINUTES_MS)
    bench.restart()
    await bench.pass()
    expect(asked('unbooked')).toEqual([])
  })

  it('judges nothing again of which both sides say the same', async () => {
    bench.settle(1)
    bench.centre.judge = refusing([2, UNKNOWN])
    await bench.pass()
    bench.restart()
    await bench.pass()
    expect(asked('unbooked').length).toBeGreaterThan(0)
    expect([asked('retry'), stateOf(2)]).toEqual([[], 'open'])
  })

  it('goes on page by page to the end, and no further', async () => {
    for (const number of [1, 2, 3]) bench.settle(number)
    bench.centre.judge = refusing([2, UNKNOWN], [4, UNKNOWN], [6, UNKNOWN])
    await bench.pass()
    bench.centre.judge = books
    for (const sequence of [2, 4, 6]) value(await bench.sync.retry(sequence))
    await bench.pass()
    bench.centre.unbookedFacts = 1
    bench.centre.asked.splice(0)
    putCentreBack()
    await bench.pass()
    expect(asked('unbooked').slice(0, 4)).toEqual(['unbooked 0', 'unbooked 2', 'unbooked 4', 'unbooked 6'])
    expect(asked('retry')).toEqual(['retry 2', 'retry 4', 'retry 6'])
  })

  it('comes to nothing at a centre that does not know the question, and everything else goes on', async () => {
    await resolved()
    bench.settle(2)
    bench.centre.outages.push({ kind: 'before', on: 'unbooked', failure: { kind: 'refused', reason: 'not-found', message: '' } })
    putCentreBack()
    expect((await bench.pass()).kind).toBe('idle')
    expect(waiting()).toBe(0)
  })

  it.each([
    ['what lies before the question', { facts: [2], next: undefined }, 2],
    ['a fact twice', { facts: [2, 2], next: undefined }, 0],
    ['facts in another order', { facts: [4, 2], next: undefined }, 0],
    ['a next question that leads back', { facts: [], next: 2 }, 2],
    ['a next question before its own facts', { facts: [4], next: 3 }, 0]
  ])('takes %s for no answer of a centre', async (_, told, after) => {
    await resolved()
    const { link } = bench.centre
    const unbooked: typeof link.unbooked = (behind) => Promise.resolve({ ok: true, value: behind === after ? told : { facts: [], next: after } })
    Object.defineProperty(bench.centre, 'link', { value: { ...link, unbooked } })
    bench.restart()
    expect(await bench.pass()).toMatchObject({ kind: 'waiting', failure: { kind: 'centre-down', status: undefined } })
    expect(stateOf(2)).toBe('resolved')
  })
})

describe('a refund of what was never booked', () => {
  it('is void with it no more when an older centre books both after all, and nobody else is left out of the count', async () => {
    bench.settle(1)
    bench.centre.judge = refusing([2, UNKNOWN])
    await bench.pass()
    bench.correct(1)
    bench.centre.judge = refusing([2, UNKNOWN], [3, { kind: 'target-not-booked', settlementId: sale(1).settlementId }])
    await bench.pass()
    expect([stateOf(2), stateOf(3)]).toEqual(['reversed', 'reversed'])
    bench.centre.batches = []
    bench.centre.judge = books
    putCentreBack()
    await bench.pass()
    expect([stateOf(2), stateOf(3), waiting()]).toEqual(['resolved', 'resolved', 0])
    bench.centre.outages.push({ kind: 'before', on: 'batch', failure: NETWORK_DOWN })
    bench.settle(2)
    bench.settle(3)
    await bench.pass()
    expect(waiting()).toBe(2)
  })
})

describe('a refund of what was confirmed once', () => {
  it('is not void with it when an older centre has neither: both wait, and are counted with everybody else', async () => {
    bench.settle(1)
    await bench.pass()
    bench.correct(1)
    await bench.pass()
    const correction = 4
    bench.centre.batches = []
    bench.centre.judge = refusing([2, UNKNOWN], [correction, { kind: 'target-not-booked', settlementId: sale(1).settlementId }])
    putCentreBack()
    await bench.pass()
    expect([stateOf(2), stateOf(correction)]).toEqual(['open', 'open'])
    bench.centre.judge = refusing()
    bench.centre.outages.push({ kind: 'before', on: 'batch', failure: NETWORK_DOWN })
    bench.settle(2)
    await bench.pass()
    expect(waiting()).toBe(3)
  })
})
