/** The real machine. What a till without a centre or with a simulated reader never needs is loaded when it is asked for. */

import { watch } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openDatabase } from '../../settlement/store/sqlite/open-database.ts'
import type { RealReaders } from '../reader/real-readers.ts'
import { systemTimer } from '../supervisor/timer.ts'
import { killAt } from './fault-point.ts'
import { diskSteps } from './files/file-steps.ts'
import type { Machine, Timer } from './machine.ts'
import { compressZstd } from './sync/compress.ts'
import { askOverHttp } from './sync/http-request.ts'
import { systemClock, systemEntropy, systemSyncClock } from './system.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** `environment`: of the process; CARESETTLE_KILL_AT names a fault point. */
export const systemMachine = (environment: Environment = {}): Machine => ({
  clock: systemClock,
  syncClock: systemSyncClock,
  entropy: systemEntropy,
  now: () => performance.now(),
  later: systemLater,
  every: systemEvery,
  breath: () => nextTurn(),
  compress: compressZstd,
  ask: askOverHttp,
  openReaders: openSystemReaders,
  openDatabase,
  watchFolder,
  files: diskSteps,
  faultPoint: killAt(environment['CARESETTLE_KILL_AT']),
  warn: (line) => void process.stderr.write(`caresettle host: ${line}\n`)
})

const systemLater: Timer = (ms, work) => {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}

const systemEvery: Timer = (ms, work) => {
  const timer = setInterval(work, ms)
  return () => clearInterval(timer)
}

/** A folder that cannot be watched any more is looked at anyway, every now and then. */
const watchFolder: Machine['watchFolder'] = (folder, changed) => {
  const watcher = watch(folder, changed)
  watcher.on('error', () => {})
  return () => watcher.close()
}

/** Only now: a till whose reader is simulated runs nothing of it. Bundled, the process lies in a folder of its own. */
async function openSystemReaders(): Promise<RealReaders> {
  const [{ openRealReaders }, { nodeReader }, { parentReader, shellPort }] = await Promise.all([
    import('../reader/reader-process.ts'),
    import('../reader/node-reader.ts'),
    import('../reader/parent-reader.ts')
  ])
  const shell = shellPort()
  if (shell !== undefined) return openRealReaders({ start: parentReader(shell), timer: systemTimer })
  const here = import.meta.dirname
  const isSource = import.meta.filename.endsWith('.ts')
  const entry = isSource ? join(here, '..', 'reader', 'process.ts') : join(here, '..', 'reader', 'process.js')
  return openRealReaders({ start: nodeReader({ node: process.execPath, environment: process.env, entry }), timer: systemTimer })
}
