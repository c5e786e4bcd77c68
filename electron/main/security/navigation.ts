/** The window shows its own page and never goes anywhere: not by a link, a form, a script, a redirect, nor in a frame. */

import type { WebContents } from 'electron'
import { isOf } from './origin.ts'

export interface Navigation {
  readonly url: string
  readonly isMainFrame: boolean
}

/** Loading the own page again is the only journey there is. */
export const mayNavigate = (page: string, { url, isMainFrame }: Navigation): boolean =>
  isMainFrame && isOf(page, url) && url.replace(/#.*$/, '') === page

export function refuseNavigation(contents: WebContents, page: string): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(page, event)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(page, event)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
}
