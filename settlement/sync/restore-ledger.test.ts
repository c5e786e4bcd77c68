import { beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../base/result.ts'
import { sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import { NETWORK_DOWN } from '../../test/support/model-centre.ts'
import { syncBench, TERMINAL, type Bench } from '../../test/support/sync-bench.ts'
import type { BatchCopy } from '../batch/batch.ts'
import { restoreLedger } from './restore-ledger.ts'
import { unconfirmed } from './unconfirmed.ts'

/** Four settlements and a refund, all at the centre. */
let whole: Bench
/** The same ledger as it was after the first of them, at the same centre. */
let older: Bench

const restore = (bench: Bench = older, link = bench.centre.link) =>
  restoreLedger({ ledger: bench.ledger, store: bench.store, link, terminal: TERMINAL, isOwn: ({ hash, signature }) => signature === `signed ${hash}`, decompress: (body) => (body.length === 0 ? undefined : body) })

const headOf = ({ ledger }: Bench) => {
  const { sequence, hash } = value(ledger.head())
  return { sequence, hash }
}
/** As the centre hands out the first lost batch, when it does something wrong. */
const handing = (change: (copy: BatchCopy) => BatchCopy) => {
  const { link } = older.centre
  const copy = async (number: number) => {
    const given = await link.copy(number)
    return given.ok && number === 3 ? ok(change(given.value)) : given
  }
  return { ...link, copy }
}

beforeEach(async () => {
  whole = syncBench()
  whole.settle(1)
  await whole.pass()
  older = syncBench()
  older.settle(1)
  await older.pass()
  for (const number of [2, 3, 4]) whole.settle(number)
  whole.correct(2)
  await whole.pass()
  expect(whole.centre.batches.length).toBeGreaterThan(4)
  older.centre.batches = whole.centre.batches
  older.restart()
})

describe('a ledger that was put back from an older copy', () => {
  it('stands where it stood, and goes on with its centre as if nothing had been', async () => {
    expect((await older.pass()).kind).toBe('stopped')
    const restored = value(await restore())
    expect([restored.after, restored.kinds.length]).toEqual([3, headOf(whole).sequence - 3])
    expect(restored.kinds.filter((kind) => kind === 'posting')).toHaveLength(3)
    expect(headOf(older)).toEqual(headOf(whole))
    older.restart()
    older.settle(5)
    expect((await older.pass()).kind).toBe('idle')
    expect(value(unconfirmed(older.ledger, older.store)).count).toBe(0)
    expect(older.store.parkedCounts()).toEqual({ waiting: 0, reversed: 0 })
    expect(value(older.ledger.counters(sale(2)))).toEqual({})
  })

  it('that has lost everything has it again', async () => {
    const empty = syncBench()
    empty.centre.batches = whole.centre.batches
    expect(value(await restore(empty)).after).toBe(0)
    expect(headOf(empty)).toEqual(headOf(whole))
  })

  it('goes on where the centre stopped answering', async () => {
    older.centre.outages.push({ kind: 'before', on: 'copy 4', failure: NETWORK_DOWN })
    expect(await restore()).toEqual({ ok: false, error: { kind: 'link', failure: NETWORK_DOWN } })
    expect(headOf(older).sequence).toBeGreaterThan(3)
    // Half of it is an older copy still.
    expect(older.store.apart()).toEqual({ kind: 'facts-missing', batch: whole.centre.batches.length })
    value(await restore())
    expect(headOf(older)).toEqual(headOf(whole))
    expect(older.store.apart()).toEqual({ kind: 'batches-missing', batch: whole.centre.batches.length })
  })

  it('has nothing to do when nothing is lost', async () => {
    expect(value(await restore(whole))).toEqual({ kinds: [], after: headOf(whole).sequence })
  })

  it('and has gone on by itself since is another history: nothing of it is touched', async () => {
    older.settle(9)
    const before = headOf(older)
    expect(await restore()).toEqual({ ok: false, error: { kind: 'histories-differ', batch: 3 } })
    expect(headOf(older)).toEqual(before)
    expect(older.store.apart()).toEqual({ kind: 'parted', batch: 3 })
  })

  it.each<[string, 'signature' | 'bytes' | 'place', (copy: BatchCopy) => BatchCopy]>([
    ['that this terminal never signed', 'signature', (copy) => ({ ...copy, signature: 'another' })],
    ['whose hash is another, and signed', 'bytes', (copy) => ({ ...copy, hash: '0'.repeat(64), signature: `signed ${'0'.repeat(64)}` })],
    ['with a byte changed', 'bytes', (copy) => ({ ...copy, body: copy.body.with(copy.body.length - 1, 0) })],
    ['that cannot be decompressed', 'bytes', (copy) => ({ ...copy, body: new Uint8Array(0) })],
    [
      'that is another one of its own',
      'place',
      () => {
        const [first] = whole.centre.batches
        if (first === undefined) throw new Error('no batch')
        return { hash: first.hash, signature: `signed ${first.hash}`, time: first.head.madeAt, body: first.body }
      }
    ]
  ])('takes no batch %s', async (_, wrong, change) => {
    const before = headOf(older)
    expect(await restore(older, handing(change))).toEqual({ ok: false, error: { kind: 'batch-not-ours', batch: 3, wrong } })
    expect(headOf(older)).toEqual(before)
  })
})
