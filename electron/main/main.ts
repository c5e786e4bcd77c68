/**
 * The shell: a window, and what keeps it safe. The host is started before anything else, so that it reads its ledger while
 * the window is made.
 */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, session } from 'electron'
import type { StartHost } from '../supervisor/host-process.ts'
import { nodeHost } from '../supervisor/node-host.ts'
import { Supervisor } from '../supervisor/supervisor.ts'
import { systemTimer } from '../supervisor/timer.ts'
import { declareScheme, serveScheme } from './app-scheme.ts'
import { openBridge } from './bridge.ts'
import { comeForward } from './come-forward.ts'
import { dataFolderIn } from './command-line.ts'
import { FIXTURES_FOLDER, HOST_FILE, PAGE_FOLDER, PINNED_NODE, READER_FILE } from './folders.ts'
import { setMenu } from './menu.ts'
import { reviveWhenGone } from './revive.ts'
import { refuseOutsideRequests } from './security/outside-requests.ts'
import { APP_URL } from './security/origin.ts'
import { refusePermissions } from './security/permissions.ts'
import { utilityHost } from './utility-host.ts'
import { openWindow } from './window.ts'

const data = dataFolderIn(process.argv) ?? app.getPath('userData')
const page = app.isPackaged ? APP_URL : (process.env['CARESETTLE_DEV_PAGE'] ?? APP_URL)

// Whose data it is, nobody else on this machine reads.
mkdirSync(data, { recursive: true, mode: 0o700 })
// The browser's own profile lies beside the data, so that two data folders are two programs.
const profile = join(data, 'window')
app.setPath('userData', profile)

// A terminal that was closed takes no more words; that is no reason to fall over.
process.stderr.on('error', () => {})

/** Chromium's own talk with the outside. */
const QUIET = ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability', 'no-pings'] as const

if (app.requestSingleInstanceLock()) run()
else app.quit()

function run(): void {
  const supervisor = new Supervisor(howToStartHost(), systemTimer)
  if (!app.isPackaged) supervisor.start()
  declareScheme()
  setMenu(process.platform)
  for (const name of QUIET) app.commandLine.appendSwitch(name)
  app.on('second-instance', bringForward)
  app.on('window-all-closed', () => app.quit())
  quitAfterHost(supervisor)
  void app.whenReady().then(() => {
    // Electron starts no process of its own before.
    if (app.isPackaged) supervisor.start()
    open(supervisor)
  })
}

function howToStartHost(): StartHost {
  const setting = { data, fixtures: FIXTURES_FOLDER, version: app.getVersion() }
  if (app.isPackaged) return utilityHost({ ...setting, entry: HOST_FILE, readerEntry: READER_FILE })
  const entry = process.env['CARESETTLE_DEV_HOST'] ?? HOST_FILE
  return nodeHost({ ...setting, entry, node: PINNED_NODE, environment: process.env, compiled: join(profile, 'compiled') })
}

function open(supervisor: Supervisor): void {
  const { defaultSession } = session
  refuseOutsideRequests(defaultSession, page)
  refusePermissions(defaultSession)
  if (page === APP_URL) serveScheme(defaultSession, PAGE_FOLDER)
  const window = openWindow({ page, hasDevTools: !app.isPackaged })
  reviveWhenGone(window, systemTimer)
  supervisor.listen(comeForward(window))
  openBridge({
    window,
    trusted: page,
    supervisor,
    print: async (printed, request) => (await import('./print/print.ts')).print(printed, request, data)
  })
}

function bringForward(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window?.isMinimized()) window.restore()
  window?.focus()
}

/** The host lets go of ledger and card before the program is gone, so that the next start finds both free. */
function quitAfterHost(supervisor: Supervisor): void {
  let isStopped = false
  app.on('will-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void supervisor.stop().finally(() => {
      isStopped = true
      // Electron hears a quit only once it is out of the last one, and a host that was given up is gone at once.
      setImmediate(() => app.quit())
    })
  })
}
