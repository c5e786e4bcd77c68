/** A page that crashed or hangs is loaded again. The host lives on: what was begun there is shown when the page is back. */

import { dialog, type BrowserWindow } from 'electron'
import type { Timer } from '../supervisor/timer.ts'

const REVIVALS_MAX = 5
const WITHIN_MS = 60_000

const GIVEN_UP = {
  title: 'CareSettle',
  text:
    '页面反复出错，已停止重新加载。请关闭并重新打开本程序；进行中的结算请勿重复收费。\n\n' +
    'The page failed again and again and is not loaded any more. Close this program and open it again; do not charge a settlement twice.'
} as const

export function reviveWhenGone(window: BrowserWindow, timer: Timer): void {
  let revivals: number[] = []
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    revivals = [...revivals.filter((at) => timer.now() - at < WITHIN_MS), timer.now()]
    // A page that dies as soon as it is there would only be made to die again.
    if (revivals.length <= REVIVALS_MAX) window.webContents.reload()
    else dialog.showErrorBox(GIVEN_UP.title, GIVEN_UP.text)
  })
  window.on('unresponsive', () => window.webContents.forcefullyCrashRenderer())
}
