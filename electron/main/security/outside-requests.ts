/** Nothing is fetched from outside and nothing phones home: every request over a network or to the disk is cancelled. */

import type { Session } from 'electron'
import { isOf } from './origin.ts'

/** Whatever leaves the page's own scheme. The app's scheme has its own list of files and is not slowed down by this one. */
const OUTSIDE = ['http', 'https', 'ws', 'wss', 'file'].map((scheme) => `${scheme}://*/*`)

/** `trusted` lies outside in development only: the server of the page, and the socket through which it tells of changes. */
export const mayFetch = (trusted: string, url: string): boolean => isOf(trusted, url.replace(/^ws:/, 'http:'))

export function refuseOutsideRequests(session: Session, trusted: string): void {
  session.webRequest.onBeforeRequest({ urls: OUTSIDE }, ({ url }, answer) => answer({ cancel: !mayFetch(trusted, url) }))
}
