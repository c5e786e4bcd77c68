/** Nothing is fetched from outside and nothing phones home: every request that is not for the own page is cancelled. */

import type { Session } from 'electron'
import { isOf } from './origin.ts'

/** What a page makes for itself out of its own bytes. */
const INSIDE = /^(data|blob):/

/** Chromium's own tools, which exist only where the program is not packaged. */
const TOOLS = /^(devtools|chrome-extension|chrome):/

export interface OutsideRules {
  readonly trusted: string
  readonly hasDevTools: boolean
}

export function mayFetch({ trusted, hasDevTools }: OutsideRules, url: string): boolean {
  if (isOf(trusted, url) || INSIDE.test(url)) return true
  return hasDevTools && (TOOLS.test(url) || isOf(trusted, url.replace(/^ws:/, 'http:')))
}

export function refuseOutsideRequests(session: Session, rules: OutsideRules): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayFetch(rules, url) }))
}
