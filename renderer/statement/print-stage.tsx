/**
 * Puts one sheet beside the program, where only a printer sees it, and takes it away afterwards. It is a root of its own: the
 * screen that asked may be gone before the printer is done.
 */

import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import { setPageSize } from './page-size.ts'
import { StatementSheet, type StatementSheetProps } from './statement-sheet.tsx'

export async function onStage<Outcome>(props: StatementSheetProps, print: () => Promise<Outcome>): Promise<Outcome> {
  const stage = document.createElement('div')
  stage.className = 'print-stage'
  stage.setAttribute('aria-hidden', 'true')
  document.body.append(stage)
  const root = createRoot(stage)
  flushSync(() => root.render(<StatementSheet {...props} />))
  await painted()
  const resetPageSize = setPageSize(props.format, stage)
  document.documentElement.dataset['printing'] = props.format
  try {
    return await print()
  } finally {
    delete document.documentElement.dataset['printing']
    resetPageSize()
    root.unmount()
    stage.remove()
  }
}

/** Fonts are there, and a frame with the sheet in it has been drawn. A hidden window draws none, so it waits no longer than that. */
async function painted(): Promise<void> {
  await document.fonts?.ready
  await Promise.race([frame().then(frame), new Promise((done) => setTimeout(done, FRAME_WAIT_MS))])
}

const FRAME_WAIT_MS = 500

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame)
