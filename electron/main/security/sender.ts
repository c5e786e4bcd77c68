/** Who may speak on a channel: the main frame of the one window, while it shows the own page. */

import { isOf } from './origin.ts'

export interface Sender {
  readonly url: string
  readonly isMainFrame: boolean
  readonly isOwnWindow: boolean
}

export const mayCall = (trusted: string, sender: Sender | undefined): boolean =>
  sender !== undefined && sender.isOwnWindow && sender.isMainFrame && isOf(trusted, sender.url)
