/** One window. Links to elsewhere open nothing either: a till has no business in a browser. */

import type { WebContents } from 'electron'

export function refuseNewWindows(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
