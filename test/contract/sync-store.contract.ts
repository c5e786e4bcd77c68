/** What every store of sync must keep, whatever it is made of. */

import { beforeEach, describe, expect, it } from 'vitest'
import { ok, refuse } from '../../base/result.ts'
import { NO_BATCH } from '../../settlement/batch/batch.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import type { MadeBatch, ParkedRow, SyncStore } from '../../settlement/sync/sync-store.ts'
import { sale } from './ledger-fixture.ts'
import { value } from './ledger-store.contract.ts'

const HASHES = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64))
const AT = '20261126101500'

/** Batch `number`, of two facts. */
const made = (number: number, changes: Partial<MadeBatch> = {}): MadeBatch => ({
  number,
  previous: HASHES[number - 2] ?? NO_BATCH,
  hash: HASHES[number - 1] ?? '',
  first: number * 2 - 1,
  count: 2,
  madeAt: AT,
  body: new Uint8Array([number, 0xff, 0]),
  ...changes
})

const parked = (sequence: number, changes: Partial<ParkedRow> = {}): ParkedRow => ({
  sequence,
  kind: 'posting',
  id: `P${sequence}`,
  verdict: { kind: 'refused', refusal: { kind: 'card-cloned', serial: 7, other: 'P9' } },
  since: AT,
  state: 'open',
  retries: 0,
  changedAt: AT,
  note: '',
  ...changes
})

export function describeSyncStore(name: string, open: () => { readonly store: SyncStore; readonly ledger: Ledger }): void {
  describe(`sync store: ${name}`, () => {
    let store: SyncStore
    const write = (work: () => void): void => {
      value(
        store.transaction<null, never>(() => {
          work()
          return ok(null)
        })
      )
    }

    beforeEach(() => {
      const opened = open()
      store = opened.store
      for (let number = 1; number <= 6; number += 1) value(opened.ledger.hold(sale(number)))
    })

    it('has nothing at first', () => {
      expect(store.lastBatch()).toBeUndefined()
      expect(store.answeredTo()).toBe(0)
      expect(store.unanswered()).toEqual({ batches: 0, facts: 0, bytes: 0 })
      expect(store.parkedWaiting(0, 10)).toEqual([])
      expect(store.parkedCounts()).toEqual({ waiting: 0, reversed: 0 })
      expect(store.hasParked()).toBe(false)
      expect(store.downloads()).toEqual([])
    })

    it('keeps a batch to the byte and its row without reading it', () => {
      write(() => store.addBatch(made(1)))
      const { body, ...row } = made(1)
      expect(store.lastBatch()).toEqual({ ...row, bytes: 3, answeredAt: undefined })
      expect(store.batch(1)).toEqual(store.lastBatch())
      expect(store.body(1)).toEqual(body)
      expect(store.batch(2)).toBeUndefined()
      expect(store.body(2)).toBeUndefined()
    })

    it('knows how far batches are answered, and what waits behind', () => {
      write(() => [1, 2, 3].forEach((number) => store.addBatch(made(number))))
      expect(store.answeredTo()).toBe(0)
      write(() => store.answerBatch(1, AT))
      expect(store.answeredTo()).toBe(1)
      expect(store.unanswered()).toEqual({ batches: 2, facts: 4, bytes: 6 })
      write(() => [2, 3].forEach((number) => store.answerBatch(number, AT)))
      expect(store.answeredTo()).toBe(3)
      expect(store.unanswered()).toEqual({ batches: 0, facts: 0, bytes: 0 })
    })

    it('forgets answers behind a batch, which is asked for them again', () => {
      write(() => [1, 2, 3].forEach((number) => store.addBatch(made(number))))
      write(() => [1, 2, 3].forEach((number) => store.answerBatch(number, AT)))
      write(() => store.forgetAnswers(1))
      expect([store.answeredTo(), store.batch(1)?.answeredAt, store.batch(2)?.answeredAt]).toEqual([1, AT, undefined])
      write(() => store.answerBatch(2, '20261127000000'))
      expect([store.answeredTo(), store.batch(2)?.answeredAt]).toEqual([2, '20261127000000'])
    })

    it('answers a batch once: a late reply changes nothing', () => {
      write(() => store.addBatch(made(1)))
      write(() => store.answerBatch(1, AT))
      write(() => store.answerBatch(1, '20261127000000'))
      expect(store.batch(1)?.answeredAt).toBe(AT)
    })

    it('has no batch yet under another name, and nothing of how the older one stood; what waits for people still waits', () => {
      write(() => store.enrolledAs('H99999900001-01'))
      write(() => [1, 2].forEach((number) => store.addBatch(made(number))))
      write(() => {
        store.answerBatch(1, AT)
        store.putParked(parked(1))
        store.setApart({ kind: 'parted', batch: 2 })
      })
      write(() => store.enrolledAs('H99999900001-01'))
      expect([store.lastBatch()?.number, store.apart(), store.terminal(), store.formerTo()]).toEqual([2, { kind: 'parted', batch: 2 }, 'H99999900001-01', 0])
      write(() => store.enrolledAs('H99999900001-02'))
      expect([store.lastBatch(), store.answeredTo(), store.body(1), store.apart()]).toEqual([undefined, 0, undefined, undefined])
      expect([store.terminal(), store.formerTo()]).toEqual(['H99999900001-02', 2])
      expect(store.parkedWaiting(0, 9)).toHaveLength(1)
      write(() => store.addBatch(made(1, { hash: 'f'.repeat(64), count: 6 })))
      expect(store.lastBatch()).toMatchObject({ number: 1, first: 1, count: 6, answeredAt: undefined })
    })

    it.each([
      ['leaves a gap', made(3)],
      ['comes twice', made(1)],
      ['names another batch before it', made(2, { previous: NO_BATCH })],
      ['begins elsewhere', made(2, { first: 4 })]
    ])('takes no batch that %s', (_, batch) => {
      write(() => store.addBatch(made(1)))
      expect(() => write(() => store.addBatch(batch))).toThrow(/follow/)
      expect(store.lastBatch()?.number).toBe(1)
    })

    it('forgets everything of a transaction that was refused', () => {
      const refused = store.transaction(() => {
        store.addBatch(made(1))
        store.putParked(parked(1))
        store.putDownload({ kind: 'policies', version: '1', etag: '"1"', document: '{}', fetchedAt: AT, checkedAt: AT })
        return refuse({ kind: 'no' } as const)
      })
      expect(refused).toEqual({ ok: false, error: { kind: 'no' } })
      expect(store.lastBatch()).toBeUndefined()
      expect(store.parked(1)).toBeUndefined()
      expect(store.downloads()).toEqual([])
    })

    it('forgets everything of a transaction that broke', () => {
      const broken = (): void => {
        write(() => {
          store.addBatch(made(1))
          throw new Error('broken')
        })
      }
      expect(broken).toThrow('broken')
      expect(store.lastBatch()).toBeUndefined()
      write(() => store.addBatch(made(1)))
      expect(store.lastBatch()?.number).toBe(1)
    })

    it('remembers how it and its centre are apart, and that they are no more', () => {
      expect(store.apart()).toBeUndefined()
      write(() => store.setApart({ kind: 'facts-missing', batch: 7 }))
      expect(store.apart()).toEqual({ kind: 'facts-missing', batch: 7 })
      write(() => store.setApart({ kind: 'parted', batch: 3 }))
      expect(store.apart()).toEqual({ kind: 'parted', batch: 3 })
      write(() => store.setApart(undefined))
      expect(store.apart()).toBeUndefined()
    })

    it('keeps parked entries with what has happened to them, in the order of the ledger', () => {
      write(() => [3, 1, 2].forEach((sequence) => store.putParked(parked(sequence))))
      write(() => store.putParked(parked(2, { state: 'resolved', retries: 1, since: '20270101000000', changedAt: '20261126120000', note: 'ok' })))
      expect(store.parked(2)).toEqual(parked(2, { state: 'resolved', retries: 1, changedAt: '20261126120000', note: 'ok' }))
      expect(store.parkedWaiting(0, 10).map(({ sequence }) => sequence)).toEqual([1, 3])
      expect(store.parkedWaiting(1, 10).map(({ sequence }) => sequence)).toEqual([3])
      expect(store.parkedWaiting(0, 1).map(({ sequence }) => sequence)).toEqual([1])
      expect(store.parkedCounts()).toEqual({ waiting: 2, reversed: 0 })
      write(() => store.putParked(parked(1, { state: 'handed-over', note: '医保办' })))
      write(() => store.putParked(parked(3, { state: 'reversed' })))
      expect(store.parkedCounts()).toEqual({ waiting: 1, reversed: 1 })
    })

    it('counts what was confirmed before among those that wait, and knows the first of them', () => {
      const before = { kind: 'refused', refusal: { kind: 'person-unknown' }, wasConfirmed: true } as const
      expect(store.confirmedBefore()).toEqual({ count: 0, first: undefined })
      write(() => {
        store.putParked(parked(1))
        store.putParked(parked(2, { verdict: before, since: '20261126120000' }))
        store.putParked(parked(3, { verdict: before, since: '20261126110000', state: 'handed-over' }))
        store.putParked(parked(4, { verdict: before, since: '20261126100000', state: 'resolved' }))
      })
      expect(store.parked(2)?.verdict).toEqual(before)
      expect(store.parkedCounts()).toEqual({ waiting: 3, reversed: 0 })
      expect(store.confirmedBefore()).toEqual({ count: 2, first: 2 })
    })

    it('knows that something was parked, whatever has become of it', () => {
      write(() => store.putParked(parked(1, { state: 'resolved' })))
      expect(store.hasParked()).toBe(true)
    })

    it('finds what is parked of a settlement', () => {
      write(() => {
        store.putParked(parked(4, { id: 'P1', kind: 'correction' }))
        store.putParked(parked(1, { id: 'P1' }))
        store.putParked(parked(2, { id: 'P2' }))
      })
      expect(store.parkedOf('P1').map(({ sequence, kind }) => `${sequence} ${kind}`)).toEqual(['1 posting', '4 correction'])
      expect(store.parkedOf('P3')).toEqual([])
    })

    it('keeps one version of each list, and when it last held', () => {
      const list = (version: string, at: string) =>
        ({ kind: 'lost-cards', version, etag: `"${version}"`, document: `{"version":"${version}"}`, fetchedAt: at, checkedAt: at }) as const
      write(() => store.putDownload(list('1', '20261120000000')))
      write(() => store.checkedDownload('lost-cards', '20261121000000'))
      expect(store.download('lost-cards')).toEqual({ ...list('1', '20261120000000'), checkedAt: '20261121000000' })
      write(() => store.putDownload(list('2', '20261122000000')))
      expect(store.download('lost-cards')).toEqual(list('2', '20261122000000'))
      const { document, ...row } = list('2', '20261122000000')
      expect(document).toContain('2')
      expect(store.downloads()).toEqual([row])
      expect(store.download('catalogue')).toBeUndefined()
    })
  })
}
