/** A ledger, a model centre and sync between them, with a clock that stands until it is moved. */

import { fen } from '../../settlement/money/fen.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { writeLedger } from '../../settlement/ledger/write-ledger.ts'
import { memoryStore } from '../../settlement/store/memory/memory-store.ts'
import { memorySyncStore } from '../../settlement/store/memory/memory-sync-store.ts'
import type { BatchLimits, Wanted } from '../../settlement/sync/batch-maker.ts'
import type { Breath, SyncPoint } from '../../settlement/sync/ports.ts'
import { Sync, type Stepped } from '../../settlement/sync/sync.ts'
import type { SyncStore } from '../../settlement/sync/sync-store.ts'
import { EVIDENCE, sale } from '../contract/ledger-fixture.ts'
import { value } from '../contract/ledger-store.contract.ts'
import { ModelCentre } from './model-centre.ts'

export const TERMINAL = 'P99999900001-01'
const BEGIN_MS = Date.UTC(2023, 8, 15, 1, 40)

export interface Bench {
  readonly ledger: Ledger
  readonly store: SyncStore
  readonly centre: ModelCentre
  readonly reached: SyncPoint[]
  sync: Sync
  /** Moves the clock on. */
  wait(ms: number): void
  now(): string
  /** As a restarted host would: all that is not durable is gone. */
  restart(breath?: Breath): void
  /** The sale of that number, settled. */
  settle(number: number): void
  correct(number: number): void
  /** Until there is nothing to do, or nobody answers. */
  pass(wanted?: Wanted): Promise<Stepped>
}

const PASS_STEPS_MAX = 500

const timeOf = (epochMs: number): string => new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 19).replace(/[-:T]/g, '')

export function syncBench(limits: Partial<BatchLimits> = {}, opened?: { readonly ledger: Ledger; readonly store: SyncStore }): Bench {
  let epochMs = BEGIN_MS
  const ledger = opened?.ledger ?? writeLedger(memoryStore())
  const store = opened?.store ?? memorySyncStore()
  const centre = new ModelCentre(TERMINAL)
  const reached: SyncPoint[] = []
  const begin = (breath?: Breath): Sync =>
    new Sync({
      ledger,
      store,
      link: centre.link,
      clock: () => ({ time: timeOf(epochMs), epochMs }),
      entropy: { bytes: (length) => new Uint8Array(length) },
      compress: (bytes) => Promise.resolve(bytes.slice()),
      reached: (point) => reached.push(point),
      terminal: TERMINAL,
      limits: { facts: 4, bytes: 1024 * 1024, ageMs: 5_000, notedAgeMs: 120_000, ...limits },
      ...(breath === undefined ? {} : { breath })
    })
  const bench: Bench = {
    ledger,
    store,
    centre,
    reached,
    sync: begin(),
    wait: (ms) => (epochMs += ms),
    now: () => timeOf(epochMs),
    restart: (breath) => (bench.sync = begin(breath)),
    settle: (number) => {
      value(ledger.hold(sale(number, { heldAt: timeOf(epochMs) })))
      value(
        ledger.post({
          settlementId: sale(number).settlementId,
          evidence: { ...EVIDENCE, balanceAfter: fen(30000) },
          postedAt: timeOf(epochMs)
        })
      )
    },
    correct: (number) => {
      const { settlementId } = sale(number)
      value(ledger.correct({ correctionId: `R${settlementId}`, settlementId, reason: '退费', correctedAt: timeOf(epochMs) }))
    },
    pass: async (wanted = 'all') => {
      for (let step = 0; step < PASS_STEPS_MAX; step += 1) {
        const outcome = await bench.sync.step(wanted)
        if (outcome.kind !== 'worked') return outcome
      }
      throw new Error('it never comes to an end')
    }
  }
  return bench
}
