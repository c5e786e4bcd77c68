/**
 * Which terminal stands behind this window: the one that the shell's preload handed in, else the loopback door of a browser.
 * The door's client is fetched only when it is needed.
 */

import type { Terminal } from '../../electron/contract/terminal.ts'

declare global {
  interface Window {
    readonly caresettle?: Terminal
  }
}

export async function findTerminal(): Promise<Terminal> {
  if (window.caresettle !== undefined) return window.caresettle
  const { doorTerminal } = await import('../../electron/door/client.ts')
  return doorTerminal()
}
