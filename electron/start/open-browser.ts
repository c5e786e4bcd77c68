/** Asks the desktop to open an address. Where there is none the printed line is enough: nothing is said. */

import { spawn } from 'node:child_process'
import { missingScreen } from './find-electron.ts'

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // Not through a shell, which would read the address.
  win32: ['rundll32', 'url.dll,FileProtocolHandler']
}

export function openBrowser(url: string): void {
  if (missingScreen(process.platform, process.env) !== undefined) return
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open']
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  opener.on('error', () => {})
  opener.unref()
}
