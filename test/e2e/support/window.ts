/**
 * One window of the program, whatever draws it: the real Electron, or a real Chromium at the loopback door. What the page
 * says to its console, what nobody caught and what the policy refused is kept, so that a test can say that there was none.
 */

import type { Page } from 'playwright-core'
import { openChromium, startDoor } from './browser-door.ts'
import { openApp } from './electron-app.ts'

export interface WindowOptions {
  /** Folder of an earlier run, to start again on what it left. */
  readonly data?: string
  readonly environment?: Readonly<Record<string, string>>
}

export interface TestWindow {
  readonly kind: 'electron' | 'chromium'
  readonly page: Page
  readonly data: string
  /** Console, uncaught errors, refusals of the policy. */
  readonly heard: () => readonly string[]
  /** What the program and its host wrote so far. */
  readonly output: () => string
  /** As a person zooms: 2 is 200 %. */
  readonly zoom: (factor: number) => Promise<void>
  /** Another window takes the keyboard for as long as `meanwhile` runs. */
  readonly left: (meanwhile: () => Promise<void>) => Promise<void>
  close(): Promise<void>
}

export type OpenWindow = (options?: WindowOptions) => Promise<TestWindow>

const SIZE = { width: 1440, height: 875 } as const
const PATIENCE_MS = 10_000

/** What was put before a printer: its paper, and every word on it. */
export interface Paper {
  readonly format: string
  readonly text: string
}

export const openElectronWindow: OpenWindow = async (options = {}) => {
  const open = await openApp(options)
  const { app, page } = open
  const heard = await watched(page)
  return {
    kind: 'electron',
    page,
    data: open.data,
    heard,
    output: open.output,
    zoom: (factor) => app.evaluate(({ BrowserWindow }, by) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(by), factor),
    async left(meanwhile) {
      await pretendFocus(page, false)
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur())
      await meanwhile()
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus())
      await pretendFocus(page, true)
    },
    close: () => open.close()
  }
}

export const openChromiumWindow: OpenWindow = async (options = {}) => {
  const door = await startDoor(options)
  const browser = await openChromium()
  const context = await browser.newContext({ viewport: SIZE })
  const page = await context.newPage()
  const heard = await watched(page)
  await page.goto(door.url)
  return {
    kind: 'chromium',
    page,
    data: door.data,
    heard,
    output: door.output,
    // A browser's zoom is a page of fewer, larger pixels.
    zoom: (factor) => page.setViewportSize({ width: Math.round(SIZE.width / factor), height: Math.round(SIZE.height / factor) }),
    async left(meanwhile) {
      await pretendFocus(page, false)
      const other = await context.newPage()
      await other.bringToFront()
      await meanwhile()
      await page.bringToFront()
      await other.close()
      await pretendFocus(page, true)
    },
    async close() {
      await browser.close()
      await door.close()
    }
  }
}

/** Playwright tells every page that it has the focus, so that many can run side by side; a page that is left must not hear so. */
async function pretendFocus(page: Page, enabled: boolean): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setFocusEmulationEnabled', { enabled })
  await session.detach()
}

async function watched(page: Page): Promise<() => readonly string[]> {
  const heard: string[] = []
  page.setDefaultTimeout(PATIENCE_MS)
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => heard.push(`uncaught: ${error.message}`))
  await page.addInitScript(watchPage)
  // A window that is open already has passed its beginning.
  if (page.url() !== 'about:blank') await page.evaluate(watchPage)
  return () => heard
}

/** Runs in the page: no paper leaves it, and what would have been on it is kept. */
function watchPage(): void {
  const kept: { papers: { format: string; text: string }[] } = Object.assign(window, { papers: [], print: () => {} })
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    reportError(new Error(`policy: ${violatedDirective} refused ${blockedURI}`))
  })
  new MutationObserver(() => {
    const format = document.documentElement.dataset['printing']
    if (format !== undefined) kept.papers.push({ format, text: document.querySelector('.print-stage')?.textContent ?? '' })
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-printing'] })
}

export const papersOf = (page: Page): Promise<Paper[]> => page.evaluate(() => (window as unknown as { papers: Paper[] }).papers)
