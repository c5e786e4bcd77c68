/** `caresettle ledger restore`, put together as the command does it, on a machine of the world. */

import { join } from 'node:path'
import { invariant } from '../../../base/invariant.ts'
import type { Machine } from '../../../electron/host/machine.ts'
import { centrePathsIn, readCentreFile } from '../../../electron/host/sync/centre-files.ts'
import { centreLink, ownBatch, signedAsking } from '../../../electron/host/sync/centre-link.ts'
import { decompressZstd } from '../../../electron/host/sync/compress.ts'
import { readTerminalKey } from '../../../electron/host/sync/terminal-key.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { restoreLedger } from '../../../settlement/sync/restore-ledger.ts'
import { Life } from './life.ts'

/** With the window closed; nothing kills it. "restored", "nothing", or why not. */
export async function fetchLost(folder: string, machineOf: (life: Life) => Machine): Promise<string> {
  const life = new Life('support')
  const { ask: askHttp, syncClock: clock, openDatabase: open } = machineOf(life)
  const paths = centrePathsIn(folder)
  const centre = readCentreFile(paths)
  const key = readTerminalKey(paths.key)
  const ledger = openLedger({ path: join(folder, 'ledger.db'), create: true, open })
  invariant(centre.ok && centre.value !== undefined && key.ok && ledger.ok, `${folder} is an enrolled till's`)
  const access = { ...centre.value, key: key.value, clock, askHttp }
  const link = centreLink(signedAsking(access))
  const restored = await restoreLedger({ ledger: ledger.value, store: ledger.value.sync, link, isOwn: ownBatch(access), decompress: decompressZstd, terminal: access.terminal })
  ledger.value.close()
  life.end()
  if (restored.ok) return restored.value.kinds.length === 0 ? 'nothing' : 'restored'
  return restored.error.kind === 'link' ? restored.error.failure.kind : restored.error.kind
}
