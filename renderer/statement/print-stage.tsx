/**
 * Puts one sheet beside the program, where only a printer sees it, and takes it away afterwards. It is a root of its own: the
 * screen that asked may be gone before the printer is done.
 */

import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import { ok, type Result } from '../../base/result.ts'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import type { PrintOutcome, PrintRequest, Terminal } from '../../electron/contract/terminal.ts'
import { setPageSize } from './page-size.ts'
import './stage.css'

export async function onStage<Outcome>(sheet: ReactNode, format: PrintRequest['format'], print: () => Promise<Outcome>): Promise<Outcome> {
  const stage = document.createElement('div')
  stage.className = 'print-stage'
  stage.setAttribute('aria-hidden', 'true')
  document.body.append(stage)
  const root = createRoot(stage)
  flushSync(() => root.render(sheet))
  await painted()
  const resetPageSize = setPageSize(format, stage)
  document.documentElement.dataset['printing'] = format
  try {
    return await print()
  } finally {
    delete document.documentElement.dataset['printing']
    resetPageSize()
    root.unmount()
    stage.remove()
  }
}

export async function toPaper(terminal: Terminal, request: PrintRequest): Promise<Result<PrintOutcome, RefusalView>> {
  if (terminal.print !== undefined) return terminal.print(request)
  // The browser's own dialogue, which also offers PDF; it does not say what became of it.
  window.print()
  return ok({ printed: true })
}

/** Fonts are there, and a frame with the sheet in it has been drawn. A hidden window draws none, so it waits no longer than that. */
async function painted(): Promise<void> {
  await document.fonts?.ready
  await Promise.race([frame().then(frame), new Promise((done) => setTimeout(done, FRAME_WAIT_MS))])
}

const FRAME_WAIT_MS = 500

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame)
