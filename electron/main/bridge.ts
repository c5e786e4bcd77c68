/** Relays between the window and the host: who asks and what is asked is checked here, what it means is not known here. */

import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { refuse, type Result } from '../../base/result.ts'
import type { TerminalEvent } from '../contract/events.ts'
import type { RefusalView } from '../contract/refusal-view.ts'
import { CALL_CHANNEL, EVENT_CHANNEL, LISTEN_CHANNEL, PRINT_CHANNEL } from '../preload/channels.ts'
import type { Supervisor } from '../supervisor/supervisor.ts'
import { asksForState } from './security/asks-for-state.ts'
import { mayCall } from './security/sender.ts'

export interface Bridge {
  readonly window: BrowserWindow
  readonly trusted: string
  readonly supervisor: Supervisor
  readonly print: (window: BrowserWindow, request: unknown) => Promise<Result<unknown, RefusalView>>
}

/** Reading them takes longer than everything else here: not while the first screen is waited for. */
const schemas = () => import('../contract/check-request.ts')
const SCHEMAS_AFTER_MS = 1_000

export function openBridge({ window, trusted, supervisor, print }: Bridge): void {
  const contents = window.webContents
  const isTrusted = ({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
    mayCall(
      trusted,
      senderFrame === null
        ? undefined
        : { url: senderFrame.url, isMainFrame: senderFrame.parent === null, isOwnWindow: sender === contents }
    )
  const checked = (event: IpcMainInvokeEvent): void => {
    if (!isTrusted(event)) throw new Error('not the page of this program')
  }

  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, params: unknown) => {
    checked(event)
    if (asksForState(name, params)) {
      setTimeout(() => void schemas(), SCHEMAS_AFTER_MS)
      return supervisor.call('terminal.state', {})
    }
    const { checkRequest } = await schemas()
    const request = checkRequest(name, params)
    return request.ok ? supervisor.call(request.value.name, request.value.params) : refuse(request.error)
  })
  ipcMain.handle(PRINT_CHANNEL, (event, request: unknown) => {
    checked(event)
    return print(window, request)
  })

  let stopTelling: (() => void) | undefined
  ipcMain.on(LISTEN_CHANNEL, (event) => {
    if (!isTrusted(event)) return
    // A page that was loaded again listens anew; what is told in between reaches nobody and is asked for then.
    stopTelling?.()
    stopTelling = supervisor.listen((told: TerminalEvent) => {
      if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(EVENT_CHANNEL, told)
    })
  })
  window.on('closed', () => {
    stopTelling?.()
    for (const channel of [CALL_CHANNEL, PRINT_CHANNEL]) ipcMain.removeHandler(channel)
    ipcMain.removeAllListeners(LISTEN_CHANNEL)
  })
}
