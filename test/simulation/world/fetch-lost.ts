/** `caresettle ledger restore` on a machine of the world. */

import { join } from 'node:path'
import { invariant } from '../../../base/invariant.ts'
import type { Machine } from '../../../electron/host/machine.ts'
import { centrePathsIn, readCentreFile } from '../../../electron/host/sync/centre-files.ts'
import { restoreFromCentre } from '../../../electron/host/sync/restore-from-centre.ts'
import { readTerminalKey } from '../../../electron/host/sync/terminal-key.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
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
  const restored = await restoreFromCentre(ledger.value, { ...centre.value, key: key.value, clock, askHttp })
  ledger.value.close()
  life.end()
  if (restored.ok) return restored.value.kinds.length === 0 ? 'nothing' : 'restored'
  return restored.error.kind === 'link' ? restored.error.failure.kind : restored.error.kind
}
