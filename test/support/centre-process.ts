/** A centre as a process of its own, as an institution would meet it, and a ledger's till that is enrolled with it and syncs. */

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { join } from 'node:path'
import { invariant } from '../../base/invariant.ts'
import { noFault } from '../../electron/host/fault-point.ts'
import { centrePathsOf, readCentreFile } from '../../electron/host/sync/centre-files.ts'
import { connectSync } from '../../electron/host/sync/connect-sync.ts'
import { enrol } from '../../electron/host/sync/enrol.ts'
import { Stopper } from '../../electron/host/sync/stopper.ts'
import { systemEntropy, systemSyncClock } from '../../electron/host/system.ts'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const ENTRY = join(ROOT, 'electron', 'cli', 'caresettle.js')

export interface CentreProcess {
  readonly url: string
  /** One-time code of H99999900001. */
  readonly code: string
  stop(): Promise<void>
}

/** Filled from the fixtures, where it is new. `port`: 0, any. */
export async function startCentre(database: string, port = 0): Promise<CentreProcess> {
  const child = spawn(process.execPath, [ENTRY, 'centre', 'serve', '--db', database, '--port', String(port), '--demo', '--json', '--log', 'error'], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  for await (const line of createInterface({ input: child.stdout })) {
    said += `${line}\n`
    if (line === '}') break
  }
  const { address, enrolment } = JSON.parse(said) as { address: string; enrolment: { code: string } }
  return {
    url: address,
    code: enrolment.code,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    }
  }
}

export async function enrolLedger(ledger: string, { url, code }: CentreProcess): Promise<string> {
  const enrolled = await enrol({
    paths: centrePathsOf(ledger),
    url,
    code,
    terminalName: '1号窗口',
    terminalNumbers: ['999999000001'],
    institution: undefined,
    clock: systemSyncClock
  })
  invariant(enrolled.ok, `enrolled: ${JSON.stringify(enrolled)}`)
  return enrolled.value.terminal
}

const STEPS_MAX = 200

/** Until everything has been sent and answered. */
export async function syncLedger(path: string): Promise<void> {
  const ledger = openLedger({ path, create: false })
  invariant(ledger.ok, 'the ledger opens')
  const paths = centrePathsOf(path)
  const centre = readCentreFile(paths)
  invariant(centre.ok && centre.value !== undefined, 'the till is enrolled')
  const stopper = new Stopper()
  try {
    const ports = { paths, ledger: ledger.value, clock: systemSyncClock, entropy: systemEntropy, faultPoint: noFault, stopper }
    const connected = connectSync(ports, centre.value)
    invariant(connected.ok, 'the key is there')
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const stepped = await connected.value.sync.step('all')
      if (stepped.kind === 'idle') return
      invariant(stepped.kind === 'worked', `synced: ${JSON.stringify(stepped)}`)
    }
    invariant(false, `still not synced after ${STEPS_MAX} steps`)
  } finally {
    stopper.stop()
    ledger.value.close()
  }
}
