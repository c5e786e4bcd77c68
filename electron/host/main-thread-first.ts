/**
 * The threads that compile and collect beside the main one may wait; a settlement may not, nor the batch that a centre judges. With two
 * cores the main thread waited for one of them, a tenth of a centre's time and 4 ms at a time with the ledger's lock held.
 *
 * Linux only, where a thread has a priority of its own. A host in Electron's utility process has no such threads, and nothing is changed.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'

const THREADS = '/proc/self/task'
/** As Node names those of its platform. */
const V8_THREAD = 'V8Worker\n'

export function mainThreadFirst(): void {
  if (!existsSync(THREADS)) return
  for (const thread of readdirSync(THREADS)) {
    if (readFileSync(join(THREADS, thread, 'comm'), 'latin1') === V8_THREAD) setPriority(Number(thread), constants.priority.PRIORITY_LOW)
  }
}

/** Said by a thread that works ahead of the main one, of itself. */
export function thisThreadLater(): void {
  // Elsewhere it would be said of the whole process.
  if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW)
}
