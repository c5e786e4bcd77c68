/** A page inside the page would have rights of its own. */

import type { WebContents } from 'electron'

export function refuseWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
