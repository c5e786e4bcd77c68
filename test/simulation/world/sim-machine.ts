/** The machine under one host: every port of it is the world's, and passes the host's life first. */

import { constants, zstdCompressSync } from 'node:zlib'
import type { Machine } from '../../../electron/host/machine.ts'
import { momentOf } from '../../../electron/host/system.ts'
import type { Disk } from './disk.ts'
import type { Life } from './life.ts'
import type { Link } from './network.ts'
import type { Random } from './random.ts'
import type { TillReaders } from './readers.ts'
import type { Scheduler } from './scheduler.ts'
import type { Timers } from './timers.ts'

export interface MachineParts {
  readonly life: Life
  readonly scheduler: Scheduler
  readonly random: Random
  readonly timers: Timers
  readonly disk: Disk
  readonly link: Link
  readonly readers: TillReaders
  /** ms by which the till's clock is ahead of the world's. */
  readonly skew: () => number
  /** Runs something in the host: what it throws is the host's own end. */
  readonly inside: (work: () => void) => void
  /** Passed by every call; may end the life. */
  readonly pass: () => void
  readonly reached: (point: string) => void
  readonly warn: (line: string) => void
}

export function simMachine(parts: MachineParts): Machine {
  const { life, scheduler, random, timers, disk, link, readers, skew, inside, pass, reached, warn } = parts
  const booted = scheduler.now
  return {
    clock: () => {
      pass()
      return momentOf(scheduler.now + skew())
    },
    syncClock: () => {
      pass()
      const epochMs = scheduler.now + skew()
      return { time: momentOf(epochMs).cardTime, epochMs }
    },
    entropy: {
      bytes: (length) => {
        pass()
        return random.bytes(length)
      }
    },
    now: () => scheduler.now - booted,
    later: (ms, work) => {
      pass()
      return timers.later(ms, work)
    },
    every: (ms, work) => {
      pass()
      return timers.every(ms, work)
    },
    breath: () => {
      pass()
      return life.heard(Promise.resolve())
    },
    compress: (bytes) => {
      pass()
      return life.heard(Promise.resolve(compressed(bytes)))
    },
    ask: (request) => {
      pass()
      return life.heard(link.send(request))
    },
    openReaders: () => {
      pass()
      return life.heard(Promise.resolve(readers.readersOf(life, inside)))
    },
    openDatabase: disk.opener(life),
    // What changes in a till's folders is looked for every few seconds anyway.
    watchFolder: () => () => {},
    files: disk.steps(life),
    faultPoint: (point) => {
      pass()
      reached(point)
    },
    warn: (line) => {
      pass()
      warn(line)
    }
  }
}

const compressed = (bytes: Uint8Array): Uint8Array => new Uint8Array(zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }))
