/** The one window. What it may do is fixed here; what it may not do stands in security/. */

import { BrowserWindow, nativeTheme, type WebContents } from 'electron'
import { BACKGROUND } from './background.ts'
import { PRELOAD_FILE } from './folders.ts'
import { refuseNavigation } from './security/navigation.ts'
import { refuseWebviews } from './security/webview.ts'
import { refuseNewWindows } from './security/window-open.ts'
import { allowZoom } from './zoom.ts'

export interface WindowOptions {
  /** Address of the page. */
  readonly page: string
  readonly hasDevTools: boolean
}

/** A page that cannot paint is shown all the same: a program without a window looks like one that did not start. */
const SHOW_MS_MAX = 4_000

export function openWindow({ page, hasDevTools }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: PRELOAD_FILE,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Its dictionaries would be fetched from outside.
      spellcheck: false,
      devTools: hasDevTools
    }
  })
  secure(window.webContents, page)
  allowZoom(window.webContents)
  if (hasDevTools) openToolsByKey(window.webContents)
  showWhenPainted(window)
  window.loadURL(page).catch((cause: unknown) => process.stderr.write(`window: ${String(cause)}\n`))
  return window
}

function secure(contents: WebContents, page: string): void {
  refuseNavigation(contents, page)
  refuseNewWindows(contents)
  refuseWebviews(contents)
}

function openToolsByKey(contents: WebContents): void {
  contents.on('before-input-event', (_, { type, key, control, shift }) => {
    if (type === 'keyDown' && control && shift && key === 'I') contents.toggleDevTools()
  })
}

function showWhenPainted(window: BrowserWindow): void {
  const show = (): void => {
    clearTimeout(late)
    if (!window.isDestroyed() && !window.isVisible()) window.show()
  }
  const late = setTimeout(show, SHOW_MS_MAX)
  window.once('ready-to-show', show)
}
