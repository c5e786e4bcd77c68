/**
 * A till's ledger and sync as a process of its own, and what it keeps in memory: after it has opened its ledger and told what
 * the status bar and the screens ask for, and at its most while it drains the whole outbox. What answers it is a centre of
 * one line in the same process, so that nothing but the till is measured.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { ok } from '../../../base/result.ts'
import { compressZstd } from '../../../electron/host/sync/compress.ts'
import { systemEntropy, systemSyncClock } from '../../../electron/host/system.ts'
import { NO_BATCH, type EntryVerdict } from '../../../settlement/batch/batch.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { CentreLink } from '../../../settlement/sync/link.ts'
import { LinkHealth } from '../../../settlement/sync/link-health.ts'
import { hexOf } from '../../../settlement/sync/batch-maker.ts'
import { unconfirmed } from '../../../settlement/sync/unconfirmed.ts'
import { Uploader } from '../../../settlement/sync/uploader.ts'
import { LOG_BYTES, must } from '../commit-settlement.ts'

const [, , path = ''] = process.argv
const TERMINAL = 'H99999900001-01'
const PAGE = 50
const TIME = '20231115093005'

const ledger = must(openLedger({ path, create: false, logBytes: LOG_BYTES }))
const waiting = must(unconfirmed(ledger, ledger.sync)).count
must(ledger.settlements({ limit: PAGE }))
must(ledger.awaiting(PAGE))
must(ledger.openHolds())
const openedBytes = process.memoryUsage.rss()

const uploader = new Uploader({
  ledger,
  store: ledger.sync,
  link: yesSayer(),
  health: new LinkHealth(systemEntropy),
  clock: systemSyncClock,
  compress: compressZstd,
  reached: () => undefined,
  breath: () => nextTurn(),
  terminal: TERMINAL
})
let drained = 0
let mostBytes = openedBytes
while (drained < waiting) {
  const outcome = await uploader.step('all')
  if (outcome.kind !== 'worked') throw new Error(JSON.stringify(outcome))
  drained += outcome.applied?.accepted.length ?? 0
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss())
}
ledger.close()
process.stdout.write(`${JSON.stringify({ waiting, openedBytes, mostBytes })}\n`)

function unasked(): never {
  throw new Error('nobody asks for this here')
}

function yesSayer(): CentreLink {
  return {
    standing: async () => {
      const last = ledger.sync.lastBatch()
      const sequence = last === undefined ? 0 : last.first + last.count - 1
      const [end] = must(ledger.log(sequence - 1, 1))
      return ok({ terminal: TERMINAL, batch: last?.number ?? 0, batchHash: last?.hash ?? NO_BATCH, sequence, chainHash: end === undefined ? NO_BATCH : hexOf(end.hash) })
    },
    kept: unasked,
    copy: unasked,
    upload: async ({ number, hash }) => {
      const batch = ledger.sync.batch(number)
      if (batch === undefined) throw new Error(`batch ${number} is not there`)
      const facts = must(ledger.log(batch.first - 1, batch.count))
      const verdicts = facts.map(({ sequence, fact }): EntryVerdict =>
        fact.kind === 'posting'
          ? { sequence, verdict: { kind: 'accepted', setlId: `S${sequence}`, setlTime: TIME } }
          : { sequence, verdict: { kind: 'noted' } }
      )
      return ok({ number, hash, verdicts })
    },
    retry: unasked,
    unbooked: unasked,
    heldSerial: unasked,
    download: unasked
  }
}
